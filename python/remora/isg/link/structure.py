"""Edges that follow from a file's definitions and imports: bases, overridden methods, dependencies, tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from remora.isg.link.classes import is_protocol, linearised, own_member
from remora.isg.link.references import Edge
from remora.isg.link.unit import Unit
from remora.isg.link.values import EXACT, HEURISTIC, INFERRED, Value, Values, union
from remora.isg.values import Node
from remora.isg.world import UnresolvedT

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator

PROMISES = frozenset({"interface", "trait"})


def class_edges(ev: Evaluator, unit: Unit, number: int, unresolved: list[UnresolvedT]) -> Iterator[Edge]:
    """Bases and overridden methods of the class whose scope has this number.

    Args:
        unresolved: gets the bases that lead nowhere.
    """
    yield from inheritance(ev, unit, number, unresolved)
    ev.begin()
    yield from overridden(ev, unit, number)
    ev.begin()
    node = unit.scopes[number].node
    for value in unit.rules.promised(ev, unit, number):
        yield node, "IMPLEMENTS", value[2], HEURISTIC, unit.nodes[node].name_span, value[1]


def inheritance(ev: Evaluator, unit: Unit, number: int, unresolved: list[UnresolvedT]) -> Iterator[Edge]:
    scope = unit.scopes[number]
    node = unit.nodes[scope.node]
    src = scope.node
    if scope.self_type is not None:
        owner = ev.class_value(unit, number)
        if owner and owner[1] == unit.path and owner[2] in unit.node_by_key:
            src = unit.node_by_key[owner[2]]
    for base in scope.bases:
        found = unit.rules.base_values(ev, unit, max(scope.parent, 0), base, node.span.start_row)
        for value in found:
            promised = scope.self_type is not None or base in scope.extra.get("implements", ())
            kind = "IMPLEMENTS" if promised or promises(ev, unit, node, value) else "INHERITS"
            if node.kind == "type":  # another name for it, or a part of it
                kind = "USES"
            yield src, kind, value[-1], ev.mark, node.name_span, value[1] if value[0] == "C" else ""
            if kind == "INHERITS" and value[0] == "C" and is_protocol(ev, value):
                yield src, "IMPLEMENTS", value[2], ev.mark, node.name_span, value[1]
        if not found and base and base[0] in ("n", "a"):
            unresolved.append((src, "base", base[-1], node.name_span))


def promises(ev: Evaluator, unit: Unit, node: Node, base: Value) -> bool:
    """Whether a base is an interface to a class: then the class implements it."""
    if node.kind in PROMISES or base[0] != "C":
        return False
    found = ev.scope_of(base[1], base[2])
    return bool(found) and found[0].nodes[found[0].scopes[found[1]].node].kind in PROMISES


def overridden(ev: Evaluator, unit: Unit, number: int) -> Iterator[Edge]:
    owner = ev.class_value(unit, number)
    if owner is None:
        return
    order = linearised(ev, owner)[1:]
    if not order:
        return
    for name, bindings in unit.scopes[number].names.items():
        if name.startswith("#") or (name.startswith("__") and not name.endswith("__")):
            continue
        for bound in bindings:
            inner = unit.scope_of_node.get(bound.expr[1]) if bound.expr and bound.expr[0] == "d" else None
            if inner is None or unit.nodes[unit.scopes[inner].node].kind == "constructor":
                continue
            if unit.scopes[inner].kind == "function":
                yield from first_in(ev, unit, order, unit.scopes[inner].node, name)


def first_in(ev: Evaluator, unit: Unit, order: Values, node: int, name: str) -> Iterator[Edge]:
    mark = EXACT
    for entry in order:
        if entry[0] != "C":
            mark = INFERRED  # it may have the method too
            continue
        found = [value for value in own_member(ev, entry, name) if value[0] == "F"]
        for value in found:
            if value[2] != unit.nodes[node].key:
                yield node, "OVERRIDES", value[2], mark, unit.nodes[node].name_span, value[1]
        if found:
            return


def supplied(ev: Evaluator, unit: Unit) -> Iterator[Edge]:
    """Functions that a framework calls for a function's parameters: a test's fixtures."""
    for number, scope in enumerate(unit.scopes):
        if scope.kind == "function" and scope.parameters:
            for _, value in unit.rules.supplied(ev, unit, number):
                place = unit.nodes[scope.node].name_span
                yield scope.node, "CALLS", value[2], INFERRED, place, value[1]


def dependencies(ev: Evaluator, unit: Unit, unresolved: list[UnresolvedT]) -> Iterator[Edge]:
    rules = unit.rules
    for one in unit.facts.imports:
        ev.begin()
        place = tuple(one.place)
        found = union(rules.import_targets(ev, unit, one))
        if one.name and one.name != "*":
            found = union(found, tuple(v for v in rules.import_values(ev, unit, one) if v[0] == "M"))
        for value in found:
            if value[0] == "X":
                yield 0, "DEPENDS", value[1], ev.mark, place, ""
            elif value[0] == "M" and not value[1].endswith("/"):
                target = ev.unit(value[1])
                if target is not None and value[1] != unit.path:
                    yield 0, "DEPENDS", target.nodes[0].key, ev.mark, place, value[1]
        if one.gate:
            yield unit.scopes[one.scope].node, "FEATURE_GATED_BY", f"gate:{one.gate}", EXACT, place, ""
        if not found:
            unresolved.append((unit.scopes[one.scope].node, "import", one.module, place))
    for package in unit.facts.data.get("packages", ()):
        yield 0, "DEPENDS", f"ext:{package}", EXACT, (0, 0, 0, 0), ""


def tested(ev: Evaluator, unit: Unit, edges: Sequence[Edge]) -> list[Edge]:
    """A test tests the code that it calls."""
    found: list[Edge] = []
    for src, kind, dst, mark, place, path in edges:
        if kind != "CALLS" or not path or not is_test(unit, src):
            continue
        target = ev.unit(path)
        node = target.node_by_key.get(dst) if target else None
        if target is None or node is None:
            continue
        ev.look(("t", target, dst))
        if target.nodes[node].tdd == "CODE_IMPLEMENTATION":
            found.append((src, "TESTS", dst, mark, place, path))
    return found


def is_test(unit: Unit, node: int) -> bool:
    while node > 0:
        if "test" in unit.nodes[node].flags or unit.nodes[node].kind == "test":
            return True
        node = unit.nodes[node].parent
    return False
