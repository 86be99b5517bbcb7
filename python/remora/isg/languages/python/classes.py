"""What a class statement does beside making a class: it tells the bases, and calls what they and the metaclass have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.link.classes import linearised, search
from remora.isg.link.overriding import SUBCLASS
from remora.isg.link.values import NOTHING, Value, Values, union

if TYPE_CHECKING:
    from remora.isg.link.calls import Arguments
    from remora.isg.link.evaluate import Evaluator

# What stands for a base among the things that a class statement calls.
BASE = ("base", 0)


def class_statement(ev: Evaluator, values: Values) -> Values:
    """Of the bases that a class statement names: the functions that it calls, and the bases themselves."""
    found: list[Values] = []
    for value in values:
        if value[0] == "C":
            found.append((("L", *value[1:3], BASE, ()),))
            called = [ev.attribute(value, "__init_subclass__")]
            called += [metaclass_member(ev, value, name) for name in ("__new__", "__init__")]
            found.append(tuple(("F", one[1], one[2]) for one in union(*called) if one[0] in "FS"))
        elif value[0] in "FS":  # a metaclass's method
            found.append((value,))
    return union(*found)


def metaclass_member(ev: Evaluator, value: Value, name: str) -> Values:
    """A method that the metaclass of a class has, or of the nearest base that names one."""
    for entry in linearised(ev, value):
        found = ev.scope_of(entry[1], entry[2]) if entry[0] == "C" else None
        meta = found[0].scopes[found[1]].extra.get("metaclass") if found else None
        if found and meta:
            unit, number = found
            classes = [one for one in ev.values(unit, max(unit.scopes[number].parent, 0), meta) if one[0] == "C"]
            own = union(*(search(ev, linearised(ev, one), name, one) for one in classes))
            return tuple(("S", one[1], one[2], value) for one in own if one[0] == "F")
    return NOTHING


def derived(ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[str, object, str, Value]]:
    """What a class statement hands to a base: the class, once for all whom it may concern."""
    if callee[3] != BASE:
        return []
    made = [one for one in arguments.at(ev, 0) if one[0] == "C"]
    return [(callee[1], callee[2], SUBCLASS, one) for one in made]
