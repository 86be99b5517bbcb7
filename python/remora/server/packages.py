"""What is said of a node in one line, and of a folder with the modules in it: made from the lines below."""

from __future__ import annotations

import os
import re
from typing import Any

from remora.errors import UserError
from remora.isg.graph import Graph
from remora.isg.values import Node
from remora.summary.lines import file_lines
from remora.summary.pyramid import package_line
from remora.summary.records import SummaryRecords
from remora.summary.rules import SURE
from remora.summary.validate import clean
from remora.workspace import Workspace

MOST_MODULES = 500


def node_summary(workspace: Workspace, node: Node, text: str | None) -> dict[str, Any]:
    """`summary`, `provenance` and `confidence`; the first is None where nothing sure is said."""
    try:
        graph = workspace.graph.refresh(node.path, text)
    except UserError:
        return {"summary": None}
    for told in file_lines(graph, _records(workspace)):
        if told.subject.key == node.key:
            is_sure = told.provenance == "llm_assisted" or told.confidence >= SURE
            summary = told.text if is_sure and not told.is_stale else None
            return {"summary": summary, "provenance": told.provenance, "confidence": told.confidence}
    return {"summary": None}


def folder_of(graph: Graph, key: str) -> str | None:
    """The folder that a key names, when files of the graph lie in it; "" for the workspace's own (`.`)."""
    folder = re.sub(r"^(?:\./)+|/+$", "", key) if key not in (".", "./") else ""
    if ":" in folder or (not folder and key not in (".", "./")):
        return None
    try:
        is_folder = os.path.isdir(graph.root.inside(folder))  # noqa: PTH112 (`Path.is_dir` raises for a name too long)
    except UserError:
        return None
    start = f"{folder}/" if folder else ""
    return folder if is_folder and any(path.startswith(start) for path in graph.paths()) else None


def package_map(workspace: Workspace, folder: str) -> dict[str, Any]:
    """A folder as `node` shows it: its line, and those of the modules and folders that stand in it."""
    told = _below(workspace, folder)
    line, confidence = package_line([(_stem(path), text, sure) for path, text, sure in told])
    name = folder.rpartition("/")[2] or workspace.root.path.name
    place = {"path": folder or ".", "row": 0, "col": 0, "span": [0, 0, 0, 0], "name_span": [0, 0, 0, 0], "level": 0}
    words = {"key": folder or ".", "kind": "package", "name": name, "qualname": name, "signature": "", "lang": ""}
    empty = {
        "visibility": "",
        "flags": [],
        "doc": "",
        "tdd": "",
        "facets": {},
        "callers": [],
        "callees": [],
        "tests": [],
    }
    return {
        **words,
        **place,
        **empty,
        "root": str(workspace.root.path),
        "summary": clean(line) or None,
        "provenance": "rule_based",
        "confidence": confidence,
        "modules": [{"path": path, "summary": text, "confidence": sure} for path, text, sure in told[:MOST_MODULES]],
    }


def _below(workspace: Workspace, folder: str) -> list[tuple[str, str, float]]:
    """(path, line, confidence) of what stands directly in a folder; a folder's line is made from its modules'."""
    graph, records = workspace.graph, _records(workspace)
    start = f"{folder}/" if folder else ""
    modules: list[tuple[str, str, float]] = []
    inner: dict[str, list[tuple[str, str, float]]] = {}
    for path in [path for path in graph.paths() if path.startswith(start)][: 4 * MOST_MODULES]:
        name, slash, _ = path.removeprefix(start).partition("/")
        stored = graph.stored(path)
        told = (
            next((one for one in file_lines(stored, records) if one.subject.kind == "module"), None) if stored else None
        )
        if told is None:
            continue
        if slash:
            inner.setdefault(f"{start}{name}/", []).append((_stem(path), told.text, told.confidence))
        else:
            modules.append((path, told.text, told.confidence))
    folders = [(path, *package_line(found)) for path, found in sorted(inner.items())]
    return [*modules, *folders]


def _stem(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2].partition(".")[0]


def _records(workspace: Workspace) -> SummaryRecords:
    return SummaryRecords(workspace.store, str(workspace.root.path))
