"""Members that a class only promises: what its subclasses put in their place.

A method that is abstract, or does nothing but raise NotImplementedError, is never what a call through an instance
reaches. Which classes derive from a class is a flow (`Rules.handed`): the class statement hands it to its bases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.link.values import INFERRED, NOTHING, Value, Values, union

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator

SUBCLASS = "<subclass>"
MOST_CLASSES = 64


def is_promise(ev: Evaluator, value: Value) -> bool:
    """Whether a function only says what subclasses have."""
    found = ev.scope_of(value[1], value[2]) if value[0] in "FS" else None
    return found is not None and found[0].rules.is_promise(found[0].scopes[found[1]])


def subclasses(ev: Evaluator, path: str, key: str) -> Values:
    """Classes that derive from a class, at whatever distance, those that are nearest first."""
    found: dict[Value, None] = {}
    waiting = [(path, key)]
    while waiting and len(found) < MOST_CLASSES:
        for one in ev.handed(*waiting.pop(0), SUBCLASS):
            if one[0] == "C" and one not in found:
                found[one] = None
                waiting.append((one[1], one[2]))
    return tuple(found)


def overriders(ev: Evaluator, value: Value, name: str) -> list[tuple[Value, Values]]:
    """(class, what it binds a name to) of the classes below an instance's or class's own."""
    from remora.isg.link.classes import own_member

    bound = [(one, own_member(ev, one, name)) for one in subclasses(ev, value[1], value[2])]
    return [(one, found) for one, found in bound if found and not any(is_promise(ev, each) for each in found)]


def fulfilled(ev: Evaluator, value: Value, name: str, found: Values) -> Values:
    """What the search for a member of an instance or a class found, its promises replaced by what fulfils them."""
    from remora.isg.link.classes import bound, own_getter

    promises = [one for one in found if one[0] in "FS" and is_promise(ev, one)]
    if not promises:
        if value[0] != "I" or any(one[0] in "FS" for one in found):
            return found
        getter = own_getter(ev, value, name)
        if not getter or not is_promise(ev, getter[0]):
            return found
    more: list[Values] = []
    for one, members in overriders(ev, value, name):
        more += [bound(ev, member, one, (value[0], *one[1:3])) for member in members]
    if not any(more):
        return found
    ev.least(INFERRED)
    return union(tuple(one for one in found if one not in promises), *more)


def fulfilled_getter(ev: Evaluator, value: Value, name: str, getter: Values) -> Values:
    """The same for the functions that reading an attribute calls."""
    if value[0] != "I" or not any(is_promise(ev, one) for one in getter):
        return getter
    from remora.isg.link.classes import is_property

    more = [
        one for _, members in overriders(ev, value, name) for one in members if one[0] == "F" and is_property(ev, one)
    ]
    if more:
        ev.least(INFERRED)
    return tuple(more) or getter or NOTHING
