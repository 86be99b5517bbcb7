"""Bringing the stored graph in line with all files on disk."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass

from remora.errors import UserError
from remora.isg.extract import extract
from remora.isg.link import link
from remora.isg.write import BATCH_ROWS, Interface, StoredFile, put_files, remove_files, touch_files, unlinked_files
from remora.lang import suffixes
from remora.repo.read import read_file
from remora.repo.root import Root
from remora.repo.text import code_hash, decode
from remora.repo.walk import source_files
from remora.store.database import Store


@dataclass(frozen=True)
class IndexReport:
    """What one indexing found; paths are sorted.

    Attributes:
        files: source files in the workspace.
        changed: those whose nodes were written anew.
        removed: stored files that are no more.
        unreadable: (path, reason) of files that are no text; they are not in the graph.
        unparsable: (path, reason) of all stored files that their language refuses; what could be seen is there.
        nodes: in the whole graph, modules included.
    """

    files: int
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unreadable: tuple[tuple[str, str], ...]
    unparsable: tuple[tuple[str, str], ...]
    nodes: int


@dataclass(frozen=True)
class StoredStatus:
    code_hash: str
    mtime_ns: int
    size: int


def index(
    store: Store,
    root: Root,
    progress: Callable[[int, int], None] | None = None,
    writing: AbstractContextManager[object] | None = None,
) -> IndexReport:
    """Read what is new or changed, forget what is gone, then resolve the edges that can have changed.

    Not for two threads at once. What one that was cut off left without edges, the next one links.

    Args:
        progress: called with (files looked at, files in all) before each file; what it raises ends the run.
        writing: held around each batch that is written, so that a single file's refresh comes between two of them.
    """
    writing = writing or nullcontext()
    paths = source_files(root, suffixes())
    stored = stored_files(store)
    removed = [path for path in sorted(stored) if path not in set(paths)]
    changes: dict[str, Interface] = unlinked_files(store)
    with writing:
        changes |= remove_files(store, removed) if removed else {}
    changed: list[str] = []
    unreadable: list[tuple[str, str]] = []
    batch: list[StoredFile] = []
    for done, path in enumerate(paths):
        if progress:
            progress(done, len(paths))
        before = stored.get(path)
        try:
            status = (root.path / path).stat()
            if before and (before.mtime_ns, before.size) == (status.st_mtime_ns, status.st_size):
                continue
            file = read_source(root, path)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except UserError as error:
            unreadable.append((path, str(error)))
            with writing:
                changes |= remove_files(store, [path]) if before else {}
            continue
        if before and before.code_hash == file.code_hash:
            with writing:
                touch_files(store, [file])
            continue
        changed.append(path)
        batch.append(file)
        if sum(len(one.graph.nodes) + len(one.graph.calls) for one in batch) >= BATCH_ROWS:
            with writing:
                changes |= put_files(store, _still_so(root, batch))
            batch = []
    with writing:
        changes |= put_files(store, _still_so(root, batch)) if batch else {}
        if changes:
            link(store, changes)
    if progress:
        progress(len(paths), len(paths))
    return IndexReport(len(paths), tuple(changed), tuple(removed), tuple(unreadable), unparsable(store), nodes(store))


def _still_so(root: Root, batch: list[StoredFile]) -> list[StoredFile]:
    """Those that were not written again since they were read: somebody else may have stored the newer text."""
    found = []
    for file in batch:
        with suppress(OSError):
            status = (root.path / file.graph.path).stat()
            if (status.st_mtime_ns, status.st_size) == (file.mtime_ns, file.size):
                found.append(file)
    return found


def read_source(root: Root, path: str) -> StoredFile:
    """A file on disk, read and extracted.

    Args:
        path: from the root.

    Raises:
        FileNotFoundError: there is none.
        UserError: `encoding`, `unreadable` or `outside`.
    """
    raw, status = read_file(root.inside(path))
    text, form = decode(raw, path)
    graph = extract(path, text, root.path.name)
    return StoredFile(graph, code_hash(raw), form, status.st_mtime_ns, len(raw))


def stored_files(store: Store) -> dict[str, StoredStatus]:
    rows = store.read("?[path, code_hash, mtime_ns, size] := *isg_files{path, code_hash, mtime_ns, size}")
    return {path: StoredStatus(*status) for path, *status in rows}


def unparsable(store: Store) -> tuple[tuple[str, str], ...]:
    rows = store.read("?[path, error] := *isg_files{path, error}, !is_null(error)")
    return tuple((path, error) for path, error in rows)


def nodes(store: Store) -> int:
    rows = store.read("?[count(id)] := *isg_nodes{id}")
    return rows[0][0] if rows else 0
