"""The tree of a `use` declaration as one path for each name that it brings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import tree_sitter

MAX_DEPTH = 50


class Used(NamedTuple):
    """`path`: the segments; `name`: what it is bound to, "*" for everything below the path, "_" for nothing."""

    path: tuple[str, ...]
    name: str


def uses(
    node: tree_sitter.Node | None,
    text_of: Callable[[tree_sitter.Node | None], str],
    before: tuple[str, ...] = (),
) -> Iterator[Used]:
    """Every name of `use a::{b, c as d, e::*, self}`; `before` are the segments around."""
    if node is None or len(before) > MAX_DEPTH:
        return
    kind = node.type
    if kind == "use_as_clause":
        path = (*before, *segments(text_of(node.child_by_field_name("path"))))
        if path[-1:] == ("self",) and len(path) > 1:
            path = path[:-1]
        if path:
            yield Used(path, text_of(node.child_by_field_name("alias")))
    elif kind == "use_wildcard":
        text = text_of(node).replace(" ", "").removesuffix("*").removesuffix("::")
        yield Used((*before, *segments(text)), "*")
    elif kind == "scoped_use_list":
        inner = (*before, *segments(text_of(node.child_by_field_name("path"))))
        yield from uses(node.child_by_field_name("list"), text_of, inner)
    elif kind == "use_list":
        for child in node.named_children:
            yield from uses(child, text_of, before)
    elif kind in ("identifier", "scoped_identifier", "self", "crate", "super"):
        path = (*before, *segments(text_of(node)))
        if path[-1:] == ("self",) and len(path) > 1:
            path = path[:-1]
        if path:
            yield Used(path, path[-1])


def segments(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("::") if part.strip())
