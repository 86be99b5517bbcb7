"""Statements of Python. Each function takes the reader, a syntax node and how deep it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from remora.isg.facts import CallFact, Expr
from remora.isg.languages.python.annotations import annotation, type_variable
from remora.isg.languages.python.blocks import block, branch, header_end
from remora.isg.languages.python.comprehensions import iteration
from remora.isg.languages.python.exceptions import joined_gate
from remora.isg.languages.python.expressions import anything, callee, subscript
from remora.isg.languages.python.joins import alternatives, repeated
from remora.isg.languages.python.matching import match
from remora.isg.languages.python.plain import ASSIGNED, MAX_PLAIN, plain_call, plain_value
from remora.isg.languages.python.state import MAX_DEPTH, State
from remora.isg.languages.python.syntax import (
    AS_PATTERN,
    ATTRIBUTE,
    BLOCK,
    CALL,
    IDENTIFIER,
    PARENTHESES,
    STRING,
    SUBSCRIPT,
    TUPLE,
    TYPE,
    code,
    kinds,
)
from remora.isg.languages.python.targets import bind_chain, bind_target

if TYPE_CHECKING:
    import tree_sitter


ASSIGNMENT = kinds("assignment")
AUGMENTED = kinds("augmented_assignment")
WITH_ITEM = kinds("with_item")
WITH_CLAUSE = kinds("with_clause")
GATE = re.compile(r"TYPE_CHECKING|sys\.(?:version_info|platform|implementation)|os\.name|platform\.system|PY[23]\b")


def expression_statement(self: State, node: tree_sitter.Node, depth: int) -> None:
    start, end = node.start_byte, node.end_byte
    if end - start <= MAX_PLAIN and self.ascii:
        text = self.raw[start:end]
        target = ASSIGNED.match(text)
        if target is not None:
            if plain_assignment(self, text, target, start):
                return
        elif (value := plain_call(self, text, start)) is not None:
            if self.scope is self.module:
                self.exported_call(value)
            return
    for child in node.named_children:
        kind = child.kind_id
        if kind in ASSIGNMENT:
            assignment(self, child, depth)
        elif kind in AUGMENTED:
            augmented(self, child, depth)
        elif kind not in STRING or self.raw[child.start_byte] in "fFrRtT":
            value = self.expressions[kind](self, child, depth)
            if kind in CALL and self.scope is self.module:
                self.exported_call(value)


def plain_assignment(self: State, text: str, target: re.Match[str], start: int) -> bool:
    """`name = …` or `self.name = …` with a plain value, read from its text; False when it is not plain."""
    name = target[1]
    if name == "__all__":
        return False
    value = plain_value(self, text[target.end() :], start + target.end())
    if value is None:
        return False
    if value[0] == "c":
        type_variable(self, name, value, start + target.end(), start + len(text))
    if "." not in name and self.scope.kind == "function":
        self.bind(name, value, start)
    else:
        bind_chain(self, name, start, value, start, start + len(text))
    return True


def assignment(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    """Bind what stands on the left; gives the value, for `a = b = c`."""
    parts = code(node)
    if not parts or depth > MAX_DEPTH:
        return anything(self, node, depth)
    declared, value = None, None
    for one in parts[1:]:
        kind = one.kind_id
        if kind in TYPE:
            declared = ("A", annotation(self, one, "type", self.scope))
        elif kind in ASSIGNMENT:
            value = assignment(self, one, depth + 1)
        else:
            value = self.expressions[kind](self, one, depth)
            if kind in CALL:
                type_variable(self, self.at(parts[0]), value, one.start_byte, one.end_byte)
    target = parts[0]
    if self.scope is self.module and target.kind_id == IDENTIFIER and self.at(target) == "__all__":
        self.exported_names(value, more=False)
    if declared is not None and declared[1] is not None:
        value = ("o", (value, declared)) if value is not None else declared
        if target.kind_id == IDENTIFIER and self.scope.kind == "class":
            self.scope.extra.setdefault("annotated", {})[self.mangled(self.at(target))] = declared[1]  # ty: ignore
    bind_target(self, target, value, node)
    return value


def augmented(self: State, node: tree_sitter.Node, depth: int) -> None:
    """`x += y`: what was bound before may still be what is meant."""
    parts = code(node)
    if len(parts) != 2:
        anything(self, node, depth)
        return
    value = self.expressions[parts[1].kind_id](self, parts[1], depth)
    target = parts[0]
    if target.kind_id == IDENTIFIER:
        name = self.at(target)
        if self.scope is self.module and name == "__all__":
            self.exported_names(value, more=True)
        self.reads.setdefault(name, (target.start_byte, ("n", self.mangled(name))))
        self.branch += 1
        self.bind(name, value if value is not None and value[0] in "lo" else None, node.start_byte)
        self.branch -= 1
    elif target.kind_id == ATTRIBUTE or target.kind_id == SUBSCRIPT:
        left = (callee if target.kind_id == ATTRIBUTE else subscript)(self, target, depth)
        where = left if left is None or left[0] == "a" else left[1]
        if where is not None and where[0] in "na":
            place = self.place_of(target.start_byte, target.end_byte)
            self.refer("read", where, place, self.scope)
            self.refer("write", where, place, self.scope)
    else:
        self.expressions[target.kind_id](self, target, depth)


def returned(self: State, node: tree_sitter.Node, depth: int) -> None:
    for one in code(node):
        value = self.expressions[one.kind_id](self, one, depth)
        scope = self.scope
        if value not in scope.returns:
            scope.returns.append(value)


def deleted(self: State, node: tree_sitter.Node, depth: int) -> None:
    for one in code(node):
        targets = code(one) if one.type == "expression_list" else [one]
        for target in targets:
            if target.kind_id == IDENTIFIER:
                self.branch += 1
                self.bind(self.at(target), None, node.start_byte)
                self.branch -= 1
            else:
                self.expressions[target.kind_id](self, target, depth)


def declared_global(self: State, node: tree_sitter.Node, depth: int) -> None:
    if self.scope is self.module:
        return
    self.redirects = dict(self.redirects)
    for one in code(node):
        self.redirects[self.at(one)] = self.module
        place = (one.start_byte, one.end_byte)
        self.spots.setdefault((0, self.at(one)), (*place, *place))


def declared_nonlocal(self: State, node: tree_sitter.Node, depth: int) -> None:
    self.redirects = dict(self.redirects)
    for one in code(node):
        name, here = self.at(one), self.scope.around
        nearest = here
        while here is not None and not (here.kind == "function" and name in here.names):
            here = here.around
        where = here or nearest
        if where is not None and where.kind == "function":
            self.redirects[name] = where


def loop(self: State, node: tree_sitter.Node, depth: int) -> None:
    """`for target in value: …`"""
    if depth > MAX_DEPTH:
        self.deep = True
        return
    parts = code(node)
    if len(parts) < 2 or parts[1].kind_id in BLOCK:
        branch(self, node, depth)
        return
    value = self.expressions[parts[1].kind_id](self, parts[1], depth)
    iteration(self, value, parts[1], asynchronous=self.raw.startswith("async", node.start_byte))
    self.branch += 1
    bind_target(self, parts[0], ("i", value) if value is not None else None, node)
    self.branch -= 1
    for child in parts[2:]:
        if child.kind_id in BLOCK:
            self.branch += 1
            repeated(self, child, child.start_byte, depth, block)
            self.branch -= 1
        else:
            self.statement_kinds[child.kind_id](self, child, depth + 1)


def while_statement(self: State, node: tree_sitter.Node, depth: int) -> None:
    repeated(self, node, node.start_byte, depth, branch)


def with_statement(self: State, node: tree_sitter.Node, depth: int) -> None:
    if depth > MAX_DEPTH:
        self.deep = True
        return
    asynchronous = self.raw.startswith("async", node.start_byte)
    for child in node.named_children:
        if child.kind_id in BLOCK:
            block(self, child, depth)
        elif child.kind_id in WITH_CLAUSE:
            for item in code(child):
                entered(self, item, node, asynchronous, depth)
        else:
            self.statement_kinds[child.kind_id](self, child, depth + 1)


def entered(self: State, item: tree_sitter.Node, node: tree_sitter.Node, asynchronous: bool, depth: int) -> None:
    """One context manager: `value as target`, also in parentheses."""
    while item.kind_id in WITH_ITEM or item.kind_id == PARENTHESES:
        parts = code(item)
        if len(parts) != 1:
            break
        item = parts[0]
    if item.kind_id in TUPLE:
        for one in code(item):
            entered(self, one, node, asynchronous, depth + 1)
        return
    parts = code(item) if item.kind_id in AS_PATTERN else [item]
    if not parts or depth > MAX_DEPTH:
        return
    value = self.expressions[parts[0].kind_id](self, parts[0], depth)
    if value is not None:
        before = "__a" if asynchronous else "__"
        place = self.place_of(parts[0].start_byte, parts[0].end_byte)
        text = self.line(parts[0])[:64]
        for method in (f"{before}enter__", f"{before}exit__"):
            self.calls.append(
                CallFact(self.scope.number, ("c", ("a", value, method), (), ()), "with", f"{text}.{method}", place)
            )
    for target in parts[1:]:
        bind_target(self, target, ("e", value) if value is not None else None, node)


def chosen(self: State, node: tree_sitter.Node, depth: int) -> None:
    """`if`: the gate of what stands in it, when it asks for a version, a platform or a type checker."""
    if depth > MAX_DEPTH:
        self.deep = True
        return
    if not GATE.search(self.raw, node.start_byte, header_end(node)):
        alternatives(self, node, depth)
        return
    parts = code(node)
    text = self.line(parts[0]) if parts and parts[0].kind_id not in BLOCK else ""
    gate = self.gate
    for child in node.named_children:
        kind = child.kind_id
        if kind in BLOCK:
            self.gate = joined_gate(gate, text.removeprefix("typing."))
            self.branch += 1
            block(self, child, depth)
            self.branch -= 1
        else:
            self.gate = joined_gate(gate, f"not ({text.removeprefix('typing.')})")
            self.statement_kinds[kind](self, child, depth + 1)
    self.gate = gate


def definition(self: State, node: tree_sitter.Node, depth: int) -> None:
    self.define(node, node, [], depth)


def decorated(self: State, node: tree_sitter.Node, depth: int) -> None:
    self.decorated(node, depth)


def alias_statement(self: State, node: tree_sitter.Node, depth: int) -> None:
    self.type_alias(node)


def matched(self: State, node: tree_sitter.Node, depth: int) -> None:

    match(self, node, depth)


def ignored(self: State, node: tree_sitter.Node, depth: int) -> None:
    """A comment, `pass`, `break`, …"""


def other(self: State, node: tree_sitter.Node, depth: int) -> None:
    """Expressions, and what the grammar could make nothing of: definitions in it count all the same."""
    if node.is_error:
        block(self, node, depth)
    else:
        self.expressions[node.kind_id](self, node, depth)
