"""What calls hand to parameters, and what is stored into containers and attributes from elsewhere.

A flow says: `value` reaches `slot` of `owner`. The owner is a function's key (slot: the parameter's name), a class's,
module's or function's key (slot: "." and an attribute), or a container value (slot: a key, or "" for any item).
Flows are found level by level: those of level n come from evaluating with the flows of level n - 1, none at the start.
A level's result therefore depends on nothing but the files, in whatever order they are linked.
What tests hand over counts only where nothing else is handed over: they try what no caller does, thousands of times.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from remora.isg.link.values import Value, Values

Flow = tuple[object, str, Value] | tuple[object, str, Value, bool]
"""(owner within its file, slot, value); a fourth item says that it comes from a test."""

Asked = tuple[str, object, str]
"""(path, owner, slot) of a look at what flows somewhere; the slot ANY stands for all of them."""

ANY = "*"

# A parameter that objects of more classes than this reach, or more containers, says nothing about a single call; a table
# of callbacks may be longer.
MOST_OBJECTS = 12
MOST_FUNCTIONS = 64
FUNCTIONS = frozenset("FCSP")
CONTAINERS = frozenset("LVYRG")


class FlowTable:
    """The flows of one level, by their target's file.

    Args:
        load: everything that flows into a file at this level.
    """

    def __init__(self, load: Callable[[str], Iterable[Flow]]) -> None:
        self._load = load
        self._files: dict[str, dict[object, Any]] = {}  # for an owner its flows, or what `by_slot` makes of them
        self._closed: dict[Asked, tuple[Values, frozenset[Asked]]] = {}

    def forget(self) -> None:
        """Give back what was worked out; it is worked out again when it is asked for."""
        self._files, self._closed = {}, {}

    def slots(self, path: str, owner: object) -> dict[str, Values]:
        """What flows into an owner directly, by slot; values in a fixed order."""
        file = self._files.get(path)
        if file is None:
            file = self._files[path] = {}
            for flow in self._load(path):
                file.setdefault(flow[0], []).append(flow)
        found = file.get(owner)
        if found.__class__ is list:  # of all who are handed something in a file few are asked for
            found = file[owner] = by_slot(found)
        return found or NO_SLOTS

    def into(self, path: str, owner: object, slot: str) -> tuple[Values, frozenset[Asked]]:
        """What reaches a slot of an owner, through parameters that are handed on as well.

        Returns:
            Values, parameters among them replaced by what reaches those; and every look that this took.
        """
        key = (path, owner, slot)
        direct = self.slots(path, owner).get(slot)
        if direct is None:
            return (), frozenset((key,))
        known = self._closed.get(key)
        if known is None:
            asked: set[Asked] = {key}
            reached = fewest(self._close(direct, asked))
            known = self._closed[key] = (reached, frozenset(asked))
        return known

    def every(self, path: str, owner: object) -> tuple[dict[str, Values], frozenset[Asked]]:
        """What reaches each slot of an owner."""
        asked: set[Asked] = {(path, owner, ANY)}
        found: dict[str, Values] = {}
        for slot in self.slots(path, owner):
            values, looks = self.into(path, owner, slot)
            asked |= looks
            if values:
                found[slot] = values
        return found, frozenset(asked)

    def differs(self, other: FlowTable, asked: Asked) -> bool:
        """Whether a look gives something else in another table."""
        path, owner, slot = asked
        here, there = self.slots(path, owner), other.slots(path, owner)
        if not here and not there:
            return False
        if slot == ANY:
            return self.every(path, owner)[0] != other.every(path, owner)[0]
        if slot not in here and slot not in there:
            return False
        return self.into(path, owner, slot)[0] != other.into(path, owner, slot)[0]

    def _close(self, values: Values, asked: set[Asked]) -> Values:
        if not any(value[0] == "p" for value in values):
            return values
        found: dict[Value, None] = {}
        seen: set[Value] = set()
        waiting = list(values)
        while waiting:
            value = waiting.pop()
            if value[0] != "p":
                found[value] = None
            elif value not in seen:
                seen.add(value)
                asked.add((value[1], value[2], value[3]))
                waiting.extend(self.slots(value[1], value[2]).get(value[3], ()))
        return tuple(sorted(found, key=repr))


def by_slot(flows: Iterable[Flow]) -> dict[str, Values]:
    """The values that reach each slot, in a fixed order; those from tests where there are no others."""
    code: dict[str, dict[Value, None]] = {}
    tests: dict[str, dict[Value, None]] = {}
    for flow in flows:
        (code if len(flow) == 3 else tests).setdefault(flow[1], {})[flow[2]] = None
    return {slot: tuple(sorted(values, key=repr)) for slot, values in (tests | code).items()}


def fewest(values: Values) -> Values:
    """Values, without the kind of them that are too many to mean something."""
    if len(values) <= MOST_OBJECTS:
        return values
    count = Counter(map(kind_of, values))
    few = {kind for kind, number in count.items() if number <= (MOST_FUNCTIONS if kind == "function" else MOST_OBJECTS)}
    return tuple(value for value in values if kind_of(value) in few)


def kind_of(value: Value) -> str:
    return "function" if value[0] in FUNCTIONS else "container" if value[0] in CONTAINERS else "object"


NO_SLOTS: dict[str, Values] = {}
NO_FLOWS = FlowTable(lambda path: ())
