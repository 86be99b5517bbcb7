"""PageRank over the graph's edges: what much of the code leads to is worth knowing first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from remora.isg.csr import DST, EDGE_KIND, SRC, Csr
from remora.isg.packing import EDGE_KINDS

if TYPE_CHECKING:
    from numpy import ndarray

DAMPING = 0.85
TOLERANCE = 1e-6
MOST_ROUNDS = 60
# Nesting is no use of a thing.
KINDS = tuple(kind for kind in EDGE_KINDS if kind not in ("CONTAINS", "FEATURE_GATED_BY"))


def page_rank(csr: Csr, personal: Mapping[str, float] | None = None, kinds: Sequence[str] = KINDS) -> dict[str, float]:
    """As `Graph.rank`: by key, the sum is 1."""
    start = None
    if personal:
        start = np.zeros(len(csr))
        for key, weight in personal.items():
            if (number := csr.number(key)) is not None:
                start[number] = weight
    ranks = ranked(csr, start, kinds)
    return dict(zip(csr.keys.some(np.arange(len(csr))), ranks.tolist(), strict=True))


def ranked(csr: Csr, start: ndarray | None = None, kinds: Sequence[str] = KINDS) -> ndarray:
    """By a node's number, its rank (power iteration; Page and Brin 1998).

    Args:
        start: weights with which the walker starts again; None, or all 0: everywhere alike.
    """
    count = len(csr)
    if not count:
        return np.zeros(0)
    table = np.isin(np.arange(len(EDGE_KINDS)), [EDGE_KINDS.index(kind) for kind in kinds])
    # A function that calls itself is not worth more for it.
    kept = table[csr.edges[EDGE_KIND]] & (csr.edges[SRC] != csr.edges[DST])
    src, dst = csr.edges[SRC, kept], csr.edges[DST, kept]
    leaving = np.bincount(src, minlength=count)
    share = 1 / leaving[src]
    again = np.full(count, 1 / count) if start is None or start.sum() <= 0 else start / start.sum()
    stuck = leaving == 0
    rank = again.copy()
    for _ in range(MOST_ROUNDS):
        flow = np.bincount(dst, weights=rank[src] * share, minlength=count)
        # What stands where no edge leaves starts again, too.
        after = DAMPING * flow + (1 - DAMPING + DAMPING * rank[stuck].sum()) * again
        change = np.abs(after - rank).sum()
        rank = after
        if change < TOLERANCE:
            break
    return rank
