"""The whole graph as one JSON document, written piece by piece: the same graph gives the same bytes.

    {"nodes": [...], "edges": [...], "unresolved": [...], "files": [...]}

One object per line. Nodes stand by path and then as in the file, those outside the workspace last, by key; edges by
source, kind and target; unresolved references by source, place and name.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from remora.isg.extract import unpack
from remora.isg.packing import edges_of, outside_kind, outside_name, unpack_brief, unresolved_of
from remora.isg.records import EVERYTHING, FileRow, Records
from remora.isg.values import FileGraph, Node

CANDIDATES = 10
_PLACE = ("row", "col", "end_row", "end_col")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write_snapshot(records: Records, file: Path) -> None:
    """Write the document beside `file`, then put it in its place."""
    unfinished = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        with unfinished.open("wb") as out:
            Snapshot(records).write(out)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


class Snapshot:
    """One reading of the stored graph, from the first line to the last."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.files = records.files()
        # Files that are stored and not linked yet, after a kill: their old links say nothing.
        self._pending = set(self.files) if EVERYTHING in (pending := records.pending()) else set(pending)
        self._keys: dict[str, list[str]] = {}
        self._all: set[str] = set()
        self._by_name: dict[tuple[str, str], list[str]] = {}
        self._outside: set[str] = set()

    def write(self, out: BinaryIO) -> None:
        # Edges first find out what lies outside; they are few enough to be read twice.
        self._look_ahead()
        parts = {"nodes": self.nodes, "edges": self.edges, "unresolved": self.unresolved, "files": self.file_rows}
        for n, (name, objects) in enumerate(parts.items()):
            out.write(f'{"," if n else "{"}\n"{name}":['.encode())
            for m, one in enumerate(objects()):
                out.write((b",\n" if m else b"\n") + _encode(one).encode("utf-8", "replace"))
            out.write(b"\n]")
        out.write(b"\n}\n")

    def nodes(self) -> Iterator[dict[str, Any]]:
        for row in self._with_nodes():
            graph = self._graph(row)
            for node in graph.nodes if graph else ():
                yield self.node(node, row)
        for key in sorted(self._outside):
            yield {
                **{"isgl1_key": key, "interface_id": "", "kind": outside_kind(key), "name": outside_name(key)},
                **{"qualname": outside_name(key), "path": "", "lang": "", "level": "", "signature_norm": ""},
                **{"span": None, "name_span": None, "visibility": "", "flags": [], "doc": "", "body_hash": ""},
                **{"code_hash": "", "repo": "", "commit": "", "tdd_class": "", "facets": {}},
            }

    def node(self, node: Node, row: FileRow) -> dict[str, Any]:
        return {
            "isgl1_key": node.key,
            "interface_id": node.interface_id,
            "kind": node.kind,
            "name": node.name,
            "qualname": node.qualname,
            "path": node.path,
            "lang": row.lang,
            "level": f"L{node.level}",
            "signature_norm": node.signature,
            "span": node.span._asdict(),
            "name_span": dict(zip(("start_row", "start_col", "end_row", "end_col"), node.name_span, strict=True)),
            "visibility": node.visibility,
            "flags": list(node.flags),
            "doc": node.doc,
            "body_hash": node.body_hash,
            "code_hash": row.code_hash,
            "repo": self.records.name,
            "commit": self.records.value.commit,
            "tdd_class": node.tdd,
            "facets": node.facets,
        }

    def edges(self) -> Iterator[dict[str, Any]]:
        for row in self._with_nodes():
            keys = self._keys[row.path]
            for src, kind, dst, mark, place in sorted(self._edges(row)):
                yield {
                    **{"src": keys[src], "dst": dst, "kind": kind, "mark": mark, "path": row.path},
                    **dict(zip(_PLACE, place, strict=True)),
                }

    def _edges(self, row: FileRow) -> Iterator[tuple]:
        graph = self._graph(row)
        for node in graph.nodes if graph else ():
            if node.parent >= 0:
                yield node.parent, "CONTAINS", node.key, "exact", node.name_span
        if row.path not in self._pending:
            for edge in edges_of(self.records.edges(row.path)):
                if self._is_known(edge[2]):
                    yield edge

    def unresolved(self) -> Iterator[dict[str, Any]]:
        for row in self._with_nodes():
            if row.path in self._pending:
                continue
            keys = self._keys[row.path]
            found = unresolved_of(self.records.unresolved(row.path))
            for src, role, name, place in sorted(found, key=lambda one: (one[0], one[3], one[1], one[2])):
                yield {
                    **{"src": keys[src], "name": name, "role": role, "path": row.path},
                    **{"row": place[0], "col": place[1]},
                    "candidates": self._by_name.get((row.lang, last_part(name)), []),
                }

    def file_rows(self) -> Iterator[dict[str, Any]]:
        for row in self.files.values():
            yield {
                **{"path": row.path, "lang": row.lang, "status": row.status, "reason": row.reason},
                **{"code_hash": row.code_hash, "text_hash": row.text_hash, "size": row.size},
            }

    def _look_ahead(self) -> None:
        wanted = set()
        briefs = {row.path: unpack_brief(self.records.brief(row.path)) for row in self._with_nodes()}
        for row in self._with_nodes():
            self._keys[row.path] = list(briefs[row.path].keys)
            self._all.update(self._keys[row.path])
            if row.path not in self._pending:
                wanted |= {last_part(one[2]) for one in unresolved_of(self.records.unresolved(row.path))}
                self._outside |= {edge[2] for edge in edges_of(self.records.edges(row.path)) if outside_kind(edge[2])}
        for row in self._with_nodes():
            brief = briefs[row.path]
            for key, name in zip(brief.keys[1:], brief.names[1:], strict=True):
                if name in wanted:
                    self._by_name.setdefault((row.lang, name), []).append(key)
        self._by_name = {name: sorted(keys)[:CANDIDATES] for name, keys in self._by_name.items()}

    def _is_known(self, key: str) -> bool:
        return key in self._all or key in self._outside

    def _with_nodes(self) -> Iterator[FileRow]:
        return (row for row in self.files.values() if row.nodes)

    def _graph(self, row: FileRow) -> FileGraph | None:
        raw = self.records.graph(row.path, row.text_hash)
        return unpack(raw) if raw else None


def last_part(name: str) -> str:
    """`c` of `a.b.c` and of `a::b::c`."""
    return name.replace("::", ".").rpartition(".")[2]
