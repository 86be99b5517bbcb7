"""Names and attributes that are used without being called, and what they refer to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from remora.isg.facts import Expr, PlaceT, Reference
from remora.isg.link.classes import accessor, linearised, writer
from remora.isg.link.unit import Unit
from remora.isg.link.values import EXACT, INFERRED, NOTHING, Value, Values, union

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator

Edge = tuple[int, str, str, int, PlaceT, str]
"""source node, kind, key of the target, mark, place, path of the target ("" outside)."""

Declared = tuple[str, str, str]
"""(path, key, kind of node) of a variable, constant, field or property."""

MAX_HOPS = 8
TYPE_ROLES = {"type": "USES", "except": "USES", "returns": "RETURNS", "bound": "REQUIRES_BOUND"}


def reference(ev: Evaluator, unit: Unit, one: Reference) -> list[Edge]:
    """The edges of a reference."""
    src = unit.scopes[one.scope].node
    if one.role == "gate":
        return [(src, "FEATURE_GATED_BY", f"gate:{one.expr[2]}", EXACT, tuple(one.place), "")]
    if one.role in TYPE_ROLES:
        return list(types(ev, unit, one.scope, src, TYPE_ROLES[one.role], one.expr, one.place))
    edges: list[Edge] = []
    use(ev, unit, one.scope, one.expr, (src, one.role, one.place), edges)
    return edges


def types(ev: Evaluator, unit: Unit, scope: int, src: int, kind: str, expr: Expr, place: PlaceT) -> Iterator[Edge]:
    """Every type that a type expression names."""
    for part in named_parts(expr):
        ev.begin()
        for value in ev.values(unit, scope, part, None):
            if value[0] == "C":
                yield src, kind, value[2], ev.mark, tuple(place), value[1]
            elif value[0] == "X" and value[1].startswith("ext:"):
                yield src, kind, value[1], ev.mark, tuple(place), ""
        for value in unit.rules.bounds(ev, unit, scope, part):
            yield src, "REQUIRES_BOUND", value[2], ev.mark, tuple(place), value[1]


def named_parts(expr: Expr) -> Iterator[Expr]:
    waiting = [expr]
    while waiting:
        part = waiting.pop()
        if not isinstance(part, tuple) or not part:
            continue
        if part[0] in ("n", "a"):
            yield part
        elif part[0] != "k":
            waiting += [inner for inner in part[1:] if isinstance(inner, tuple)]
            # an argument list is a tuple of expressions, or of (name, expression)
            waiting += [e for inner in part[1:] if isinstance(inner, tuple) for e in inner if isinstance(e, tuple)]


def use(ev: Evaluator, unit: Unit, scope: int, expr: Expr, of: tuple[int, str, PlaceT], edges: list[Edge]) -> Values:
    """Adds the edges of reading, writing or calling an expression.

    Returns:
        Its values; nothing for a write, and for a read of a variable that is not the base of something.
    """
    src, role, place = of
    if not expr or expr[0] not in ("a", "n"):
        return ev.values(unit, scope, expr, place[0])
    base: Values = NOTHING
    found: tuple[Declared, ...] = ()
    if expr[0] == "a":
        base = ev.expand(use(ev, unit, scope, expr[1], (src, "base", place), edges))
        for value in base:
            if value[0] in "IU":
                for read in (writer if role == "write" else accessor)(ev, value, expr[2]):
                    edges.append((src, "CALLS", read[2], ev.mark, tuple(place), read[1]))
            elif value[0] in "CLM" and unit.rules.attributes_are_items:
                for read in unit.rules.accessors(ev, value, expr[2], role == "write"):
                    edges.append((src, "CALLS", read[2], ev.mark, tuple(place), read[1]))
        if role != "call":
            found = union(*(of_attribute(ev, value, expr[2]) for value in base))
    elif role != "call":
        found = of_name(ev, unit, scope, expr[1], MAX_HOPS)
    mark = max(ev.mark, INFERRED) if len(found) > 1 else ev.mark
    for path, key, what in found:
        edges.append((src, edge_kind(what, role), key, mark, tuple(place), path))
    if role == "write" or (role == "read" and found):
        return NOTHING
    values = ev.attributes(base, expr[2]) if expr[0] == "a" else ev.values(unit, scope, expr, place[0])
    if role == "read":
        for value in values:
            if value[0] in "FS":
                edges.append((src, "REFERENCES", value[2], mark, tuple(place), value[1]))
            elif value[0] == "C":
                edges.append((src, "USES", value[2], mark, tuple(place), value[1]))
    return values


def edge_kind(what: str, role: str) -> str:
    if role == "write":
        return "WRITES"
    return {"constant": "USES", "property": "REFERENCES"}.get(what, "READS")


def of_name(ev: Evaluator, unit: Unit, scope: int, name: str, hops: int) -> tuple[Declared, ...]:
    """The variable of a module or class that a name means; nothing for a local one."""
    number = scope
    while number >= 0:
        around = unit.scopes[number]
        if around.kind != "class" or number == scope or unit.rules.class_scope_visible:
            if around.kind in ("function", "block"):
                if name in around.names or name in unit.parameters(number):
                    return ()
            elif name in around.names:
                return in_scope(ev, unit, number, name, hops)
            elif around.kind == "class" and (value := ev.class_value(unit, number)):
                found = of_attribute(ev, value, name)
                if found:
                    return found
        number = around.parent
    return in_file(ev, unit.rules.outside_source(ev, unit, name), hops)


def in_file(ev: Evaluator, source: tuple[str, str] | None, hops: int) -> tuple[Declared, ...]:
    """A variable of a file's module."""
    target = ev.unit(source[0]) if source else None
    return in_scope(ev, target, 0, source[1], hops - 1) if source and target and hops else ()


def in_scope(ev: Evaluator, unit: Unit, number: int, name: str, hops: int) -> tuple[Declared, ...]:
    ev.look(("b", unit, unit.scope_names[number], name))
    node = unit.declared.get((unit.scopes[number].node, name))
    if node is not None:
        return ((unit.path, unit.nodes[node].key, unit.nodes[node].kind),)
    if hops == 0:
        return ()
    for bound in unit.scopes[number].names.get(name, ()):
        if bound.expr and bound.expr[0] == "I":
            source = unit.rules.import_source(ev, unit, unit.facts.imports[bound.expr[1]])
            target = ev.unit(source[0]) if source else None
            if source and target:
                return in_scope(ev, target, 0, source[1], hops - 1)
    return ()


def of_attribute(ev: Evaluator, value: Value, name: str) -> tuple[Declared, ...]:
    """The variable, field or property that an attribute of a module, class or instance is."""
    if value[0] == "M" and value[1].endswith("/"):
        rules = ev.files.rules(ev.lang_of(value[1]))
        return in_file(ev, rules.package_source(ev, value[1], name), MAX_HOPS)
    if value[0] == "M":
        unit = None if value[1].endswith("/") else ev.unit(value[1])
        return in_scope(ev, unit, 0, name, MAX_HOPS) if unit else ()
    if value[0] not in "ICU":
        return ()
    owner = ("C", *value[1:3]) if value[0] != "U" else value[1]
    return ev.once(("decl", owner, value[0] == "U", name), lambda: in_classes(ev, owner, value[0] == "U", name))


def in_classes(ev: Evaluator, owner: Value, above: bool, name: str) -> tuple[Declared, ...]:
    for entry in linearised(ev, owner)[above:]:
        unit = ev.unit(entry[1]) if entry[0] == "C" else None
        if unit is None:
            continue
        for where, number in unit.rules.class_scopes(ev, entry):
            ev.look(("b", where, where.scope_names[number], name))
            node = where.declared.get((where.scopes[number].node, name))
            if node is not None:
                return ((where.path, where.nodes[node].key, where.nodes[node].kind),)
            if name in where.scopes[number].names:
                return ()  # a method
    return ()
