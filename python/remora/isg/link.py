"""Edges of files whose own text, or whose imports' text, changed."""

from __future__ import annotations

from pathlib import PurePosixPath

from remora.isg.resolve import resolve, tail_of
from remora.isg.values import MODULE
from remora.isg.write import CALLS, Interface, StoredSymbols, node_ids_of, put_edges, references
from remora.store.database import Row, Store


def link(store: Store, changes: dict[str, Interface]) -> None:
    """Resolve and write the edges of changed files and of those that a change can reach.

    Args:
        changes: by path, what became different for importers; the files may be gone.
    """
    symbols = StoredSymbols(store)
    edges: dict[int, list[Row]] = {}
    for path in sorted(set(changes) | importers(store, changes)):
        file = symbols.file_id(path)
        if file is not None:
            edges[file] = edges_of(store, path, file, symbols)
    put_edges(store, edges)


def edges_of(store: Store, path: str, file: int, symbols: StoredSymbols) -> list[Row]:
    """One edge per pair of nodes, at the row of the first call."""
    found: dict[tuple[int, str], int] = {}
    for src, target, row in references(store, file):
        key = resolve(path, target, symbols)
        if key is not None:
            found[src, key] = min(row, found.get((src, key), row))
    ids = node_ids_of(store, [[key] for key in sorted({key for _, key in found})])
    return [[src, CALLS, ids[key], file, row] for (src, key), row in found.items() if key in ids]


def importers(store: Store, changes: dict[str, Interface]) -> set[str]:
    """Files that may see a change through their imports: more than do, never fewer.

    An import is followed by the last part of its name. A file that hands a changed name on (a re-export) passes the
    change on to its own importers.
    """
    reached: dict[str, set[str]] = {}
    waiting = [
        (tail, {part[0].partition(".")[0] for part in seen})
        for path, seen in changes.items()
        if seen
        for tail in tails_of_change(path, seen)
    ]
    while waiting:
        tail, names = waiting.pop()
        for importer, handed_on in seen_through(store, tail, names).items():
            new = handed_on - reached.setdefault(importer, set())
            if new:
                reached[importer] |= new
                waiting.append((tail_of(importer), new))
    return set(reached)


def tails_of_change(path: str, seen: Interface) -> set[str]:
    """A file that came or went changes what the packages above it hold, too."""
    came_or_went = any(part[0] == MODULE for part in seen)
    return {tail_of(path), *(PurePosixPath(path).parent.parts if came_or_went else ())}


def seen_through(store: Store, tail: str, names: set[str]) -> dict[str, set[str]]:
    """Files that import something with this tail, each with the names it binds by that and may hand on."""
    script = (
        "?[path, n, name, alias] := *isg_tails{tail: $tail, file}, *isg_files:by_id{id: file, path},"
        " *isg_imports{file, n, name, alias}"
    )
    found: dict[str, set[str]] = {}
    for path, _, name, alias in store.read(script, {"tail": tail}):
        if MODULE in names or name in names or name == tail or not name:
            found.setdefault(path, set()).add(alias.partition(".")[0])
        elif name == "*":
            found.setdefault(path, set()).update(names)
    return found
