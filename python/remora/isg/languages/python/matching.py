"""`match`: patterns bind names and name classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.facts import Expr
from remora.isg.languages.python.blocks import block
from remora.isg.languages.python.state import MAX_DEPTH, State
from remora.isg.languages.python.syntax import BLOCK, CASE, DOTTED, IDENTIFIER, code, kinds

if TYPE_CHECKING:
    import tree_sitter

CASE_PATTERN = kinds("case_pattern")
CLASS_PATTERN = kinds("class_pattern")
AS_PATTERN = kinds("as_pattern")
KEYWORD_PATTERN = kinds("keyword_pattern")
SEQUENCE_PATTERN = kinds("tuple_pattern", "list_pattern")
UNION_PATTERN = kinds("union_pattern")
SPLAT = kinds("splat_pattern")
MAPPING = kinds("dict_pattern")


def match(self: State, node: tree_sitter.Node, depth: int) -> None:
    subjects: list[Expr] = []
    for child in code(node):
        if child.kind_id in BLOCK:
            subject = subjects[0] if len(subjects) == 1 else ("l", "tuple", tuple(subjects))
            for clause in code(child):
                if clause.kind_id in CASE:
                    case(self, clause, subject, depth + 1)
        else:
            subjects.append(self.expressions[child.kind_id](self, child, depth + 1))


def case(self: State, node: tree_sitter.Node, subject: Expr, depth: int) -> None:
    if depth > MAX_DEPTH:
        self.deep = True
        return
    parts = code(node)
    patterns = [one for one in parts if one.kind_id in CASE_PATTERN]
    self.branch += 1
    for number, one in enumerate(patterns):
        pattern(self, one, subject if len(patterns) == 1 else ("u", number, subject), node, depth)
    for one in parts:
        if one.kind_id in BLOCK:
            block(self, one, depth)
        elif one.kind_id not in CASE_PATTERN:
            self.expressions[one.kind_id](self, one, depth)
    self.branch -= 1


def pattern(self: State, node: tree_sitter.Node, value: Expr, clause: tree_sitter.Node, depth: int) -> Expr:
    """Bind the names of a pattern; gives what a match with it is known to be."""
    if depth > MAX_DEPTH:
        self.deep = True
        return None
    kind = node.kind_id
    parts = code(node)
    if kind in CASE_PATTERN:
        return pattern(self, parts[0], value, clause, depth + 1) if parts else None
    if kind in DOTTED:
        if len(parts) == 1:
            capture(self, parts[0], value, clause)
            return value
        self.read_chain("".join(self.at(node).split()), node.start_byte)
    elif kind in CLASS_PATTERN and parts:
        return of_class(self, parts, clause, depth)
    elif kind in AS_PATTERN and len(parts) == 2:
        known = pattern(self, parts[0], value, clause, depth + 1)
        capture(self, parts[1], known or value, clause)
        return known
    elif kind in UNION_PATTERN:
        known = tuple(pattern(self, one, value, clause, depth + 1) for one in parts)
        return ("o", known) if all(known) else None
    elif kind in SEQUENCE_PATTERN:
        for number, one in enumerate(parts):
            pattern(self, one, ("u", number, value), clause, depth + 1)
    elif kind in SPLAT or kind in MAPPING or kind in KEYWORD_PATTERN:
        for number, one in enumerate(parts):
            if one.kind_id == IDENTIFIER and kind in SPLAT:
                capture(self, one, None, clause)
            elif not (number == 0 and kind in KEYWORD_PATTERN):
                pattern(self, one, None, clause, depth + 1)
    return None


def of_class(self: State, parts: list[tree_sitter.Node], clause: tree_sitter.Node, depth: int) -> Expr:
    name = "".join(self.at(parts[0]).split())
    expr = self.chain(name)
    self.refer("type", expr, self.place_of(parts[0].start_byte, parts[0].end_byte), self.scope)
    for one in parts[1:]:
        pattern(self, one, None, clause, depth + 1)
    return ("A", expr)


def capture(self: State, node: tree_sitter.Node, value: Expr, clause: tree_sitter.Node) -> None:
    if node.kind_id in DOTTED:
        node = code(node)[0]
    name = self.at(node)
    if node.kind_id == IDENTIFIER and name != "_":
        self.bind(name, value, clause.start_byte)
