"""A workspace's files as its upkeep sees them: all of them looked at, some of them taken in, their folders watched."""

from __future__ import annotations

from contextlib import suppress

from remora.errors import UserError
from remora.isg.answers import IndexReport
from remora.isg.graph import Graph
from remora.lang import language_of
from remora.repo.walk import git_files, walked_files
from remora.repo.watching import Watch
from remora.server.upkeep import Progress


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
        """False for a file that the graph does not hold: git may ignore it, which one look at all files finds out."""
        held = [path for path in paths if self._graph.holds(path)]
        if any(path not in held and language_of(path) is not None for path in paths):
            return False
        for path in held:
            with suppress(UserError):
                self._graph.refresh(path)
        return True

    def watch(self) -> Watch:
        root = self._graph.root
        if root.scope == "file":
            return Watch(root.path, [root.file] if root.file else [])
        paths = git_files(root.path) if root.scope == "git" else None
        return Watch(root.path, walked_files(root.path) if paths is None else paths)
