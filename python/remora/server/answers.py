"""Nodes, neighbours and reports as doc/protocol.md has them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from remora.isg.answers import IndexReport, Neighbour, NodeRef
from remora.isg.values import Node
from remora.lang import language_of
from remora.server.upkeep import Standing

MOST_NEIGHBOURS = 10_000
_MOST_PATHS = 1000
_OUTSIDE = {"ext": "external", "builtin": "builtin", "gate": "gate"}


def node_map(node: Node) -> dict[str, Any]:
    """Everything about a node but its neighbours."""
    return {
        "key": node.key,
        "kind": node.kind,
        "name": node.name,
        "qualname": node.qualname,
        "path": node.path,
        "row": node.name_span[0],
        "col": node.name_span[1],
        "lang": language.name if (language := language_of(node.path)) else "",
        "level": node.level,
        "signature": node.signature,
        "span": list(node.span[:4]),
        "name_span": list(node.name_span),
        "visibility": node.visibility,
        "flags": list(node.flags),
        "doc": node.doc,
        "tdd": node.tdd,
        "facets": node.facets,
        "interface_id": node.interface_id,
        "body_hash": node.body_hash,
        "summary": None,
    }


def ref_of(node: Node | NodeRef) -> NodeRef:
    if isinstance(node, NodeRef):
        return node
    row, col = node.name_span[:2]
    return NodeRef(node.key, node.kind, node.name, node.path, row, col, node.signature)


def outside(key: str) -> NodeRef | None:
    """A node that is no file's: `ext:requests.get`, `builtin:print`, `gate:…`."""
    kind = _OUTSIDE.get(key.partition(":")[0])
    name = key.partition(":")[2]
    return NodeRef(key, kind, name, "", 0, 0, "") if kind and name else None


def ref_map(ref: NodeRef) -> dict[str, Any]:
    return ref._asdict()


def neighbour_map(neighbour: Neighbour) -> dict[str, Any]:
    place = neighbour.place
    return ref_map(neighbour.node) | {
        "edge": neighbour.kind,
        "mark": neighbour.mark,
        "depth": neighbour.depth,
        "site": place._asdict() if place else None,
        "via": neighbour.via or None,
    }


def neighbour_maps(neighbours: list[Neighbour]) -> list[dict[str, Any]]:
    return [neighbour_map(one) for one in neighbours[:MOST_NEIGHBOURS]]


def report_map(report: IndexReport) -> dict[str, Any]:
    """Lists of files are cut, so that the report of any workspace fits into a frame; the counts are whole."""
    found: dict[str, Any] = {
        "files": report.files,
        "nodes": report.nodes,
        "edges": dict(sorted(report.edges.items())),
        "unresolved": report.unresolved,
        "changed": len(report.changed),
        "removed": len(report.removed),
        "seconds": report.seconds,
    }
    for kind in ("partial", "failed", "skipped"):
        files = getattr(report, kind)
        found |= {kind: [list(one) for one in files[:_MOST_PATHS]], f"{kind}_count": len(files)}
    return found | {"skipped_by": dict(sorted(Counter(why for _, why in report.skipped).items()))}


def standing_map(standing: Standing) -> dict[str, Any]:
    found: dict[str, Any] = {"state": standing.state, "watched": standing.is_watched}
    if standing.state == "indexing":
        found |= {"done": standing.done, "total": standing.total}
    if standing.error is not None:
        found |= {"message": str(standing.error), "code": standing.error.code, **standing.error.data}
    return found
