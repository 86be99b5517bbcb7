"""Cases of the graph: a folder of source files, and what the graph of it has to hold. See `test_cases.py`."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from remora.isg.graph import Graph
from remora.repo.root import Root
from remora.store.database import Store

DATA = Path(__file__).parent.parent / "data"
FOREIGN = ("ext:", "builtin:", "gate:")
Edge = tuple[str, str, str, str]


@dataclass(frozen=True)
class Found:
    """What the graph of a folder holds, by key; `unresolved` are pairs (source, name)."""

    nodes: Mapping[str, str]
    edges: frozenset[Edge]
    unresolved: frozenset[tuple[str, str]]

    def pairs(self, kind: str) -> set[tuple[str, str]]:
        """Source and target of the edges of a kind that stay within the folder."""
        return {(src, dst) for src, its, dst, _ in self.edges if its == kind and not is_foreign(dst)}


def is_foreign(key: str) -> bool:
    return key.startswith(FOREIGN)


def full(key: str) -> str:
    """The key for `file.py::qualname`; other keys stay."""
    path, colons, qualname = key.partition("::")
    return f"{path}-{PurePosixPath(path).stem}-{qualname}" if colons and not is_foreign(key) else key


def short(key: str) -> str:
    """`file.py::qualname` for a key of a file whose path has no dash; other keys stay."""
    path, _, rest = key.partition("-")
    stem = PurePosixPath(path).stem
    return f"{path}::{rest[len(stem) + 1 :]}" if rest.startswith(f"{stem}-") and not is_foreign(key) else key


def folders() -> list[Path]:
    """Every folder `<lang>/<case>` or `<lang>/<kind>/<case>` that says what is expected."""
    return sorted(file.parent for file in DATA.rglob("expected.json"))


def read_graph(folder: Path) -> Found:
    """Index a copy of a folder through the public door and read the snapshot."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "case"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("expected.json", "callgraph.json", "__pycache__"))
        store = Store.open(None)
        try:
            graph = Graph(store, Root(copy, "project"))
            graph.index()
            graph.snapshot(Path(place) / "snapshot.json")
        finally:
            store.close()
        return found_in(json.loads((Path(place) / "snapshot.json").read_text(encoding="utf-8")))


def found_in(snapshot: Mapping[str, Any]) -> Found:
    return Found(
        {node["isgl1_key"]: node["kind"] for node in snapshot["nodes"]},
        frozenset((edge["src"], edge["kind"], edge["dst"], edge["mark"]) for edge in snapshot["edges"]),
        frozenset((one["src"], one["name"]) for one in snapshot["unresolved"]),
    )


def differences(found: Found, expected: Mapping[str, Any]) -> list[str]:
    """What is wrong, a line each, in the short form of keys; empty when all is as expected."""
    return sorted({*_nodes(found, expected), *_edges(found, expected), *_unresolved(found, expected)})


def _nodes(found: Found, expected: Mapping[str, Any]) -> Iterator[str]:
    wanted = {full(key): kind for key, kind in expected.get("nodes", ())}
    for key, kind in wanted.items():
        if found.nodes.get(key) != kind:
            yield f"node {short(key)} is {found.nodes.get(key, 'missing')}, expected {kind}"
    if expected.get("exact_nodes", expected.get("nodes_exactly")):
        for key in found.nodes.keys() - wanted.keys():
            if not is_foreign(key):
                yield f"node {short(key)} ({found.nodes[key]}) is not expected"


def _edges(found: Found, expected: Mapping[str, Any]) -> Iterator[str]:
    marks: dict[tuple[str, str, str], set[str]] = {}
    for src, kind, dst, mark in found.edges:
        marks.setdefault((src, kind, dst), set()).add(mark)
    wanted = set()
    for src, kind, dst, *mark in expected.get("edges", ()):
        edge = (full(src), kind, full(dst))
        wanted.add(edge)
        if edge not in marks:
            yield f"missing {short(src)} {kind} {short(dst)}"
        elif mark and set(mark) != marks[edge]:
            yield f"{short(src)} {kind} {short(dst)} is marked {'/'.join(sorted(marks[edge]))}, expected {mark[0]}"
    wanted |= {(full(src), kind, full(dst)) for src, kind, dst in expected.get("allowed", ())}
    for src, kind, dst in marks.keys() - wanted:
        if kind in expected.get("complete", ()) and not is_foreign(dst):
            yield f"wrong {short(src)} {kind} {short(dst)}"
    for src, kind, dst in expected.get("no_edges", ()):
        if any(_matches(edge, (full(src), kind, full(dst))) for edge in marks):
            yield f"forbidden {src} {kind} {dst}"


def _matches(edge: tuple[str, str, str], pattern: tuple[str, str, str]) -> bool:
    return all(wanted in ("*", part) for part, wanted in zip(edge, pattern, strict=True))


def _unresolved(found: Found, expected: Mapping[str, Any]) -> Iterator[str]:
    for src, name in expected.get("unresolved", ()):
        if (full(src), name) not in found.unresolved:
            yield f"missing unresolved {name!r} in {short(src)}"
