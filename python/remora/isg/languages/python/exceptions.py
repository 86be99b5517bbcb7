"""`raise`, `try` and `except`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from remora.isg.facts import CallFact, Expr
from remora.isg.languages.python.blocks import block, branch, header_end
from remora.isg.languages.python.expressions import callee
from remora.isg.languages.python.state import State
from remora.isg.languages.python.syntax import (
    AS_PATTERN,
    AS_TARGET,
    ATTRIBUTE,
    BLOCK,
    COMMENT,
    IDENTIFIER,
    PARENTHESES,
    TUPLE,
    code,
    kinds,
)

if TYPE_CHECKING:
    import tree_sitter

CLASS_NAME = re.compile(r"[\w.]*?\b_*[A-Z]\w*", re.ASCII)
OPTIONAL = re.compile(r"\b(?:ImportError|ModuleNotFoundError)\b")
EXCEPT = kinds("except_clause")


def raised(self: State, node: tree_sitter.Node, depth: int) -> None:
    parts = code(node)
    for number, one in enumerate(parts):
        kind = one.kind_id
        value = (callee if kind in (IDENTIFIER, ATTRIBUTE) else self.expressions[kind])(self, one, depth)
        if number or value is None:
            continue
        name = self.line(one).partition("(")[0]
        if CLASS_NAME.fullmatch(name):
            raises = self.raises
            raises.setdefault(self.scope.node, {})[name] = None
        if kind in (IDENTIFIER, ATTRIBUTE):
            place = self.place_of(one.start_byte, one.end_byte)
            self.calls.append(CallFact(self.scope.number, ("c", value, (), ()), "raise", name[:80], place))


def tried(self: State, node: tree_sitter.Node, depth: int) -> None:
    """`try`: what it imports is optional when a handler takes the ImportError."""
    clauses = [one for one in node.named_children if one.kind_id in EXCEPT]
    gate = self.gate
    if any(OPTIONAL.search(self.raw, one.start_byte, header_end(one)) for one in clauses):
        self.gate = joined_gate(gate, "except ImportError")
    branch(self, node, depth)
    self.gate = gate


def joined_gate(outer: str, inner: str) -> str:
    return (f"{outer} and {inner}" if outer and outer != inner else inner)[:120]


def handler(self: State, node: tree_sitter.Node, depth: int) -> None:
    """`except E as e`"""
    for child in node.named_children:
        kind = child.kind_id
        if kind in BLOCK:
            self.branch += 1
            block(self, child, depth)
            self.branch -= 1
        elif kind in AS_PATTERN:
            parts = code(child)
            value = caught(self, parts[0], depth) if parts else None
            self.branch += 1
            for target in parts[1:]:
                for name in code(target) if target.kind_id in AS_TARGET else [target]:
                    if name.kind_id == IDENTIFIER:
                        self.bind(self.at(name), ("x", value) if value is not None else None, child.start_byte)
            self.branch -= 1
        elif kind != COMMENT:
            caught(self, child, depth)


def caught(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    """The classes a handler takes."""
    while node.kind_id == PARENTHESES and len(code(node)) == 1:
        node = code(node)[0]
    parts = code(node) if node.kind_id in TUPLE else [node]
    found = []
    for one in parts:
        kind = one.kind_id
        value = (callee if kind in (IDENTIFIER, ATTRIBUTE) else self.expressions[kind])(self, one, depth)
        found.append(value)
        if value is not None and value[0] in "na":
            self.refer("except", value, self.place_of(one.start_byte, one.end_byte), self.scope)
    return ("l", "tuple", tuple(found)) if node.kind_id in TUPLE else found[0]
