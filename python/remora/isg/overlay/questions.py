"""Where the linker is not certain: its unresolved references and its edges that are not exact, as questions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from remora.isg.facts import PlaceT
from remora.isg.overlay.protocol import Question
from remora.isg.parse import parse
from remora.isg.world import EdgeT, UnresolvedT

if TYPE_CHECKING:
    import tree_sitter

ROLE_OF_EDGE = {
    "CALLS": "call",
    "INSTANTIATES": "call",
    "READS": "read",
    "REFERENCES": "read",
    "WRITES": "write",
    "USES": "type",
    "RETURNS": "returns",
    "REQUIRES_BOUND": "bound",
}
ROLES = frozenset(ROLE_OF_EDGE.values())

# Fields that lead from a call or a dotted name to the name that says what is meant, in the grammars that are known.
TO_THE_NAME = (
    *("function", "constructor", "macro", "method", "attribute", "property", "field", "name", "type"),
    "definition",
)


def questions(text: str, lang: str, edges: Iterable[EdgeT], unresolved: Iterable[UnresolvedT]) -> tuple[Question, ...]:
    """In the order of the text; a place is asked about once for each role."""
    wanted: dict[tuple[PlaceT, str], int] = {}
    for src, kind, _, mark, place in edges:
        if mark != "exact" and kind in ROLE_OF_EDGE:
            wanted.setdefault((tuple(place), ROLE_OF_EDGE[kind]), src)
    for src, role, _, place in unresolved:
        if role in ROLES:
            wanted.setdefault((tuple(place), role), src)
    if not wanted:
        return ()
    tree = parse(text, lang)
    found = []
    for (place, role), src in sorted(wanted.items()):
        name = name_at(tree.root, place)
        if name is not None:
            written = tree.source[name.start_byte : name.end_byte].decode("utf-8", "replace")
            found.append(Question(src, role, place, (name.start_point[0], name.start_point[1]), written))
    return tuple(found)


def name_at(root: tree_sitter.Node, place: PlaceT) -> tree_sitter.Node | None:
    """The name that a call or a reference at a place is about; None where there is none, as in `table[key]()`."""
    node = root.named_descendant_for_point_range(tuple(place[:2]), tuple(place[2:]))
    while node is not None and node.child_count:
        inner = next((one for field in TO_THE_NAME if (one := node.child_by_field_name(field)) is not None), None)
        if inner is None and node.named_child_count == 1:
            inner = node.named_children[0]
        node = inner
    return node if node is not None and node.is_named and node.end_byte > node.start_byte else None
