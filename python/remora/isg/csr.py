"""The whole graph as arrays (compressed sparse rows): what makes callers, impact and ranks quick.

Nodes are numbered file after file in the order of the paths, as they stand in each file; what lies outside the
workspace comes last. Strings of one column lie in one byte string with offsets. An edge is a number in columns that
are sorted by source; `in_order` lists the edges by target.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from remora.isg.answers import NodeRef
from remora.isg.find import paths_in_key
from remora.isg.packing import (
    BRIEF_WIDTH,
    EDGE_KINDS,
    NODE_KINDS,
    name_hash,
    outside_kind,
)

if TYPE_CHECKING:
    from numpy import ndarray

KIND, ROW, COL, END_ROW, PARENT, BITS, NAME_HASH = range(BRIEF_WIDTH)
SRC, DST, EDGE_KIND, MARK, EDGE_ROW, EDGE_COL = range(6)
CONTAINS = EDGE_KINDS.index("CONTAINS")
MODULE = NODE_KINDS.index("module")
CANDIDATES = 10


@dataclass(frozen=True)
class Strings:
    """A column of strings, as UTF-8."""

    blob: bytes
    ends: ndarray

    @classmethod
    def of(cls, texts: Iterable[str]) -> Strings:
        encoded = [text.encode("utf-8", "replace") for text in texts]
        return cls(b"".join(encoded), np.cumsum([len(one) for one in encoded], dtype=np.int64))

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, n: int) -> str:
        start = int(self.ends[n - 1]) if n else 0
        return self.blob[start : int(self.ends[n])].decode("utf-8")

    def some(self, numbers: ndarray) -> list[str]:
        ends = self.ends[numbers].tolist()
        starts = np.where(numbers > 0, self.ends[numbers - 1], 0).tolist()
        blob = self.blob
        return [blob[start:end].decode("utf-8") for start, end in zip(starts, ends, strict=True)]

    def part(self, start: int, end: int) -> Strings:
        first = int(self.ends[start - 1]) if start else 0
        last = int(self.ends[end - 1]) if end else 0
        return Strings(self.blob[first:last], self.ends[start:end] - first)

    @staticmethod
    def joined(parts: Sequence[Strings]) -> Strings:
        shifts = np.cumsum([0, *(len(part.blob) for part in parts)])
        ends = [part.ends + shift for part, shift in zip(parts, shifts, strict=False)]
        return Strings(b"".join(part.blob for part in parts), np.concatenate(ends) if ends else np.zeros(0, np.int64))


@dataclass(frozen=True)
class Csr:
    """The graph of one workspace at one moment. Rows and columns are those of the names' and the edges' places.

    Attributes:
        paths: of the files with nodes, sorted.
        ends: number after each file's last node; outside nodes follow the last file's.
        keys, names, signatures: of the nodes.
        numbers: per node: kind, row, col, end row, parent (a node's number, -1), bits, hash of the name.
        edges: six columns: source, target, kind, mark, row, col; by source, kind, target.
        generation: of the records it was made from.
    """

    paths: tuple[str, ...]
    ends: ndarray
    keys: Strings
    names: Strings
    signatures: Strings
    numbers: ndarray
    edges: ndarray
    generation: int
    memo: dict[str, object] = field(default_factory=dict, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.keys)

    # -- nodes ----------------------------------------------------------------------------------------------------

    @cached_property
    def inside(self) -> int:
        """How many nodes lie in the workspace; numbers from there on lie outside."""
        return int(self.ends[-1]) if len(self.ends) else 0

    @cached_property
    def file_number(self) -> dict[str, int]:
        return {path: n for n, path in enumerate(self.paths)}

    @cached_property
    def outside(self) -> dict[str, int]:
        """Numbers of the nodes that lie outside the workspace, by key."""
        return {self.keys[n]: n for n in range(self.inside, len(self))}

    def number(self, key: str) -> int | None:
        """The number of a node by its key."""
        if outside_kind(key):
            return self.outside.get(key)
        for path in paths_in_key(key):
            if path in self.file_number:
                found = self.keys_of(path).get(key)
                if found is not None:
                    return found
        return None

    def keys_of(self, path: str) -> dict[str, int]:
        """Numbers of a file's nodes by key."""
        memo: dict[str, dict[str, int]] = self.memo.setdefault("keys", {})  # ty: ignore[invalid-assignment]
        if path not in memo:
            start, end = self.range_of(path)
            memo[path] = {key: start + n for n, key in enumerate(self.keys.some(np.arange(start, end)))}
        return memo[path]

    def range_of(self, path: str) -> tuple[int, int]:
        n = self.file_number[path]
        return int(self.ends[n - 1]) if n else 0, int(self.ends[n])

    def files_of(self, numbers: ndarray) -> ndarray:
        """Numbers of the files of nodes; len(paths) for outside nodes."""
        return np.searchsorted(self.ends, numbers, side="right")

    def refs(self, numbers: ndarray) -> list[NodeRef]:
        """Nodes by their numbers."""
        numbers = np.asarray(numbers, dtype=np.int64)
        paths = (*self.paths, "")
        columns = self.numbers[:, numbers]
        return [
            NodeRef(key, NODE_KINDS[kind], name, paths[file], row, col, signature)
            for key, kind, name, file, row, col, signature in zip(
                self.keys.some(numbers),
                columns[KIND].tolist(),
                self.names.some(numbers),
                self.files_of(numbers).tolist(),
                columns[ROW].tolist(),
                columns[COL].tolist(),
                self.signatures.some(numbers),
                strict=True,
            )
        ]

    def ref(self, number: int) -> NodeRef:
        return self.refs(np.array([number]))[0]

    def with_name(self, name: str) -> list[NodeRef]:
        """Nodes of the workspace with exactly this name, by key."""
        found = np.flatnonzero(self.numbers[NAME_HASH, : self.inside] == name_hash(name))
        return sorted(ref for ref in self.refs(found) if ref.name == name)

    def similar(self, part: str) -> list[str]:
        """Keys of nodes whose name holds a text, whatever its case; exact names first, then by key; at most ten."""
        part = part.lower()
        if not part:
            return []
        found: list[tuple[bool, str]] = []
        blob = self.names.blob.lower()
        # Lower case may have another length in other scripts; then the places are not those of the names.
        exact_places = len(blob) == len(self.names.blob)
        needle, at = part.encode("utf-8"), -1
        while exact_places and (at := blob.find(needle, at + 1)) >= 0 and len(found) < 2000:
            number = int(np.searchsorted(self.names.ends, at, side="right"))
            name = self.names[number].lower()
            if part in name and number < self.inside and self.numbers[KIND, number] != MODULE:
                found.append((name != part, self.keys[number]))
        return [key for _, key in sorted(set(found))[:CANDIDATES]]

    # -- edges ----------------------------------------------------------------------------------------------------

    @cached_property
    def out_starts(self) -> ndarray:
        """Where each node's edges start; one more at the end."""
        return np.searchsorted(self.edges[SRC], np.arange(len(self) + 1))

    @cached_property
    def in_order(self) -> ndarray:
        """Edges by target."""
        return np.argsort(self.edges[DST], kind="stable")

    @cached_property
    def in_starts(self) -> ndarray:
        return np.searchsorted(self.edges[DST][self.in_order], np.arange(len(self) + 1))

    def edges_of(self, number: int, incoming: bool) -> ndarray:
        """Numbers of a node's edges."""
        if incoming:
            return self.in_order[self.in_starts[number] : self.in_starts[number + 1]]
        return np.arange(self.out_starts[number], self.out_starts[number + 1])

    def edges_of_all(self, numbers: ndarray, incoming: bool) -> ndarray:
        """Numbers of the edges of many nodes."""
        starts = self.in_starts if incoming else self.out_starts
        first, count = starts[numbers], starts[numbers + 1] - starts[numbers]
        ends = np.cumsum(count)
        total = int(ends[-1]) if len(ends) else 0
        places = np.arange(total) - np.repeat(ends - count, count) + np.repeat(first, count)
        return self.in_order[places] if incoming else places
