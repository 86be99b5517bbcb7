"""One file as the linker reads it: facts with the look-ups that evaluation needs."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from remora.isg.facts import Binding, Expr, Facts, Scope
from remora.isg.link.rules import Rules, rules_of
from remora.isg.values import FileGraph, Node

NOT_A_DEFINITION = frozenset({"field", "variable", "constant", "property"})


class Slots(NamedTuple):
    """Parameters that a call reaches by place, by name, and those that take the rest of either."""

    places: tuple[str, ...]
    names: frozenset[str]
    rest: str | None
    others: str | None


class Unit:
    """A file's facts. Scopes are named by the key of their node, so that a name outlives edits elsewhere."""

    def __init__(self, graph: FileGraph, rules: Rules | None = None) -> None:
        self.rules = rules or rules_of(graph.lang)
        self.path = graph.path
        self.lang = graph.lang
        self.nodes: tuple[Node, ...] = graph.nodes
        self.facts: Facts = graph.facts
        self.scopes: tuple[Scope, ...] = graph.facts.scopes
        self._parameters: dict[int, dict[str, int]] = {}
        self._slots: dict[int, Slots] = {}
        self._keys: dict[int, frozenset[str]] = {}

    @cached_property
    def scope_of_node(self) -> dict[int, int]:
        """The scope a definition makes, by the definition's node."""
        found: dict[int, int] = {}
        for number, scope in enumerate(self.scopes):
            if scope.kind != "block":
                found.setdefault(scope.node, number)
        return found

    @cached_property
    def scope_names(self) -> tuple[str, ...]:
        """A name for each scope: the key of its node; a block adds its number within that node."""
        names: list[str] = []
        blocks: dict[int, int] = {}
        for number, scope in enumerate(self.scopes):
            key = self.nodes[scope.node].key if scope.node < len(self.nodes) else ""
            if self.scope_of_node.get(scope.node) != number:
                blocks[scope.node] = blocks.get(scope.node, 0) + 1
                key = f"{key}#{blocks[scope.node]}"
            names.append(key)
        return tuple(names)

    @cached_property
    def scope_by_name(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.scope_names)}

    @cached_property
    def node_by_key(self) -> dict[str, int]:
        return {node.key: number for number, node in enumerate(self.nodes)}

    @cached_property
    def declared(self) -> dict[tuple[int, str], int]:
        """Variables, fields and properties by (number of the node they are in, name); the first of a name counts."""
        found: dict[tuple[int, str], int] = {}
        for number, node in enumerate(self.nodes):
            if node.kind in NOT_A_DEFINITION:
                found.setdefault((node.parent, node.name), number)
        return found

    def slots(self, number: int) -> Slots:
        """The parameters of a scope by the ways a call reaches them."""
        found = self._slots.get(number)
        if found is None:
            every = self.scopes[number].parameters
            found = self._slots[number] = Slots(
                tuple(one.name for one in every if one.kind in "p/"),
                frozenset(one.name for one in every if one.kind in "pk"),
                next((one.name for one in every if one.kind == "*"), None),
                next((one.name for one in every if one.kind == "**"), None),
            )
        return found

    def bindings(self, number: int, name: str) -> tuple[Binding, ...]:
        """What binds a name in a scope, beside being its parameter."""
        found = self.scopes[number].names.get(name, ())
        if found and found[0].expr and found[0].expr[0] == "p":
            return found[1:]
        return found

    @property
    def is_test(self) -> bool:
        """Whether this is a file of tests."""
        return bool(self.nodes) and self.nodes[0].tdd == "TEST_IMPLEMENTATION"

    @cached_property
    def stars(self) -> tuple[int, ...]:
        """Numbers of the imports that bring everything into the module."""
        return tuple(n for n, one in enumerate(self.facts.imports) if one.name == "*" and one.scope == 0)

    @cached_property
    def checks(self) -> dict[tuple[int, str], tuple[tuple[int, Expr], ...]]:
        """Types that a name is checked for: (row, type expression) by (scope, name)."""
        found: dict[tuple[int, str], tuple[tuple[int, Expr], ...]] = {}
        for call in self.facts.calls:
            checked = self.rules.type_check(call.expr)
            if checked:
                name, types = checked
                at = (call.scope, name)
                found[at] = (*found.get(at, ()), *((call.place[0], one) for one in types))
        return found

    def parameters(self, number: int) -> dict[str, int]:
        """The parameters of a scope by name."""
        found = self._parameters.get(number)
        if found is None:
            found = {one.name: n for n, one in enumerate(self.scopes[number].parameters)}
            self._parameters[number] = found
        return found

    @cached_property
    def calls_by_scope(self) -> dict[int, list[Expr]]:
        found: dict[int, list[Expr]] = {}
        for call in self.facts.calls:
            found.setdefault(call.scope, []).append(call.expr)
        return found

    def key_names(self, number: int) -> frozenset[str]:
        """Names that are used as a subscript, or name an attribute, somewhere in a scope."""
        found = self._keys.get(number)
        if found is None:
            scope = self.scopes[number]
            exprs = [bound.expr for bindings in scope.names.values() for bound in bindings]
            stores = [store[0] for store in scope.extra.get("stores", ())]
            names: set[str] = set()
            for expr in (*exprs, *scope.returns, *scope.yields, *stores, *self.calls_by_scope.get(number, ())):
                subscript_names(expr, names)
            found = self._keys[number] = frozenset(names)
        return found

    def stable(self, expr: Expr) -> Expr:
        """An expression without numbers that an edit elsewhere in the file would change."""
        if not isinstance(expr, tuple) or not expr:
            return expr
        number = expr[1] if len(expr) > 1 and isinstance(expr[1], int) else None
        if number is not None and expr[0] == "d":
            return ("D", self.nodes[number].key)
        if number is not None and expr[0] == "I":
            return ("n", self.facts.imports[number].alias)
        if number is not None and expr[0] == "b" and len(expr) == 3:
            return ("B", self.scope_names[number], self.stable(expr[2]))
        return tuple(self.stable(part) if isinstance(part, tuple) else part for part in expr)


def subscript_names(expr: Expr, found: set[str]) -> None:
    waiting = [expr]
    while waiting:
        part = waiting.pop()
        if not isinstance(part, tuple) or not part:
            continue
        if part[0] == "s" and len(part) == 3 and isinstance(part[2], tuple) and part[2] and part[2][0] == "n":
            found.add(part[2][1])
        if part[0] == "c" and len(part) == 4 and part[1] == ("n", "getattr") and len(part[2]) > 1:
            found.update(one[1] for one in part[2][1:2] if one and one[0] == "n")
        waiting.extend(inner for inner in part if isinstance(inner, tuple))
