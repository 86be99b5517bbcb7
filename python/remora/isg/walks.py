"""Questions that follow edges, of any graph that is there as arrays."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

from remora.isg.answers import Neighbour, NodeRef

if TYPE_CHECKING:
    from remora.isg.csr import Csr


class Walks(ABC):
    """Methods take exact keys, those of `ext:`, `builtin:` and `gate:` nodes too, and give nothing for an unknown one."""

    @property
    @abstractmethod
    def _csr(self) -> Csr: ...

    def has(self, key: str) -> bool:
        """Whether there is a node with exactly this key."""
        return self._csr.number(key) is not None

    def outside_like(self, part: str) -> list[str]:
        """Keys of what lies outside the workspace and holds a text, whatever its case; by length, then key."""
        part = part.lower()
        return sorted((key for key in self._csr.outside if part in key.lower()), key=lambda key: (len(key), key))

    def callers(self, key: str, depth: int = 1, *, certain: bool = False) -> list[Neighbour]:
        """Nodes that call this one, and theirs up to `depth`; `place` is the call. By depth, then key."""
        return self.neighbours(key, "in", ("CALLS",), depth, certain=certain)

    def callees(self, key: str, depth: int = 1, *, certain: bool = False) -> list[Neighbour]:
        """Nodes that this one calls, and theirs up to `depth`; `place` is the call. By depth, then key."""
        return self.neighbours(key, "out", ("CALLS",), depth, certain=certain)

    def impact(self, key: str, depth: int | None = None, *, certain: bool = False) -> list[Neighbour]:
        """Everything that a change of this node can reach: who calls, references or makes it, and so on upwards."""
        return self.neighbours(key, "in", ("CALLS", "REFERENCES", "INSTANTIATES"), depth, certain=certain)

    def tests_of(self, key: str) -> list[Neighbour]:
        """Tests that test this node."""
        return self.neighbours(key, "in", ("TESTS",), 1)

    def neighbours(
        self,
        key: str,
        direction: str,
        kinds: Sequence[str] = ("CALLS",),
        depth: int | None = 1,
        *,
        certain: bool = False,
    ) -> list[Neighbour]:
        """Nodes at the other end of edges, each once, by the edge it is nearest by.

        Args:
            direction: "in" for edges that lead to the node, "out" for those that start there.
            kinds: of edges; empty for all.
            depth: how many edges to follow; None for as many as there are.
            certain: follow no edge that is marked heuristic.

        Returns:
            By depth, then key; never the node itself.
        """
        from remora.isg.walk import neighbours

        return neighbours(self._csr, key, direction, kinds, depth, certain)

    def path(self, a: str, b: str) -> list[Neighbour]:
        """A shortest way from `a` to `b` along calls, else along any edge; `a` is left out. Empty when there is none."""
        from remora.isg.walk import path

        return path(self._csr, a, b)

    def search(self, name: str, limit: int = 20) -> list[NodeRef]:
        """Nodes by name, best first: parts of camelCase and snake_case names may be given, in order and cut short."""
        from remora.isg.search import search

        return search(self._csr, name, limit)
