"""What Python's built-in functions and the library's give and call, as far as values go through them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from remora.isg.link.calls import Arguments, result
from remora.isg.link.classes import accessor, members_like
from remora.isg.link.items import item, iterated
from remora.isg.link.values import HEURISTIC, NOTHING, Value, Values, union

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator

# Functions that give back (an iterable of) what they are handed; the number is the argument's.
SAME_ITEMS = {"list": 0, "tuple": 0, "set": 0, "frozenset": 0, "sorted": 0, "reversed": 0, "iter": 0, "aiter": 0}
# Functions of the library that give back an argument, or its items; the number is the argument's.
KEEPING = {
    "ext:itertools.islice": 0,
    "ext:itertools.cycle": 0,
    "ext:itertools.takewhile": 1,
    "ext:itertools.dropwhile": 1,
    "ext:functools.update_wrapper": 0,
}
SAME_VALUE = frozenset(
    {"ext:copy.copy", "ext:copy.deepcopy", "ext:typing.cast", "ext:functools.wraps", "ext:functools.update_wrapper"}
)
# Functions that call one of their arguments at once: which one, or the name it is given by.
HANDED = frozenset("FSCPI")
CALLING = {
    "builtin:sorted": (99, "key"),
    "builtin:min": (99, "key"),
    "builtin:max": (99, "key"),
    "ext:collections.defaultdict": (0, ""),
    "builtin:list.sort": (99, "key"),
    "ext:itertools.starmap": (0, ""),
}

# Functions that give one item of what they are handed, and those that put one into it: which argument is which.
ITEM_OF = {
    "ext:heapq.heappop": 0,
    "ext:heapq.heapreplace": 0,
    "ext:heapq.heappushpop": 0,
    "ext:random.choice": 0,
}
ITEMS_OF = {"ext:heapq.nsmallest": 1, "ext:heapq.nlargest": 1, "ext:heapq.merge": 0, "ext:random.sample": 0}
PUTTING = frozenset({"ext:heapq.heappush", "ext:heapq.heapreplace", "ext:heapq.heappushpop", "ext:bisect.insort"})

NAMED_CALL = re.compile(r"\s*(\w+)\(\)\s*")


def outside_result(ev: Evaluator, key: str, arguments: Arguments) -> Values:
    name = key.removeprefix("builtin:")
    if key == "builtin:super":
        return super_object(ev, arguments)
    if name in SAME_ITEMS and key != name:
        return ev.expand(arguments.at(ev, 0)) or (("Z", key),)
    if key == "builtin:enumerate":
        return tuple(("R", "enumerate", one) for one in ev.expand(arguments.at(ev, 0)))
    if key == "builtin:zip":
        parts = [ev.expand(values) for values in arguments.rest(ev, 0)]
        return (("R", "zip", tuple(one[0] for one in parts)),) if parts and all(parts) else (("Z", key),)
    if key == "builtin:next":
        return union(*(following(ev, one) for one in ev.expand(arguments.at(ev, 0))))
    if key in ("builtin:type",) and len(arguments.plain) == 1:
        return tuple(("C", *one[1:3]) for one in ev.expand(arguments.at(ev, 0)) if one[0] == "I") or (("Z", key),)
    if key == "builtin:getattr":
        ev.least(HEURISTIC)
        names = names_of(ev, arguments)
        found = [ev.attributes(arguments.at(ev, 0), one) for one in names]
        beginnings = [one[1] for one in arguments.at(ev, 1) if one[0] == "f"]
        objects = [one for one in ev.expand(arguments.at(ev, 0)) if one[0] == "I"] if beginnings else []
        found += [members_like(ev, one, beginning) for one in objects for beginning in beginnings]
        return union(*found, arguments.at(ev, 2))
    if key == "ext:functools.partial":
        rest = arguments.rest(ev, 1)
        return tuple(("P", one, len(rest)) for one in ev.expand(arguments.at(ev, 0)))
    if key in ("builtin:map", "ext:itertools.starmap"):
        return mapped(ev, arguments)
    if key == "builtin:filter":
        return arguments.at(ev, 1)
    if key == "ext:types.MethodType":
        return bound_method(ev, arguments)
    if key in ITEM_OF:
        return union(*(iterated(ev, one) for one in ev.expand(arguments.at(ev, ITEM_OF[key]))))
    if key in ITEMS_OF:
        return ev.expand(arguments.at(ev, ITEMS_OF[key]))
    if key == "ext:operator.methodcaller":
        return tuple(("R", "methodcaller", one[1]) for one in arguments.at(ev, 0) if one[0] == "k")
    if key in KEEPING:
        return ev.expand(arguments.at(ev, KEEPING[key]))
    if key in ("ext:itertools.chain", "ext:itertools.chain.from_iterable"):
        given = ev.expand(union(*arguments.rest(ev, 0)))
        if key.endswith("chain"):
            return (("R", "chain", given),) if given else (("Z", key),)
        return (("R", "chain", ev.expand(union(*(iterated(ev, one) for one in given)))),)
    if key in ("builtin:staticmethod", "builtin:classmethod"):
        return arguments.at(ev, 0)
    if key in ("builtin:property", "ext:functools.cached_property"):
        return tuple(("R", "property", one) for one in arguments.at(ev, 0, "fget") if one[0] == "F")
    if key.endswith(".__new__"):
        return tuple(("I", *one[1:3]) for one in ev.expand(arguments.at(ev, 0)) if one[0] == "C")
    if key == "ext:typing.cast":
        named = arguments.unit.rules.annotated(ev, arguments.unit, arguments.scope, first_plain(arguments))
        classes = tuple(one for one in named if one[0] == "I")
        return classes or arguments.at(ev, 1) or named  # a type variable or a callable says less than the value
    if key in SAME_VALUE:
        return arguments.at(ev, 0) if not key.startswith("ext:functools") else (("Z", key),)
    if key in ("builtin:min", "builtin:max"):
        return union(*(iterated(ev, one) for one in ev.expand(arguments.at(ev, 0))))
    if key == "builtin:dict":
        return ev.expand(arguments.at(ev, 0)) or (("Z", key),)
    return (("Z", key),)


def names_of(ev: Evaluator, arguments: Arguments) -> list[str]:
    """Attributes that a call of `getattr` may ask for, as far as they are known."""
    return [one[1] for one in ev.expand(arguments.at(ev, 1)) if one[0] == "k" and isinstance(one[1], str)]


def first_plain(arguments: Arguments):
    return arguments.plain[0] if arguments.plain else None


def following(ev: Evaluator, value: Value) -> Values:
    if value[0] == "I":
        found = [one for one in ev.attribute(value, "__next__") if one[0] in "FS"]
        return union(*(result(ev, one, Arguments.given(ev.unit(ev.path), 0)) for one in found))  # ty: ignore[invalid-argument-type]
    return iterated(ev, value)


def super_object(ev: Evaluator, arguments: Arguments) -> Values:
    """`super()` in a method of a class, or `super(C, self)`."""
    unit, number = arguments.unit, arguments.scope
    while number >= 0:
        receiver = ev.receiver(unit, number) if unit.scopes[number].kind == "function" else NOTHING
        if receiver:
            break
        number = unit.scopes[number].parent
    else:
        return NOTHING
    owner = ("C", *receiver[0][1:3])
    if arguments.plain:
        named = [one for one in arguments.at(ev, 0) if one[0] == "C"]
        owner = named[0] if named else owner
    objects = [receiver[0], *ev.expand(receiver[1:])]
    return tuple(("U", owner, one) for one in objects if one[0] in "IC")


def bound_method(ev: Evaluator, arguments: Arguments) -> Values:
    receivers = ev.expand(arguments.at(ev, 1))
    functions = [one for one in ev.expand(arguments.at(ev, 0)) if one[0] == "F"]
    return tuple(("S", *one[1:3], receiver) for one in functions for receiver in receivers if receiver[0] in "IC")


def mapped(ev: Evaluator, arguments: Arguments) -> Values:
    """What the function of `map` gives, as a container with that one item; nothing but its calls is kept."""
    found: list[Values] = []
    for one in ev.expand(arguments.at(ev, 0)):
        if one[0] in "FSCPI":
            found.append((("R", "mapped", one),))
    return union(*found) or (("Z", "builtin:map"),)


def outside_calls(ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[Value, Arguments]]:
    """Functions that are called at once, because they were handed to something that calls them; and with what."""
    unit, scope, key = arguments.unit, arguments.scope, callee[1]
    if key == "builtin:eval":
        texts = [one[1] for one in arguments.at(ev, 0) if one[0] == "k" and isinstance(one[1], str)]
        names = [match[1] for text in texts if (match := NAMED_CALL.fullmatch(text))]
        found = union(*(ev.name(unit, scope, name, arguments.row) for name in names))
        return [(one, Arguments.given(unit, scope)) for one in found if one[0] in HANDED]
    if key == "builtin:getattr":
        objects = [one for one in ev.expand(arguments.at(ev, 0)) if one[0] == "I"]
        read = union(*(accessor(ev, one, name) for one in objects for name in names_of(ev, arguments)))
        return [(one, Arguments.given(unit, scope)) for one in read]
    if key in ("builtin:map", "builtin:filter", "ext:itertools.starmap"):
        given = [ev.expand(values) for values in arguments.rest(ev, 0)]
        items = tuple(union(*(iterated(ev, one) for one in values)) for values in given[1:])
        called = union(*given)
        found = [(one, Arguments.given(unit, scope, *items)) for one in called if one[0] in "FSCP"]
        return found + [(one, Arguments.given(unit, scope)) for one in asked_methods(ev, called, items)]
    if key == "ext:functools.reduce":
        items = union(*(iterated(ev, one) for one in ev.expand(arguments.at(ev, 1))))
        called = [one for one in ev.expand(arguments.at(ev, 0)) if one[0] in HANDED]
        return [(one, Arguments.given(unit, scope, union(items, arguments.at(ev, 2)), items)) for one in called]
    iterators: list[tuple[Value, Arguments]] = []
    if key.removeprefix("builtin:") in SAME_ITEMS and key.startswith("builtin:"):
        objects = [one for one in ev.expand(arguments.at(ev, 0)) if one[0] == "I"]
        methods = [one for value in objects for one in ev.attribute(value, "__iter__") if one[0] in "FS"]
        iterators = [(one, Arguments.given(unit, scope)) for one in methods]
    place = CALLING.get(key)
    if place is None:
        return iterators
    handed = ev.expand(arguments.at(ev, *place))
    called = [one for one in handed if one[0] in HANDED or one[:2] == ("R", "methodcaller")]
    several = (callee[2],) if callee[0] == "B" else ev.expand(arguments.at(ev, 0)) if called else NOTHING
    items = union(*(iterated(ev, one) for one in several)) if called else NOTHING
    found = [(one, Arguments.given(unit, scope, items)) for one in called if one[0] in HANDED]
    return [*iterators, *found, *((one, Arguments.given(unit, scope)) for one in asked_methods(ev, handed, (items,)))]


def asked_methods(ev: Evaluator, called: Values, items: tuple[Values, ...]) -> list[Value]:
    """What `methodcaller(name)` calls of the items it is handed."""
    names = [one[2] for one in called if one[:2] == ("R", "methodcaller")]
    found = [ev.attributes(items[0], name) for name in names if items]
    return [one for one in union(*found) if one[0] in "FS"]


def method_result(ev: Evaluator, key: str, of: Value, arguments: Arguments) -> Values:
    name = key.rpartition(".")[2]
    if name in ("get", "get_nowait", "pop", "setdefault", "popleft", "__getitem__"):
        keys = [one[1] for one in ev.expand(arguments.at(ev, 0)) if one[0] == "k"]
        found = [item(ev, of, one) for one in keys or [None]]
        return union(*found, arguments.at(ev, 1) if name != "popleft" else NOTHING)
    if name == "popitem":
        return item(ev, of, None)
    if name in ("values", "copy", "elements"):
        return (("R", "values", of),) if name == "values" else (of,)
    if name == "items":
        return (("R", "items", of),)
    if name in ("keys",):
        return (of,)
    if name in ("send", "__next__"):
        return iterated(ev, of)
    if of[0] == "f":
        return (("f", of[1].lower() if name in ("lower", "casefold") else of[1]),)
    if of[0] == "k" and isinstance(of[1], str):
        return (("Z", "builtin:str"),)
    return NOTHING
