"""What editors are told without having asked: where the graph of a workspace they use stands."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from remora.server.answers import standing_map
from remora.server.upkeep import Standing
from remora.server.wire import Peer
from remora.server.workspaces import Kept


class News:
    """Of several standings a slow client gets the newest; nothing piles up for it."""

    def __init__(self) -> None:
        self._unsent: dict[tuple[Peer, str], Standing] = {}
        self._sending: dict[tuple[Peer, str], asyncio.Task[None]] = {}

    def tell(self, kept: Kept, standing: Standing) -> None:
        root = str(kept.workspace.root.path)
        for peer in kept.peers:
            if peer.info.get("client") == "nvim":
                self._unsent[peer, root] = standing
                if (peer, root) not in self._sending:
                    self._sending[peer, root] = asyncio.create_task(self._send(peer, root))

    async def close(self) -> None:
        for task in tuple(self._sending.values()):
            task.cancel()
        await asyncio.gather(*self._sending.values(), return_exceptions=True)

    async def _send(self, peer: Peer, root: str) -> None:
        try:
            with suppress(ConnectionError):
                while standing := self._unsent.pop((peer, root), None):
                    await peer.notify("event", {"request": "", "kind": "index", "root": root, **standing_map(standing)})
        finally:
            self._unsent.pop((peer, root), None)
            del self._sending[peer, root]
