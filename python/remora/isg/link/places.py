"""What each place of a file means: its calls, stores, references, classes and imports, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from remora.isg.facts import CallFact, Reference
from remora.isg.link.calls import Arguments, into_parameters
from remora.isg.link.evaluate import Evaluator
from remora.isg.link.flows import Asked, Flow
from remora.isg.link.references import Edge, reference, use
from remora.isg.link.structure import class_edges, dependencies, supplied, tested
from remora.isg.link.unit import Unit
from remora.isg.link.values import CALLABLE, FLOWING, INFERRED, Value, Values
from remora.isg.world import UnresolvedT

# Calls the language makes: those that cannot be told are no unresolved references.
SILENT = frozenset({"for", "with", "operator", "raise"})
# More than this is what a value can be when nothing is known of it; no call table seen in real code is longer.
MOST_TARGETS = 64
MOST_FLOWS = 128


@dataclass(slots=True)
class Place:
    """What one place came to, while it is evaluated."""

    edges: list[Edge] = field(default_factory=list)
    flows: list[tuple[str, Flow]] = field(default_factory=list)
    unresolved: list[UnresolvedT] = field(default_factory=list)


class Meaning(NamedTuple):
    """What one place came to, and every look at flows that this took. There are hundreds of thousands of them."""

    edges: tuple[Edge, ...] = ()
    flows: tuple[tuple[str, Flow], ...] = ()
    unresolved: tuple[UnresolvedT, ...] = ()
    asked: tuple[Asked, ...] = ()


Task = Any
"""A call, a reference, a store (scope, target, value, row), the number of a class's scope, or None for the imports."""


def tasks(unit: Unit) -> list[Task]:
    """Every place of a file, always in the same order."""
    classes = [number for number, scope in enumerate(unit.scopes) if scope.kind == "class"]
    return [*unit.facts.calls, *stores(unit), *unit.facts.references, *classes, None]


def evaluate(ev: Evaluator, unit: Unit, task: Task) -> Meaning:
    """What a place means with the flows that the evaluator knows."""
    ev.begin()
    ev.asked_before = set()
    place = Place()
    if isinstance(task, CallFact):
        call(ev, unit, task, place)
    elif isinstance(task, Reference):
        place.edges += reference(ev, unit, task)
    elif isinstance(task, int):
        place.edges += class_edges(ev, unit, task, place.unresolved)
    elif task is None:
        place.edges += dependencies(ev, unit, place.unresolved)
        place.edges += supplied(ev, unit)
    else:
        store(ev, unit, place, *task)
    place.edges += tested(ev, unit, place.edges)
    asked = tuple(ev.asked | ev.asked_before)
    flows = tuple(place.flows) if len(place.flows) <= MOST_FLOWS else ()
    return Meaning(tuple(place.edges), flows, tuple(place.unresolved), asked)


def call(ev: Evaluator, unit: Unit, fact: CallFact, place: Place) -> None:
    arguments = Arguments(unit, fact.scope, fact.expr, fact.place[0])
    if fact.how == "decorator":
        arguments = decorating(ev, unit, fact, arguments)
    src = unit.scopes[fact.scope].node
    callees = ev.expand(use(ev, unit, fact.scope, arguments.callee, (src, "call", fact.place), place.edges))
    callees = unit.rules.choose(ev, callees, arguments)
    callees = unit.rules.called_for(ev, fact.how, callees, fact.expr[1][-1] if fact.expr and fact.expr[1] else "")
    targets = [one for one in callees if one[0] in CALLABLE or one[0] == "U"]
    if len(targets) > MOST_TARGETS:
        targets = []
    mark = max(ev.mark, INFERRED) if len(targets) > 1 else ev.mark
    before = len(place.edges)
    for value in targets:
        called(ev, unit, place, src, fact, value, arguments, mark, 0)
    ev.mark = mark
    if len(place.edges) == before and fact.how not in SILENT:
        place.unresolved.append((src, "call", fact.callee, tuple(fact.place)))


def called(
    ev: Evaluator,
    unit: Unit,
    place: Place,
    src: int,
    fact: CallFact,
    value: Value,
    arguments: Arguments,
    mark: int,
    deep: int,
) -> None:
    """Note what calling one value means: the edges, and what reaches the parameters."""
    what = value[0]
    rules = unit.rules
    at = tuple(fact.place)
    if deep > 4:
        return
    if what in ("F", "S"):
        place.edges.append((src, "CALLS", value[2], mark, at, value[1]))
        place.flows += into_parameters(ev, value, arguments.after((value[3],)) if what == "S" else arguments)
    elif what == "C":
        place.edges.append((src, "INSTANTIATES", value[2], mark, at, value[1]))
        for one in unit.rules.choose(ev, unit.rules.constructors(ev, value), arguments):
            called(ev, unit, place, src, fact, one, arguments, mark, deep + 1)
    elif what == "I":
        for one in ev.attribute(value, "__call__"):
            if one[0] in "FS":
                called(ev, unit, place, src, fact, one, arguments, max(mark, INFERRED), deep + 1)
    elif what == "P":
        given = arguments.behind(value[2])
        called(ev, unit, place, src, fact, value[1], given, max(mark, INFERRED), deep + 1)
    elif what == "U":
        for base in rules.bases(ev, value[1]):
            if base[0] == "C":
                for one in rules.choose(ev, rules.constructors(ev, base), arguments):
                    own = ("S", one[1], one[2], value[2]) if one[0] == "S" else one  # it makes the same object
                    called(ev, unit, place, src, fact, own, arguments, mark, deep + 1)
                if not rules.constructors(ev, base):
                    place.edges.append((src, "CALLS", base[2], mark, at, base[1]))
            else:
                place.edges.append((src, "CALLS", base[1], mark, at, ""))
    elif what in ("X", "B"):
        place.edges.append((src, "CALLS", value[1], mark, at, ""))
        for one, given in rules.outside_calls(ev, value, arguments):
            called(ev, unit, place, src, fact, one, given, INFERRED, deep + 1)
    for path, owner, slot, kept in rules.handed(ev, value, arguments):
        place.flows.append((path, (owner, slot, kept)))


def store(ev: Evaluator, unit: Unit, place: Place, scope: int, target: tuple, expr: tuple, row: int) -> None:
    """`x.name = value` and `x[key] = value`: a flow into what x is."""
    base = ev.expand(ev.values(unit, scope, target[1], row))
    values = [one for one in ev.values(unit, scope, expr, row) if one[0] in FLOWING]
    if not values or not base:
        return
    if target[0] == "a":
        slots = [f".{target[2]}"]
    else:
        key = target[2] if target[0] == "s" else None
        keys = [one[1] for one in ev.expand(ev.values(unit, scope, key, row)) if one[0] == "k"]
        slots = [str(key) for key in keys] or [""]
    by_item = target[0] == "a" and unit.rules.attributes_are_items
    if target[0] == "s" and expr[0] == "s" and expr[2] == target[2] and slots != [""]:  # `x[key] = y[key]`
        copied(ev, unit, place, scope, (base, expr, row), slots)
        return
    members = target[0] == "s" and slots != [""] and unit.rules.attributes_are_items
    for one in base:
        if by_item and one[0] == "L":
            place.flows += [(one[1], (one, target[2], value)) for value in values]
            continue
        if members and one[0] != "L" and (owner := owner_of(one, "a")) is not None:
            place.flows += [(owner[0], (owner[1], f".{slot}", value)) for slot in slots for value in values]
            continue
        owner = owner_of(one, target[0])
        if owner is not None:
            place.flows += [(owner[0], (owner[1], slot, value)) for slot in slots for value in values]


def copied(
    ev: Evaluator, unit: Unit, place: Place, scope: int, of: tuple[Values, tuple, int], slots: list[str]
) -> None:
    """What something has under each key another gets under the same."""
    base, expr, row = of
    source = ev.values(unit, scope, expr[1], row)
    for slot in slots:
        values = [one for one in ev.items(source, (("k", slot),)) if one[0] in FLOWING]
        for one in base if values else ():
            member = one[0] != "L" and unit.rules.attributes_are_items
            owner = owner_of(one, "a" if member else "s")
            if owner is not None:
                place.flows += [(owner[0], (owner[1], f".{slot}" if member else slot, value)) for value in values]


def owner_of(value: Value, target: str) -> tuple[str, object] | None:
    """Whom a store into a value reaches."""
    if target != "a":
        return (value[1], value) if value[0] == "L" else None
    if value[0] in ("I", "C", "F", "S"):
        return value[1], value[2]
    return (value[1], "") if value[0] == "M" else None


def decorating(ev: Evaluator, unit: Unit, fact: CallFact, arguments: Arguments) -> Arguments:
    """A decorator is handed the definition as the decorators below it leave it."""
    given = arguments.plain[0] if arguments.plain else None
    number = unit.scope_of_node.get(given[1]) if given and given[0] == "d" else None
    if number is None:
        return arguments
    scope = unit.scopes[number]
    value: Value = ("F" if scope.kind == "function" else "C", unit.path, unit.scope_names[number])
    below = len(scope.decorators)
    for index, one in enumerate(scope.decorators):
        if one == arguments.callee:
            below = len(scope.decorators) - 1 - index
            break
    mark = ev.mark
    values = ev.decorated(unit, scope, (value,), below) if below else (value,)
    ev.mark = mark
    return Arguments(unit, fact.scope, ("c", arguments.callee, (), ()), arguments.row, (values,))


def stores(unit: Unit) -> Iterator[tuple]:
    for number, scope in enumerate(unit.scopes):
        for target, expr, row in scope.extra.get("stores", ()):
            yield number, target, expr, row
