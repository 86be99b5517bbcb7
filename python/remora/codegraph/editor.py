"""What an approve asks of an editor. The server implements it over a host's connection; a test may over a dictionary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class BufferView:
    """One open buffer: its canonical text now, and the tick that names it."""

    path: str
    """Absolute, real."""
    text: str
    changedtick: int
    modified: bool
    readonly: bool


@dataclass(frozen=True)
class Applied:
    """What became of one buffer. `ok` is False when it changed meanwhile; nothing was touched then."""

    ok: bool
    saved: bool
    error: str | None


class Editor(Protocol):
    name: str
    """For messages, e.g. `Neovim 4711`."""

    async def buffers(self, paths: list[str]) -> list[BufferView]:
        """The open ones among `paths`. Raises TimeoutError when the editor does not answer."""
        ...

    async def apply(self, proposal: str, view: BufferView, rows: list[dict]) -> Applied:
        """Change the buffer as one undo step; write it when it was unmodified."""
        ...

    async def checktime(self, path: str) -> None:
        """The file changed on disk; reload it if nothing was typed there."""
        ...
