"""Nodes and edges of one file as bytes: what the store keeps, and what the arrays of the whole graph are made of."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgpack

from remora.isg.values import FileGraph, Node
from remora.isg.world import EdgeT, Linked, UnresolvedT

# Stored numbers are places in these; append only.
EDGE_KINDS = (
    "CONTAINS",
    "CALLS",
    "IMPLEMENTS",
    "INHERITS",
    "OVERRIDES",
    "USES",
    "READS",
    "WRITES",
    "RETURNS",
    "DEPENDS",
    "REFERENCES",
    "INSTANTIATES",
    "TESTS",
    "REQUIRES_BOUND",
    "FEATURE_GATED_BY",
)
MARKS = ("exact", "inferred", "heuristic")
NODE_KINDS = (
    "module",
    "class",
    "interface",
    "trait",
    "struct",
    "enum",
    "type",
    "impl",
    "function",
    "method",
    "constructor",
    "property",
    "field",
    "variable",
    "constant",
    "macro",
    "test",
    "lambda",
    "external",
    "builtin",
    "gate",
)
EDGE_WIDTH = 8
"""Numbers per packed edge: source, target's place in the keys, kind, mark, start row and column, end row and column."""

TEST, PUBLIC = 1, 2
"""Bits of a brief's `bits`."""

_KIND = {kind: n for n, kind in enumerate(EDGE_KINDS)}
_MARK = {mark: n for n, mark in enumerate(MARKS)}
_NODE_KIND = {kind: n for n, kind in enumerate(NODE_KINDS)}
_OUTSIDE = {"ext": "external", "builtin": "builtin", "gate": "gate"}


class Brief(NamedTuple):
    """What lists show of a file's nodes, column by column; strings in `names` and `signatures` as they are.

    `numbers` holds, per node: kind, name's row, name's column, last row, parent, bits, crc32 of the name (as int32).
    """

    keys: tuple[str, ...]
    names: tuple[str, ...]
    signatures: tuple[str, ...]
    numbers: bytes


BRIEF_WIDTH = 7


class PackedLinks(NamedTuple):
    """One file's `Linked`, packed for the store."""

    tally: bytes
    edges: bytes
    unresolved: bytes
    reads: bytes
    targets: bytes
    flows: bytes


def pack_brief(graph: FileGraph) -> bytes:
    numbers = array("i")
    for node in graph.nodes:
        numbers.extend(_numbers(node))
    columns = (
        [_safe(node.key) for node in graph.nodes],
        [_safe(node.name) for node in graph.nodes],
        [_safe(node.signature) for node in graph.nodes],
        numbers.tobytes(),
    )
    return msgpack.packb(columns)


def _numbers(node: Node) -> tuple[int, ...]:
    row, col = node.name_span[:2] if node.kind != "module" else (0, 0)
    test = TEST if node.tdd == "TEST_IMPLEMENTATION" else 0
    bits = test | (PUBLIC if node.visibility == "public" else 0)
    return (_NODE_KIND[node.kind], row, col, node.span.end_row, node.parent, bits, name_hash(node.name))


def name_hash(name: str) -> int:
    """crc32 of a name as a signed number of 32 bits."""
    unsigned = zlib.crc32(name.encode("utf-8", "replace"))
    return unsigned - (1 << 32) if unsigned >> 31 else unsigned


def unpack_brief(raw: bytes) -> Brief:
    return Brief(*msgpack.unpackb(raw, use_list=False)) if raw else Brief((), (), (), b"")


def pack_links(linked: Linked) -> PackedLinks:
    tally = [0] * (len(EDGE_KINDS) + 1)
    keys: dict[str, int] = {}
    numbers = array("i")
    for src, kind, dst, mark, place in linked.edges:
        number = _KIND[kind]
        tally[number] += 1
        numbers.extend((src, keys.setdefault(dst, len(keys)), number, _MARK[mark], *place))
    tally[-1] = len(linked.unresolved)
    targets = tuple(tuple(sorted(level)) for level in linked.flows)
    return PackedLinks(
        array("i", tally).tobytes(),
        msgpack.packb(([_safe(key) for key in keys], numbers.tobytes())),
        msgpack.packb([(src, role, _safe(name), place) for src, role, name, place in linked.unresolved]),
        linked.reads,
        msgpack.packb(targets),
        pack_flows(linked.flows) if any(linked.flows) else b"",
    )


def pack_flows(levels: Sequence[Mapping[str, tuple]]) -> bytes:
    """Each level as what is not as in the level below: the target's flows by themselves, empty when there are none."""
    packed: list[dict[str, bytes]] = []
    below: Mapping[str, tuple] = {}
    for level in levels:
        packed.append(
            {
                target: msgpack.packb(level[target]) if target in level else b""
                for target in sorted({*level, *below})
                if level.get(target) != below.get(target)
            }
        )
        below = level
    return msgpack.packb(packed)


def unpack_edges(raw: bytes) -> tuple[tuple[str, ...], bytes]:
    """Keys of the targets, and the numbers of the edges: EDGE_WIDTH int32 each."""
    return msgpack.unpackb(raw, use_list=False) if raw else ((), b"")


def edges_of(raw: bytes) -> list[EdgeT]:
    """The edges as the linker gave them."""
    keys, packed = unpack_edges(raw)
    numbers = array("i", packed)
    rows = zip(*(numbers[n::EDGE_WIDTH] for n in range(EDGE_WIDTH)), strict=True)
    return [(row[0], EDGE_KINDS[row[2]], keys[row[1]], MARKS[row[3]], tuple(row[4:])) for row in rows]


def unresolved_of(raw: bytes) -> list[UnresolvedT]:
    return [tuple(row) for row in msgpack.unpackb(raw, use_list=False)] if raw else []


def targets_of(raw: bytes) -> tuple[tuple[str, ...], ...]:
    return msgpack.unpackb(raw, use_list=False) if raw else ()


PackedFlows = tuple[dict[str, bytes], ...]


def packed_flows(raw: bytes) -> PackedFlows:
    """The levels of `pack_flows`, each target's flows still packed."""
    return msgpack.unpackb(raw, use_list=False) if raw else ()


def flows_of(packed: PackedFlows) -> tuple[dict[str, Any], ...]:
    """All levels, whole."""
    levels: list[dict[str, Any]] = []
    current: dict[str, Any] = {}
    for level in packed:
        current = dict(current)
        for target, flows in level.items():
            if flows:
                current[target] = unpack_flows(flows)
            else:
                current.pop(target, None)
        levels.append(current)
    return tuple(levels)


def flows_at(packed: PackedFlows, level: int, target: str) -> bytes:
    """What flows into one target at a level, still packed; empty when nothing does."""
    for each in reversed(packed[: level + 1]):
        if target in each:
            return each[target]
    return b""


def unpack_flows(raw: bytes) -> tuple:
    return msgpack.unpackb(raw, use_list=False, strict_map_key=False)


def outside_kind(key: str) -> str | None:
    """ "external", "builtin" or "gate" for a key of that kind; None for a node of the workspace."""
    scheme, colon, _ = key.partition(":")
    return _OUTSIDE.get(scheme) if colon else None


def outside_name(key: str) -> str:
    """The name people read: `package.name` of `ext:package.name`."""
    return key.partition(":")[2]


def _safe(text: str) -> str:
    """Without the lone surrogates that the database refuses."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
