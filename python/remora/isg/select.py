"""Text objects by the server's own parser: the rule at the head of queries/<lang>/remora.scm, to the letter."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from remora.errors import UserError
from remora.isg.parse import parse
from remora.isg.values import Span
from remora.lang import languages

if TYPE_CHECKING:
    import tree_sitter


def select(text: str, lang: str, capture: str, row: int, col: int, count: int = 1) -> Span | None:
    """The range of the text object at a cursor; None when there is none.

    Args:
        capture: `function.outer`, `class.inner`, …: a capture of the language's text object query.
        row, col: the cursor, 0-based, in bytes.
        count: 1 the smallest one around the cursor, 2 the one around that, …

    Raises:
        UserError: code `unknown_language` or `unknown_capture`.
    """
    known = languages_with_text_objects()
    if lang not in known:
        message = f"There are no text objects for {lang!r}. They work in: {', '.join(known)}."
        raise UserError(message, "unknown_language")
    word, _, part = capture.partition(".")
    if part not in ("outer", "inner"):
        message = f"There is no text object {capture!r}. Use one like function.outer or function.inner."
        raise UserError(message, "unknown_capture")
    tree = parse(text, lang)
    cursor = first_character(tree.source, row, col)
    captures = tree.captures(languages()[lang].text_object_query)
    around = sorted([node for node in captures.get(f"{word}.outer", []) if holds(node, cursor)], key=length)
    if not 1 <= count <= len(around):
        return None
    outer = around[count - 1]
    if part == "outer":
        return span_of(outer)
    smaller = around[count - 2] if count > 1 else None
    inside = [
        node
        for node in captures.get(f"{word}.inner", [])
        if within(node, outer) and not (smaller is not None and within(node, smaller))
    ]
    inside.sort(key=lambda node: (node.start_byte, -node.end_byte))
    chosen = min([node for node in inside if holds(node, cursor)], key=length, default=None)
    chosen = chosen or next(iter(inside), None)
    return span_of(chosen) if chosen else None


@cache
def languages_with_text_objects() -> tuple[str, ...]:
    return tuple(name for name, language in languages().items() if language.text_object_query.is_file())


def first_character(source: bytes, row: int, col: int) -> tuple[int, int]:
    """The cursor, or the first character of its line when only blanks stand before it."""
    lines = source.split(b"\n")
    if not 0 <= row < len(lines):
        return row, col
    indent = len(lines[row]) - len(lines[row].lstrip(b" \t"))
    return row, max(col, indent) if indent < len(lines[row]) else col


def holds(node: tree_sitter.Node, cursor: tuple[int, int]) -> bool:
    return tuple(node.start_point) <= cursor < tuple(node.end_point)


def within(node: tree_sitter.Node, outer: tree_sitter.Node) -> bool:
    return outer.start_byte <= node.start_byte and node.end_byte <= outer.end_byte


def length(node: tree_sitter.Node) -> int:
    return node.end_byte - node.start_byte


def span_of(node: tree_sitter.Node) -> Span:
    return Span(*node.start_point, *node.end_point, node.start_byte, node.end_byte)
