"""A workspace's files as its upkeep sees them: all of them looked at, some of them taken in, their folders watched."""

from __future__ import annotations

from contextlib import suppress

from remora.errors import UserError
from remora.isg.answers import IndexReport
from remora.isg.graph import Graph
from remora.repo.walk import candidates
from remora.repo.watching import Watch
from remora.server.upkeep import Progress

_MOST_TAKEN = 50


class GraphFiles:
    """Attributes:
    many: index more files than are indexed without being asked; a client said so.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.many = False

    def look(self, progress: Progress) -> IndexReport:
        return self._graph.index(progress, many=self.many)

    def take(self, paths: tuple[str, ...]) -> bool:
        """False for many files: one look at all of them is quicker then."""
        from remora.isg.pipeline import is_indexed

        known = [path for path in paths if is_indexed(path)]
        if len(known) > _MOST_TAKEN:
            return False
        for path in known:
            with suppress(UserError):
                self._graph.refresh(path)
        return True

    def watch(self) -> Watch:
        root = self._graph.root
        return Watch(root.path, candidates(root))
