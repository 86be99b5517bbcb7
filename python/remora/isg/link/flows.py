"""What calls hand to parameters, and what is stored into containers and attributes from elsewhere.

A flow says: `value` reaches `slot` of `owner`. The owner is a function's key (slot: the parameter's name), a class's,
module's or function's key (slot: "." and an attribute), or a container value (slot: a key, or "" for any item).
Flows are found level by level: those of level n come from evaluating with the flows of level n - 1, none at the start.
A level's result therefore depends on nothing but the files, in whatever order they are linked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from remora.isg.link.values import Value, Values

Owner = tuple[str, object]
"""(path, key or container value)"""

Flow = tuple[object, str, Value]
"""(owner within its file, slot, value)"""

# A slot that more values reach than this says nothing about a single call.
MOST_VALUES = 24


class FlowTable:
    """The flows of one level, by their target's file.

    Args:
        load: everything that flows into a file at this level.
    """

    def __init__(self, load: Callable[[str], Iterable[Flow]]) -> None:
        self._load = load
        self._files: dict[str, dict[object, dict[str, Values]]] = {}
        self._closed: dict[tuple[str, object], tuple[dict[str, Values], frozenset[Owner]]] = {}

    def slots(self, path: str, owner: object) -> dict[str, Values]:
        """What flows into an owner directly, by slot; values in a fixed order."""
        file = self._files.get(path)
        if file is None:
            gathered: dict[object, dict[str, dict[Value, None]]] = {}
            for target, slot, value in self._load(path):
                gathered.setdefault(target, {}).setdefault(slot, {})[value] = None
            file = {
                target: {slot: tuple(sorted(values, key=repr)) for slot, values in slots.items()}
                for target, slots in gathered.items()
            }
            self._files[path] = file
        return file.get(owner, {})

    def into(self, path: str, owner: object) -> tuple[dict[str, Values], frozenset[Owner]]:
        """What reaches an owner, through parameters that are handed on as well.

        Returns:
            Values by slot, parameters among them replaced by what reaches those; and every owner that was asked.
        """
        known = self._closed.get((path, owner))
        if known is None:
            asked: set[Owner] = {(path, owner)}
            found = {}
            for slot, values in self.slots(path, owner).items():
                reached = self._close(values, asked)
                if 0 < len(reached) <= MOST_VALUES:
                    found[slot] = reached
            known = self._closed[path, owner] = (found, frozenset(asked))
        return known

    def _close(self, values: Values, asked: set[Owner]) -> Values:
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
                asked.add((value[1], value[2]))
                waiting.extend(self.slots(value[1], value[2]).get(value[3], ()))
        return tuple(sorted(found, key=repr))


NO_FLOWS = FlowTable(lambda path: ())
