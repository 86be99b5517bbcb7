"""Making the arrays of a graph from its rows: all of them, or those of the files that changed between those that stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from remora.isg.csr import (
    COL,
    CONTAINS,
    DST,
    EDGE_KIND,
    KIND,
    NAME_HASH,
    PARENT,
    ROW,
    SRC,
    Csr,
    Strings,
)
from remora.isg.find import paths_in_key
from remora.isg.packing import (
    BRIEF_WIDTH,
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


def spliced(old: Csr, records: Records, changed: Iterable[str]) -> Csr:
    """The same graph after nodes or links of some files changed."""
    changed = set(changed)
    if len(changed) * 3 > len(old.paths):
        return build(records)
    briefs = {path: raw for path in changed if (raw := records.brief(path))}
    return _merged(old, briefs, {path: records.edges(path) for path in briefs}, changed, records.value.generation)


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
    for fresh, run in _runs(paths, briefs, old.file_number):
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
        if path in old.file_number and path in briefs:
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
    first, last = old.file_number[run[0]], old.file_number[run[-1]]
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
