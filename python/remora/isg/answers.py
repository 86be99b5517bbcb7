"""What the graph answers: plain frozen values that name nodes by their keys. Rows and columns are 0-based."""

from __future__ import annotations

from typing import Any, NamedTuple


class NodeRef(NamedTuple):
    """A node, as much of it as a list shows.

    Attributes:
        path: "" for what lies outside the workspace (kinds external, builtin, gate).
        row, col: where its name stands; 0, 0 for a module and for what lies outside.
        signature: the header on one line; "" for what lies outside.
    """

    key: str
    kind: str
    name: str
    path: str
    row: int
    col: int
    signature: str

    @property
    def qualname(self) -> str:
        """`Cart.total`: the key without path and stem."""
        if not self.path:
            return self.key
        stem = self.path.rpartition("/")[2].rpartition(".")[0] or self.path.rpartition("/")[2]
        return self.key[len(self.path) + len(stem) + 2 :].partition("~")[0]


class Place(NamedTuple):
    """Where an edge comes from: the call, the import, the annotation."""

    path: str
    row: int
    col: int


class Neighbour(NamedTuple):
    """A node that an edge leads to (or comes from), and that edge.

    Attributes:
        kind: of the edge, like "CALLS".
        mark: "exact", "inferred" or "heuristic".
        place: None for the edges that come from nesting.
        depth: how many edges away; 1 is next to the node that was asked about.
        via: key of the node that it was reached through, one step nearer: a tree can be drawn from that.
    """

    node: NodeRef
    kind: str
    mark: str
    place: Place | None
    depth: int
    via: str = ""


class Table(NamedTuple):
    """Rows of a query or a view. `cut`: there were more than the limit."""

    headers: tuple[str, ...]
    rows: list[list[Any]]
    cut: bool = False


class IndexReport(NamedTuple):
    """What one indexing found; paths are sorted.

    Attributes:
        files: that the workspace has, skipped ones included.
        nodes: in the whole graph, modules included, what lies outside the workspace not.
        edges: how many, by kind, in the whole graph; kinds that do not occur are left out.
        unresolved: references in the whole graph that lead nowhere known.
        changed: files whose nodes were written anew.
        removed: files that are no more.
        partial: (path, why) of files of which not everything could be read.
        failed: (path, why) of files that gave nothing.
        skipped: (path, why) of files that a rule leaves out.
    """

    files: int
    nodes: int
    edges: dict[str, int]
    unresolved: int
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    partial: tuple[tuple[str, str], ...]
    failed: tuple[tuple[str, str], ...]
    skipped: tuple[tuple[str, str], ...]
    seconds: float
