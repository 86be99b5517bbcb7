"""The graph as it would be if some files had other texts: those of open buffers. Nothing of it is stored.

The linker runs on a world in which these files have their other texts, and what it gives replaces the stored links of
the files that it concerns: an unsaved change is seen in what other files call, too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from remora.isg.csr import Csr
from remora.isg.link import relink
from remora.isg.packing import pack_brief, pack_links
from remora.isg.splice import spliced
from remora.isg.walks import Walks

if TYPE_CHECKING:
    from remora.isg.pipeline import Pipeline
    from remora.isg.records import Records, RepoValue
    from remora.isg.values import FileGraph
    from remora.isg.world import Linked, World


class Unsaved(Walks):
    """Answers at one moment; a later one needs another."""

    def __init__(self, csr: Csr) -> None:
        self._arrays = csr

    @property
    def _csr(self) -> Csr:
        return self._arrays


def unsaved(pipeline: Pipeline, graphs: Mapping[str, FileGraph]) -> Unsaved:
    """Whoever calls this holds the graph's writing lock.

    Args:
        graphs: the files' graphs by their other texts, by path; a file need not be on disk yet.
    """
    stored = pipeline.csr()
    changes = {path: (pipeline.world.graph(path), graph) for path, graph in graphs.items()}
    linked: dict[str, Linked] = {}
    relink(_World(pipeline.world, graphs), pipeline.links, changes, linked.__setitem__)
    records = _Records(pipeline.records, graphs, linked)
    return Unsaved(spliced(stored, cast("Records", records), {*graphs, *linked}))


class _World:
    """The stored workspace, in which some files have other texts (`world.World`)."""

    def __init__(self, world: World, graphs: Mapping[str, FileGraph]) -> None:
        self._world = world
        self._graphs = graphs
        self._new = sorted(path for path in graphs if not world.exists(path))

    def graph(self, path: str) -> FileGraph | None:
        return self._graphs.get(path) or self._world.graph(path)

    def exists(self, path: str) -> bool:
        return path in self._graphs or self._world.exists(path)

    def has_folder(self, folder: str) -> bool:
        return self._world.has_folder(folder) or any(not folder or path.startswith(f"{folder}/") for path in self._new)

    def listing(self, folder: str) -> tuple[str, ...]:
        return self._with_new(self._world.listing(folder), lambda path: path.rpartition("/")[0] == folder)

    def named(self, name: str) -> tuple[str, ...]:
        return self._with_new(self._world.named(name), lambda path: path.rpartition("/")[2] == name)

    def _with_new(self, stored: tuple[str, ...], is_wanted: Callable[[str], bool]) -> tuple[str, ...]:
        new = [path for path in self._new if is_wanted(path)]
        return tuple(sorted((*stored, *new))) if new else stored


class _Records:
    """The stored rows that arrays are made of, those of some files replaced."""

    def __init__(self, records: Records, graphs: Mapping[str, FileGraph], linked: Mapping[str, Linked]) -> None:
        self._records = records
        self._briefs = {path: pack_brief(graph) for path, graph in graphs.items()}
        self._edges = {path: pack_links(one).edges for path, one in linked.items()}

    @property
    def value(self) -> RepoValue:
        return self._records.value

    def pending(self) -> dict[str, str]:
        return {path: text for path, text in self._records.pending().items() if path not in self._edges}

    def brief(self, path: str) -> bytes:
        return self._briefs[path] if path in self._briefs else self._records.brief(path)

    def edges(self, path: str) -> bytes:
        return self._edges[path] if path in self._edges else self._records.edges(path)

    def all_briefs(self) -> dict[str, bytes]:
        return self._records.all_briefs() | self._briefs

    def all_edges(self) -> dict[str, bytes]:
        return self._records.all_edges() | self._edges
