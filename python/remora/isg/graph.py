"""The graph of one workspace: the stored one describes files on disk; texts of open buffers stay in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from remora.errors import UserError
from remora.isg.extract import extract
from remora.isg.find import named, only_one, path_and_line, path_and_qualname, paths_in_key, unknown
from remora.isg.index import IndexReport, index, read_source
from remora.isg.link import link
from remora.isg.locate import node_at
from remora.isg.values import FileGraph, Node
from remora.isg.write import CALLS, NODE_COLUMNS, node_of, put_files, remove_files
from remora.lang import language_of
from remora.repo.root import Root
from remora.repo.text import body_hash, canonical
from remora.store.database import Store


class Graph:
    """One workspace's nodes and edges. Every method may be called from any thread; writing is one at a time.

    Paths are absolute or relative to the root; those that leave it raise UserError `outside`.
    """

    def __init__(self, store: Store, root: Root) -> None:
        self.store = store
        self.root = root
        self._writing = threading.RLock()
        self._indexing = threading.Lock()

    def refresh(self, path: Path | str, text: str | None = None) -> FileGraph:
        """A file's present graph.

        Args:
            text: an open buffer's text; then nothing is stored. None: the file on disk, stored when it changed.

        Returns:
            Without nodes when the file is gone; it is then forgotten.

        Raises:
            UserError: `encoding` or `unreadable`: the file is there and cannot be taken as text.
        """
        relative = self.root.relative(path)
        if text is not None:
            return extract(relative, canonical(text), self.root.path.name)
        with self._writing:
            try:
                file = read_source(self.root, relative)
            except FileNotFoundError:
                self._forget(relative)
                return FileGraph(relative, body_hash(""), (), (), (), "there is no such file")
            except UserError:
                self._forget(relative)
                raise
            if language_of(relative) is not None and self._stored_hash(relative) != file.code_hash:
                link(self.store, put_files(self.store, [file]))
            return file.graph

    def index(self, progress: Callable[[int, int], None] | None = None) -> IndexReport:
        """Bring the stored graph in line with the files on disk; a file whose time and size are the same is skipped.

        Args:
            progress: called with (files looked at, files in all).
        """
        with self._indexing:
            return index(self.store, self.root, progress, self._writing)

    def find(self, key: str, text_by_path: Mapping[str, str] | None = None) -> Node:
        """The node that a person or a program names.

        Args:
            key: a key, `src/app.py::Cart.total`, `src/app.py:120` (a line, 1-based) or an unambiguous qualname.
            text_by_path: texts of open buffers, which stand for the files.

        Raises:
            UserError: `ambiguous` or `unknown_node`, with keys in `data["candidates"]`; `no_node`: a line in no node.
        """
        texts = {self.root.relative(path): text for path, text in (text_by_path or {}).items()}
        if (parts := path_and_qualname(key)) is not None:
            nodes = self._present(parts[0], texts).nodes
            return only_one(key, [node for node in nodes if named(node, parts[1])], self.store)
        if (place := path_and_line(key)) is not None:
            return node_at(self._present(place[0], texts), place[1] - 1, 0)
        for path in paths_in_key(key):
            if path in texts or self._stored_hash(path) is not None or (self.root.path / path).is_file():
                found = self._present(path, texts).node(key)
                if found is not None:
                    return found
        if any(mark in key for mark in "/-\0"):
            raise unknown(key, self.store)
        self.index()  # a bare name may be in any file, also in one that nobody asked about yet
        graphs = [self._present(path, texts) for path in sorted({*texts, *self._paths_with(key)})]
        return only_one(key, [node for graph in graphs for node in graph.nodes if node.qualname == key], self.store)

    def node_at(
        self, path: Path | str, row: int, col: int, text: str | None = None, end: tuple[int, int] | None = None
    ) -> Node:
        """The smallest function, method or class that holds a position, or the range up to `end`.

        Raises:
            UserError: code `no_node`: there is none.
        """
        return node_at(self.refresh(path, text), row, col, end)

    def callers(self, key: str) -> list[tuple[Node, int]]:
        """Nodes that certainly call this one, each with the row of its first call in its own file; sorted by key."""
        return self._neighbours(
            key,
            "*isg_edges:rev{dst: asked, kind: $kind, src: id}, *isg_edges{src: id, kind: $kind, dst: asked, row}",
        )

    def callees(self, key: str) -> list[tuple[Node, int]]:
        """Nodes that this one certainly calls, each with the row of the first call in this file; sorted by key."""
        return self._neighbours(key, "*isg_edges{src: asked, kind: $kind, dst: id, row}")

    def _neighbours(self, key: str, edges: str) -> list[tuple[Node, int]]:
        script = (
            f"?[path, row, {NODE_COLUMNS}] := *isg_ids{{key: $asked, id: asked}}, {edges},"
            f" *isg_nodes{{id, {NODE_COLUMNS}}}, *isg_files:by_id{{id: file, path}}"
        )
        rows = self.store.read(script, {"asked": key, "kind": CALLS})
        return sorted(((node_of(path, columns), row) for path, row, *columns in rows), key=lambda found: found[0].key)

    def _present(self, path: str, texts: Mapping[str, str]) -> FileGraph:
        relative = self.root.relative(path)
        return self.refresh(relative, texts.get(relative))

    def _forget(self, path: str) -> None:
        if self._stored_hash(path) is not None:
            link(self.store, remove_files(self.store, [path]))

    def _stored_hash(self, path: str) -> str | None:
        rows = self.store.read("?[code_hash] := *isg_files{path: $path, code_hash}", {"path": path})
        return rows[0][0] if rows else None

    def _paths_with(self, qualname: str) -> Sequence[str]:
        script = (
            "?[path] := *isg_nodes:by_qualname{qualname: $qualname, id}, *isg_nodes{id, file},"
            " *isg_files:by_id{id: file, path}"
        )
        return [row[0] for row in self.store.read(script, {"qualname": qualname})]
