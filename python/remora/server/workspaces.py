"""The workspaces that this process has open: each opened once, indexed in the background, closed when idle."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

from remora.config import Config
from remora.errors import StoreError, UserError
from remora.repo.root import Root
from remora.store.lock import StoreLocked
from remora.workspace import Workspace

_IDLE_S = 600


class Workspaces:
    """Args:
    indexing: whether an opened workspace is indexed as a whole; a process that leaves soon need not.
    """

    def __init__(self, state: Path, config: Config, *, indexing: bool) -> None:
        self._state = state
        self._config = config
        self._indexing = indexing
        self._open: dict[Path, Workspace] = {}
        self._opening = asyncio.Lock()

    def __iter__(self) -> Iterator[Workspace]:
        return iter(self._open.values())

    async def get(self, root: Root) -> Workspace:
        """The workspace of `root`, opened when it is not.

        Raises:
            UserError: `locked`: another process has it; `state`: its folder cannot be used.
        """
        async with self._opening:
            workspace = self._open.get(root.path)
            if workspace is None:
                workspace = self._open[root.path] = await asyncio.to_thread(self._opened, root)
                if self._indexing:
                    workspace.start_indexing()
            workspace.used = time.monotonic()
            return workspace

    async def close_idle(self) -> None:
        """An idle workspace gives its store back, so that a command in process can have it."""
        for root, workspace in list(self._open.items()):
            if time.monotonic() - workspace.used > _IDLE_S:
                del self._open[root]
                await asyncio.to_thread(workspace.close)

    async def close(self) -> None:
        while self._open:
            _, workspace = self._open.popitem()
            await asyncio.to_thread(workspace.close)

    def _opened(self, root: Root) -> Workspace:
        try:
            return Workspace(root, self._state, self._config)
        except StoreLocked as error:
            raise _locked(root, error) from error
        except (StoreError, OSError) as error:
            raise UserError(
                f"The state folder {self._state} cannot be used: {error}. "
                "Make it writable and free some space, or set REMORA_HOME to another folder.",
                code="state",
            ) from error


def _locked(root: Root, error: StoreLocked) -> UserError:
    holder = f" (pid {error.pid})" if error.pid else ""
    return UserError(
        f"Another process{holder} has the workspace {root.path} open. "
        "End it with `remora serve --stop`, or use a store of your own with --state DIR.",
        code="locked",
    )
