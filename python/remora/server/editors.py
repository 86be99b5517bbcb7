"""An attached Neovim, as the write surface sees it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from remora.codegraph import Applied, BufferView
from remora.server.wire import Peer, RemoteError

# Long enough for a `:write` with slow autocommands, short enough that an approve never seems to hang.
_DEADLINE_S = 5.0


class AttachedEditor:
    def __init__(self, peer: Peer) -> None:
        self._peer = peer
        self.name = f"Neovim {peer.info.get('pid', '?')}"

    async def buffers(self, paths: list[str]) -> list[BufferView]:
        try:
            answer = await self._peer.request("buffers", {"paths": paths}, _DEADLINE_S)
            views = [_view(raw) for raw in answer]
        except (RemoteError, TypeError, KeyError) as error:
            # It could not look (None), or what it says cannot be read: never take that for "nothing is open".
            raise TimeoutError from error
        return [view for view in views if view.path in set(paths)]

    async def apply(self, proposal: str, view: BufferView, rows: list[dict]) -> Applied:
        params = {"proposal": proposal, "path": view.path, "changedtick": view.changedtick, "edits": rows}
        try:
            answer = await self._peer.request("apply", params, _DEADLINE_S)
        except RemoteError as error:
            return Applied(False, False, str(error))
        if not isinstance(answer, dict):
            return Applied(False, False, "Neovim did not answer")
        return Applied(bool(answer.get("ok")), bool(answer.get("saved")), answer.get("error"))

    async def checktime(self, path: str) -> None:
        try:
            await self._peer.request("checktime", {"path": path}, _DEADLINE_S)
        except (TimeoutError, ConnectionError, RemoteError):
            return  # it notices by itself when it is next entered


def _view(raw: Mapping[str, Any]) -> BufferView:
    if not isinstance(raw["text"], str):
        raise TypeError("a buffer's text is no text")
    return BufferView(
        path=os.path.realpath(str(raw["path"])),
        text=raw["text"],
        changedtick=raw["changedtick"],
        modified=bool(raw["modified"]),
        readonly=bool(raw.get("readonly")),
    )
