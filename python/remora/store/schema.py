"""Making relations and indexes so that doing it twice is no error: a crash may end a migration half way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remora.store.database import Store


def relations(store: Store) -> frozenset[str]:
    """Names of all relations; an index is one too, as `relation:index`."""
    return frozenset(row[0] for row in store.read("::relations"))


def create(store: Store, name: str, columns: str) -> None:
    """Create a relation unless it is there; `columns` is `{key columns => value columns}`."""
    if name not in relations(store):
        store.write(f":create {name} {columns}")


def index(store: Store, relation: str, name: str, columns: str) -> None:
    """Create an index over these columns (comma-separated) unless it is there. Query it as `*relation:name{…}`."""
    if name not in {row[0] for row in store.read(f"::indices {relation}")}:
        store.write(f"::index create {relation}:{name} {{{columns}}}")


def drop(store: Store, name: str) -> None:
    """Remove a relation with its indexes, when it is there."""
    if name in relations(store):
        for row in store.read(f"::indices {name}"):
            store.write(f"::index drop {name}:{row[0]}")
        store.write(f"::remove {name}")
