"""The files that are linked, each read once, and the rules of their languages."""

from __future__ import annotations

from collections import OrderedDict

from remora.isg.link.rules import Rules, rules_of
from remora.isg.link.unit import Unit
from remora.isg.world import World

# Units kept beside those that the file under work holds on to; a large file's unit takes about a megabyte.
MOST_UNITS = 400


class Files:
    """Units by path, and questions about the tree of files."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._units: OrderedDict[str, Unit | None] = OrderedDict()

    def unit(self, path: str) -> Unit | None:
        """A file's facts; None when there are none."""
        if path in self._units:
            self._units.move_to_end(path)
            return self._units[path]
        graph = self.world.graph(path)
        unit = Unit(graph, rules_of(graph.lang)) if graph is not None and graph.facts.scopes else None
        self._units[path] = unit
        if len(self._units) > MOST_UNITS:
            self._units.popitem(last=False)
        return unit

    def rules(self, lang: str) -> Rules:
        return rules_of(lang)
