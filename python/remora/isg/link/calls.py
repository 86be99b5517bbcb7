"""Calls: which argument reaches which parameter, and what a call gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from remora.isg.facts import Expr, Scope
from remora.isg.link.flows import Flow
from remora.isg.link.items import item
from remora.isg.link.unit import Unit
from remora.isg.link.values import FLOWING, INFERRED, NOTHING, Value, Values, union

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator


class Arguments:
    """What a call hands over, and where the call stands.

    Attributes:
        expr: the call, ("c", callee, args, named); None when values are given instead.
        row: of the call's statement, for names bound in the same scope.
        first: values that come before the arguments: a receiver, or what a partial was given.
    """

    __slots__ = ("expr", "first", "row", "scope", "unit")

    def __init__(
        self, unit: Unit, scope: int, expr: Expr, row: int | None = None, first: tuple[Values, ...] = ()
    ) -> None:
        self.unit = unit
        self.scope = scope
        self.expr = expr
        self.row = row
        self.first = first

    @classmethod
    def given(cls, unit: Unit, scope: int, *first: Values) -> Arguments:
        """A call with values, where no text stands for it."""
        return cls(unit, scope, None, None, first)

    def after(self, receiver: Values) -> Arguments:
        """The same call with a receiver before its arguments."""
        return Arguments(self.unit, self.scope, self.expr, self.row, (receiver, *self.first))

    def behind(self, given: int) -> Arguments:
        """The same call behind so many arguments that a partial was given before."""
        return Arguments(self.unit, self.scope, self.expr, self.row, (*((NOTHING,) * given), *self.first))

    @property
    def callee(self) -> Expr:
        return self.expr[1] if self.expr else None

    @property
    def plain(self) -> tuple[Expr, ...]:
        return self.expr[2] if self.expr else ()

    @property
    def named(self) -> tuple[tuple[str, Expr], ...]:
        return self.expr[3] if self.expr else ()

    def values(self, ev: Evaluator, expr: Expr) -> Values:
        return ev.values(self.unit, self.scope, expr, self.row)

    def at(self, ev: Evaluator, position: int, name: str = "") -> Values:
        """Argument number `position`, or the one named `name`."""
        if position < len(self.first):
            return self.first[position]
        index = position - len(self.first)
        if index < len(self.plain) and not any(is_spread(one) for one in self.plain[: index + 1]):
            return self.values(ev, self.plain[index])
        return next((self.values(ev, expr) for key, expr in self.named if name and key == name), NOTHING)

    def rest(self, ev: Evaluator, position: int) -> tuple[Values, ...]:
        """The arguments from a position on."""
        given = [*self.first, *(self.values(ev, one) for one in self.plain)]
        return tuple(given[position:])


def is_spread(expr: Expr) -> bool:
    return bool(expr) and expr[0] == "*"


def reaching(
    ev: Evaluator, unit: Unit, number: int, arguments: Arguments, wanted: str | None = None
) -> Iterator[tuple[str, Values]]:
    """What reaches each parameter of a function.

    Args:
        unit, number: the function's file and scope.
        wanted: the one slot that is asked for; None: all.

    Yields:
        (slot, values). The slot of a rest parameter is its name; a named argument that it takes adds ":" and the name.
    """
    places, names, rest, others = unit.slots(number)
    position = 0
    for values in arguments.first:
        slot = places[position] if position < len(places) else rest
        position += 1
        if slot is not None and wanted in (None, slot):
            yield slot, values
    for expr in arguments.plain:
        if is_spread(expr):
            yield from spread(ev, arguments, expr, (*places[position:], *([rest] if rest else ())), wanted)
            break
        slot = places[position] if position < len(places) else rest
        position += 1
        if slot is not None and wanted in (None, slot):
            yield slot, arguments.values(ev, expr)
    for name, expr in arguments.named:
        if name == "**":
            for value in ev.expand(arguments.values(ev, expr)):
                for slot in (*names, *([others] if others else ())):
                    if wanted in (None, slot):
                        yield slot, item(ev, value, slot if slot != others else None)
        elif name in names:
            if wanted in (None, name):
                yield name, arguments.values(ev, expr)
        elif others is not None and (wanted is None or wanted.partition(":")[0] == others):
            yield f"{others}:{name}", arguments.values(ev, expr)


def spread(
    ev: Evaluator, arguments: Arguments, expr: Expr, slots: tuple[str, ...], wanted: str | None
) -> Iterator[tuple[str, Values]]:
    """`*args` in a call: each of its items may reach each place that is left, by order where that is known."""
    values = ev.expand(arguments.values(ev, expr))
    for n, slot in enumerate(slots):
        if wanted in (None, slot):
            yield slot, union(*(item(ev, value, n, sequence=True) for value in values))


def result(ev: Evaluator, callee: Value, arguments: Arguments) -> Values:
    """What calling a value gives."""
    what = callee[0]
    if what == "F":
        return returned(ev, callee, arguments, None)
    if what == "S":
        return returned(ev, callee, arguments.after((callee[3],)), callee[3])
    if what == "C":
        return (("I", callee[1], callee[2]),)
    if what == "I":
        return union(*(result(ev, one, arguments) for one in called_method(ev, callee, "__call__")))
    if what == "P":
        return result(ev, callee[1], arguments.behind(callee[2]))
    if what == "X":
        arguments_rules = arguments.unit.rules
        return arguments_rules.outside_result(ev, callee[1], arguments)
    if what == "B":
        return arguments.unit.rules.method_result(ev, callee[1], callee[2], arguments)
    if what == "Y":
        return callable_result(ev, callee)
    return NOTHING


def called_method(ev: Evaluator, value: Value, name: str) -> Values:
    """A method that the language itself calls on an instance."""
    return tuple(one for one in ev.attribute(value, name) if one[0] in "FS")


def callable_result(ev: Evaluator, value: Value) -> Values:
    """`Callable[[…], R]` gives an R."""
    unit = ev.unit(value[1])
    number = unit.scope_by_name.get(value[2]) if unit else None
    key = value[3][2] if value[3][0] == "s" else None
    if unit is None or number is None or not key or key[0] != "l" or not key[2]:
        return NOTHING
    return unit.rules.annotated(ev, unit, number, key[2][-1])


def returned(ev: Evaluator, callee: Value, arguments: Arguments, receiver: Value | None) -> Values:
    """What a function returns: its return statements, its declared type; its parameters filled in by this call."""
    path, key = callee[1], callee[2]
    found = ev.scope_of(path, key)
    if found is None:
        return NOTHING
    unit, number = found
    scope = unit.scopes[number]
    if "generator" in scope.flags:
        return (("G", path, key, receiver),)
    outer, ev.context = ev.context, derived(unit, number, callee)
    try:
        values = ev.once(("r", path, key), lambda: own_result(ev, unit, number, scope))
    finally:
        ev.context = outer
    if not any(value[0] == "p" and value[1] == path and value[2] == key for value in values):
        return values
    out: list[Values] = []
    for value in values:
        if value[0] == "p" and value[1] == path and value[2] == key:
            out += [given for _, given in reaching(ev, unit, number, arguments, value[3])]
        else:
            out.append((value,))
    return union(*out)


def derived(unit: Unit, number: int, callee: Value) -> tuple[str, str, Value] | None:
    """The receiver, where it is of another class than the one the method is written in."""
    if callee[0] != "S" or callee[3][0] not in "IC":
        return None
    parent = unit.scopes[number].parent
    if parent < 0 or unit.scopes[parent].kind != "class" or callee[3][1:3] == (unit.path, unit.scope_names[parent]):
        return None
    return callee[1], callee[2], callee[3][:3]


def own_result(ev: Evaluator, unit: Unit, number: int, scope: Scope) -> Values:
    found = [ev.values(unit, number, one) for one in scope.returns]
    if scope.result is not None:
        mark = ev.mark
        declared = unit.rules.annotated(ev, unit, max(scope.parent, 0), scope.result)
        ev.mark = max(mark, INFERRED)
        found.append(declared)
    return union(*found)


def into_parameters(ev: Evaluator, value: Value, arguments: Arguments) -> Iterator[tuple[str, Flow]]:
    """What a call hands to the parameters of the function it calls."""
    found = ev.scope_of(value[1], value[2])
    if found is None:
        return
    unit, number = found
    scope = unit.scopes[number]
    settled: set[str] = set()
    if unit.rules.settles:
        settled = {one.name for n, one in enumerate(scope.parameters) if unit.rules.settled(ev, unit, number, n)}
        if settled and len(settled) == len(scope.parameters):
            return
    mark = ev.mark
    owner = ev.class_value(unit, scope.parent) if scope.parent >= 0 else None
    for slot, values in reaching(ev, unit, number, arguments):
        if slot in settled:
            continue
        for one in values:
            if owner is not None and one[0] == "I" and one[1:3] == owner[1:3] and is_receiver(unit, number, slot):
                continue
            if one[0] in FLOWING or (one[0] == "k" and slot in unit.key_names(number)):
                yield value[1], (value[2], slot, one)
    ev.mark = mark


def is_receiver(unit: Unit, number: int, slot: str) -> bool:
    parameters = unit.scopes[number].parameters
    return bool(parameters) and parameters[0].name == slot
