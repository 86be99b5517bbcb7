"""Bringing the stored graph in line with the files: list, read, store, link; a whole workspace or one file."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from remora.errors import UserError
from remora.isg import fingerprint
from remora.isg.answers import IndexReport
from remora.isg.extract import pack, unpack
from remora.isg.linking import Changes, LinkBuffer
from remora.isg.manifest import is_manifest
from remora.isg.overlay.refinements import Refinements
from remora.isg.packing import pack_brief
from remora.isg.reading import KEPT, SAME, Wanted, graph_of, language_name, read_one, uncollected, with_reason
from remora.isg.records import FileRow, ReadFile, Records
from remora.isg.stored import StoredLinks, StoredWorld
from remora.isg.values import FileGraph
from remora.isg.workers import CRASHED, ReadChunks, chunks, read_in_processes
from remora.lang import language_of
from remora.repo.read import read_file
from remora.repo.root import Root
from remora.repo.text import body_hash, decode
from remora.repo.walk import Listed, git_commit, is_listed, listed_files, matcher
from remora.store.database import Store

if TYPE_CHECKING:
    from remora.isg.csr import Csr
    from remora.isg.overlay.protocol import Refined

MOST_FILES = 200_000
# Starting a process costs as much as reading these.
FEWEST_FOR_PROCESSES = 64
BATCH_BYTES = 1_000_000
# Indexings between two looks for texts that nobody came back to.
LET_GO_EVERY = 16


class Pipeline:
    """One workspace's way from files to the stored graph. Whoever calls a method holds the graph's writing lock,
    except for `index`, which takes it for each batch.
    """

    def __init__(self, store: Store, root: Root) -> None:
        self.root = root
        self.records = Records(store, root)
        self._renew()
        self.world = StoredWorld(self.records)
        self.links = StoredLinks(self.records)
        self.refinements = Refinements(self.records, self.world)
        self.pending = self.records.pending()
        self._indexing = False
        self._csr: Csr | None = None
        self._stale: set[str] = set()

    # -- one file -------------------------------------------------------------------------------------------------

    @uncollected()
    def refresh(self, path: str) -> FileGraph:
        """A file's graph as it is on disk, stored and linked when it changed; raises as `Graph.refresh` does."""
        try:
            raw, _ = read_file(self.root.inside(path))
        except FileNotFoundError:
            self._forget([path])
            self.link()
            return FileGraph(path, body_hash(""), "", (), status="failed", reason="there is no such file")
        except UserError:
            self._store_one(path)
            raise
        self._store_one(path)
        return graph_of(path, decode(raw, path)[0], self.records.name)

    def _store_one(self, path: str) -> None:
        before = self.world.files.get(path)
        if before is None and not (is_indexed(path) and self._is_chosen(path) and is_listed(self.root, path)):
            return
        if before is not None and before.status == "skipped" and not before.nodes:
            return
        found = read_one(self.root.path, self._wanted(path), self.records.name)
        if found is not None:
            self._put([found[0]])
            if found[1] is not None:
                self.world.keep(found[1], len(found[0].graph))
        if not self._indexing:  # else everything that was read so far would be linked here and now
            self.link()

    def _is_chosen(self, path: str) -> bool:
        """Whether the globs of the last indexing leave a file in."""
        wanted, unwanted = matcher(self.records.value.include), matcher(self.records.value.exclude)
        return not (wanted and not wanted.match(path)) and not (unwanted and unwanted.match(path))

    # -- all files ------------------------------------------------------------------------------------------------

    @uncollected()
    def index(
        self,
        progress: Callable[[int, int], None] | None,
        include: Sequence[str] | None,
        exclude: Sequence[str] | None,
        jobs: int | None,
        many: bool,
        writing: AbstractContextManager[object],
        elsewhere: ReadChunks | None = None,
    ) -> IndexReport:
        """As `Graph.index`. What a run that was cut off has stored and not linked, the next one links.

        Args:
            elsewhere: reads the files instead of this process and its workers.
        """
        started = time.monotonic()
        if include is None and exclude is None:
            include, exclude = self.records.value.include, self.records.value.exclude
        include, exclude = tuple(include or ()), tuple(exclude or ())
        before = set(self.world.files)  # what comes while the files are listed is not gone
        listing = listed_files(self.root, is_indexed, include, exclude)
        if len(listing) > MOST_FILES and not many:
            raise too_many(len(listing))
        known = self.world.files
        removed = tuple(sorted(before - {one.path for one in listing}))
        changed: list[str] = []
        read = [one for one in listing if not one.skipped and not is_same(one, known.get(one.path))]
        uses = self.records.value.uses + bool(read or removed)
        with writing:
            self.records.set_value(uses=uses, include=include, exclude=exclude)
            self._forget(removed)
            self._put_skipped([one for one in listing if one.skipped])
        unchanged = len(listing) - len(read)
        batch: list[ReadFile] = []
        size = 0
        self._indexing = True
        try:
            for done, found in self._read(read, jobs, elsewhere):
                if progress:
                    progress(unchanged + done, len(listing))
                batch += found
                size += sum(len(one.graph) for one in found)
                if size > BATCH_BYTES:
                    with writing:
                        changed += self._put(self._still_so(batch))
                    batch, size = [], 0
        finally:
            self._indexing = False
        with writing:
            changed += self._put(self._still_so(batch))
            self.link(linking(progress, len(listing)) if progress else None)
            self.records.set_value(commit=git_commit(self.root.path) if self.root.scope == "git" else "")
            if changed and self.records.value.uses % LET_GO_EVERY == 0:
                self.records.let_go(known)
            counts = self.records.counts()
        return IndexReport(
            files=len(listing),
            nodes=counts["nodes"],
            edges=counts["edges"],
            unresolved=counts["unresolved"],
            changed=tuple(sorted(changed)),
            removed=removed,
            partial=with_status(known, "partial"),
            failed=with_status(known, "failed"),
            skipped=with_status(known, "skipped"),
            seconds=time.monotonic() - started,
        )

    def _read(
        self, listed: Sequence[Listed], jobs: int | None, elsewhere: ReadChunks | None
    ) -> Iterator[tuple[int, list[ReadFile]]]:
        """(files done, what was read)."""
        wanted = [self._wanted(one.path) for one in listed]
        jobs = jobs or max(1, (os.cpu_count() or 1) - 1)
        folder, repo = self.root.path, self.records.name
        if elsewhere is not None or (jobs > 1 and len(wanted) > FEWEST_FOR_PROCESSES):
            tasks = chunks([(one, listed[n].size) for n, one in enumerate(wanted)])
            done = 0
            given = elsewhere(folder, repo, tasks) if elsewhere else read_in_processes(folder, repo, tasks, jobs)
            for task, found in zip(tasks, given, strict=True):
                yield done, found
                done += len(task)
            return
        for done, one in enumerate(wanted):
            found = read_one(folder, one, repo)
            if found is not None and found[1] is not None:
                self.world.keep(found[1], len(found[0].graph))
            yield done, [found[0]] if found is not None else []

    def _wanted(self, path: str) -> Wanted:
        row = self.world.files.get(path)
        if row is None:
            return Wanted(path)
        return Wanted(path, row.code_hash, tuple(self.records.kept(path)))

    def _still_so(self, batch: Iterable[ReadFile]) -> list[ReadFile]:
        """Those that were not written again since they were read: somebody else may have stored the newer text."""
        found = []
        for one in batch:
            try:
                status = os.lstat(f"{self.root.path}/{one.row.path}")
            except OSError:
                continue
            if (status.st_mtime_ns, status.st_size) == (one.row.mtime_ns, one.row.size):
                found.append(one)
        return found

    # -- storing --------------------------------------------------------------------------------------------------

    def _put(self, files: Sequence[ReadFile]) -> list[str]:
        """Store files that were read; returns the paths of those that have another text than before."""
        touched: list[FileRow] = []
        used: list[FileRow] = []
        new: list[ReadFile] = []
        for one in files:
            row, before = one.row, self.world.files.get(one.row.path)
            if row.status == SAME and before is not None:
                touched.append(before._replace(mtime_ns=row.mtime_ns, size=row.size))
                continue
            if row.status == KEPT:
                one = self._from_kept(one)
                used.append(one.row)
            if before is not None and is_same_graph(one.row, before):
                touched.append(one.row)
            else:
                new.append(one)
        self.records.touch_files(touched)
        self.world.put(touched)
        if new:
            before = {one.row.path: self._linked_text(one.row.path) for one in new}
            self.records.put_files(new, before, int(time.time()))
            self.pending |= before
            self.world.put(one.row for one in new)
        if used:
            self.records.use(used)
        return [one.row.path for one in new]

    def _from_kept(self, one: ReadFile) -> ReadFile:
        """A file whose graph is stored already, as if it had been extracted."""
        row = one.row
        raw = self.records.graph(row.path, row.text_hash) or b""
        graph = unpack(raw)
        full = row._replace(lang=graph.lang, status=graph.status, reason=graph.reason, nodes=len(graph.nodes))
        return ReadFile(with_reason(full, row.reason), pack_brief(graph), raw)

    def _put_skipped(self, listed: Iterable[Listed]) -> None:
        """Files that a rule about their path leaves out have a row and no nodes."""
        rows = []
        for one in listed:
            row = FileRow(one.path, "", "", language_name(one.path), "skipped", one.skipped, one.mtime_ns, one.size, 0)
            if self.world.files.get(one.path) != row:
                rows.append(ReadFile(row, b"", b""))
        if rows:
            self._put(rows)

    def _forget(self, paths: Iterable[str]) -> None:
        gone = [path for path in paths if path in self.world.files]
        if gone:
            before = {path: self._linked_text(path) for path in gone}
            self.records.remove_files(gone, before)
            self.pending |= before
            self.world.remove(gone)

    def _linked_text(self, path: str) -> str:
        """Hash of the text that a file's stored links are of; "" when it has none."""
        if path in self.pending:
            return self.pending[path]
        row = self.world.files.get(path)
        return row.text_hash if row is not None and row.nodes else ""

    # -- overlays -------------------------------------------------------------------------------------------------

    def put_refined(self, overlay: str, refined: Iterable[Refined]) -> None:
        """Store what an overlay says of texts that are still the current ones; `link` puts it into the edges."""
        current = []
        for one in refined:
            row = self.world.files.get(one.path)
            if row is not None and row.nodes and row.text_hash == one.text_hash:
                current.append(one)
                self._add_nodes(row, one)
        self.refinements.keep(overlay, current)
        self.pending |= {one.path: one.text_hash for one in current if one.path not in self.pending}

    def _add_nodes(self, row: FileRow, refined: Refined) -> None:
        """Nodes that the text does not show come after those that it shows; they go when the file is read again."""
        graph = self.world.graph(row.path)
        known = {node.key for node in graph.nodes} if graph is not None else set()
        new = tuple(node for node in refined.nodes if node.key not in known and 0 <= node.parent < len(known))
        if graph is not None and new:
            graph = replace(graph, nodes=graph.nodes + new)
            raw = pack(graph)
            self._put([ReadFile(row._replace(nodes=len(graph.nodes)), pack_brief(graph), raw)])
            self.world.keep(graph, len(raw))

    # -- linking --------------------------------------------------------------------------------------------------

    def link(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Make the edges that what is pending can have changed.

        Args:
            progress: as `relink`'s; when it ends the run, what is pending stays so.
        """
        if progress:
            progress(0, len(self.pending))
        if not self.pending:
            return
        from remora.isg.link import relink

        changes = Changes(self)
        if changes.everything:
            self.records.clear_links()
            self.links.start_empty()
        put = LinkBuffer(self, changes.everything)
        links = StoredLinks(self.records) if changes.everything else self.links
        relink(self.world, links, changes, put, progress, everything=changes.everything)
        put.finish(changes)
        self.pending = {}

    def _renew(self) -> None:
        """Forget what other code has made."""
        value = self.records.value
        if value.reading != fingerprint.reading():
            self.records.clear()
            self.records.set_value(reading=fingerprint.reading(), linking=fingerprint.linking())
        elif value.linking != fingerprint.linking():
            self.records.clear_links()
            self.records.set_value(linking=fingerprint.linking())

    # -- the arrays -----------------------------------------------------------------------------------------------

    def csr(self) -> Csr:
        """The whole graph as arrays, as of the last linking."""
        from remora.isg.splice import build, spliced

        if self._csr is None:
            if not self._indexing:  # heal what a kill has left; an indexing under way will do it anyhow
                self.link()
            self._csr = self._saved_csr() if not self.pending else build(self.records)
            self._stale = set()
        elif self._stale and not self.pending:
            self._csr = spliced(self._csr, self.records, self._stale)
            self._stale = set()
        return self._csr

    def _saved_csr(self) -> Csr:
        from remora.isg import csrfile
        from remora.isg.splice import build

        file = self.records.csr_file()
        found = csrfile.load(file, self.records.value.generation) if file is not None else None
        if found is None:
            found = build(self.records)
            if file is not None:
                with suppress(OSError):  # a full disk costs time, not the answer
                    csrfile.save(found, file)
        return found

    def went_stale(self, paths: Iterable[str]) -> None:
        self._stale.update(paths)


def linking(progress: Callable[[int, int], None], files: int) -> Callable[[int, int], None]:
    """A run's progress while it links: it goes on from the number of files to twice that."""
    return lambda done, total: progress(files + (files * done // total if total else 0), files)


def is_same(listed: Listed, row: FileRow | None) -> bool:
    """Whether the status on disk says that nothing has changed since the file was read."""
    if row is None or row.reason.startswith(("vendored", "built")):
        return False
    if row.status == "failed" and row.reason != CRASHED:
        return False  # what kept it from being read leaves no mark in its status
    return (row.mtime_ns, row.size) == (listed.mtime_ns, listed.size)


def is_same_graph(row: FileRow, before: FileRow) -> bool:
    """Whether only bytes, time or size of a file are others, but not what the graph knows of it."""
    return row._replace(code_hash="", mtime_ns=0, size=0) == before._replace(code_hash="", mtime_ns=0, size=0)


def is_indexed(path: str) -> bool:
    """Whether files of this name are in a graph at all."""
    return language_of(path) is not None or is_manifest(path)


def with_status(files: Mapping[str, FileRow], status: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((row.path, row.reason) for row in files.values() if row.status == status))


def too_many(count: int) -> UserError:
    message = (
        f"There are {count:,} source files here, more than {MOST_FILES:,}. "
        "Index a part with --include or --exclude, or say that you mean all of them with --many."
    )
    return UserError(message, "too_many_files", files=count)
