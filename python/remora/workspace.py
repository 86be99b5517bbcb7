"""One repository's wiring: every part is made here and handed to the others. No part fetches another by itself."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from pathlib import Path

from remora.codegraph import CodeGraph, Ledger, recover
from remora.config import Config
from remora.engine.queue import Queue
from remora.isg.graph import Graph
from remora.journal import Journal
from remora.repo.named import folder_of
from remora.repo.root import Root
from remora.session import EditSession
from remora.store.database import Store


class Workspace:
    """Everything that belongs to one root. Opening it takes the store's lock, so one process has it at a time.

    Args:
        state: the folder of all workspaces; this one's is named by the hash of its real path.

    Raises:
        StoreLocked: another process has it open.
    """

    def __init__(self, root: Root, state: Path, config: Config) -> None:
        self.root = root
        self.config = config
        self.folder = folder_of(root.path, state)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.store = Store.open(self.folder / "store")
        self.graph = Graph(self.store, root)
        self.codegraph = CodeGraph(Ledger(self.store), self.graph, root, config.codegraph)
        limits = config.journal
        self.journal = Journal(
            self.folder / "journal",
            enabled=limits.enabled,
            max_bytes=limits.max_mb * 1_000_000,
            max_seconds=limits.max_days * 86_400,
        )
        try:
            self.notices = (*self.store.notices, *recover(self.codegraph))
        except BaseException:
            self.store.close()
            raise
        self.used = time.monotonic()

    def widen(self, root: Root) -> None:
        """It was of one file; it is of the whole folder from now on."""
        self.root = root
        self.graph.widen(root)

    def session(self, engine: Callable[[], Queue], emit: Callable[..., None], author: str) -> EditSession:
        session = f"{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(3)}"
        return EditSession(
            id=session,
            graph=self.graph,
            codegraph=self.codegraph,
            engine=engine,
            config=self.config.edit,
            record=self.journal.open(session),
            emit=emit,
            author=author,
        )

    def close(self) -> None:
        self.store.close()
