"""Expressions that bind names or iterate: comprehensions, `yield` and `:=`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.facts import Expr
from remora.isg.languages.python.expressions import anything
from remora.isg.languages.python.state import MAX_DEPTH, State
from remora.isg.languages.python.syntax import FOR_IN, IF_CLAUSE, PAIR, Handler, code
from remora.isg.languages.python.targets import bind_target

if TYPE_CHECKING:
    import tree_sitter

    from remora.isg.scope import Draft


def walrus(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    parts = code(node)
    if depth > MAX_DEPTH or len(parts) != 2:
        return anything(self, node, depth)
    value = self.expressions[parts[1].kind_id](self, parts[1], depth + 1)
    inner, self.scope = self.scope, self.scope.owner()
    bind_target(self, parts[0], value if inner is self.scope else in_scope(inner, value), node)
    self.scope = inner
    return value


def in_scope(scope: Draft, value: Expr) -> Expr:
    return ("b", scope.number, value) if value is not None else None


def yielded(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    scope = self.scope.owner()
    if scope.kind == "function":
        scope.flags.add("generator")
    parts = code(node)
    if depth > MAX_DEPTH or not parts:
        return anything(self, node, depth)
    value = self.expressions[parts[0].kind_id](self, parts[0], depth + 1)
    inner = self.scope
    placed = value if inner is scope else in_scope(inner, value)
    if any(child.type == "from" for child in node.children):
        scope.yields.append(("i", placed))
        iteration(self, value, parts[0])
        return ("y", value)
    scope.yields.append(placed)
    return None


def iteration(
    self: State, value: Expr, node: tree_sitter.Node, how: str = "for", *, asynchronous: bool = False
) -> None:
    """Iterating calls `__iter__`; only names, attributes and calls can have one of the workspace's own."""
    if value is not None and value[0] in "nac":
        method = "__aiter__" if asynchronous else "__iter__"
        expr = ("c", ("a", value, method), (), ())
        self.add_call(
            expr, how, f"{self.line(node)[:64]}.{method}", self.place_of(node.start_byte, node.end_byte), self.scope
        )


def comprehension(kind: str) -> Handler:
    def read(self: State, node: tree_sitter.Node, depth: int) -> Expr:
        if depth > MAX_DEPTH:
            return anything(self, node, depth)
        outer = self.scope
        block = self.open_scope("block", outer.node, node.start_byte, node.end_byte)
        outer_reads, inner_reads = self.reads, {}
        self.all_reads.append((block.number, inner_reads))
        parts = code(node)
        for number, clause in enumerate(one for one in parts if one.kind_id in FOR_IN | IF_CLAUSE):
            inner = code(clause)
            if clause.kind_id in FOR_IN and len(inner) >= 2:
                if number == 0:  # the first iterable is evaluated outside
                    value = self.expressions[inner[1].kind_id](self, inner[1], depth + 1)
                    iteration(self, value, inner[1])
                    value = in_scope(outer, value)
                    self.scope, self.reads = block, inner_reads
                else:
                    value = self.expressions[inner[1].kind_id](self, inner[1], depth + 1)
                    iteration(self, value, inner[1])
                bind_target(self, inner[0], ("i", value), clause)
            else:
                for one in inner:
                    self.expressions[one.kind_id](self, one, depth + 1)
        self.scope, self.reads = block, inner_reads
        body = parts[0] if parts else node
        if kind == "dict" and body.kind_id == PAIR and len(code(body)) == 2:
            key, item = (self.expressions[one.kind_id](self, one, depth + 1) for one in code(body))
            made = ("m", ((in_scope(block, key), in_scope(block, item)),))
        else:
            item = self.expressions[body.kind_id](self, body, depth + 1) if parts else None
            made = ("l", kind, (in_scope(block, item),))
        self.scope, self.reads = outer, outer_reads
        return made

    return read
