"""Finding nodes by parts of their names, as people remember them: `getusr`, `get_user`, `GU`, `Cart.tot`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from remora.isg.answers import NodeRef
from remora.isg.csr import KIND, Csr
from remora.isg.packing import NODE_KINDS

if TYPE_CHECKING:
    from numpy import ndarray

# camelCase, snake_case, HTTPServer, v2: each part of a name.
PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[A-Z]|\d+|[^\W\d_]+")
MOST_SCORED = 3000
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
# What people look for by name, before what stands inside of it.
KIND_COST = {"module": 1, "lambda": 3, "variable": 2, "field": 2, "constant": 1, "impl": 2}


def search(csr: Csr, asked: str, limit: int) -> list[NodeRef]:
    """As `Graph.search`."""
    wanted = re.sub(r"\s+", "", asked)[:200]
    owner, _, name = wanted.replace("::", ".").rpartition(".")
    if not name or limit < 1:
        return []
    numbers = _candidates(csr, name)
    # Many nodes have one and the same name, and a name is scored once.
    costs = {text: match(name, text) for text in set(csr.names.some(numbers))}
    found: list[tuple[float, int, int]] = []
    for number, text in zip(numbers.tolist(), csr.names.some(numbers), strict=True):
        cost = costs[text]
        if cost is not None:
            kind = NODE_KINDS[csr.numbers[KIND, number]]
            found.append((cost + KIND_COST.get(kind, 0) / 10, len(text), number))
    # Numbers are in the order of the paths, so the order is that of keys where names are as good.
    found.sort()
    shown: list[NodeRef] = []
    for start in range(0, len(found), 100):
        refs = csr.refs(np.array([number for _, _, number in found[start : start + 100]]))
        shown += [ref for ref in refs if not owner or _has_owner(ref, owner)]
        if len(shown) >= limit:
            break
    return shown[:limit]


def _has_owner(ref: NodeRef, owner: str) -> bool:
    around = ref.qualname.rpartition(".")[0].split(".") if "." in ref.qualname else [ref.path]
    costs = (match(owner.rpartition(".")[2], one) for one in around)
    return any(cost is not None and cost < 4 for cost in costs)


def match(asked: str, name: str) -> float | None:
    """How far a name is from what was asked, 0 for the same; None when it is something else."""
    if asked == name:
        return 0
    small, full = asked.lower().replace("_", ""), name.lower()
    flat = full.replace("_", "")
    if not small:
        return None
    if small == flat:
        return 0.5
    if flat.startswith(small):
        return 1 + (len(flat) - len(small)) / 100
    parts = parts_of(name)
    by_parts = _by_parts(small, parts)
    if by_parts is not None:
        return 2 + by_parts
    if small in flat:
        return 4 + (len(flat) - len(small)) / 100
    asked_parts = parts_of(asked)
    if len(asked_parts) > 1 and set(asked_parts) <= set(parts):
        return 5 + (len(parts) - len(asked_parts)) / 10
    if len(small) < 3:
        return None
    gaps = _gaps(small, flat)
    return None if gaps is None else 6 + gaps / 10 + (small[0] != flat[0])


@lru_cache(maxsize=50_000)
def parts_of(name: str) -> tuple[str, ...]:
    """`getHTTPServer_v2` as get, http, server, v, 2."""
    return tuple(part.lower() for part in PARTS.findall(name))


def _by_parts(asked: str, parts: tuple[str, ...]) -> float | None:
    """What was asked, taken as the beginnings of parts in order: `gusr` is no such thing, `getus` and `gu` are."""
    reached = {0: 0.0}
    for n, part in enumerate(parts):
        skipped = {at: cost + (0.2 if at else 0.3) for at, cost in reached.items()}
        for at, cost in reached.items():
            taken = 0
            while taken < len(part) and at + taken < len(asked) and asked[at + taken] == part[taken]:
                taken += 1
                left = 0.0 if taken == len(part) else 0.05
                skipped[at + taken] = min(skipped.get(at + taken, 9.0), cost + left)
        reached = skipped
        if n > 12:
            break
    return reached.get(len(asked))


def _gaps(asked: str, name: str) -> int | None:
    """How many letters lie between those asked for, in order; None when they are not all there, or too far apart."""
    at, gaps = name.find(asked[0]), 0
    if at < 0:
        return None
    for letter in asked[1:]:
        there = name.find(letter, at + 1)
        if there < 0:
            return None
        gaps += there - at - 1
        at = there
    return gaps if gaps <= 2 * len(asked) else None


def _candidates(csr: Csr, name: str) -> ndarray:
    """Nodes whose names hold every letter that was asked for; when they are many, those with the rarer lengths."""
    masks: ndarray | None = csr.memo.get("letters")  # ty: ignore[invalid-assignment]
    if masks is None:
        texts = csr.names.some(np.arange(csr.inside))
        known = {text: _letters(text) for text in set(texts)}
        masks = np.array([known[text] for text in texts], dtype=np.int64)
        csr.memo["letters"] = masks
    wanted = _letters(name)
    found = np.flatnonzero((masks & wanted) == wanted)
    if len(found) > MOST_SCORED:
        lengths = np.diff(csr.names.ends, prepend=0)[found]
        found = found[np.argsort(np.abs(lengths - len(name)), kind="stable")[:MOST_SCORED]]
    return found


@lru_cache(maxsize=100_000)
def _letters(name: str) -> int:
    """One bit for each letter and digit that is in a name."""
    mask = 0
    for letter in set(name.lower()):
        place = LETTERS.find(letter)
        if place >= 0:
            mask |= 1 << place
    return mask
