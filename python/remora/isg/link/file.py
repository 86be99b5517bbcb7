"""One file's linking, level by level, until its edges are known."""

from __future__ import annotations

from collections.abc import Iterable

import msgpack

from remora.isg.facts import PlaceT
from remora.isg.link.evaluate import Evaluator
from remora.isg.link.files import Files
from remora.isg.link.flows import ANY, NO_FLOWS, Asked, Flow, FlowTable
from remora.isg.link.places import Meaning, evaluate, tasks
from remora.isg.link.symbols import packed, symbol_hash
from remora.isg.link.values import MARKS
from remora.isg.world import EdgeT, UnresolvedT


class FileLink:
    """The linking of one file. Call `level` with the tables of flows in order, then `finish`.

    Between levels it keeps what its places came to, and not the file's facts: those of a large repository do not fit
    into the memory that linking may take.
    """

    def __init__(self, files: Files, path: str) -> None:
        self.files = files
        self.path = path
        self.reads = packed((symbol_hash(("p", path, "", ANY)),))
        self.kept: dict[tuple[Asked, ...], tuple[Asked, ...]] = {}  # the same looks are kept once
        self.edges: dict[tuple[int, str, str], tuple[int, PlaceT]] = {}
        self.unresolved: list[UnresolvedT] = []
        self.settled: set[tuple[str, Flow]] = set()
        self.open: dict[int, Meaning] = {}
        self.away = b""
        self.count = 0
        self.is_test = False
        self._flows: dict[str, tuple[Flow, ...]] | None = None
        self.done = -1

    def level(self, number: int, tables: list[FlowTable]) -> None:
        """Evaluate every place with the flows of the level below; again only where those say something new.

        Args:
            tables: of the levels 0 … number - 1.
        """
        # What callers hand to the functions of a test is not followed: tests are called by nobody.
        if number <= self.done or self.is_test:
            return
        self.done = number
        table = tables[number - 1] if number else NO_FLOWS
        before = tables[number - 2] if number > 1 else NO_FLOWS
        again: Iterable[int] | None = None
        if number:
            own = (self.path, "", ANY)
            if table.differs(before, own):  # a name of the module was bound from another file
                self.edges.clear()
                self.unresolved.clear()
                self.away = b""
                self.settled.clear()
                self.open = dict.fromkeys(range(self.count), Meaning(asked=(own,)))
            asked_before = set().union(*(place.asked for place in self.open.values()))
            new = {one for one in asked_before if table.differs(before, one)}
            self.note(look for one in (own, *asked_before) if table.slots(*one[:2]) for look in looks_of(table, one))
            again = [n for n, place in self.open.items() if not new.isdisjoint(place.asked)]
            if not again:
                return
        unit = self.files.unit(self.path)
        self._flows = None
        if unit is None:
            return
        places = tasks(unit)
        self.count = len(places)
        self.is_test = unit.is_test
        ev = Evaluator(self.files, self.path, table)
        asked: set[Asked] = set()
        for n in range(self.count) if again is None else again:
            place = evaluate(ev, unit, places[n])
            if place.asked and not self.is_test:
                asked.update(place.asked)
                self.open[n] = place._replace(asked=self.kept.setdefault(place.asked, place.asked))
            else:
                self.open.pop(n, None)
                self.settle(place)
                self.settled.update(place.flows)
        self.note(asked, ev.reads)
        self.put_away()

    def note(self, asked: Iterable[Asked], reads: Iterable[tuple] = ()) -> None:
        """Remember looks at flows and at other files."""
        looks = {symbol_hash(("p", *one)) for one in asked}
        looks.update(map(symbol_hash, reads), memoryview(self.reads).cast("q"))
        self.reads = packed(looks)

    def flows(self) -> dict[str, tuple[Flow, ...]]:
        """What flows from here at the level that was evaluated last, by the path of the target."""
        if self._flows is not None:
            return self._flows
        found: dict[str, set[Flow]] = {}
        for path, flow in self.settled:
            found.setdefault(path, set()).add(flow)
        for place in self.open.values():
            for path, flow in place.flows:
                found.setdefault(path, set()).add(flow)
        made = {path: tuple(self.marked(flow) for flow in sorted(found[path], key=repr)) for path in sorted(found)}
        self._flows = made
        return made

    def marked(self, flow: Flow) -> Flow:
        return (flow[0], flow[1], flow[2], True) if self.is_test else flow

    def finish(self) -> tuple[tuple[EdgeT, ...], tuple[UnresolvedT, ...]]:
        """All edges of the file, after the last level."""
        self.take_out()
        for place in self.open.values():
            self.settle(place)
        edges = [(src, kind, dst, MARKS[mark], at) for (src, kind, dst), (mark, at) in self.edges.items()]
        return tuple(sorted(edges)), tuple(sorted(set(self.unresolved)))

    def put_away(self) -> None:
        """Keep what is settled as bytes, a fifth of the size, until the last level is done."""
        self.take_out()
        self.away = msgpack.packb((list(self.edges.items()), self.unresolved), unicode_errors="surrogatepass")
        self.edges, self.unresolved = {}, []

    def take_out(self) -> None:
        if self.away:
            edges, unresolved = msgpack.unpackb(self.away, use_list=False, unicode_errors="surrogatepass")
            for (src, kind, dst), (mark, at) in edges:
                self.add(src, kind, dst, mark, at)
            self.unresolved += unresolved
            self.away = b""

    def settle(self, place: Meaning) -> None:
        """Take over the edges of a place: of several between two nodes the best mark and the first place."""
        for src, kind, dst, mark, at, _ in place.edges:
            self.add(src, kind, dst, mark, at)
        self.unresolved += place.unresolved

    def add(self, src: int, kind: str, dst: str, mark: int, at: PlaceT) -> None:
        known = self.edges.get((src, kind, dst))
        self.edges[src, kind, dst] = (mark, at) if known is None else (min(known[0], mark), min(known[1], at))


def looks_of(table: FlowTable, one: Asked) -> frozenset[Asked]:
    """Everything that a look goes through in a table, the parameters that are handed on included: a change of any of
    them can matter later, also where the outcome is the same now.
    """
    path, owner, slot = one
    return table.every(path, owner)[1] if slot == ANY else table.into(path, owner, slot)[1]
