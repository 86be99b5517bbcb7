"""The workspaces that this process has open: each opened once, its graph kept up while clients are there, closed when idle."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from remora.config import Config
from remora.errors import StoreError, UserError
from remora.repo.named import is_stray, keep_name
from remora.repo.root import Root
from remora.server.graphfiles import GraphFiles
from remora.server.upkeep import Standing, Upkeep
from remora.server.wire import Peer
from remora.store.lock import StoreLocked
from remora.workspace import Workspace

_IDLE_S = 600


@dataclass
class Kept:
    """An open workspace and what keeps its graph in line with its files.

    Attributes:
        is_manual: nobody keeps it up; a client asks for an index.
        is_stray: nothing says that its folder belongs together, and nobody asked for an index of it.
        was_looked_at: the graph was brought in line since the workspace was opened.
        is_cut: a rebuild was stopped, so that the graph lacks files that nobody has changed.
        peers: clients that asked something of it and are still there.
    """

    workspace: Workspace
    files: GraphFiles
    upkeep: Upkeep
    is_manual: bool
    is_stray: bool = False
    was_looked_at: bool = False
    is_cut: bool = False
    peers: set[Peer] = field(default_factory=set)


class Workspaces:
    """Args:
    indexing: whether graphs are kept up; a process that leaves soon looks at the files once instead.
    is_busy: whether an engine answers somebody, so that background work waits.
    tell: called when a graph's standing changed.
    """

    def __init__(
        self,
        state: Path,
        config: Config,
        *,
        indexing: bool,
        is_busy: Callable[[], bool],
        tell: Callable[[Kept, Standing], None],
    ) -> None:
        self._state = state
        self._config = config
        self._indexing = indexing
        self._is_busy = is_busy
        self._tell = tell
        self._open: dict[Path, Kept] = {}
        self._opening = asyncio.Lock()
        self._tasks: set[asyncio.Task[Kept]] = set()

    def __iter__(self) -> Iterator[Kept]:
        return iter(self._open.values())

    async def get(self, root: Root, peer: Peer) -> Workspace:
        """The workspace of `root`, opened when it is not.

        Raises:
            UserError: `locked`: another process has it; `state`: its folder cannot be used.
        """
        return (await self.kept(root, peer)).workspace

    async def kept(self, root: Root, peer: Peer) -> Kept:
        """The same, with its upkeep, which begins with the first client."""
        # A client that leaves meanwhile must not leave a store open that nobody knows of.
        opening = asyncio.create_task(self._at(root))
        self._tasks.add(opening)
        opening.add_done_callback(self._tasks.discard)
        kept = await asyncio.shield(opening)
        if not peer.closed.is_set():
            is_new = peer not in kept.peers
            kept.peers.add(peer)
            if self._indexing and not kept.is_manual and not kept.is_stray:
                kept.was_looked_at = True
                kept.upkeep.begin()
            if is_new:
                self._tell(kept, kept.upkeep.standing)
        return kept

    async def widen(self, kept: Kept, root: Root) -> None:
        """A client that has one file of a folder open must not keep others from having all of it."""
        if kept.workspace.root.scope == "file" and root.scope != "file":
            kept.upkeep.rest()
            await asyncio.to_thread(kept.workspace.widen, root)
            kept.is_stray = is_stray(root, self._state)

    def keep_name(self, kept: Kept) -> None:
        """Somebody asked for an index of this folder on purpose: it is a workspace from now on. Raises UserError."""
        root = kept.workspace.root
        try:
            keep_name(root.path, self._state)
        except OSError as error:
            raise _unusable(self._state, error) from error
        kept.is_stray = False

    def left(self, peer: Peer) -> None:
        """A client is gone: what nobody needs any more is not kept up."""
        for kept in self._open.values():
            kept.peers.discard(peer)
            if not kept.peers:
                kept.upkeep.rest()

    async def close_idle(self) -> None:
        """An idle workspace gives its store back, so that a command in process can have it."""
        async with self._opening:
            for root, kept in list(self._open.items()):
                if time.monotonic() - kept.workspace.used > _IDLE_S:
                    del self._open[root]
                    await _close(kept)

    async def close(self) -> None:
        async with self._opening:
            while self._open:
                _, kept = self._open.popitem()
                await _close(kept)

    async def _at(self, root: Root) -> Kept:
        async with self._opening:
            kept = self._open.get(root.path)
            if kept is None:
                kept = self._open[root.path] = self._keeping(await asyncio.to_thread(self._opened, root))
            kept.workspace.used = time.monotonic()
            return kept

    def _keeping(self, workspace: Workspace) -> Kept:
        files = GraphFiles(workspace.graph)
        upkeep = Upkeep(files, self._is_busy, lambda standing: self._tell(kept, standing))
        kept = Kept(workspace, files, upkeep, is_manual=self._config.codegraph.index == "manual")
        kept.is_stray = workspace.root.scope != "file" and is_stray(workspace.root, self._state)
        return kept

    def _opened(self, root: Root) -> Workspace:
        try:
            return Workspace(root, self._state, self._config)
        except StoreLocked as error:
            raise _locked(root, error) from error
        except (StoreError, OSError) as error:
            raise _unusable(self._state, error) from error


async def _close(kept: Kept) -> None:
    await kept.upkeep.close()
    await asyncio.to_thread(kept.workspace.close)


def _unusable(state: Path, error: Exception) -> UserError:
    return UserError(
        f"The state folder {state} cannot be used: {error}. "
        "Make it writable and free some space, or set REMORA_HOME to another folder.",
        code="state",
    )


def _locked(root: Root, error: StoreLocked) -> UserError:
    holder = f" (pid {error.pid})" if error.pid else ""
    return UserError(
        f"Another process{holder} has the workspace {root.path} open. "
        "End it with `remora serve --stop`, or use a store of your own with --state DIR.",
        code="locked",
    )
