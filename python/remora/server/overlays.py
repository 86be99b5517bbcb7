"""Texts of buffers that differ from their files, by the client that has them open. They are never stored."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from weakref import WeakKeyDictionary

from remora.repo.root import Root
from remora.server.wire import Peer

_MOST = 200
_MOST_BYTES = 64_000_000


class Overlays:
    """Each client sees its own. The oldest go when one client has too many, or too long ones."""

    def __init__(self) -> None:
        self._texts: WeakKeyDictionary[Peer, OrderedDict[Path, str]] = WeakKeyDictionary()

    def set(self, peer: Peer, path: Path, text: str | None) -> None:
        """Keep the text of a buffer; None: it is what the file says again, or closed."""
        texts = self._texts.setdefault(peer, OrderedDict())
        texts.pop(path, None)
        if text is not None:
            texts[path] = text
        while len(texts) > _MOST or sum(len(one) for one in texts.values()) > _MOST_BYTES:
            texts.popitem(last=False)

    def of(self, peer: Peer, root: Root) -> dict[str, str]:
        """The client's texts in a workspace, by path from its root."""
        texts = self._texts.get(peer, {})
        return {
            path.relative_to(root.path).as_posix(): text
            for path, text in texts.items()
            if path.is_relative_to(root.path)
        }
