"""What is looked at while a file is linked, and evaluating once whatever the cycles."""

from __future__ import annotations

from collections.abc import Callable

from remora.isg.link.files import Files
from remora.isg.link.flows import Asked, FlowTable
from remora.isg.link.unit import Unit
from remora.isg.link.values import EXACT, INFERRED, NOTHING, Value, Values

# Evaluations that are under way at once, and evaluations for one place; real code needs a tenth of either.
MAX_DEPTH = 60
MAX_WORK = 2000
MAX_ROUNDS = 3
# What can be more than this is as good as unknown.
MOST_VALUES = 128
NO_CYCLE = 1 << 30


class Looks:
    """The looks of one file's evaluation at one level of flows, and what was found so far.

    Attributes:
        path: the file whose edges are wanted.
        reads: what was looked at in other files; see `symbols`.
        asked, asked_before: owners whose flows were looked at since `begin`, and before.
        context: (path, key, receiver) while the result of a method is evaluated for one receiver of a derived class.
        mark: how certain the values since the caller set it to EXACT are.
    """

    def __init__(self, files: Files, path: str, flows: FlowTable) -> None:
        self.files = files
        self.path = path
        self.flows = flows
        self.reads: set[tuple] = set()
        self.asked: set[Asked] = set()
        self.asked_before: set[Asked] = set()
        self.mark = EXACT
        self._memo: dict[tuple, tuple[Values, int, frozenset[Asked]]] = {}
        self._partial: dict[tuple, tuple[Values, int, frozenset[Asked]]] = {}
        # Names after all their bindings; the last item: whether it is the same before some of them.
        self._final: dict[tuple, tuple[Values, int, frozenset[Asked], bool]] = {}
        self._active: dict[tuple, int] = {}
        self._assumed: dict[tuple, Values] = {}
        self._lowest = NO_CYCLE
        self._work = 0
        self.context: tuple[str, str, Value] | None = None
        self._scopes: dict[tuple[str, str], tuple[Unit, int] | None] = {}
        self._units: dict[str, Unit | None] = {}  # held, so that the identity of an expression names it

    # Looking at files, each look remembered.

    def unit(self, path: str) -> Unit | None:
        if path not in self._units:
            self._units[path] = self.files.unit(path)
            if path != self.path:
                self.reads.add(("x", path))
        return self._units[path]

    def exists(self, path: str) -> bool:
        if path != self.path:
            self.reads.add(("x", path))
        return self.files.world.exists(path)

    def has_folder(self, folder: str) -> bool:
        self.reads.add(("fd", folder))
        return self.files.world.has_folder(folder)

    def listing(self, folder: str) -> tuple[str, ...]:
        self.reads.add(("ls", folder))
        return self.files.world.listing(folder)

    def named(self, name: str) -> tuple[str, ...]:
        self.reads.add(("nm", name))
        return self.files.world.named(name)

    def scope_of(self, path: str, key: str) -> tuple[Unit, int] | None:
        """The scope of a function or class, by its key."""
        at = (path, key)
        if at in self._scopes:
            return self._scopes[at]
        unit = self.unit(path)
        number = unit.scope_by_name.get(key) if unit else None
        found = None if unit is None or number is None else (unit, number)
        if found is not None and path != self.path:
            self.reads.add(("f" if found[0].scopes[found[1]].kind == "function" else "c", path, key))
        self._scopes[at] = found
        return found

    def reach(self, path: str, owner: object) -> dict[str, Values]:
        """What flows into an owner, by slot."""
        slots, asked = self.flows.every(path, owner)
        self.asked |= asked
        return slots

    def handed(self, path: str, owner: object, slot: str) -> Values:
        """What flows into a slot of an owner."""
        values, asked = self.flows.into(path, owner, slot)
        self.asked |= asked
        return values

    def stored(self, path: str, owner: str, name: str) -> Values:
        """What was stored from elsewhere into an attribute of a module, class, instance or function."""
        found = self.handed(path, owner, f".{name}")
        if found:
            self.least(INFERRED)
        return found

    def least(self, mark: int) -> None:
        """Say that what follows is no more certain than this."""
        self.mark = max(self.mark, mark)

    # Evaluating once, whatever the cycles.

    def once(self, key: tuple, compute: Callable[[], Values]) -> Values:
        """A value that is computed once. What is under way gives what the last round gave."""
        if self.context is not None:
            key = (self.context, *key)
        known = self._memo.get(key) or self._partial.get(key)
        if known is not None:
            if known[1] > self.mark:
                self.mark = known[1]
            if known[2]:
                self.asked |= known[2]
            return known[0]
        depth = len(self._active)
        if key in self._active:
            self._lowest = min(self._lowest, self._active[key])
            return self._assumed.get(key, NOTHING)
        self._work += 1
        if depth >= MAX_DEPTH or self._work > MAX_WORK:
            self._lowest = 0
            return NOTHING
        outer = self.mark, self.asked, self._lowest
        self.mark, self.asked, self._lowest = EXACT, set(), NO_CYCLE
        self._active[key] = depth
        found = compute()
        rounds = 0
        while self._lowest == depth and found != self._assumed.get(key, NOTHING) and rounds < MAX_ROUNDS:
            self._assumed[key] = found  # it depends on itself: once more with what is known by now
            self._partial.clear()
            found = compute() if self._work <= MAX_WORK else found
            rounds += 1
        if rounds and self._lowest == depth and found == self._assumed[key]:
            self._memo.update(self._partial)  # whatever depends on it was found with what it is
            self._partial.clear()
        if len(found) > MOST_VALUES:
            found = NOTHING
        self._assumed.pop(key, None)
        del self._active[key]
        kept = (found, self.mark, frozenset(self.asked))
        if self._lowest >= depth and self._work <= MAX_WORK:
            self._memo[key] = kept
            lowest = outer[2]
        else:  # a part of a cycle that is not closed yet: good for this place only
            self._partial[key] = kept
            lowest = min(outer[2], self._lowest)
        self.mark, self._lowest = max(outer[0], kept[1]), lowest
        self.asked = outer[1] | kept[2] if kept[2] else outer[1]
        if not self._active:
            self._partial.clear()
            self._lowest = NO_CYCLE
        return found

    def begin(self) -> None:
        """Before each place: full certainty, nothing asked, all the work still to spend."""
        self.asked_before |= self.asked
        self.mark, self.asked, self._work = EXACT, set(), 0
        self._partial.clear()

    def look(self, at: tuple) -> None:
        """Remember a look at something in another file: (what, unit, …)."""
        if at[1].path != self.path:
            self.reads.add((at[0], at[1].path, *at[2:]))
