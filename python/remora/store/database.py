"""One database, held by one process: any number of readers, one writer at a time, every commit on the disk.

A script of several `{…} {…}` blocks is one transaction. Never run a script that a model or a user wrote: a script can
read any file. Values go into `params`, never into the script's text.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from remora.errors import StoreError
from remora.store.canary import Canary
from remora.store.lock import FileLock, StoreLocked
from remora.store.migrations import MIGRATIONS, Migration, clear_graph, migrate

Row = list[Any]

# Reports of the database that say something about the machine, not about the database's files.
MACHINE_TROUBLE = re.compile(
    r"No space left|Permission denied|Too many open files|Read-only file system|Input/output", re.I
)


class Store:
    """An open database. Make it with `Store.open`; every method may be called from any thread.

    Attributes:
        path: the database's own folder; None in memory.
        rebuilt: the graph was lost or emptied, and the caller fills it again.
        notices: sentences for the user about what was found broken, and where it was put.
    """

    def __init__(self, database: Any, lock: FileLock | None, canary: Canary | None, path: Path | None = None) -> None:
        self.path = path
        self._database = database
        self._lock = lock
        self._canary = canary
        self._writing = threading.RLock()
        self.rebuilt = False
        self.notices: tuple[str, ...] = ()

    @classmethod
    def open(cls, path: Path | None, migrations: Sequence[Migration] = MIGRATIONS) -> Store:
        """Open or create the database in a folder, and bring it up to date.

        A database that cannot be opened, or that has lost its rows, is renamed to `<name>.broken-<n>` and a fresh one
        takes its place; one that lost only its newest rows keeps the rest and gets an empty graph. `notices` tells.

        Args:
            path: the database's own folder; `<name>.lock` and `<name>.canary` stand beside it. None: in memory.

        Raises:
            StoreLocked: another process, or another Store of this one, holds it.
            StoreError: it cannot be opened for a reason that lies in the machine (a full disk, permissions).
            UserError: code `newer_store`: a newer Remora wrote it.
        """
        if path is None:
            store = cls(connect("mem", ""), None, None)
            migrate(store, migrations)
            return store
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = FileLock(path.with_name(path.name + ".lock"))
        lock.acquire()
        try:
            return cls._open_held(path, lock, migrations)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _open_held(cls, path: Path, lock: FileLock, migrations: Sequence[Migration]) -> Store:
        canary = Canary(path.with_name(path.name + ".canary"))
        existed = (path / "data").exists()
        try:
            store = cls(connect("rocksdb", str(path)), lock, canary, path)
        except StoreError as error:
            if not existed or isinstance(error, StoreLocked) or MACHINE_TROUBLE.search(str(error)):
                raise
            return cls._open_fresh(path, lock, migrations, "could not be opened")
        try:
            health = canary.check(store)
            if health == "lost":
                store._disconnect()
                return cls._open_fresh(path, lock, migrations, "had lost its rows")
            migrate(store, migrations)
            if health == "behind":
                clear_graph(store)
                store.rebuilt = True
                store.notices = (
                    f"The newest rows of the database {path} are lost. Its code graph is built again; "
                    "look through :RemoraProposals, the last ones may be missing.",
                )
            canary.advance(store)
        except BaseException:
            store._disconnect()
            raise
        return store

    @classmethod
    def _open_fresh(cls, path: Path, lock: FileLock, migrations: Sequence[Migration], what: str) -> Store:
        aside = set_aside(path)
        canary = Canary(path.with_name(path.name + ".canary"))
        canary.forget()
        store = cls(connect("rocksdb", str(path)), lock, canary, path)
        try:
            migrate(store, migrations)
            canary.advance(store)
        except BaseException:
            store._disconnect()
            raise
        store.rebuilt = True
        store.notices = (
            f"The database {path} {what}. It is kept as {aside.name} and a fresh one took its place; "
            "proposals that were not approved are in the old one. Delete it when you miss nothing.",
        )
        return store

    def read(self, script: str, params: Mapping[str, Any] | None = None) -> list[Row]:
        """Run a query and return its rows; a script that would write is refused.

        Raises:
            StoreError: the database refused or failed, or is closed.
        """
        return self._run(script, params, immutable=True)

    def ask(
        self, script: str, params: Mapping[str, Any] | None = None, timeout_s: float = 10.0
    ) -> tuple[list[str], list[Row]]:
        """As `read`, with the names of the columns, and not for longer than `timeout_s`."""
        answer = self._call(lambda database: database.run_script(script, dict(params or {}), True, timeout_s), script)
        return answer["headers"], answer["rows"]

    def load(self, relation: str, headers: Sequence[str], rows: Sequence[Row]) -> None:
        """Put many rows into a relation without indexes, all columns of it; cheaper than a script."""
        data = {relation: {"headers": list(headers), "rows": rows}}
        with self._writing:
            self._call(lambda database: database.import_relations(data), f"import into {relation}")

    def write(self, script: str, params: Mapping[str, Any] | None = None, durable: bool = True) -> list[Row]:
        """Run a script as one transaction; it is on the disk when this returns.

        Args:
            durable: False: it is with the operating system, so a kill loses nothing, and a power cut may lose this
                and what was written after it without `durable`. For what can be built again.

        Returns:
            The rows of the script's last block.

        Raises:
            StoreError: nothing of the script was kept.
        """
        with self._writing:
            if durable or self._database is None:
                return self._run(script, params, immutable=False)
            self._database.set_durable_writes(False)
            try:
                return self._run(script, params, immutable=False)
            finally:
                if self._database is not None:
                    self._database.set_durable_writes(True)

    def close(self) -> None:
        """Let go of the files; later calls raise StoreError. Closing twice is no error."""
        with self._writing:
            if self._database is None:
                return
            try:
                if self._canary is not None:
                    self._canary.advance(self)
            finally:
                self._disconnect()
                if self._lock is not None:
                    self._lock.release()

    def _disconnect(self) -> None:
        database, self._database = self._database, None
        if database is not None:
            database.close()

    def _run(self, script: str, params: Mapping[str, Any] | None, immutable: bool) -> list[Row]:
        return self._call(lambda database: database.run_script(script, dict(params or {}), immutable), script)["rows"]

    def _call(self, do: Callable[[Any], Any], script: str) -> Any:
        database = self._database
        if database is None:
            raise StoreError("The database is closed.")
        try:
            return do(database)
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:  # the database's panics are no Exception
            raise StoreError(f"{script.strip().partition(chr(10))[0]}: {report(error)}") from error


def connect(engine: str, path: str) -> Any:
    """The database's own handle.

    Raises:
        StoreLocked: the database's own lock is held by somebody.
        StoreError: it could not be opened.
    """
    # With fewer threads than it expects, the database can wait for itself. It reads this once, at import.
    os.environ.setdefault("RAYON_NUM_THREADS", "16")
    from mnestic import CozoDbPy  # ty: ignore[import-not-found]

    try:
        database = CozoDbPy(engine, path, "{}")
        database.set_durable_writes(True)
        return database
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a panic is no Exception
        told = report(error)
        if "LOCK" in told:
            raise StoreLocked(path, None) from error
        raise StoreError(f"{path}: {told}") from error


def set_aside(path: Path) -> Path:
    """Rename a database's folder to the first free `<name>.broken-<n>`, counting from 1."""
    number = 1
    while (aside := path.with_name(f"{path.name}.broken-{number}")).exists():
        number += 1
    return path.rename(aside)


def report(error: BaseException) -> str:
    """What the database says about an error, on one line; its message alone often names no cause."""
    detail = error.args[0] if error.args else str(error)
    if isinstance(detail, dict):
        said = [detail.get("message") or detail.get("display") or "", *map(str, detail.get("causes") or ())]
        detail = ": ".join(part for part in said if part)
    without_colour = re.sub(r"\x1b\[[0-9;]*m", "", str(detail))
    return " ".join(without_colour.split())
