"""Datalog over the graph, for scripts that a person wrote: read-only, bounded, and with nothing but the graph in reach.

    node[key, kind, name, path, row]           edge[src, kind, dst, mark, path, row]
    unresolved[src, name, path, row]           file[path, lang, status, reason]

A script runs in a database of its own in memory that holds these four and nothing else. Still it is read first: the
database can read files and addresses through its "fixed rules", so only those of the list below may be named.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from remora.errors import StoreError, UserError
from remora.isg.answers import Table
from remora.isg.csr import DST, EDGE_KIND, EDGE_ROW, KIND, MARK, ROW, SRC, Csr
from remora.isg.packing import EDGE_KINDS, MARKS, NODE_KINDS, unresolved_of
from remora.isg.records import Records
from remora.store.database import Store
from remora.store.schema import create

TIMEOUT_S = 10.0
MEMORY_BYTES = 1_000_000_000
MOST_CHARACTERS = 10_000
# The database's parser takes twice as long for each bracket within a bracket.
MOST_DEPTH = 10
MOST_ROWS = 100_000

RELATIONS = {
    "node": "{key: String => kind: String, name: String, path: String, row: Int}",
    "edge": "{src: String, kind: String, dst: String => mark: String, path: String, row: Int}",
    "unresolved": "{src: String, n: Int => name: String, path: String, row: Int}",
    "file": "{path: String => lang: String, status: String, reason: String}",
}
RULES = (
    "node[key, kind, name, path, row] := *node{key, kind, name, path, row}"
    "\nedge[src, kind, dst, mark, path, row] := *edge{src, kind, dst, mark, path, row}"
    "\nunresolved[src, name, path, row] := *unresolved{src, name, path, row}"
    "\nfile[path, lang, status, reason] := *file{path, lang, status, reason}\n"
)
OPTIONS = frozenset({"order", "sort", "limit", "offset", "timeout", "assert"})
ALGORITHMS = frozenset(
    {
        *("BFS", "BreadthFirstSearch", "DFS", "DepthFirstSearch", "ShortestPathBFS", "ShortestPathDijkstra"),
        *("ShortestPathAStar", "KShortestPathYen", "ConnectedComponents", "SCC", "StronglyConnectedComponent"),
        *("StronglyConnectedComponents", "TopSort", "PageRank", "DegreeCentrality", "ClosenessCentrality"),
        *("BetweennessCentrality", "ClusteringCoefficients", "LabelPropagation", "CommunityDetectionLouvain"),
        *("MinimumSpanningTreePrim", "MinimumSpanningForestKruskal", "RandomWalk", "ReorderSort", "Constant"),
    }
)
TOKEN = re.compile(
    r"""(?P<raw>_+")|(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?P<comment>\#[^\n]*|/\*.*?\*/)"""
    r"""|(?P<option>:\s*[A-Za-z_]\w*)|(?P<system>::)|(?P<block>%\s*[A-Za-z_]\w*)|(?P<word>\w+)|(?P<other>.)""",
    re.S,
)
FIXED_RULE = re.compile(r"<~\s*(\w*)")


class QueryDoor:
    """Where scripts come in. Not for two threads at once.

    The rows are put into the database when a script first asks for them, and again when the graph has changed.
    """

    def __init__(self, records: Records) -> None:
        self._records = records
        self._database: Store | None = None
        self._csr: Csr | None = None
        self._filled: set[str] = set()

    def run(self, csr: Csr, script: str, limit: int) -> Table:
        """As `Graph.query`."""
        limit = max(1, min(limit, MOST_ROWS))
        told = guard(script)
        database = self._ready(csr, told.words)
        ending = "" if told.has_limit else f"\n:limit {limit + 1}"
        try:
            headers, rows = database.ask(f"{RULES}{script}{ending}\n:mem_limit {MEMORY_BYTES}", timeout_s=TIMEOUT_S)
        except StoreError as error:
            raise UserError(explained(str(error), script), "bad_query") from None
        return Table(tuple(headers), rows[:limit], len(rows) > limit)

    def _ready(self, csr: Csr, words: frozenset[str]) -> Store:
        if self._database is None or self._csr is not csr:
            if self._database is not None:
                self._database.close()
            self._database, self._csr, self._filled = Store.open(None, ()), csr, set()
            for name, columns in RELATIONS.items():
                create(self._database, name, columns)
        for name in sorted(RELATIONS.keys() & words - self._filled):
            headers, rows = FILLERS[name](csr, self._records)
            for start in range(0, len(rows), 20_000):
                self._database.load(name, headers, rows[start : start + 20_000])
            self._filled.add(name)
        return self._database


class Told:
    """What reading a script says about it: the words in it, and whether it limits its rows itself."""

    def __init__(self, words: frozenset[str], has_limit: bool) -> None:
        self.words = words
        self.has_limit = has_limit


def guard(script: str) -> Told:
    """Read a script before it runs.

    Raises:
        UserError: `bad_query`: it would do more than ask the graph.
    """
    if len(script) > MOST_CHARACTERS:
        raise refused(f"has {len(script):,} characters, more than {MOST_CHARACTERS:,}")
    # Wherever it stands, also in a text or a comment: what those are is for the database to say, and it may differ.
    for found in FIXED_RULE.finditer(script):
        if found[1] not in ALGORITHMS:
            raise refused(f"names the utility {found[1]!r} after `<~`; graph algorithms like PageRank may stand there")
    words: set[str] = set()
    options: set[str] = set()
    depth = 0
    for token in TOKEN.finditer(script):
        kind, text = token.lastgroup, token[0]
        if kind == "raw":
            raise refused('holds a raw text (_"…"); write it with plain quotes')
        if kind == "system":
            raise refused("holds `::`, which starts a command to the database")
        if kind == "block":
            raise refused(f"holds `{text}`; only queries are run, no imperative blocks")
        if kind == "word":
            words.add(text)
        if kind == "option" and depth == 0:
            option = text[1:].strip()
            if option not in OPTIONS:
                raise refused(f"holds `:{option}`; of the options only {', '.join(sorted(OPTIONS))} may stand there")
            options.add(option)
        if kind == "option":
            words.add(text[1:].strip())
        if text in "([{":
            depth += 1
            if depth > MOST_DEPTH:
                raise refused(f"nests brackets deeper than {MOST_DEPTH}")
        if text in ")]}":
            depth -= 1
            if depth < 0:
                raise refused("closes a bracket that it did not open")
    return Told(frozenset(words), "limit" in options)


def refused(what: str) -> UserError:
    return UserError(f"The script {what}. Change that, then ask again.", "bad_query")


def explained(report: str, script: str) -> str:
    """What the database says about a script, for the one who wrote it."""
    said = report.partition(": ")[2] or report
    if "time" in said and ("budget" in said or "timeout" in said):
        return f"The query took longer than {TIMEOUT_S:.0f} seconds. Narrow it, for instance by a path or a kind."
    if "mem" in said and "budget" in said:
        return "The query needed too much memory. Narrow it, for instance by a path or a kind."

    def place(found: re.Match[str]) -> str:
        before = script.encode()[: max(0, int(found[1]) - len(RULES))].decode("utf-8", "ignore")
        return f"in line {before.count(chr(10)) + 1}, column {len(before) - before.rfind(chr(10))}"

    said = re.sub(r"at (\d+)\.\.\d+", place, said)
    return f"The database says: {said}. It has {', '.join(sorted(RELATIONS))}; doc/query.md shows how to ask."


Rows = tuple[tuple[str, ...], list[list[Any]]]


def node_rows(csr: Csr, records: Records) -> Rows:
    numbers = np.arange(len(csr))
    paths = (*csr.paths, "")
    columns = (
        csr.keys.some(numbers),
        [NODE_KINDS[kind] for kind in csr.numbers[KIND].tolist()],
        csr.names.some(numbers),
        [paths[file] for file in csr.files_of(numbers).tolist()],
        csr.numbers[ROW].tolist(),
    )
    return ("key", "kind", "name", "path", "row"), [list(row) for row in zip(*columns, strict=True)]


def edge_rows(csr: Csr, records: Records) -> Rows:
    keys = csr.keys.some(np.arange(len(csr)))
    paths = (*csr.paths, "")
    columns = (
        [keys[n] for n in csr.edges[SRC].tolist()],
        [EDGE_KINDS[n] for n in csr.edges[EDGE_KIND].tolist()],
        [keys[n] for n in csr.edges[DST].tolist()],
        [MARKS[n] for n in csr.edges[MARK].tolist()],
        [paths[n] for n in csr.files_of(csr.edges[SRC]).tolist()],
        csr.edges[EDGE_ROW].tolist(),
    )
    return ("src", "kind", "dst", "mark", "path", "row"), [list(row) for row in zip(*columns, strict=True)]


def unresolved_rows(csr: Csr, records: Records) -> Rows:
    rows: list[list[Any]] = []
    found = records.all_unresolved()
    for path in csr.paths:
        start, end = csr.range_of(path)
        for src, _, name, place in unresolved_of(found.get(path, b"")):
            if src < end - start:
                rows.append([csr.keys[start + src], len(rows), name, path, place[0]])
    return ("src", "n", "name", "path", "row"), rows


def file_rows(csr: Csr, records: Records) -> Rows:
    rows = [[row.path, row.lang, row.status, row.reason] for row in records.files().values()]
    return ("path", "lang", "status", "reason"), rows


FILLERS: dict[str, Callable[[Csr, Records], Rows]] = {
    "node": node_rows,
    "edge": edge_rows,
    "unresolved": unresolved_rows,
    "file": file_rows,
}
