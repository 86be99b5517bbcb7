"""The graph of one workspace: the stored one describes files on disk; texts of open buffers stay in memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from remora.isg.answers import IndexReport, Table
from remora.isg.find import named, only_one, path_and_line, path_and_qualname, paths_in_key, unknown
from remora.isg.locate import node_at
from remora.isg.reading import graph_of
from remora.isg.values import FileGraph, Node
from remora.isg.walks import Walks
from remora.lang import language_of
from remora.repo.root import Root
from remora.repo.skip import by_path, by_text
from remora.repo.text import canonical
from remora.repo.walk import is_chosen, is_unwanted, refuse_globs
from remora.store.database import Store

if TYPE_CHECKING:
    from remora.isg.csr import Csr
    from remora.isg.overlay.protocol import Overlay
    from remora.isg.pipeline import Pipeline
    from remora.isg.query import QueryDoor


class Graph(Walks):
    """One workspace's nodes and edges. Every method may be called from any thread; writing is one at a time.

    Paths are absolute or relative to the root; those that leave it raise UserError `outside`. Where a key is taken,
    `find` says what else may stand for it; the list methods take exact keys, those of `ext:`, `builtin:` and `gate:`
    nodes too, and give nothing for a key that is not in the stored graph.
    """

    def __init__(self, store: Store, root: Root) -> None:
        self.store = store
        self.root = root
        self._writing = threading.RLock()
        self._indexing = threading.Lock()
        self._made: Pipeline | None = None
        self._door: QueryDoor | None = None
        self._last_unsaved: tuple[Csr, dict[str, str], Walks] | None = None

    # -- files ----------------------------------------------------------------------------------------------------

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
            return graph_of(relative, canonical(text), self.root.path.name)
        with self._writing:
            return self._pipeline.refresh(relative)

    def left_out(self, path: str, text: str | None = None) -> str:
        """Why a file of a known language is not in the graph, or in it by its name only; "" when all of it is.

        Args:
            path: from the root.
            text: an open buffer's, which stands for the file.
        """
        with self._writing:
            row, value = self._pipeline.world.files.get(path), self._pipeline.records.value
        if (
            row is not None
            and row.status == "skipped"
            and (text is None or row.reason.startswith(("vendored", "built")))
        ):
            return row.reason
        if text is not None and (why := by_text(path, text)):
            return why
        if row is not None:
            return ""
        if not is_chosen(path, value.include, value.exclude):
            return "left out by --include or --exclude"
        return by_path(path, False, frozenset()) or ("ignored" if is_unwanted(self.root, path) else "")

    def index(
        self,
        progress: Callable[[int, int], None] | None = None,
        *,
        include: Sequence[str] | None = None,
        exclude: Sequence[str] | None = None,
        jobs: int | None = None,
        many: bool = False,
        cluster: str | None = None,
        overlay: str | None = None,
        rebuild: bool = False,
    ) -> IndexReport:
        """Bring the stored graph in line with the files on disk; a file whose time and size are the same is skipped.

        Args:
            progress: called with (files looked at, files in all); while they are linked the first number goes on to
                twice the second; what it raises ends the run, and what was stored
                until then stays. It may wait: the work waits with it.
            include, exclude: globs as in a .gitignore; with `include` only what matches one of them is taken. They
                hold until other ones are named: None for both keeps those of before, () takes all files again.
            jobs: processes that parse; None: one less than there are cores. 1 parses in this process.
            many: go on with more files than `too_many_files` allows.
            cluster: address of a Ray cluster that reads the files, "" for one on this machine; None: no cluster.
            overlay: name of a compiler or language server that is asked about what is not certain
                (`overlay.choose.overlay_named`).
            rebuild: forget all of the graph first and read every file again.

        Raises:
            UserError: `bad_glob`, `no_files`: globs that are none or leave nothing, and the graph is as it was;
                `too_many_files`: more than 200,000 and `many` is not given; `no_ray`, `no_cluster`: see
                `cluster.reader`; `unknown_overlay`, `no_server`: the overlay is not there or does not answer, and what
                was indexed and answered until then stays.
        """
        asked = elsewhere = None
        if overlay is not None:
            from remora.isg.overlay.choose import overlay_named

            asked = overlay_named(overlay)
        if cluster is not None:
            from remora.isg.cluster import reader

            elsewhere = reader(cluster)
        if include or exclude:
            from remora.isg.pipeline import is_indexed

            refuse_globs(self.root, is_indexed, include or (), exclude or ())
        with self._indexing:
            if rebuild:
                self._forget()
            report = self._pipeline.index(progress, include, exclude, jobs, many, self._writing, elsewhere)
            return report if asked is None else self._refined(report, asked, progress)

    def paths(self) -> list[str]:
        """Source files of the stored graph that were read, sorted."""
        with self._writing:
            files = self._pipeline.world.files
            return sorted(
                path for path, row in files.items() if row.nodes and row.status != "skipped" and language_of(path)
            )

    def stored(self, path: str) -> FileGraph | None:
        """A file's stored graph, without its text; None when there is none. Nothing is read from the disk."""
        with self._writing:
            row, records = self._pipeline.world.files.get(path), self._pipeline.records
        if row is None or not row.nodes:
            return None
        from remora.isg.extract import unpack

        raw = records.graph(path, row.text_hash)
        return unpack(raw) if raw is not None else None

    def globs(self) -> dict[str, tuple[str, ...]]:
        """`include` and `exclude` as they hold for the graph."""
        value = self._pipeline.records.value
        return {"include": value.include, "exclude": value.exclude}

    def counts(self) -> dict[str, object]:
        """`{files, nodes, unresolved, edges: {kind: n}}` of the stored graph."""
        return self._pipeline.records.counts()

    def snapshot(self, file: Path) -> None:
        """Write the whole stored graph as one JSON document: `{nodes, edges, unresolved, files}`.

        The same graph gives the same bytes. `file` is replaced when the document is whole.
        """
        from remora.isg.snapshot import write_snapshot

        with self._writing:
            write_snapshot(self._pipeline.records, file)

    def publish(self) -> None:
        """Write the graph into plain relations of its store as well (`remora.isg.publish`), for other programs."""
        from remora.isg.publish import publish

        with self._writing:
            publish(self._csr, self._pipeline.records)

    def widen(self, root: Root) -> None:
        """From now on the graph is of this root, which is the same folder with more files."""
        with self._indexing, self._writing:
            self.root = root
            self._made = self._door = self._last_unsaved = None

    # -- one node -------------------------------------------------------------------------------------------------

    def find(self, key: str, text_by_path: Mapping[str, str] | None = None) -> Node:
        """The node that a person or a program names.

        Args:
            key: a key, `src/app.py::Cart.total`, `src/app.py:120` (a line, 1-based), or a qualname or name that only one
                node has.
            text_by_path: texts of open buffers, which stand for the files.

        Raises:
            UserError: `ambiguous` or `unknown_node`, with keys in `data["candidates"]`; `no_node`: a line in no node.
        """
        texts = {self.root.relative(path): text for path, text in (text_by_path or {}).items()}
        if (parts := path_and_qualname(key)) is not None:
            nodes = self._present(parts[0], texts).nodes
            return only_one(key, [node for node in nodes if named(node, parts[1])], self._similar)
        if (place := path_and_line(key)) is not None:
            return node_at(self._present(place[0], texts), place[1] - 1, 0)
        for path in paths_in_key(key):
            if path in texts or (self.root.path / path).is_file():
                found = self._present(path, texts).node(key)
                if found is not None:
                    return found
        if any(mark in key for mark in "/-\0"):
            raise unknown(key, self._similar)
        self.index()  # a bare name may be in any file, also in one that nobody asked about yet
        stored = [one.path for one in self._csr.with_name(key.rpartition(".")[2])]
        graphs = [self._present(path, texts) for path in sorted({*texts, *stored})]
        nodes = [node for graph in graphs for node in graph.nodes if node.kind != "module"]
        found = [node for node in nodes if node.qualname == key] or [node for node in nodes if node.name == key]
        return only_one(key, found, self._similar)

    def node_at(
        self, path: Path | str, row: int, col: int, text: str | None = None, end: tuple[int, int] | None = None
    ) -> Node:
        """The smallest function, method or class that holds a position, or the range up to `end`.

        Raises:
            UserError: code `no_node`: there is none.
        """
        return node_at(self.refresh(path, text), row, col, end)

    def unsaved(self, text_by_path: Mapping[str, str]) -> Walks:
        """The graph as it would be if these files were written now, for questions that follow edges.

        Args:
            text_by_path: texts of open buffers, by path from the root; those of unknown languages are left out.
        """
        from remora.isg.unsaved import unsaved

        texts = {path: text for path, text in text_by_path.items() if language_of(path)}
        if not texts:
            return self
        with self._writing:
            stored, before = self._csr, self._last_unsaved
            if before is None or before[0] is not stored or before[1] != texts:
                graphs = {path: self.refresh(path, text) for path, text in texts.items()}
                before = self._last_unsaved = (stored, texts, unsaved(self._pipeline, graphs))
            return before[2]

    # -- the whole graph ------------------------------------------------------------------------------------------

    def query(self, script: str, limit: int = 1000) -> Table:
        """Run a Datalog script of a person's over `node`, `edge`, `unresolved` and `file` (doc/query.md).

        Raises:
            UserError: `bad_query`: it is refused, wrong or took too long; the message says which.
        """
        from remora.isg.query import QueryDoor

        with self._writing:
            if self._door is None:
                self._door = QueryDoor(self._pipeline.records)
            return self._door.run(self._csr, script, limit)

    def view(self, name: str, limit: int = 100) -> Table:
        """A shipped view: hotspots, cycles, unresolved, coupling or untested.

        Raises:
            UserError: `unknown_view`.
        """
        from remora.isg.views import view

        return view(self._csr, self._pipeline.records, name, limit)

    def rank(self, personal: Mapping[str, float] | None = None) -> dict[str, float]:
        """PageRank over calls, references and uses, by key; the sum is 1.

        Args:
            personal: where the walker starts again, by key; everywhere alike when it is not given.
        """
        from remora.isg.rank import page_rank

        return page_rank(self._csr, personal)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _forget(self) -> None:
        """Begin with nothing, but for the globs."""
        with self._writing:
            self._pipeline.records.clear()
            self._made = self._door = self._last_unsaved = None

    def _refined(
        self, report: IndexReport, overlay: Overlay, progress: Callable[[int, int], None] | None
    ) -> IndexReport:
        from remora.isg.overlay.run import refine

        started = time.monotonic()
        refine(self._pipeline, overlay, progress, self._writing)
        counts = self._pipeline.records.counts()
        seconds = report.seconds + time.monotonic() - started
        return report._replace(
            nodes=counts["nodes"], edges=counts["edges"], unresolved=counts["unresolved"], seconds=seconds
        )

    @property
    def _pipeline(self) -> Pipeline:
        with self._writing:
            if self._made is None:
                from remora.isg.pipeline import Pipeline

                self._made = Pipeline(self.store, self.root)
            return self._made

    @property
    def _csr(self) -> Csr:
        with self._writing:
            return self._pipeline.csr()

    def _present(self, path: str, texts: Mapping[str, str]) -> FileGraph:
        relative = self.root.relative(path)
        return self.refresh(relative, texts.get(relative))

    def _similar(self, last: str) -> list[str]:
        return self._csr.similar(last)
