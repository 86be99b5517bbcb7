"""One file's calls, references and flows, level by level, until its edges are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from remora.isg.facts import CallFact, PlaceT
from remora.isg.link.calls import Arguments, into_parameters
from remora.isg.link.evaluate import Evaluator
from remora.isg.link.files import Files
from remora.isg.link.flows import NO_FLOWS, Flow, FlowTable, Owner
from remora.isg.link.references import Edge, references, use
from remora.isg.link.structure import structure
from remora.isg.link.unit import Unit
from remora.isg.link.values import CALLABLE, FLOWING, INFERRED, MARKS, Value
from remora.isg.world import EdgeT, UnresolvedT

# Calls the language makes: those that cannot be told are no unresolved references.
SILENT = frozenset({"for", "with", "operator", "raise"})
MOST_TARGETS = 256


@dataclass
class Place:
    """What one call or store came to."""

    edges: list[Edge] = field(default_factory=list)
    flows: list[tuple[str, Flow]] = field(default_factory=list)
    unresolved: bool = False
    asked: frozenset[Owner] = frozenset()


class FileLink:
    """The linking of one file. Call `level` with the tables of flows in order, then `finish`."""

    def __init__(self, files: Files, unit: Unit) -> None:
        self.files = files
        self.unit = unit
        self.reads: set[tuple] = {("p", unit.path, "")}
        self.edges: dict[tuple[int, str, str], tuple[int, PlaceT, str]] = {}
        self.unresolved: list[UnresolvedT] = []
        self.settled: set[tuple[str, Flow]] = set()
        self.open: dict[int, Place] = {}
        self.places: list[CallFact | tuple] = [*unit.facts.calls, *stores(unit)]
        self.done = -1

    def level(self, number: int, tables: list[FlowTable]) -> None:
        """Evaluate every place with the flows of the level below; again only where those say something new.

        Args:
            tables: of the levels 0 … number - 1.
        """
        if number <= self.done:
            return
        table = tables[number - 1] if number else NO_FLOWS
        before = tables[number - 2] if number > 1 else NO_FLOWS
        ev = Evaluator(self.files, self.unit.path, table)
        if number == 0:
            again: Iterable[int] = range(len(self.places))
        else:
            own = (self.unit.path, "")
            if table.slots(*own) != before.slots(*own):  # a name of the module was bound from another file
                self.edges.clear()
                self.unresolved.clear()
                self.settled.clear()
                self.open = dict.fromkeys(range(len(self.places)), Place(asked=frozenset({own})))
            again = [
                n
                for n, place in self.open.items()
                if any(table.into(*owner)[0] != before.into(*owner)[0] for owner in place.asked)
            ]
        for n in again:
            place = self.evaluate(ev, n)
            if place.asked:
                self.open[n] = place
            else:
                self.open.pop(n, None)
                self.settle(n, place)
                self.settled.update(place.flows)
        self.reads |= ev.reads
        self.done = number

    def flows(self) -> dict[str, tuple[Flow, ...]]:
        """What flows from here at the level that was evaluated last, by the path of the target."""
        found: dict[str, set[Flow]] = {}
        for path, flow in self.settled:
            found.setdefault(path, set()).add(flow)
        for place in self.open.values():
            for path, flow in place.flows:
                found.setdefault(path, set()).add(flow)
        return {path: tuple(sorted(flows, key=repr)) for path, flows in sorted(found.items())}

    def finish(self, table: FlowTable) -> tuple[tuple[EdgeT, ...], tuple[UnresolvedT, ...]]:
        """All edges of the file, after the last level."""
        for n, place in self.open.items():
            self.settle(n, place)
            self.reads |= {("p", *owner) for owner in place.asked}
        ev = Evaluator(self.files, self.unit.path, table)
        for edge in references(ev, self.unit):
            self.add(edge)
        for edge in structure(ev, self.unit, self.edges, self.unresolved):
            self.add(edge)
        self.reads |= ev.reads | {("p", *owner) for owner in ev.asked | ev.asked_before}
        edges = [(src, kind, dst, MARKS[mark], at) for (src, kind, dst), (mark, at, _) in self.edges.items()]
        return tuple(sorted(edges)), tuple(sorted(set(self.unresolved)))

    def settle(self, n: int, place: Place) -> None:
        for edge in place.edges:
            self.add(edge)
        if place.unresolved:
            fact = self.places[n]
            self.unresolved.append((self.unit.scopes[fact[0]].node, "call", fact[3], tuple(fact[4])))

    def add(self, edge: Edge) -> None:
        known = self.edges.get(edge[:3])
        if known is None:
            self.edges[edge[:3]] = edge[3:]
        else:
            self.edges[edge[:3]] = (min(known[0], edge[3]), min(known[1], edge[4]), known[2])

    def evaluate(self, ev: Evaluator, n: int) -> Place:
        ev.begin()
        fact = self.places[n]
        place = self.call(ev, fact) if isinstance(fact, CallFact) else self.store(ev, *fact)
        place.asked = frozenset(ev.asked)
        return place

    def call(self, ev: Evaluator, fact: CallFact) -> Place:
        unit = self.unit
        arguments = Arguments(unit, fact.scope, fact.expr, fact.place[0])
        if fact.how == "decorator":
            arguments = decorating(ev, unit, fact, arguments)
        place = Place()
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
            self.called(ev, place, src, fact, value, arguments, mark, 0)
        ev.mark = mark
        place.unresolved = len(place.edges) == before and fact.how not in SILENT
        return place

    def called(
        self,
        ev: Evaluator,
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
        rules = self.unit.rules
        at = tuple(fact.place)
        if deep > 4:
            return
        if what in ("F", "S"):
            place.edges.append((src, "CALLS", value[2], mark, at, value[1]))
            place.flows += into_parameters(ev, value, arguments.after((value[3],)) if what == "S" else arguments)
        elif what == "C":
            place.edges.append((src, "INSTANTIATES", value[2], mark, at, value[1]))
            for one in self.unit.rules.choose(ev, self.unit.rules.constructors(ev, value), arguments):
                self.called(ev, place, src, fact, one, arguments, mark, deep + 1)
        elif what == "I":
            for one in ev.attribute(value, "__call__"):
                if one[0] in "FS":
                    self.called(ev, place, src, fact, one, arguments, max(mark, INFERRED), deep + 1)
        elif what == "P":
            given = arguments.behind(value[2])
            self.called(ev, place, src, fact, value[1], given, max(mark, INFERRED), deep + 1)
        elif what == "U":
            for base in rules.bases(ev, value[1]):
                if base[0] == "C":
                    for one in rules.choose(ev, rules.constructors(ev, base), arguments):
                        self.called(ev, place, src, fact, one, arguments, mark, deep + 1)
                    if not rules.constructors(ev, base):
                        place.edges.append((src, "CALLS", base[2], mark, at, base[1]))
                else:
                    place.edges.append((src, "CALLS", base[1], mark, at, ""))
        elif what in ("X", "B"):
            place.edges.append((src, "CALLS", value[1], mark, at, ""))
            for one, given in rules.outside_calls(ev, value, arguments):
                self.called(ev, place, src, fact, one, given, INFERRED, deep + 1)
        for path, owner, slot, kept in rules.handed(ev, value, arguments):
            place.flows.append((path, (owner, slot, kept)))

    def store(self, ev: Evaluator, scope: int, target: tuple, expr: tuple, row: int) -> Place:
        """`x.name = value` and `x[key] = value`: a flow into what x is."""
        place = Place()
        base = ev.expand(ev.values(self.unit, scope, target[1], row))
        values = [one for one in ev.values(self.unit, scope, expr, row) if one[0] in FLOWING]
        if not values or not base:
            return place
        if target[0] == "a":
            slots = [f".{target[2]}"]
        else:
            key = target[2] if target[0] == "s" else None
            keys = [one[1] for one in ev.expand(ev.values(self.unit, scope, key, row)) if one[0] == "k"]
            slots = [str(key) for key in keys] or [""]
        by_item = target[0] == "a" and self.unit.rules.attributes_are_items
        for one in base:
            if by_item and one[0] == "L":
                place.flows += [(one[1], (one, target[2], value)) for value in values]
                continue
            owner = owner_of(one, target[0])
            if owner is not None:
                place.flows += [(owner[0], (owner[1], slot, value)) for slot in slots for value in values]
        return place


def owner_of(value: Value, target: str) -> Owner | None:
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
