"""Shipped questions to the whole graph: hotspots, cycles, unresolved, coupling, untested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from remora.errors import UserError
from remora.isg.answers import Table
from remora.isg.csr import BITS, CONTAINS, DST, EDGE_KIND, KIND, SRC, Csr
from remora.isg.packing import EDGE_KINDS, NODE_KINDS, TEST, unresolved_of
from remora.isg.rank import ranked
from remora.isg.records import Records

CALLABLE = [NODE_KINDS.index(kind) for kind in ("function", "method", "constructor", "property", "macro")]
USES = [EDGE_KINDS.index(kind) for kind in ("CALLS", "REFERENCES", "INSTANTIATES")]


def view(csr: Csr, records: Records, name: str, limit: int) -> Table:
    """As `Graph.view`."""
    if name not in VIEWS:
        raise UserError(f"There is no view {name!r}. Choose one of: {', '.join(VIEWS)}.", "unknown_view")
    headers, rows = VIEWS[name](csr, records)
    return Table(headers, rows[:limit], len(rows) > limit)


Rows = tuple[tuple[str, ...], list[list[Any]]]


def hotspots(csr: Csr, records: Records) -> Rows:
    """What much of the code leads to: by PageRank, with how many nodes call it, and from how many files."""
    ranks = ranked(csr)[: csr.inside]
    calls = np.isin(csr.edges[EDGE_KIND], USES) & (csr.edges[SRC] != csr.edges[DST])
    src, dst = csr.edges[SRC, calls], csr.edges[DST, calls]
    callers = np.bincount(dst, minlength=len(csr))
    files: dict[int, set[int]] = {}
    best = np.argsort(-ranks, kind="stable")
    best = best[callers[best] > 0][:1000]
    wanted = np.isin(dst, best)
    for target, file in zip(dst[wanted].tolist(), csr.files_of(src[wanted]).tolist(), strict=True):
        files.setdefault(target, set()).add(file)
    refs = csr.refs(best)
    rows = [
        [ref.key, ref.kind, int(callers[number]), len(files[number]), round(float(ranks[number]), 6)]
        for ref, number in zip(refs, best.tolist(), strict=True)
    ]
    return ("key", "kind", "callers", "files", "rank"), rows


def cycles(csr: Csr, records: Records) -> Rows:
    """Files that need each other in a circle, and functions that call each other in one; large ones first."""
    found: list[list[Any]] = []
    depends = csr.edges[EDGE_KIND] == EDGE_KINDS.index("DEPENDS")
    calls = csr.edges[EDGE_KIND] == EDGE_KINDS.index("CALLS")
    for what, chosen in (("imports", depends), ("calls", calls)):
        src, dst = csr.edges[SRC, chosen], csr.edges[DST, chosen]
        targets: dict[int, list[int]] = {}
        for a, b in zip(src.tolist(), dst.tolist(), strict=True):
            targets.setdefault(a, []).append(b)
        for group in components(targets):
            if len(group) > 1:
                keys = sorted(csr.keys.some(np.array(sorted(group))))
                found.append([what, len(keys), " ".join(keys)])
    return ("cycle", "size", "members"), sorted(found, key=lambda row: (-row[1], row[0], row[2]))


def components(targets: Mapping[int, Iterable[int]]) -> list[list[int]]:
    """Strongly connected components (Tarjan 1972), without recursion."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    found: list[list[int]] = []
    for root in targets:
        if root in index:
            continue
        work = [(root, iter(targets[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, rest = work[-1]
            for target in rest:
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    on_stack.add(target)
                    work.append((target, iter(targets.get(target, ()))))
                    break
                if target in on_stack:
                    low[node] = min(low[node], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    group: list[int] = []
                    while not group or group[-1] != node:
                        group.append(stack.pop())
                        on_stack.discard(group[-1])
                    found.append(group)
    return found


def unresolved(csr: Csr, records: Records) -> Rows:
    """Names that lead nowhere known, by how often they are written, with the first place of each."""
    counts: Counter[str] = Counter()
    first: dict[str, tuple[str, int]] = {}
    for path, raw in sorted(records.all_unresolved().items()):
        for _, _, name, place in unresolved_of(raw):
            counts[name] += 1
            first.setdefault(name, (path, place[0]))
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return ("name", "count", "path", "row"), [[name, count, *first[name]] for name, count in ordered]


def coupling(csr: Csr, records: Records) -> Rows:
    """Pairs of files by the edges between them, in both directions."""
    inside = (csr.edges[DST] < csr.inside) & (csr.edges[EDGE_KIND] != CONTAINS)
    a, b = csr.files_of(csr.edges[SRC, inside]), csr.files_of(csr.edges[DST, inside])
    apart = a != b
    codes = (np.minimum(a, b) * (len(csr.paths) + 1) + np.maximum(a, b))[apart]
    there = np.bincount(np.searchsorted(np.unique(codes), codes), weights=(a < b)[apart]) if len(codes) else np.zeros(0)
    pairs, counts = np.unique(codes, return_counts=True)
    rows = []
    for n in np.argsort(-counts, kind="stable").tolist():
        one, other = divmod(int(pairs[n]), len(csr.paths) + 1)
        rows.append([csr.paths[one], csr.paths[other], int(counts[n]), int(there[n]), int(counts[n] - there[n])])
    return ("file", "other", "edges", "out", "in"), rows


def untested(csr: Csr, records: Records) -> Rows:
    """Functions and methods that no test leads to, neither at once nor through other calls; by callers."""
    tests = (csr.numbers[BITS] & TEST) > 0
    calls = np.isin(csr.edges[EDGE_KIND], [*USES, EDGE_KINDS.index("TESTS")])
    src, dst = csr.edges[SRC, calls], csr.edges[DST, calls]
    reached = tests.copy()
    while True:
        fresh = np.unique(dst[reached[src] & ~reached[dst]])
        if not len(fresh):
            break
        reached[fresh] = True
    callers = np.bincount(dst, minlength=len(csr))
    chosen = np.flatnonzero(~reached[: csr.inside] & np.isin(csr.numbers[KIND, : csr.inside], CALLABLE))
    chosen = chosen[np.argsort(-callers[chosen], kind="stable")]
    rows = [
        [ref.key, ref.kind, int(callers[number]), ref.path, ref.row]
        for ref, number in zip(csr.refs(chosen), chosen.tolist(), strict=True)
    ]
    return ("key", "kind", "callers", "path", "row"), rows


VIEWS: dict[str, Callable[[Csr, Records], Rows]] = {
    "hotspots": hotspots,
    "cycles": cycles,
    "unresolved": unresolved,
    "coupling": coupling,
    "untested": untested,
}
