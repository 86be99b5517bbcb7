"""What the language's own functions and methods give, call and keep: arrays, maps, promises, `bind` and `Object.assign`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.languages.callbacks import called_with_items, functions_of
from remora.isg.languages.ecmascript.known import ASSIGNING, CALLING, CALLING_METHODS, WRAPPING
from remora.isg.link.calls import Arguments, into_parameters, result
from remora.isg.link.items import item, iterated
from remora.isg.link.values import FLOWING, INFERRED, NOTHING, Value, Values, union

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator

Handed = list[tuple[str, object, str, Value]]

BIND = "builtin:Function.bind"
KEEPING = frozenset({"add", "push", "set", "unshift"})
MAKING = frozenset({"useMemo", "useState"})
AWAITED = frozenset({"then", "catch", "finally"})
# Functions that a component hands to its framework, which calls them while it shows the component.
EFFECTS = frozenset({"useEffect", "useInsertionEffect", "useLayoutEffect", "useMemo", "useState", "startTransition"})
# Methods of arrays, maps and promises, by what they give.
GIVING_SAME = frozenset(
    {
        "catch", "concat", "copyWithin", "entries", "fill", "filter", "finally", "flat", "reverse", "slice", "sort",
        "splice", "toReversed", "toSorted", "toSpliced", "values", "with",
    }
)  # fmt: skip
GIVING_ITEM = frozenset(["at", "find", "findLast", "get", "pop", "shift"])
# Of the keeping methods those that give the container back.
CHAINED = frozenset({"add", "set"})
# What these give is as good as what they are given.
SAME = frozenset(
    {
        "Array.from", "Object.create", "Object.defineProperties", "Object.defineProperty", "Object.fromEntries",
        "Promise.all", "Promise.allSettled", "Promise.resolve", "structuredClone",
    }
)  # fmt: skip
VIEWS = {
    "Object.values": "values",
    "Object.entries": "items",
    "Object.keys": "keys",
    "Object.getOwnPropertyNames": "keys",
    "Reflect.ownKeys": "keys",
}
ONE_OF = frozenset({"Promise.any", "Promise.race"})
LISTENING = frozenset({"addListener", "on", "once", "prependListener", "prependOnceListener"})
# Modules whose functions call the last function that they are given, once.
CALLING_BACK = tuple(f"ext:node:{one}." for one in ("child_process", "dns", "fs", "zlib"))
MOST_KEYS = 64


def outside_calls(ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[Value, Arguments]]:
    """What of its arguments something outside calls at once, and with what."""
    name = callee[1].partition(":")[2]
    last = name.rpartition(".")[2]
    if last == "emit" and callee[0] == "X":
        return emitted(ev, arguments)
    if name == "Reflect.apply":
        given = Arguments.given(arguments.unit, arguments.scope)
        return [(one, given) for one in ev.expand(arguments.at(ev, 0)) if one[0] in "FSCP"]
    if callee[1].startswith(CALLING_BACK) and arguments.plain:
        given = Arguments.given(arguments.unit, arguments.scope)
        back = ev.expand(arguments.at(ev, len(arguments.plain) - 1))
        return [(one, given) for one in back if one[0] in "FSP"]
    if name not in CALLING and last not in CALLING_METHODS and last not in EFFECTS:
        return []
    if last in AWAITED:
        first = (callee[2],) if callee[0] == "B" and last == "then" else ()
        given = Arguments.given(arguments.unit, arguments.scope, *([first] if first else []))
        return [(one, given) for one in functions_of(ev, arguments)]
    if last.startswith("reduce") and callee[0] == "B":
        given = reducing(ev, callee[2], arguments)
        return [(one, given) for one in functions_of(ev, arguments)]
    if name == "Array.from":
        items = union(*(iterated(ev, one) for one in ev.expand(arguments.at(ev, 0))))
        given = Arguments.given(arguments.unit, arguments.scope, items)
        return [(one, given) for one in ev.expand(arguments.at(ev, 1)) if one[0] in "FSCP"]
    return called_with_items(ev, callee, arguments)


def reducing(ev: Evaluator, of: Value, arguments: Arguments) -> Arguments:
    """What `reduce` hands to its function: the first value or what the function gave before, and an item."""
    mark = ev.mark
    items = item(ev, of, None, sequence=True)
    start = ev.expand(arguments.at(ev, 1)) if len(arguments.plain) > 1 else items
    ev.mark = mark
    return Arguments.given(arguments.unit, arguments.scope, start, items)


def method_result(ev: Evaluator, key: str, of: Value, arguments: Arguments) -> Values:
    """What a method of a built-in type gives."""
    name = key.rpartition(".")[2]
    if name in GIVING_SAME or (name in CHAINED and of[0] == "L"):
        return (of,)
    if name in GIVING_ITEM:
        return item(ev, of, None)
    if name.startswith("reduce"):
        given = reducing(ev, of, arguments)
        return union(given.first[0], *(result(ev, one, given) for one in functions_of(ev, arguments)))
    functions = functions_of(ev, arguments) if name in ("then", "map", "flatMap") else NOTHING
    if name == "then":
        given = Arguments.given(arguments.unit, arguments.scope, (of,))
        return union(*(result(ev, one, given) for one in functions))
    return tuple(("R", "mapped", one) for one in functions)


def outside_result(ev: Evaluator, key: str, arguments: Arguments) -> Values:
    """What wraps a function or a component is as good as what it wraps; others give what they are given, or a part."""
    name = key.partition(":")[2]
    last = name.rpartition(".")[2]
    if key == BIND:
        return bound(ev, arguments)
    if name in WRAPPING or last in WRAPPING or name in ASSIGNING:
        given = tuple(one for one in arguments.at(ev, 0) if one[0] in "FSCILM")
        if given:
            ev.least(INFERRED)
            return given
    if last in MAKING:  # what a function makes, as it is or as the first of a pair
        functions = functions_of(ev, arguments)
        if functions and name.endswith("useState"):
            return tuple(("R", "zipped", (("R", "mapped", one),)) for one in functions)
        if functions:
            given = Arguments.given(arguments.unit, arguments.scope)
            return union(*(result(ev, one, given) for one in functions))
    if key.startswith("builtin:"):
        if name in SAME and (len(arguments.plain) == 1 or name != "Array.from"):
            return ev.expand(arguments.at(ev, 0)) or (("Z", key),)
        if name == "Array.from":
            return tuple(("R", "mapped", one) for one in ev.expand(arguments.at(ev, 1)) if one[0] in "FSCP")
        if name == "Proxy":  # what it stands before, seen through
            return ev.expand(arguments.at(ev, 0)) or (("Z", key),)
        if name in ONE_OF:
            return union(*(iterated(ev, one) for one in ev.expand(arguments.at(ev, 0))))
        if name in VIEWS:
            return tuple(("R", VIEWS[name], one) for one in ev.expand(arguments.at(ev, 0)) if one[0] in "LYI")
        if name == "Reflect.construct":
            return union(*(result(ev, one, arguments) for one in ev.expand(arguments.at(ev, 0)) if one[0] == "C"))
    return (("Z", key),)


def bound(ev: Evaluator, arguments: Arguments) -> Values:
    """`f.bind(object, a)` is f with an argument given; a method that somebody named `bind` gives what it returns."""
    given = max(len(arguments.plain) - 2, 0)
    found: list[Values] = []
    for one in ev.expand(arguments.at(ev, 0)):
        if one[0] in "FSCP":
            found.append((("P", one, given) if given else one,))
        elif one[0] == "I":
            found += [result(ev, own, arguments) for own in ev.attribute(one, "bind")]
    return union(*found)


def handed(ev: Evaluator, callee: Value, arguments: Arguments) -> Handed | None:
    """What containers, bound functions and objects that are assigned to keep; None for other calls."""
    if callee[0] == "B":
        return kept(ev, callee, arguments)
    if callee[0] != "X":
        return None
    if callee[1] == BIND:
        return bound_early(ev, arguments)
    if callee[1].rpartition(".")[2] in LISTENING:
        return listened(ev, arguments)
    name = callee[1].partition(":")[2]
    return assigned(ev, arguments) if name == "Object.assign" or name in ASSIGNING else None


def kept(ev: Evaluator, callee: Value, arguments: Arguments) -> Handed:
    """`xs.push(f)`, `map.set(key, f)`: what an array, a set or a map keeps."""
    container, name = callee[2], callee[1].rpartition(".")[2]
    if container[0] != "L" or name not in KEEPING:
        return []
    given = arguments.at(ev, 1) if name == "set" else union(*arguments.rest(ev, 0))
    return [(container[1], container, "", one) for one in given if one[0] in FLOWING]


def bound_early(ev: Evaluator, arguments: Arguments) -> Handed:
    """`f.bind(object, x)` hands x to f, and the object as its `this`."""
    found: Handed = []
    rest = arguments.rest(ev, 1)
    for one in ev.expand(arguments.at(ev, 0)):
        if one[0] not in "FS" or not rest:
            continue
        first = ((one[3],), *rest[1:]) if one[0] == "S" else rest[1:]
        given = Arguments(arguments.unit, arguments.scope, None, arguments.row, first)
        found += [(path, flow[0], flow[1], flow[2]) for path, flow in into_parameters(ev, one, given)]
        if one[0] == "F" and takes_this(ev, one):
            found += [(one[1], one[2], "this", this) for this in rest[0] if this[0] in FLOWING]
    return found


def emitter(ev: Evaluator, arguments: Arguments) -> list[tuple[str, str]]:
    """(path, owner) of what an emitter's listeners are kept with: its class, or this file for one made from outside."""
    callee = arguments.callee
    if not callee or callee[0] != "a":
        return []
    mark = ev.mark
    found = ev.expand(ev.values(arguments.unit, arguments.scope, callee[1], arguments.row))
    ev.mark = mark
    made = [(one[1], one[2]) for one in found if one[0] == "I"]
    return made or [(arguments.unit.path, "<events>") for one in found if one[0] == "Z" and "events" in one[1]][:1]


def events(ev: Evaluator, arguments: Arguments) -> list[str]:
    return [f"on {one[1]}" for one in ev.expand(arguments.at(ev, 0)) if one[0] == "k"]


def listened(ev: Evaluator, arguments: Arguments) -> Handed:
    """`emitter.on("event", f)`"""
    names = events(ev, arguments)
    functions = [one for one in ev.expand(arguments.at(ev, 1)) if one[0] in "FSCP"] if names else []
    owners = emitter(ev, arguments) if functions else []
    return [(path, owner, name, one) for path, owner in owners for name in names for one in functions]


def emitted(ev: Evaluator, arguments: Arguments) -> list[tuple[Value, Arguments]]:
    """What `emitter.emit("event", value)` calls: its listeners, with what comes after the event."""
    names = events(ev, arguments)
    owners = emitter(ev, arguments) if names else []
    functions = union(*(ev.handed(path, owner, name) for path, owner in owners for name in names))
    given = Arguments.given(arguments.unit, arguments.scope, *(arguments.rest(ev, 1) if functions else ()))
    return [(one, given) for one in functions]


def takes_this(ev: Evaluator, function: Value) -> bool:
    place = ev.scope_of(function[1], function[2])
    return place is not None and any(
        one.name == "this" and one.kind == "k" for one in place[0].scopes[place[1]].parameters
    )


def assigned(ev: Evaluator, arguments: Arguments) -> Handed:
    """`Object.assign(target, source)`: what the source has under its names, the target has too."""
    found: Handed = []
    sources = [one for values in arguments.rest(ev, 1) for one in ev.expand(values) if one[0] == "L"]
    pairs = [(key[1], one) for one in sources for key in iterated(ev, one) if key[0] == "k"][:MOST_KEYS]
    for target in ev.expand(arguments.at(ev, 0)) if pairs else ():
        if target[0] not in "CIFLM":
            continue
        owner: object = target if target[0] == "L" else "" if target[0] == "M" else target[2]
        dot = "" if target[0] == "L" else "."
        for key, source in pairs:
            values = [one for one in item(ev, source, key) if one[0] in FLOWING]
            found += [(target[1], owner, f"{dot}{key}", one) for one in values]
    return found
