"""What the linker sees of the files and of earlier runs, and what it gives back."""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol

from remora.isg.facts import PlaceT
from remora.isg.values import FileGraph

Mark = Literal["exact", "inferred", "heuristic"]

EdgeT = tuple[int, str, str, str, PlaceT]
"""number of the source node in its file, kind, key of the target, mark, place in the source's file."""

UnresolvedT = tuple[int, str, str, PlaceT]
"""number of the source node, role ("call", "read", "type", "import", …), name as written, place."""


class World(Protocol):
    """The files of a workspace as they are now. Paths are relative to its root, "/" between the parts; "" is the root."""

    def graph(self, path: str) -> FileGraph | None:
        """A file's nodes and facts; None when it is not indexed."""
        ...

    def exists(self, path: str) -> bool: ...

    def has_folder(self, folder: str) -> bool:
        """Whether an indexed file lies below a folder."""
        ...

    def listing(self, folder: str) -> tuple[str, ...]:
        """Indexed files directly in a folder, sorted."""
        ...

    def named(self, name: str) -> tuple[str, ...]:
        """Indexed files with this file name, in whatever folder, sorted."""
        ...


class Linked(NamedTuple):
    """What linking one file gave: plain data for the store.

    Attributes:
        edges: sorted; no two with the same source, kind and target: the first place stands for all.
        unresolved: sorted.
        reads: sorted little-endian int64 hashes of every foreign thing that was looked at, those that were not there
            included; a change of one of them means that this file has to be linked again.
        flows: per level, by the path of the target: what calls in this file hand to parameters there.
    """

    edges: tuple[EdgeT, ...]
    unresolved: tuple[UnresolvedT, ...]
    reads: bytes
    flows: tuple[dict[str, tuple], ...]


class Links(Protocol):
    """What earlier runs stored of files that need not be linked again."""

    def readers(self, hashes: frozenset[int]) -> set[str]:
        """Files whose `reads` hold one of these."""
        ...

    def flows_from(self, path: str) -> tuple[dict[str, tuple], ...]: ...

    def flows_into(self, path: str, level: int) -> dict[str, tuple]:
        """Flows into functions of a file, by the path they come from."""
        ...
