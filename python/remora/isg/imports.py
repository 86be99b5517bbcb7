"""The run of import statements at a file's top."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from remora.isg.parse import parse
from remora.isg.values import Span
from remora.lang import language_of

if TYPE_CHECKING:
    import tree_sitter

LEADING_COMMENT = re.compile(r"#!|#.*coding[:=]")


def imports_span(path: str, text: str) -> Span:
    """The run of import statements at a file's top, from the first one's start to the last one's end.

    Comments may stand between them; the file's docstring and its `__future__` imports come before. Where there is no
    import the span is empty and lies at the start of the row after those, or after the first lines that Python
    itself reads (`#!`, coding).
    """
    language = language_of(path)
    if language is None:
        return Span(0, 0, 0, 0, 0, 0)
    statements = language.tables.get("imports", ())
    tree = parse(text, language.name)
    first: tree_sitter.Node | None = None
    last: tree_sitter.Node | None = None
    before: tree_sitter.Node | None = None
    for child in tree.root.children:
        if child.type in statements:
            first, last = first or child, child
        elif child.type in ("comment", ";"):
            continue
        elif first is None and (child.type == "future_import_statement" or (before is None and is_docstring(child))):
            before = child
        else:
            break
    if first is not None and last is not None:
        return Span(*first.start_point, *last.end_point, first.start_byte, last.end_byte)
    row = before.end_point[0] + 1 if before else leading_rows(text)
    start = sum(len(line) + 1 for line in tree.source.split(b"\n")[:row])
    return Span(row, 0, row, 0, start, start)


def is_docstring(node: tree_sitter.Node) -> bool:
    return node.type == "expression_statement" and [child.type for child in node.children] == ["string"]


def leading_rows(text: str) -> int:
    """How many of the first two rows Python reads itself."""
    rows = 0
    for line in text.split("\n", 2)[:2]:
        if not LEADING_COMMENT.match(line):
            break
        rows += 1
    return rows
