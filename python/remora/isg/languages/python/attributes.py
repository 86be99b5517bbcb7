"""What Python calls when an attribute is read or set: descriptors, and `__getattr__` for what is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.facts import Expr
from remora.isg.link.calls import Arguments, called_method, result
from remora.isg.link.classes import has_member
from remora.isg.link.values import HEURISTIC, NOTHING, Value, Values, union

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator


def descriptor(ev: Evaluator, value: Value, write: bool) -> Values:
    """The method of an object in a class that reading or setting it through an instance calls."""
    return found_or_nothing(ev, value, "__set__" if write else "__get__")


def found_or_nothing(ev: Evaluator, value: Value, name: str) -> Values:
    """A method of the language's protocols; that there is none, or one outside, makes nothing less certain."""
    mark = ev.mark
    found = called_method(ev, value, name)
    if not found:
        ev.mark = mark
    return found


def fallback(ev: Evaluator, value: Value, name: str) -> Values:
    """`__getattr__`, when it is asked for an attribute that neither the object nor its class has."""
    if name.startswith("__"):
        return NOTHING
    mark = ev.mark
    found = found_or_nothing(ev, value, "__getattr__")
    if not found or has_member(ev, value, name):
        ev.mark = mark
        return NOTHING
    return found


def given_by(ev: Evaluator, value: Value, name: str) -> Values:
    """What `__getattr__` gives; `return getattr(self.other, name)` is what the other has."""
    found: list[Values] = []
    for method in fallback(ev, value, name):
        where = ev.scope_of(method[1], method[2])
        if where is None:
            continue
        unit, number = where
        ev.least(HEURISTIC)
        for one in unit.scopes[number].returns:
            target = asked(one, unit.scopes[number].parameters[-1].name)
            if target is not None:
                found.append(ev.attributes(ev.values(unit, number, target), name))
        found.append(result(ev, method, Arguments.given(unit, number, (("k", name),))))
    return union(*found)


def asked(expr: Expr, name: str) -> Expr:
    """What `getattr` is asked of for the attribute that a parameter names."""
    if not expr or expr[0] != "c" or expr[1] != ("n", "getattr") or len(expr[2]) < 2 or expr[2][1] != ("n", name):
        return None
    return expr[2][0]
