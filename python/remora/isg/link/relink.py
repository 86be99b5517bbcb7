"""Which files have to be linked again after a change, and their linking, level by level."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from remora.isg.link.file import FileLink
from remora.isg.link.files import Files
from remora.isg.link.flows import ANY, Asked, Flow, FlowTable
from remora.isg.link.symbols import changed_symbols, symbol_hash
from remora.isg.values import FileGraph
from remora.isg.world import Linked, Links, World

# Flows are followed this often: a callback that is handed to a callback needs two, a visitor of a nested tree three.
# A decorated function that is handed on in a loop needs four: of sqlparse's recorded calls (doc/measured.md) 1 in 100.
LEVELS = 4
# Shares of the time that the levels and the end take where everything is linked, as measured on Django 5.2.
WORK = (40, 13, 13, 12, 12, 10)
ALL_WORK = sum(WORK)

Flows = dict[str, tuple[Flow, ...]]
Progress = Callable[[int, int], None]


def relink(
    world: World,
    links: Links,
    changes: Mapping[str, tuple[FileGraph | None, FileGraph | None]],
    put: Callable[[str, Linked], None],
    progress: Progress | None = None,
    everything: bool = False,
) -> None:
    """Link changed files and every file that a change can matter to.

    The result is what linking everything from nothing gives: whatever a file's edges depend on was noted when it was
    linked, and what flows from file to file is compared level by level.

    Args:
        changes: by path, the file as it was when it was linked last, and as it is now; None: was not there, is gone.
        everything: no earlier run has linked anything, so nobody has looked at what came.
        put: called once for each file whose edges are to be replaced, in the order of paths.
        progress: called with (work done, work in all) now and then; what it raises ends the run.
    """
    run = Run(world, links, changes, everything)
    for level in range(LEVELS):
        run.evaluate(level, progress)
        run.close(level)
    run.finish(put, progress)


class Run:
    """One relinking: the files that take part, and the tables of flows so far."""

    def __init__(
        self,
        world: World,
        links: Links,
        changes: Mapping[str, tuple[FileGraph | None, FileGraph | None]],
        everything: bool,
    ) -> None:
        self.files = Files(world)
        self.links = links
        # Nobody can have looked at what comes when nothing was linked yet; reading it all to find that out takes long.
        self.gone = set() if everything else {path for path, (_, new) in changes.items() if new is None}
        self.dirty: set[str] = set(changes) - self.gone
        self.linked: dict[str, FileLink] = {}
        self.tables: list[FlowTable] = []
        self.fresh: list[dict[str, Flows]] = []
        if not everything:
            self.readers(changed_symbols(changes))

    def readers(self, symbols: set[tuple]) -> None:
        """Take in every file that looked at one of these."""
        if symbols:
            self.dirty |= self.links.readers(frozenset(map(symbol_hash, symbols))) - self.gone

    def evaluate(self, level: int, progress: Progress | None) -> None:
        """Bring every file that takes part to a level."""
        paths = sorted(self.dirty)
        for done, path in enumerate(paths):
            if progress:
                progress(self.work_done(level, done, len(paths)), ALL_WORK)
            link = self.linked.get(path)
            if link is None:
                if self.files.unit(path) is None:
                    continue
                link = self.linked[path] = FileLink(self.files, path)
            for number in range(level + 1):
                link.level(number, self.tables)

    def work_done(self, level: int, done: int, files: int) -> int:
        return sum(WORK[:level]) + WORK[level] * done // files

    def close(self, level: int) -> None:
        """Compare the flows of a level with those before, take in whom a difference concerns, and make the table."""
        fresh = {path: link.flows() for path, link in self.linked.items()}
        changed: set[Asked] = set()
        for path in self.dirty | self.gone:
            stored = self.links.flows_from(path)
            before = stored[level] if level < len(stored) else {}
            now = fresh.get(path, {})
            for target in before.keys() | now.keys():
                difference = set(before.get(target, ())) ^ set(now.get(target, ()))
                changed |= {(target, flow[0], slot) for flow in difference for slot in (flow[1], ANY)}
        self.readers({("p", *owner) for owner in changed})
        into: dict[str, list[Flow]] = {}
        for flows in fresh.values():
            for target, some in flows.items():
                into.setdefault(target, []).extend(some)
        replaced = set(fresh) | self.gone | self.dirty.intersection(self.linked)
        links = self.links  # not all of this: a run is freed when it ends

        def load(path: str) -> list[Flow]:
            found = list(into.get(path, ()))
            for source, flows in links.flows_into(path, level).items():
                if source not in replaced:
                    found.extend(flows)
            return found

        self.fresh.append(fresh)
        self.tables.append(FlowTable(load))
        if level > 1:
            self.tables[level - 2].forget()

    def finish(self, put: Callable[[str, Linked], None], progress: Progress | None) -> None:
        self.evaluate(LEVELS, progress)
        paths = sorted(self.linked)
        for done, path in enumerate(paths):
            if progress:
                progress(self.work_done(LEVELS + 1, done, len(paths)), ALL_WORK)
            link = self.linked.pop(path)
            edges, unresolved = link.finish()
            flows = tuple(self.flows_of(path, level) for level in range(LEVELS))
            put(path, Linked(edges, unresolved, link.reads, flows))

    def flows_of(self, path: str, level: int) -> Flows:
        """A file that was taken in after a level has the flows there that it had before."""
        if path in self.fresh[level]:
            return self.fresh[level][path]
        stored = self.links.flows_from(path)
        return stored[level] if level < len(stored) else {}
