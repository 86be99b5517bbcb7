"""The stored workspace as the linker sees it: files as they are now, and what earlier linking left."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from remora.isg.extract import unpack
from remora.isg.packing import PackedFlows, PackedLinks, flows_at, flows_of, packed_flows, targets_of, unpack_flows
from remora.isg.records import FileRow, Records
from remora.isg.values import FileGraph

if TYPE_CHECKING:
    import numpy

# Packed bytes of the graphs that are kept unpacked, which takes about thirty times as much.
KEPT_BYTES = 2_000_000


class StoredWorld:
    """The files as they are now (`world.World`). `files` is kept current by whoever writes."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.files: dict[str, FileRow] = {}
        self._kept: OrderedDict[tuple[str, str], tuple[FileGraph, int]] = OrderedDict()
        self._bytes = 0
        self._folders: dict[str, list[str]] | None = None
        self._all_folders: frozenset[str] = frozenset()
        self._names: dict[str, list[str]] = {}
        self.load()

    def load(self) -> None:
        self.files = self.records.files()
        self._folders = None

    def put(self, rows: Iterable[FileRow]) -> None:
        for row in rows:
            if row.path not in self.files:
                self._folders = None
            self.files[row.path] = row

    def remove(self, paths: Iterable[str]) -> None:
        for path in paths:
            if self.files.pop(path, None) is not None:
                self._folders = None

    def graph(self, path: str) -> FileGraph | None:
        row = self.files.get(path)
        return self.graph_of(path, row.text_hash) if row is not None and row.nodes else None

    def exists(self, path: str) -> bool:
        row = self.files.get(path)
        return row is not None and row.nodes > 0

    def has_folder(self, folder: str) -> bool:
        self._tables()
        return folder in self._all_folders

    def listing(self, folder: str) -> tuple[str, ...]:
        return tuple(self._tables().get(folder, ()))

    def named(self, name: str) -> tuple[str, ...]:
        self._tables()
        return tuple(self._names.get(name, ()))

    def graph_of(self, path: str, text_hash: str) -> FileGraph | None:
        """A file's graph for one of its texts; None when it is not kept."""
        found = self._kept.get((path, text_hash))
        if found is not None:
            self._kept.move_to_end((path, text_hash))
            return found[0]
        raw = self.records.graph(path, text_hash)
        if raw is None:
            return None
        graph = unpack(raw)
        self.keep(graph, len(raw))
        return graph

    def keep(self, graph: FileGraph, size: int) -> None:
        """Hold a graph for a while; `size` is that of its packed form."""
        known = self._kept.pop((graph.path, graph.text_hash), None)
        self._bytes += size - (known[1] if known else 0)
        self._kept[graph.path, graph.text_hash] = graph, size
        while self._bytes > KEPT_BYTES and len(self._kept) > 1:
            _, (_, gone) = self._kept.popitem(last=False)
            self._bytes -= gone

    def _tables(self) -> dict[str, list[str]]:
        if self._folders is None:
            folders: dict[str, list[str]] = {}
            names: dict[str, list[str]] = {}
            for path in sorted(self.files):
                if self.files[path].nodes:
                    folder, _, name = path.rpartition("/")
                    folders.setdefault(folder, []).append(path)
                    names.setdefault(name, []).append(path)
            above = {""} if folders else set()
            for folder in folders:
                while folder not in above:
                    above.add(folder)
                    folder = folder.rpartition("/")[0]
            self._folders, self._names, self._all_folders = folders, names, frozenset(above)
        return self._folders


# Files whose packed flows are kept while a change is followed.
MOST_PACKED = 2000
MOST_UNPACKED = 4000


class StoredLinks:
    """What earlier linking stored (`world.Links`), with what this linking has put so far.

    The tables are read from the store when they are first asked for, and kept current from then on.
    """

    def __init__(self, records: Records) -> None:
        self.records = records
        self._reads: ReadTable | None = None
        self._sources: dict[tuple[int, str], set[str]] | None = None
        self._targets: dict[str, tuple[tuple[str, ...], ...]] = {}
        self._packed: dict[str, PackedFlows] = {}
        self._unpacked: dict[bytes, tuple] = {}

    def readers(self, hashes: frozenset[int]) -> set[str]:
        if self._reads is None:
            self._reads = ReadTable(self.records.all_reads())
        return self._reads.readers(hashes)

    def flows_from(self, path: str) -> tuple[dict[str, tuple], ...]:
        return flows_of(self._flows(path))

    def flows_into(self, path: str, level: int) -> dict[str, tuple]:
        sources = sorted(self._flow_sources().get((level, path), ()))
        raws = ((source, flows_at(self._flows(source), level, path)) for source in sources)
        return {source: self._unpack(raw) for source, raw in raws if raw}

    def _unpack(self, raw: bytes) -> tuple:
        """Flows, unpacked once although most levels have the same."""
        found = self._unpacked.get(raw)
        if found is None:
            if len(self._unpacked) >= MOST_UNPACKED:
                self._unpacked.clear()
            found = self._unpacked[raw] = unpack_flows(raw)
        return found

    def _flows(self, path: str) -> PackedFlows:
        found = self._packed.get(path)
        if found is None:
            found = packed_flows(self.records.flows(path))
            if len(self._packed) >= MOST_PACKED:
                self._packed.clear()
            self._packed[path] = found
        return found

    def put(self, links: Mapping[str, PackedLinks]) -> None:
        """Follow what was stored."""
        for path, one in links.items():
            self._packed.pop(path, None)
            if self._reads is not None:
                self._reads.put(path, one.reads)
            if self._sources is not None:
                self._set_targets(path, targets_of(one.targets))

    def remove(self, paths: Iterable[str]) -> None:
        for path in paths:
            self._packed.pop(path, None)
            if self._reads is not None:
                self._reads.put(path, b"")
            if self._sources is not None:
                self._set_targets(path, ())

    def forget(self) -> None:
        self._reads = self._sources = None
        self._targets, self._packed, self._unpacked = {}, {}, {}

    def start_empty(self) -> None:
        """There are no links at all, so there is nothing to read."""
        self._reads, self._sources, self._targets, self._packed = ReadTable([]), {}, {}, {}

    def _flow_sources(self) -> dict[tuple[int, str], set[str]]:
        if self._sources is None:
            self._sources = {}
            for path, targets in self.records.all_targets():
                self._set_targets(path, targets_of(targets))
        return self._sources

    def _set_targets(self, path: str, targets: tuple[tuple[str, ...], ...]) -> None:
        assert self._sources is not None
        for level, known in enumerate(self._targets.pop(path, ())):
            for target in known:
                self._sources[level, target].discard(path)
        for level, wanted in enumerate(targets):
            for target in wanted:
                self._sources.setdefault((level, target), set()).add(path)
        if any(targets):
            self._targets[path] = targets


class ReadTable:
    """Which files looked at a thing, by the thing's hash.

    All hashes lie in one array, file after file. A lookup sieves it by the low 16 bits of each, which takes some
    milliseconds for ten million; files that changed since are kept beside it and looked at one by one.
    """

    MOST_BESIDE = 200

    def __init__(self, rows: Sequence[Sequence[Any]]) -> None:
        self._beside: dict[str, numpy.ndarray] = {}
        self._build([(path, hashes) for path, hashes in rows])

    def readers(self, hashes: frozenset[int]) -> set[str]:
        import numpy as np

        if len(self._beside) > self.MOST_BESIDE:
            self._rebuild()
        wanted = np.array(sorted(hashes), dtype=np.int64)
        sieve = np.zeros(1 << 16, dtype=bool)
        sieve[wanted.view(np.uint64).astype(np.uint16)] = True
        maybe = np.flatnonzero(sieve[self._low])
        hits = maybe[np.isin(self._all[maybe], wanted)]
        numbers = np.unique(np.searchsorted(self._ends, hits, side="right"))
        found = {self._paths[n] for n in numbers.tolist()} - self._beside.keys()
        return found | {path for path, own in self._beside.items() if np.isin(own, wanted).any()}

    def put(self, path: str, hashes: bytes) -> None:
        import numpy as np

        self._beside[path] = np.frombuffer(hashes, dtype="<i8")

    def _rebuild(self) -> None:
        self._build(list(self._rows()))

    def _rows(self) -> Iterator[tuple[str, bytes]]:
        starts = [0, *self._ends.tolist()]
        for n, path in enumerate(self._paths):
            if path not in self._beside:
                yield path, self._all[starts[n] : starts[n + 1]].tobytes()
        for path, own in self._beside.items():
            yield path, own.tobytes()

    def _build(self, rows: Sequence[tuple[str, bytes]]) -> None:
        import numpy as np

        rows = [row for row in rows if row[1]]
        self._beside = {}
        self._paths = [path for path, _ in rows]
        self._ends = np.cumsum([len(hashes) // 8 for _, hashes in rows], dtype=np.int64)
        self._all = np.frombuffer(b"".join(hashes for _, hashes in rows), dtype="<i8")
        self._low = self._all.view(np.uint64).astype(np.uint16)
