"""Classes: the order in which bases are searched, and what an attribute of a class or an instance is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from remora.isg.link.calls import Arguments, result
from remora.isg.link.overriding import fulfilled, fulfilled_getter
from remora.isg.link.values import HEURISTIC, INFERRED, NOTHING, Value, Values, union

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator

# Bases that bring no members of their own that matter here.
WITHOUT_MEMBERS = frozenset(
    {"builtin:object", "ext:typing.Generic", "ext:typing.Protocol", "ext:abc.ABC", "ext:typing_extensions.Protocol"}
)


def linearised(ev: Evaluator, value: Value) -> Values:
    """A class and its bases in the order they are searched: the C3 order, depth first where there is none.

    Source of the order: Barrett et al., "A Monotonic Superclass Linearization for Dylan", OOPSLA 1996.
    """

    def compute() -> Values:
        unit = ev.unit(value[1])
        if unit is None:
            return (value,)
        bases = [base for base in unit.rules.bases(ev, value) if base != value]
        orders = [list(linearised(ev, base)) if base[0] == "C" else [base] for base in bases]
        merged = merge([*orders, bases])
        return (value, *(one for one in merged if one != value))

    return ev.once(("mro", value), compute)


def merge(orders: Iterable[list[Value]]) -> list[Value]:
    lists = [list(one) for one in orders if one]
    found: list[Value] = []
    while lists:
        head = next((one[0] for one in lists if not any(one[0] in other[1:] for other in lists)), None)
        if head is None:  # no consistent order: a program that would not run
            return list(dict.fromkeys([*found, *(value for one in lists for value in one)]))
        found.append(head)
        lists = [rest for one in lists if (rest := [value for value in one if value != head])]
    return found


def is_protocol(ev: Evaluator, value: Value) -> bool:
    """Whether a class only says what others have: then it does not settle what an instance is."""
    return any(one[0] == "X" and one[1].endswith((".Protocol", ".ABC")) for one in linearised(ev, value))


def class_attribute(ev: Evaluator, value: Value, name: str, receiver: Value) -> Values:
    """What the search through a class's order finds first, bound to the receiver."""
    order = linearised(ev, value)
    found = union(fulfilled(ev, value, name, search(ev, order, name, receiver)), *assigned(ev, order, name))
    unit = ev.unit(value[1])
    return found or (unit.rules.class_fallback(ev, value, name) if unit else NOTHING)


def super_attribute(ev: Evaluator, value: Value, name: str) -> Values:
    """The search that goes on behind a class in the order of the receiver's class."""
    _, after, receiver = value
    order = linearised(ev, ("C", *receiver[1:3]))
    at = order.index(after) + 1 if after in order else 0
    found = search(ev, order[at:], name, receiver)
    unit = ev.unit(after[1])
    return found or (unit.rules.of_every_object(name) if unit else NOTHING)


def search(ev: Evaluator, order: Values, name: str, receiver: Value) -> Values:
    found: Values = NOTHING
    first = outside = ""
    first_is_property = False
    for entry in order:
        if found and (entry[0] != "C" or entry[2].partition("~")[0] != first):
            continue
        if entry[0] == "X":
            outside = outside or ("" if entry[1] in WITHOUT_MEMBERS else entry[1])
            continue
        here = own_member(ev, entry, name)
        if here:  # a class that is defined twice, in branches, is two classes of one name: both may hold
            first_is_property = first_is_property or any(is_property(ev, one) for one in here)
            found = union(found, *(bound(ev, one, entry, receiver) for one in here))
            first = entry[2].partition("~")[0]
            if outside:
                ev.least(INFERRED)
    if not found or not first_is_property:  # what is assigned to a property goes to its setter
        found = union(found, *(ev.stored(one[1], one[2], name) for one in order if one[0] == "C"))
    if outside and not found:
        ev.least(HEURISTIC)
        return (("X", f"{outside}.{name}"),)
    return found


def is_property(ev: Evaluator, value: Value) -> bool:
    if value[0] == "R":
        return value[1] == "property"
    found = ev.scope_of(value[1], value[2]) if value[0] == "F" else None
    return found is not None and "property" in found[0].scopes[found[1]].flags


def members_like(ev: Evaluator, value: Value, beginning: str) -> Values:
    """Every attribute of an instance's class whose name begins so."""
    names: dict[str, None] = {}
    for entry in linearised(ev, ("C", *value[1:3])):
        unit = ev.unit(entry[1]) if entry[0] == "C" else None
        if unit is None:
            continue
        for where, number in unit.rules.class_scopes(ev, entry):
            ev.look(("N", where, where.scope_names[number]))
            names.update((name, None) for name in where.scopes[number].names if name.startswith(beginning))
    return union(*(ev.attribute(value, name) for name in names))


def own_member(ev: Evaluator, entry: Value, name: str) -> Values:
    """What a class itself binds a name to, in its text."""
    unit = ev.unit(entry[1])
    if unit is None:
        return NOTHING
    found: list[Values] = []
    for where, number in unit.rules.class_scopes(ev, entry):
        here = ev.binding(where, number, name, None)
        if here is not None:
            found.append(here)
    return union(*found)


def instance_attribute(ev: Evaluator, value: Value, name: str) -> Values:
    """What was assigned to the object, and what its class has."""
    unit = ev.unit(value[1])
    if unit is not None and name == unit.rules.class_of:
        return (("C", *value[1:3]),)
    order = linearised(ev, ("C", *value[1:3]))
    found = union(*assigned(ev, order, name))
    in_class = fulfilled(ev, value, name, search(ev, order, name, value))
    if found and any(one[0] == "X" for one in in_class):
        return found
    found = union(found, in_class)
    return found or (unit.rules.given_by_fallback(ev, value, name) if unit is not None else NOTHING)


def has_member(ev: Evaluator, value: Value, name: str) -> bool:
    """Whether an instance may have an attribute: a class of its order binds it, or stands outside."""
    for entry in linearised(ev, ("C", *value[1:3])):
        unit = ev.unit(entry[1]) if entry[0] == "C" else None
        if unit is None:
            if entry[1] in WITHOUT_MEMBERS:
                continue
            return True
        for where, number in unit.rules.class_scopes(ev, entry):
            ev.look(("s", where, where.scope_names[number], name))
            ev.look(("b", where, where.scope_names[number], name))
            scope = where.scopes[number]
            if name in scope.attributes or name in scope.names:
                return True
    return bool(ev.stored(value[1], value[2], name))


def assigned(ev: Evaluator, order: Iterable[Value], name: str) -> list[Values]:
    """What methods assign to an attribute of the object or the class."""
    found: list[Values] = []
    for entry in order:
        unit = ev.unit(entry[1]) if entry[0] == "C" else None
        if unit is None:
            continue
        for where, number in unit.rules.class_scopes(ev, entry):
            ev.look(("s", where, where.scope_names[number], name))
            stores = where.scopes[number].attributes.get(name, ())
            for index, (scope, expr, row) in enumerate(stores):
                found.append(ev.values(where, scope, expr, row, (f"@{name}", index, number)))
    if len(found) > 1:
        ev.least(INFERRED)
    return found


def bound(ev: Evaluator, value: Value, owner: Value, receiver: Value) -> Values:
    """A member as it is seen through an instance or a class: methods bound, properties read."""
    if value[0] == "R" and value[1] == "property" and receiver[0] == "I":
        unit = ev.unit(owner[1])
        return result(ev, bound_to(value[2], receiver), Arguments.given(unit, 0)) if unit else NOTHING
    if value[0] == "I" and receiver[0] == "I" and (unit := ev.unit(owner[1])):
        getters = unit.rules.descriptor(ev, value, write=False)
        given = Arguments.given(unit, 0, (receiver,), (("C", *receiver[1:3]),))
        return union(*(result(ev, one, given) for one in getters)) or (value,)
    if value[0] != "F":
        return (value,)
    found = ev.scope_of(value[1], value[2])
    if found is None:
        return (value,)
    unit, number = found
    flags = unit.scopes[number].flags
    if "static" in flags:
        return (value,)
    if "property" in flags and "classmethod" in flags and receiver[0] == "C":
        return result(ev, bound_to(value, receiver), Arguments.given(unit, number))
    if "property" in flags:
        if receiver[0] == "C":
            return (value,)
        return result(ev, bound_to(value, receiver), Arguments.given(unit, number))
    if "classmethod" in flags:
        return (("S", value[1], value[2], ("C", *receiver[1:3])),)
    if receiver[0] == "C" or unit.scopes[number].kind != "function":
        return (value,)
    return (("S", value[1], value[2], receiver),)


def bound_to(value: Value, receiver: Value) -> Value:
    return ("S", value[1], value[2], receiver)


def accessor(ev: Evaluator, value: Value, name: str) -> Values:
    """The function that reading an attribute of an instance calls; nothing for a plain attribute."""

    def compute() -> Values:
        found = fulfilled_getter(ev, value, name, own_getter(ev, value, name))
        unit = ev.unit(value[1]) if value[0] == "I" and not found else None
        return unit.rules.fallback(ev, value, name) if unit is not None else found

    return ev.once(("get", value, name), compute)


def own_getter(ev: Evaluator, value: Value, name: str) -> Values:
    """The same, where a class that only promises it counts as well."""
    return found_accessor(ev, value, name, write=False)


def writer(ev: Evaluator, value: Value, name: str) -> Values:
    """The function that assigning to an attribute of an instance calls; nothing for a plain attribute."""

    def compute() -> Values:
        mark = ev.mark
        if any(one[0] in "FS" for one in ev.attribute(value, "__setattr__")):
            return NOTHING  # it decides what is called
        ev.mark = mark
        return found_accessor(ev, value, name, write=True)

    return ev.once(("set", value, name), compute)


def found_accessor(ev: Evaluator, value: Value, name: str, write: bool) -> Values:
    order = linearised(ev, ("C", *value[1:3]) if value[0] == "I" else ("C", *value[2][1:3]))
    after = order.index(value[1]) + 1 if value[0] == "U" and value[1] in order else 0
    for entry in order[after:]:
        unit = ev.unit(entry[1]) if entry[0] == "C" else None
        if unit is None:
            return NOTHING
        for one in own_member(ev, entry, f"{name}=") if write and unit.rules.attributes_are_items else ():
            return (one,) if one[0] == "F" else NOTHING
        for one in own_member(ev, entry, name):
            if one[0] == "R" and one[1] == "property":
                return (one[2],)
            if one[0] == "I":
                return unit.rules.descriptor(ev, one, write)
            found = ev.scope_of(one[1], one[2]) if one[0] == "F" else None
            if found is None or "property" not in found[0].scopes[found[1]].flags:
                return NOTHING
            return setter(ev, entry, name) if write else (one,)
    return NOTHING


def setter(ev: Evaluator, entry: Value, name: str) -> Values:
    found = ev.scope_of(entry[1], entry[2])
    if found is None:
        return NOTHING
    unit, number = found
    ev.look(("b", unit, unit.scope_names[number], name))
    for one in unit.scopes[number].names.get(name, ()):
        inner = unit.scope_of_node.get(one.expr[1]) if one.expr and one.expr[0] == "d" else None
        if inner is not None and any(d and d[0] == "a" and d[2] == "setter" for d in unit.scopes[inner].decorators):
            return (("F", unit.path, unit.scope_names[inner]),)
    return NOTHING
