"""The canary: a number kept in the database and beside it, which tells whether rows were lost.

A damaged log opens without an error and with fewer rows. So each opening and each clean closing adds one to the row
`generation`, then writes the same number into a file. A row that is behind the file, or gone, means lost rows.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from remora.repo.write import delete_file, replace_file
from remora.store.schema import create, relations

if TYPE_CHECKING:
    from remora.store.database import Store


class Canary:
    def __init__(self, path: Path) -> None:
        self.path = path

    def check(self, store: Store) -> Literal["well", "behind", "lost"]:
        """Compare the row with the file; a missing file means a new database, and all is well."""
        written = self._written()
        if written is None:
            return "well"
        row = self._row(store)
        if row is None:
            return "lost"
        return "behind" if row < written else "well"

    def advance(self, store: Store) -> None:
        """Add one, in the database first: a crash between the two leaves the row ahead, which is well."""
        create(store, "canary", "{name: String => value: Int}")
        value = max(self._row(store) or 0, self._written() or 0) + 1
        store.write("?[name, value] <- [['generation', $value]] :put canary {name => value}", {"value": value})
        replace_file(self.path, f"{value}\n".encode())

    def forget(self) -> None:
        delete_file(self.path)

    def _row(self, store: Store) -> int | None:
        if "canary" not in relations(store):
            return None
        rows = store.read("?[value] := *canary{name: 'generation', value}")
        return rows[0][0] if rows else None

    def _written(self) -> int | None:
        try:
            return int(self.path.read_text("ascii"))
        except (FileNotFoundError, ValueError):
            return None
