"""A file's lines as an editor shows them: where each definition and its header stand, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from remora.isg.values import FileGraph, Node
from remora.summary.rules import line_of
from remora.summary.subject import Subject, subjects

FARTHEST = 400
"""Rows of a header that are looked at; a header of a thousand parameters ends where it is cut."""
BEHIND = 5
"""Rows below the parentheses in which a body may begin: a result, `throws`, a `where` clause."""
OPENS, CLOSES = "([{", ")]}"
COMMENTS = {"python": "#"}
LIFETIMES = frozenset({"rust"})


class PlacedLine(NamedTuple):
    """Rows count from 0; `end_row` is the one behind the last, `header_end_row` the header's last.

    Attributes:
        parent: key of the definition around it that has a line too; "" for the module.
        stale: the line was made from an earlier text.
    """

    key: str
    kind: str
    name: str
    row: int
    header_row: int
    header_end_row: int
    end_row: int
    level: int
    parent: str
    summary: str
    provenance: str
    confidence: float
    stale: bool = False


class Said(NamedTuple):
    """`stale`: it was said of an earlier text."""

    summary: str
    provenance: str
    confidence: float
    stale: bool = False


def by_rules(subject: Subject) -> Said:
    line = line_of(subject)
    return Said(line.text, "rule_based", line.confidence)


def lines_of(graph: FileGraph, said: Mapping[str, Said] | None = None) -> tuple[PlacedLine, ...]:
    """The lines of a file that was just read (its text is there), in the order of the text.

    Args:
        said: by key; what is not in it is said by rules.
    """
    said = said or {}
    text = graph.text.split("\n")
    placed: dict[int, PlacedLine] = {}
    for subject in sorted(subjects(graph), key=lambda one: (one.row, -one.end_row)):
        node, line = graph.nodes[subject.number], said.get(subject.key) or by_rules(subject)
        is_file = node.parent < 0
        around = node.parent
        while around >= 0 and around not in placed:
            around = graph.nodes[around].parent
        outer = placed.get(around)
        placed[subject.number] = PlacedLine(
            key=subject.key,
            kind=subject.kind,
            name=subject.name,
            row=subject.row,
            header_row=0 if is_file else max(node.name_span[0], subject.row),
            header_end_row=0 if is_file else max(_header_end(text, node, graph.lang), subject.row),
            end_row=node.span.end_row + (node.span.end_col > 0),
            level=outer.level + 1 if outer else 0,
            parent=outer.key if outer else "",
            summary=line.summary,
            provenance=line.provenance,
            confidence=line.confidence,
            stale=line.stale,
        )
    return tuple(placed.values())


def _header_end(text: Sequence[str], node: Node, lang: str) -> int:
    """The row in which a header ends: that of the colon or brace before the body, or else of the last parenthesis."""
    first, column = node.name_span[0], node.name_span[3]
    last = min(node.span.end_row, first + FARTHEST, len(text) - 1)
    comment = COMMENTS.get(lang, "//")
    ends = ":" if lang == "python" else "{;"
    depth, closed = 0, -1
    for row in range(first, last + 1):
        line = text[row]
        if row == first:
            line = line.encode("utf-8", "surrogatepass")[column:].decode("utf-8", "replace")
        quote = ""
        for at, char in enumerate(line):
            if quote:
                quote = "" if char == quote and line[at - 1] != "\\" else quote
            elif char in "\"'`" and not (char == "'" and lang in LIFETIMES):
                quote = char
            elif line.startswith(comment, at):
                break
            elif char in ends and depth == 0:
                return row if row == first or line[:at].strip() else max(closed, first)
            elif char in OPENS:
                depth += 1
            elif char in CLOSES:
                depth -= 1
        if depth <= 0 and closed < 0:
            closed = row
        if 0 <= closed <= row - BEHIND:
            break
    return max(closed, first)
