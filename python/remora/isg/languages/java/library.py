"""What the collections, streams and functional interfaces of Java's library give and call, as far as values go through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.languages.callbacks import called_with_items, functions_of
from remora.isg.link.calls import Arguments, result
from remora.isg.link.items import item, iterated
from remora.isg.link.values import NOTHING, Value, Values, union

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator

# Methods of functional interfaces that make another function instead of calling this one.
COMBINING = frozenset({"andThen()", "compose()", "negate()", "and()", "or()", "equals()", "hashCode()", "toString()"})
# Methods of collections, by what they give.
GIVING_ITEM = frozenset(
    {
        "element()", "elementAt()", "findAny()", "findFirst()", "first()", "get()", "getFirst()", "getLast()",
        "getOrDefault()", "join()", "last()", "next()", "orElse()", "orElseGet()", "orElseThrow()", "peek()", "poll()",
        "pollFirst()", "pollLast()", "pop()", "remove()", "take()",
    }
)  # fmt: skip
GIVING_SAME = frozenset(
    {
        "descendingIterator()", "distinct()", "filter()", "iterator()", "limit()", "listIterator()", "parallelStream()",
        "skip()", "sorted()", "stream()", "subList()", "toList()", "values()",
    }
)  # fmt: skip
CALLING = frozenset(
    {
        "allMatch()", "anyMatch()", "computeIfAbsent()", "computeIfPresent()", "filter()", "flatMap()", "forEach()",
        "ifPresent()", "ifPresentOrElse()", "map()", "mapToDouble()", "mapToInt()", "mapToLong()", "mapToObj()",
        "noneMatch()", "orElseGet()", "orElseThrow()", "peek()", "reduce()", "removeIf()", "replaceAll()", "sort()",
        "sorted()", "takeWhile()", "dropWhile()", "forEachOrdered()", "compute()", "max()", "min()",
        "assertThrows()", "assertDoesNotThrow()", "doPrivileged()", "execute()", "exceptionally()", "handle()",
        "invokeAndWait()", "invokeLater()", "runAsync()", "submit()", "supplyAsync()", "thenAccept()", "thenApply()",
        "thenCompose()", "thenRun()", "whenComplete()",
    }
)  # fmt: skip
# What they call gets two items at once.
COMPARING = frozenset({"max()", "min()", "reduce()", "sort()", "sorted()"})
OF_STREAMS = GIVING_ITEM | GIVING_SAME | CALLING | {"getKey()", "getValue()"}


def method_result(ev: Evaluator, key: str, of: Value, arguments: Arguments) -> Values:
    name = method_of(key)
    if name in GIVING_ITEM:
        return item(ev, of, None)
    if of[0] == "R" and of[1] == "pair" and name in ("getKey()", "getValue()"):
        return item(ev, of, int(name == "getValue()"))
    if ev.builtin_type(of).endswith("map") and name in ("values()", "entrySet()", "keySet()"):
        return (of,) if name == "keySet()" else (("R", "values" if name == "values()" else "items", of),)
    if name in ("map()", "flatMap()", "mapToObj()"):
        functions = ev.expand(arguments.at(ev, 0))
        if name == "flatMap()":
            given = Arguments.given(arguments.unit, arguments.scope)
            return union(*(result(ev, one, given) for one in functions if one[0] in ("F", "S")))
        return tuple(("R", "mapped", one) for one in functions if one[0] in ("F", "S"))
    return (of,) if name in GIVING_SAME else NOTHING


def outside_calls(ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[Value, Arguments]]:
    name = method_of(callee[1])
    if name not in CALLING:
        return []
    if name == "forEach()" and callee[0] == "B" and ev.builtin_type(callee[2]).endswith("map"):
        functions = functions_of(ev, arguments)
        mark = ev.mark
        pair = (iterated(ev, callee[2]), item(ev, callee[2], None)) if functions else ()
        ev.mark = mark
        return [(one, Arguments.given(arguments.unit, arguments.scope, *pair)) for one in functions]
    if name in COMPARING:
        return comparing(ev, callee, arguments)
    return called_with_items(ev, callee, arguments, int(name == "computeIfPresent()"))


def comparing(ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[Value, Arguments]]:
    """What compares or joins items gets two of them: of what it is a method of, or `Arrays.sort(items, …)` of that."""
    functions = functions_of(ev, arguments)
    mark = ev.mark
    own = callee[0] == "B" and callee[2][0] != "Z"
    of = (callee[2],) if own else ev.expand(arguments.at(ev, 0)) if functions else NOTHING
    items = union(*(item(ev, one, None, sequence=True) for one in of)) if functions else NOTHING
    ev.mark = mark
    given = Arguments.given(arguments.unit, arguments.scope, items, items)
    return [(one, given) for one in functions]


def method_of(key: str) -> str:
    name = key.rpartition(".")[2]
    return name if name.endswith("()") else f"{name}()"
