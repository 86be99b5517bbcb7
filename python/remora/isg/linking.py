"""What one linking takes from the store, and how what it gives gets there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from remora.isg.packing import PackedLinks, pack_links
from remora.isg.records import EVERYTHING
from remora.isg.values import FileGraph
from remora.isg.world import Linked

if TYPE_CHECKING:
    from remora.isg.pipeline import Pipeline

FLUSH_BYTES = 8_000_000


class Changes(Mapping[str, "tuple[FileGraph | None, FileGraph | None]"]):
    """What is pending, as the linker wants it: graphs are read when they are asked for.

    `everything`: the stored links say nothing, and every file is as if it had just come.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self._world = pipeline.world
        self._before = dict(pipeline.pending)
        new = sum(not text for text in self._before.values())
        self.everything = (
            self._before.pop(EVERYTHING, None) is not None
            or new >= len(self._world.files)
            or any(text and not pipeline.records.has_graph(path, text) for path, text in self._before.items())
        )
        if self.everything:
            self._before = {path: "" for path, row in self._world.files.items() if row.nodes}
        self._paths = sorted(self._before)

    def __getitem__(self, path: str) -> tuple[FileGraph | None, FileGraph | None]:
        before = self._before[path]
        return self._world.graph_of(path, before) if before else None, self._world.graph(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, path: object) -> bool:
        return path in self._before


class LinkBuffer:
    """What linking puts, on its way to the store: in one transaction, so that a kill leaves the old links or the new.

    When everything is linked there are no old links to be true to; then it goes in parts, and a mark in the store says
    that not all are there.
    """

    def __init__(self, pipeline: Pipeline, everything: bool) -> None:
        self._pipeline = pipeline
        self._everything = everything
        self._links: dict[str, PackedLinks] = {}
        self._bytes = 0

    def __call__(self, path: str, linked: Linked) -> None:
        packed = pack_links(self._pipeline.refinements.merged(path, linked))
        self._links[path] = packed
        self._bytes += len(packed.edges) + len(packed.reads) + len(packed.flows) + len(packed.unresolved)
        if self._everything and self._bytes > FLUSH_BYTES:
            self._store(more=True, settled=(), gone=())

    def finish(self, changes: Changes) -> None:
        pipeline = self._pipeline
        settled = {*pipeline.pending, *changes}
        gone = [path for path in settled if not pipeline.world.exists(path)]
        pipeline.links.remove(gone)
        self._store(more=False, settled=settled, gone=gone)
        pipeline.went_stale(settled)

    def _store(self, more: bool, settled: Iterable[str], gone: Iterable[str]) -> None:
        self._pipeline.records.put_links(self._links, settled, gone, more)
        self._pipeline.links.put(self._links)
        self._pipeline.went_stale(self._links)
        self._links, self._bytes = {}, 0
