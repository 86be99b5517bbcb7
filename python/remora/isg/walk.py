"""Following edges: neighbours up to a depth, and the shortest way between two nodes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from remora.isg.answers import Neighbour, Place
from remora.isg.csr import CONTAINS, DST, EDGE_COL, EDGE_KIND, EDGE_ROW, MARK, SRC, Csr
from remora.isg.packing import EDGE_KINDS, MARKS

if TYPE_CHECKING:
    from numpy import ndarray

HEURISTIC = MARKS.index("heuristic")


def neighbours(
    csr: Csr, key: str, direction: str, kinds: Sequence[str], depth: int | None, certain: bool = False
) -> list[Neighbour]:
    """As `Graph.neighbours`."""
    start = csr.number(key)
    if start is None:
        return []
    incoming = direction == "in"
    wanted = _wanted(kinds)
    seen = np.zeros(len(csr), bool)
    seen[start] = True
    frontier = np.array([start])
    found: list[ndarray] = []
    depths: list[int] = []
    while len(frontier) and (depth is None or len(found) < depth):
        edges = csr.edges_of_all(frontier, incoming)
        edges = edges[wanted[csr.edges[EDGE_KIND, edges]]]
        if certain:
            edges = edges[csr.edges[MARK, edges] != HEURISTIC]
        ends = csr.edges[SRC if incoming else DST, edges]
        fresh = ~seen[ends]
        # Several edges may lead to one node; the first by the edges' own order is shown.
        frontier, first = np.unique(ends[fresh], return_index=True)
        seen[frontier] = True
        found.append(edges[fresh][first])
        depths.append(len(frontier))
    if not found:
        return []
    levels = np.repeat(np.arange(1, len(depths) + 1), depths).tolist()
    listed = _neighbours(csr, np.concatenate(found), incoming, levels)
    return sorted(listed, key=lambda one: (one.depth, one.node.key))


def path(csr: Csr, a: str, b: str) -> list[Neighbour]:
    """As `Graph.path`."""
    start, goal = csr.number(a), csr.number(b)
    if start is None or goal is None or start == goal:
        return []
    edges = _shortest(csr, start, goal, _wanted(("CALLS",)))
    if not edges:
        edges = _shortest(csr, start, goal, _wanted(()))
    return _neighbours(csr, np.array(edges, dtype=np.int64), False, list(range(1, len(edges) + 1)))


def _shortest(csr: Csr, start: int, goal: int, wanted: ndarray) -> list[int]:
    """Edges of a shortest way; of several the one whose edges come first."""
    came_by = np.full(len(csr), -1, np.int64)
    seen = np.zeros(len(csr), bool)
    seen[start] = True
    frontier = np.array([start])
    while len(frontier) and not seen[goal]:
        edges = csr.edges_of_all(frontier, False)
        edges = edges[wanted[csr.edges[EDGE_KIND, edges]]]
        ends = csr.edges[DST, edges]
        fresh = ~seen[ends]
        frontier, first = np.unique(ends[fresh], return_index=True)
        seen[frontier] = True
        came_by[frontier] = edges[fresh][first]
    way: list[int] = []
    here = goal
    while seen[goal] and here != start:
        way.append(int(came_by[here]))
        here = int(csr.edges[SRC, way[-1]])
    return way[::-1]


def _neighbours(csr: Csr, edges: ndarray, incoming: bool, levels: Sequence[int]) -> list[Neighbour]:
    columns = csr.edges[:, edges]
    paths = (*csr.paths, "")
    near, far = (DST, SRC) if incoming else (SRC, DST)
    return [
        Neighbour(
            ref, EDGE_KINDS[kind], MARKS[mark], None if kind == CONTAINS else Place(paths[file], row, col), level, via
        )
        for ref, kind, mark, file, row, col, level, via in zip(
            csr.refs(columns[far]),
            columns[EDGE_KIND].tolist(),
            columns[MARK].tolist(),
            csr.files_of(columns[SRC]).tolist(),
            columns[EDGE_ROW].tolist(),
            columns[EDGE_COL].tolist(),
            levels,
            csr.keys.some(columns[near].astype(np.int64)),
            strict=True,
        )
    ]


def _wanted(kinds: Sequence[str]) -> ndarray:
    """By number of an edge's kind, whether it is followed; all are for no kinds."""
    table = np.zeros(len(EDGE_KINDS), bool)
    table[[EDGE_KINDS.index(kind) for kind in kinds if kind in EDGE_KINDS] if kinds else slice(None)] = True
    return table
