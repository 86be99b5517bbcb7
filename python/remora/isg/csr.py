"""The whole graph as arrays (compressed sparse rows): what makes callers, impact and ranks quick.

Nodes are numbered file after file in the order of the paths, as they stand in each file; what lies outside the
workspace comes last. Strings of one column lie in one byte string with offsets. An edge is a number in columns that
are sorted by source; `in_order` lists the edges by target.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from remora.isg.answers import NodeRef
from remora.isg.find import paths_in_key
from remora.isg.packing import (
    BRIEF_WIDTH,
    EDGE_KINDS,
    EDGE_WIDTH,
    NODE_KINDS,
    Brief,
    name_hash,
    outside_kind,
    outside_name,
    unpack_brief,
    unpack_edges,
)
from remora.isg.records import EVERYTHING, Records

if TYPE_CHECKING:
    from numpy import ndarray

KIND, ROW, COL, END_ROW, PARENT, BITS, NAME_HASH = range(BRIEF_WIDTH)
SRC, DST, EDGE_KIND, MARK, EDGE_ROW, EDGE_COL = range(6)
CONTAINS = EDGE_KINDS.index("CONTAINS")
MODULE = NODE_KINDS.index("module")
CANDIDATES = 10


@dataclass(frozen=True)
class Strings:
    """A column of strings, as UTF-8."""

    blob: bytes
    ends: ndarray

    @classmethod
    def of(cls, texts: Iterable[str]) -> Strings:
        encoded = [text.encode("utf-8", "replace") for text in texts]
        return cls(b"".join(encoded), np.cumsum([len(one) for one in encoded], dtype=np.int64))

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, n: int) -> str:
        start = int(self.ends[n - 1]) if n else 0
        return self.blob[start : int(self.ends[n])].decode("utf-8")

    def some(self, numbers: ndarray) -> list[str]:
        ends = self.ends[numbers].tolist()
        starts = np.where(numbers > 0, self.ends[numbers - 1], 0).tolist()
        blob = self.blob
        return [blob[start:end].decode("utf-8") for start, end in zip(starts, ends, strict=True)]

    def part(self, start: int, end: int) -> Strings:
        first = int(self.ends[start - 1]) if start else 0
        last = int(self.ends[end - 1]) if end else 0
        return Strings(self.blob[first:last], self.ends[start:end] - first)

    @staticmethod
    def joined(parts: Sequence[Strings]) -> Strings:
        shifts = np.cumsum([0, *(len(part.blob) for part in parts)])
        ends = [part.ends + shift for part, shift in zip(parts, shifts, strict=False)]
        return Strings(b"".join(part.blob for part in parts), np.concatenate(ends) if ends else np.zeros(0, np.int64))


@dataclass(frozen=True)
class Csr:
    """The graph of one workspace at one moment. Rows and columns are those of the names' and the edges' places.

    Attributes:
        paths: of the files with nodes, sorted.
        ends: number after each file's last node; outside nodes follow the last file's.
        keys, names, signatures: of the nodes.
        numbers: per node: kind, row, col, end row, parent (a node's number, -1), bits, hash of the name.
        edges: six columns: source, target, kind, mark, row, col; by source, kind, target.
        generation: of the records it was made from.
    """

    paths: tuple[str, ...]
    ends: ndarray
    keys: Strings
    names: Strings
    signatures: Strings
    numbers: ndarray
    edges: ndarray
    generation: int
    memo: dict[str, object] = field(default_factory=dict, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.keys)

    # -- nodes ----------------------------------------------------------------------------------------------------

    @cached_property
    def inside(self) -> int:
        """How many nodes lie in the workspace; numbers from there on lie outside."""
        return int(self.ends[-1]) if len(self.ends) else 0

    @cached_property
    def _file_number(self) -> dict[str, int]:
        return {path: n for n, path in enumerate(self.paths)}

    @cached_property
    def outside(self) -> dict[str, int]:
        """Numbers of the nodes that lie outside the workspace, by key."""
        return {self.keys[n]: n for n in range(self.inside, len(self))}

    def number(self, key: str) -> int | None:
        """The number of a node by its key."""
        if outside_kind(key):
            return self.outside.get(key)
        for path in paths_in_key(key):
            if path in self._file_number:
                found = self.keys_of(path).get(key)
                if found is not None:
                    return found
        return None

    def keys_of(self, path: str) -> dict[str, int]:
        """Numbers of a file's nodes by key."""
        memo: dict[str, dict[str, int]] = self.memo.setdefault("keys", {})  # ty: ignore[invalid-assignment]
        if path not in memo:
            start, end = self.range_of(path)
            memo[path] = {key: start + n for n, key in enumerate(self.keys.some(np.arange(start, end)))}
        return memo[path]

    def range_of(self, path: str) -> tuple[int, int]:
        n = self._file_number[path]
        return int(self.ends[n - 1]) if n else 0, int(self.ends[n])

    def files_of(self, numbers: ndarray) -> ndarray:
        """Numbers of the files of nodes; len(paths) for outside nodes."""
        return np.searchsorted(self.ends, numbers, side="right")

    def refs(self, numbers: ndarray) -> list[NodeRef]:
        """Nodes by their numbers."""
        numbers = np.asarray(numbers, dtype=np.int64)
        paths = (*self.paths, "")
        columns = self.numbers[:, numbers]
        return [
            NodeRef(key, NODE_KINDS[kind], name, paths[file], row, col, signature)
            for key, kind, name, file, row, col, signature in zip(
                self.keys.some(numbers),
                columns[KIND].tolist(),
                self.names.some(numbers),
                self.files_of(numbers).tolist(),
                columns[ROW].tolist(),
                columns[COL].tolist(),
                self.signatures.some(numbers),
                strict=True,
            )
        ]

    def ref(self, number: int) -> NodeRef:
        return self.refs(np.array([number]))[0]

    def with_name(self, name: str) -> list[NodeRef]:
        """Nodes of the workspace with exactly this name, by key."""
        found = np.flatnonzero(self.numbers[NAME_HASH, : self.inside] == name_hash(name))
        return sorted(ref for ref in self.refs(found) if ref.name == name)

    def similar(self, part: str) -> list[str]:
        """Keys of nodes whose name holds a text, whatever its case; exact names first, then by key; at most ten."""
        part = part.lower()
        if not part:
            return []
        found: list[tuple[bool, str]] = []
        blob = self.names.blob.lower()
        # Lower case may have another length in other scripts; then the places are not those of the names.
        exact_places = len(blob) == len(self.names.blob)
        needle, at = part.encode("utf-8"), -1
        while exact_places and (at := blob.find(needle, at + 1)) >= 0 and len(found) < 2000:
            number = int(np.searchsorted(self.names.ends, at, side="right"))
            name = self.names[number].lower()
            if part in name and number < self.inside and self.numbers[KIND, number] != MODULE:
                found.append((name != part, self.keys[number]))
        return [key for _, key in sorted(set(found))[:CANDIDATES]]

    # -- edges ----------------------------------------------------------------------------------------------------

    @cached_property
    def out_starts(self) -> ndarray:
        """Where each node's edges start; one more at the end."""
        return np.searchsorted(self.edges[SRC], np.arange(len(self) + 1))

    @cached_property
    def in_order(self) -> ndarray:
        """Edges by target."""
        return np.argsort(self.edges[DST], kind="stable")

    @cached_property
    def in_starts(self) -> ndarray:
        return np.searchsorted(self.edges[DST][self.in_order], np.arange(len(self) + 1))

    def edges_of(self, number: int, incoming: bool) -> ndarray:
        """Numbers of a node's edges."""
        if incoming:
            return self.in_order[self.in_starts[number] : self.in_starts[number + 1]]
        return np.arange(self.out_starts[number], self.out_starts[number + 1])

    def edges_of_all(self, numbers: ndarray, incoming: bool) -> ndarray:
        """Numbers of the edges of many nodes."""
        starts = self.in_starts if incoming else self.out_starts
        first, count = starts[numbers], starts[numbers + 1] - starts[numbers]
        ends = np.cumsum(count)
        total = int(ends[-1]) if len(ends) else 0
        places = np.arange(total) - np.repeat(ends - count, count) + np.repeat(first, count)
        return self.in_order[places] if incoming else places

    # -- change ---------------------------------------------------------------------------------------------------

    def spliced(self, records: Records, changed: Iterable[str]) -> Csr:
        """The same graph after nodes or links of some files changed."""
        changed = set(changed)
        if len(changed) * 3 > len(self.paths):
            return build(records)
        briefs = {path: raw for path in changed if (raw := records.brief(path))}
        return _merged(self, briefs, {path: records.edges(path) for path in briefs}, changed, records.value.generation)


def build(records: Records) -> Csr:
    """From nothing."""
    nothing = np.zeros(0, np.int64)
    empty = Csr(
        (),
        nothing,
        Strings.of(()),
        Strings.of(()),
        Strings.of(()),
        np.zeros((BRIEF_WIDTH, 0), np.int32),
        np.zeros((6, 0), np.int32),
        -1,
    )
    briefs = {path: raw for path, raw in records.all_briefs().items() if raw}
    # Links of files that are pending are those of an older text, and their numbers may mean other nodes.
    pending = records.pending()
    linked = {} if EVERYTHING in pending else {p: raw for p, raw in records.all_edges().items() if p not in pending}
    return _merged(empty, briefs, linked, set(), records.value.generation)


@dataclass(frozen=True)
class _Segment:
    """A run of nodes: of one file that came or changed, or of old files that stayed."""

    paths: tuple[str, ...]
    ends: ndarray
    columns: tuple[Strings, Strings, Strings]
    numbers: ndarray


def _merged(old: Csr, briefs: Mapping[str, bytes], edges: Mapping[str, bytes], gone: set[str], generation: int) -> Csr:
    """The old graph without the files that are gone or changed, with the new ones."""
    paths = tuple(sorted({*(path for path in old.paths if path not in gone), *briefs}))
    # Where each old node is now; -1 when it is no more.
    moved = np.full(len(old) + 1, -1, np.int64)
    segments: list[_Segment] = []
    at = 0
    for fresh, run in _runs(paths, briefs, old._file_number):
        if fresh:
            segment = _fresh(run, [unpack_brief(briefs[path]) for path in run], at)
        else:
            start, end = old.range_of(run[0])[0], old.range_of(run[-1])[1]
            segment = _kept(old, run, start, end, at)
            moved[start:end] = np.arange(at, at + end - start)
        segments.append(segment)
        at += len(segment.columns[0])
    inside = at
    known: dict[str, int] = {}
    keys_by_path: dict[str, dict[str, int]] = {}
    starts: dict[str, int] = {}
    at = 0
    for segment in segments:
        for n, path in enumerate(segment.paths):
            starts[path] = at + (int(segment.ends[n - 1]) if n else 0)
        if len(segment.paths) and segment.paths[0] in briefs:
            known |= {key: at + n for n, key in enumerate(segment.columns[0].some(np.arange(len(segment.columns[0]))))}
        at += len(segment.columns[0])
    for path in gone:
        if path in old._file_number and path in briefs:
            for key, number in old.keys_of(path).items():
                moved[number] = known.get(key, -1)

    def number_of(key: str) -> int:
        found = known.get(key)
        if found is None and not outside_kind(key):
            for path in paths_in_key(key):
                if path in starts and path not in briefs:
                    if path not in keys_by_path:
                        keys_by_path[path] = {k: int(moved[n]) for k, n in old.keys_of(path).items()}
                    if (found := keys_by_path[path].get(key)) is not None:
                        break
        return -1 if found is None else found

    outside = {old.keys[n]: n for n in range(old.inside, len(old))}
    outside_keys = list(outside)
    outside_number = {key: inside + n for n, key in enumerate(outside_keys)}
    moved[old.inside : len(old)] = np.arange(inside, inside + len(outside_keys))
    parts = [_contained(segments)]
    stays = np.ones(old.edges.shape[1], bool)
    if old.edges.shape[1]:
        dropped = np.zeros(len(old.paths) + 1, bool)
        dropped[[n for n, path in enumerate(old.paths) if path in gone]] = True
        stays = ~dropped[old.files_of(old.edges[SRC])] & (old.edges[EDGE_KIND] != CONTAINS)
        kept = old.edges[:, stays]
        kept[SRC] = moved[kept[SRC]]
        kept[DST] = moved[kept[DST]]
        parts.append(kept)
    for path in sorted(briefs):
        if not edges.get(path):
            continue
        keys, packed = unpack_edges(edges[path])
        targets = np.empty(len(keys), np.int64)
        for n, key in enumerate(keys):
            number = number_of(key)
            if number < 0 and outside_kind(key):
                number = outside_number.get(key, -1)
                if number < 0:
                    number = outside_number[key] = inside + len(outside_keys)
                    outside_keys.append(key)
            targets[n] = number
        rows = np.frombuffer(packed, np.int32).reshape(-1, EDGE_WIDTH).T[:6].copy()
        rows[SRC] += starts[path]
        rows[DST] = targets[rows[DST]]
        parts.append(rows)
    table = np.concatenate(parts, axis=1)
    table = table[:, table[DST] >= 0]
    # Outside nodes that nothing leads to any more go, and the rest stand in the order of their keys.
    used = sorted(outside_keys[n] for n in np.unique(table[DST][table[DST] >= inside] - inside).tolist())
    place = {key: inside + n for n, key in enumerate(used)}
    lookup = np.array([place.get(key, -1) for key in outside_keys], np.int32)
    beyond = table[DST] >= inside
    table[DST, beyond] = lookup[table[DST, beyond] - inside]
    # One number per edge, and a sort that is quick with runs that are in order already.
    weight = (table[SRC].astype(np.int64) << 36) | (table[EDGE_KIND].astype(np.int64) << 30) | table[DST]
    order = np.argsort(weight, kind="stable")
    segments.append(_outside_segment(used))
    keys, names, signatures = (Strings.joined([segment.columns[n] for segment in segments]) for n in range(3))
    return Csr(
        paths=paths,
        ends=np.concatenate([np.zeros(0, np.int64), *_shifted_ends(segments[:-1])]),
        keys=keys,
        names=names,
        signatures=signatures,
        numbers=np.concatenate([segment.numbers for segment in segments], axis=1),
        edges=np.ascontiguousarray(table[:, order]),
        generation=generation,
    )


def _runs(
    paths: Sequence[str], briefs: Mapping[str, bytes], old: Mapping[str, int]
) -> Iterator[tuple[bool, tuple[str, ...]]]:
    """The paths in runs that are all fresh, or that stood together in the old graph."""
    start = 0
    for n in range(1, len(paths) + 1):
        before, here = paths[n - 1], paths[n] if n < len(paths) else None
        fresh = before in briefs
        if here is None or (here in briefs) != fresh or not (fresh or old[here] == old[before] + 1):
            yield fresh, tuple(paths[start:n])
            start = n


def _kept(old: Csr, run: tuple[str, ...], start: int, end: int, at: int) -> _Segment:
    first, last = old._file_number[run[0]], old._file_number[run[-1]]
    numbers = old.numbers[:, start:end].copy()
    numbers[PARENT] = np.where(numbers[PARENT] < 0, -1, numbers[PARENT] + (at - start))
    columns = (old.keys.part(start, end), old.names.part(start, end), old.signatures.part(start, end))
    return _Segment(run, old.ends[first : last + 1] - start, columns, numbers)


def _fresh(run: tuple[str, ...], briefs: Sequence[Brief], at: int) -> _Segment:
    counts = [len(brief.keys) for brief in briefs]
    ends = np.cumsum(counts, dtype=np.int64)
    numbers = np.frombuffer(b"".join(brief.numbers for brief in briefs), np.int32).reshape(-1, BRIEF_WIDTH).T.copy()
    starts = np.repeat(ends - counts, counts) + at
    numbers[PARENT] = np.where(numbers[PARENT] < 0, -1, numbers[PARENT] + starts)
    columns = (
        Strings.of(key for brief in briefs for key in brief.keys),
        Strings.of(name for brief in briefs for name in brief.names),
        Strings.of(signature for brief in briefs for signature in brief.signatures),
    )
    return _Segment(run, ends, columns, numbers)


def _outside_segment(keys: Sequence[str]) -> _Segment:
    numbers = np.zeros((BRIEF_WIDTH, len(keys)), np.int32)
    numbers[KIND] = [NODE_KINDS.index(outside_kind(key) or "external") for key in keys]
    numbers[PARENT] = -1
    names = [outside_name(key) for key in keys]
    numbers[NAME_HASH] = [name_hash(name) for name in names]
    return _Segment(
        (), np.zeros(0, np.int64), (Strings.of(keys), Strings.of(names), Strings.of("" for _ in keys)), numbers
    )


def _contained(segments: Sequence[_Segment]) -> ndarray:
    """CONTAINS edges, at the names of what is contained."""
    if not segments:
        return np.zeros((6, 0), np.int32)
    numbers = np.concatenate([segment.numbers for segment in segments], axis=1)
    children = np.flatnonzero(numbers[PARENT] >= 0)
    zero = np.zeros(len(children), np.int32)
    rows = [numbers[PARENT, children], children, zero + CONTAINS, zero, numbers[ROW, children], numbers[COL, children]]
    return np.array(rows, dtype=np.int32)


def _shifted_ends(segments: Sequence[_Segment]) -> Iterator[ndarray]:
    at = 0
    for segment in segments:
        yield segment.ends + at
        at += len(segment.columns[0])
