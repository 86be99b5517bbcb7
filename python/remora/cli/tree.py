"""Neighbours of a node as lines: a list, or an indented tree when some are further away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from remora.cli.output import one_line
from remora.isg.values import key_of

Ref = dict[str, Any]
# What a list of such edges is headed by says it all.
_PLAIN = frozenset({"CALLS", "TESTS", "CONTAINS", "DEPENDS"})


def name_of(ref: Ref) -> str:
    """What people call a node: its qualname, a module's path, or the key of what lies outside the workspace."""
    before = key_of(ref["path"], "") if ref["path"] else ""
    if ref["kind"] == "module" or not before or not ref["key"].startswith(before):
        return one_line(ref["path"] or ref["key"])
    return one_line(ref["key"].removeprefix(before))


def place_of(ref: Ref, *, site: bool) -> str:
    """`src/app.py:12`, 1-based, of the place that makes the neighbour one (`site`) or of its definition."""
    place = ref.get("site") if site else None
    place = place or ref
    return f"{one_line(place['path'])}:{place['row'] + 1}" if place["path"] else ""


def rows(neighbours: Iterable[Ref], *, site: bool) -> list[tuple[str, str, str]]:
    """(name, place, remark) of each neighbour, in their order."""
    return [(_label(ref), place_of(ref, site=site), _remark(ref)) for ref in neighbours]


def tree(asked: Ref, neighbours: list[Ref], *, site: bool) -> list[tuple[str, str, str]]:
    """The same, each below the one it was reached through, with the asked node on top; the name holds the branches.

    Each node stands once. One whose way is not told stands right below the asked node.
    """
    below: dict[str, list[Ref]] = {asked["key"]: []}
    for ref in sorted(neighbours, key=lambda ref: ref["depth"]):
        if ref["key"] not in below:
            below[ref["key"]] = []
            via = ref.get("via")
            below[via if via in below and via != ref["key"] else asked["key"]].append(ref)
    lines = [(name_of(asked), place_of(asked, site=False), "")]
    # A stack and no recursion: a chain of calls may be longer than Python's own may be.
    waiting = [(ref, "", last) for ref, last in _last_first(below[asked["key"]])]
    while waiting:
        ref, indent, last = waiting.pop()
        lines.append((f"{indent}{'└─' if last else '├─'} {_label(ref)}", place_of(ref, site=site), _remark(ref)))
        inner = f"{indent}{'   ' if last else '│  '}"
        waiting += [(child, inner, last) for child, last in _last_first(below[ref["key"]])]
    return lines


def _label(ref: Ref) -> str:
    """How a row calls a node; its place stands beside it, so a module need not name its file again."""
    return "<module>" if ref["kind"] == "module" and ref["path"] else name_of(ref)


def _last_first(refs: list[Ref]) -> list[tuple[Ref, bool]]:
    return [(ref, number == 0) for number, ref in enumerate(reversed(refs))]


def _remark(ref: Ref) -> str:
    """What is unusual about an edge: another kind than a call, another mark than exact."""
    edge = ref.get("edge") or ""
    words = ["" if edge in _PLAIN else edge.lower().replace("_", " "), ref.get("mark") or ""]
    return ", ".join(word for word in words if word and word != "exact")
