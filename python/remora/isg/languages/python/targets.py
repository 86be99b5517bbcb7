"""What stands on the left: names, patterns, attributes and items that are bound to a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.facts import Expr
from remora.isg.languages.python.expressions import callee, subscript
from remora.isg.languages.python.plain import reference
from remora.isg.languages.python.state import MAX_DEPTH, State
from remora.isg.languages.python.syntax import (
    AS_TARGET,
    ATTRIBUTE,
    IDENTIFIER,
    PARENTHESES,
    PATTERNS,
    SPLAT_PATTERN,
    SUBSCRIPT,
    code,
)

if TYPE_CHECKING:
    import tree_sitter


def bind_target(self: State, target: tree_sitter.Node, expr: Expr, statement: tree_sitter.Node, depth: int = 0) -> None:
    """Bind a name, the names in a pattern, an attribute or an item to a value."""
    kind = target.kind_id
    if kind == IDENTIFIER:
        start, end = target.start_byte, target.end_byte
        name = self.between(start, end)
        bind_name(self, name, start, end, expr, statement.start_byte, statement.end_byte)
    elif depth > MAX_DEPTH:
        self.deep = True
    elif kind in PATTERNS:
        parts = code(target)
        spread = next((n for n, one in enumerate(parts) if one.kind_id in SPLAT_PATTERN), len(parts))
        for n, one in enumerate(parts):
            part = ("u", n if n < spread else n - len(parts), expr)
            if n == spread:
                part = ("ur", n, len(parts) - n - 1, expr)
            bind_target(self, one, part if expr is not None else None, statement, depth + 1)
    elif kind in SPLAT_PATTERN or kind == PARENTHESES or kind in AS_TARGET:
        for one in code(target)[:1]:
            bind_target(self, one, expr, statement, depth + 1)
    elif kind == ATTRIBUTE:
        assign_attribute(self, target, expr, statement, depth)
    elif kind == SUBSCRIPT:
        left = subscript(self, target, depth)
        if left is not None:
            self.scope.stores.append((left, expr, self.row(statement.start_byte)))
            if left[1] is not None and left[1][0] in "na":
                self.refer("write", left[1], self.place_of(target.start_byte, target.end_byte), self.scope)
    else:
        self.expressions[kind](self, target, depth)


def bind_name(self: State, name: str, start: int, end: int, expr: Expr, outer: int, outer_end: int) -> None:
    """Bind a name; what modules and classes bind becomes a node."""
    scope = self.scope
    if scope.kind in ("module", "class") and name not in self.redirects:
        self.spots.setdefault((scope.number, name), (start, end, outer, outer_end))
    self.bind(name, expr, outer)


def bind_chain(self: State, text: str, start: int, expr: Expr, outer: int, outer_end: int) -> None:
    """Bind a name, or assign to an attribute of a chain of names; all of it is ASCII."""
    of, dot, name = text.rpartition(".")
    if not dot:
        bind_name(self, text, start, start + len(text), expr, outer, outer_end)
        return
    self.read_chain(of, start)
    set_attribute(self, self.chain(text), name, expr, start, start + len(text), outer, outer_end)


def assign_attribute(
    self: State, target: tree_sitter.Node, expr: Expr, statement: tree_sitter.Node, depth: int
) -> None:
    left = callee(self, target, depth)
    if left is not None and left[0] == "a":
        name = self.at(code(target)[-1])
        outer, outer_end = statement.start_byte, statement.end_byte
        set_attribute(self, left, name, expr, target.start_byte, target.end_byte, outer, outer_end)


def set_attribute(
    self: State, left: tuple, name: str, expr: Expr, start: int, end: int, outer: int, outer_end: int
) -> None:
    """`self.x = …` belongs to the class, other assignments to attributes to the scope they stand in."""
    scope, of, row = self.scope, left[1], self.row(outer)
    if of is not None and of[0] == "n" and of[1] in self.selves:
        owner = self.selves[of[1]]
        owner.attribute(left[2], scope.number, expr, row)
        name_start = end - len(name.encode())
        self.spots.setdefault((owner.number, name), (name_start, end, outer, outer_end))
    else:
        scope.stores.append((left, expr, row))
    key = (scope.number, "write", left)
    if key not in self.references:
        self.references[key] = reference((*key, self.place_of(start, end)))
