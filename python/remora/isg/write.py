"""The graph's rows: putting files, nodes and edges into the store, and reading them back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from typing import Any

from remora.isg.resolve import tails
from remora.isg.values import MODULE, FileGraph, Import, Kind, Node, Span, Target
from remora.repo.text import FileForm
from remora.store.database import Row, Store

CALLS = 1
BATCH_ROWS = 1000

NODE_COLUMNS = (
    "key, interface_id, kind, name, qualname, file, signature, level, body_hash,"
    " start_row, start_col, end_row, end_col, start_byte, end_byte, rebound"
)
FILE_COLUMNS = "id, code_hash, text_hash, encoding, eol, bom, final_newline, lang, mtime_ns, size, error"

# One transaction; ids of the files that are replaced or gone are `$files`, of nodes that are no more `$gone`.
REPLACE = f"""
{{f[file] <- $files ?[src, kind, dst] := f[file], *isg_edges:by_file{{file, src, kind, dst}}
    :rm isg_edges {{src, kind, dst}}}}
{{g[dst] <- $gone ?[src, kind, dst] := g[dst], *isg_edges:rev{{dst, kind, src}} :rm isg_edges {{src, kind, dst}}}}
{{f[file] <- $files ?[id] := f[file], *isg_nodes:by_file{{file, id}} :rm isg_nodes {{id}}}}
{{f[file] <- $files ?[file, n] := f[file], *isg_refs{{file, n}} :rm isg_refs {{file, n}}}}
{{f[file] <- $files ?[file, n] := f[file], *isg_imports{{file, n}} :rm isg_imports {{file, n}}}}
{{f[file] <- $files ?[tail, file] := f[file], *isg_tails:by_file{{file, tail}} :rm isg_tails {{tail, file}}}}
{{f[id] <- $files ?[path] := f[id], *isg_files:by_id{{id, path}} :rm isg_files {{path}}}}
{{?[id, {NODE_COLUMNS}] <- $nodes :put isg_nodes {{id => {NODE_COLUMNS}}}}}
{{?[key, id] <- $ids :put isg_ids {{key => id}}}}
{{?[file, n, src, module, name, row] <- $refs :put isg_refs {{file, n => src, module, name, row}}}}
{{?[file, n, module, name, alias, certain] <- $imports :put isg_imports {{file, n => module, name, alias, certain}}}}
{{?[tail, file] <- $tails :put isg_tails {{tail, file}}}}
{{?[path, {FILE_COLUMNS}] <- $rows :put isg_files {{path => {FILE_COLUMNS}}}}}
{{?[path] <- $paths :put isg_unlinked {{path}}}}
{{?[name, value] <- $counters :put isg_counters {{name => value}}}}
"""

PUT_EDGES = """
{f[file] <- $files ?[src, kind, dst] := f[file], *isg_edges:by_file{file, src, kind, dst}
    :rm isg_edges {src, kind, dst}}
{?[src, kind, dst, file, row] <- $edges :put isg_edges {src, kind, dst => file, row}}
"""


@dataclass(frozen=True)
class StoredFile:
    """A file on disk as it was read: its graph, its bytes' hash and form, and its status at that moment."""

    graph: FileGraph
    code_hash: str
    form: FileForm
    mtime_ns: int
    size: int


Interface = frozenset[tuple[str, ...]]


def put_files(store: Store, files: Sequence[StoredFile]) -> dict[str, Interface]:
    """Replace what the store holds of these files, in one transaction, without their edges.

    Nodes keep the id of their key, so edges from other files stay where they were.

    Returns:
        By path, what became different for files that import it: names that are defined or imported there.
    """
    paths = [[file.graph.path] for file in files]
    known = file_ids_of(store, paths)
    before = interfaces(store, list(known.values()))
    old_nodes = node_ids(store, list(known.values()))
    keys = [[node.key] for file in files for node in file.graph.nodes]
    ids = node_ids_of(store, keys)
    new_ids = Counters(store)
    fresh = []
    for (key,) in keys:
        if key not in ids:
            ids[key] = new_ids.take("node")
            fresh.append([key, ids[key]])
    file_ids = {path: known[path] if path in known else new_ids.take("file") for (path,) in paths}
    params: dict[str, Any] = {
        "paths": paths,
        "files": [[one] for one in known.values()],
        "gone": [[one] for one in sorted(old_nodes - {ids[key] for (key,) in keys})],
        "nodes": [node_row(ids, file_ids, node) for file in files for node in file.graph.nodes],
        "ids": fresh,
        "refs": [row for file in files for row in ref_rows(ids, file_ids, file.graph)],
        "imports": [row for file in files for row in import_rows(file_ids, file.graph)],
        "tails": [[tail, file_ids[f.graph.path]] for f in files for tail in tails(f.graph.path, f.graph.imports)],
        "rows": [file_row(file_ids, file) for file in files],
        "counters": new_ids.rows(),
    }
    store.write(REPLACE, params)
    after = {file.graph.path: interface_of(file.graph) for file in files}
    return {path: after[path] ^ before.get(file_ids[path], frozenset()) for path in after}


def remove_files(store: Store, paths: Iterable[str]) -> dict[str, Interface]:
    """Forget files that are no more; returns as `put_files` does."""
    wanted = [[path] for path in paths]
    known = file_ids_of(store, wanted)
    before = interfaces(store, list(known.values()))
    nothing: dict[str, list[Row]] = {
        name: [] for name in ("nodes", "ids", "refs", "imports", "tails", "rows", "counters")
    }
    gone = [[one] for one in sorted(node_ids(store, list(known.values())))]
    store.write(REPLACE, {"paths": wanted, "files": [[one] for one in known.values()], "gone": gone, **nothing})
    return {path: before.get(file, frozenset()) for path, file in known.items()}


def touch_files(store: Store, files: Sequence[StoredFile]) -> None:
    """Remember the new times of files whose bytes are the same."""
    rows = [[file.graph.path, file.mtime_ns, file.size] for file in files]
    store.write("?[path, mtime_ns, size] <- $rows :update isg_files {path => mtime_ns, size}", {"rows": rows})


def put_edges(store: Store, edges_by_file: dict[int, list[Row]]) -> None:
    """Replace the edges that start in these files; rows are [src, kind, dst, file, row]. Then nothing is unlinked."""
    files: list[Row] = []
    rows: list[Row] = []
    for file, edges in edges_by_file.items():
        files.append([file])
        rows += edges
        if len(rows) + len(files) >= BATCH_ROWS:
            store.write(PUT_EDGES, {"files": files, "edges": rows})
            files, rows = [], []
    if files:
        store.write(PUT_EDGES, {"files": files, "edges": rows})
    store.write("?[path] := *isg_unlinked{path} :rm isg_unlinked {path}")


def unlinked_files(store: Store) -> dict[str, Interface]:
    """Files that a crash left without edges, as if they had just come."""
    return {row[0]: frozenset({(MODULE, "module", "False")}) for row in store.read("?[path] := *isg_unlinked{path}")}


class Counters:
    """Dense ids: taken here, kept by the transaction that uses them. Only the one writer may take."""

    def __init__(self, store: Store) -> None:
        rows = store.read("?[name, value] := *isg_counters{name, value}")
        self._next: dict[str, int] = {row[0]: row[1] for row in rows}

    def take(self, name: str) -> int:
        value = self._next.get(name, 0)
        self._next[name] = value + 1
        return value

    def rows(self) -> list[Row]:
        return [[name, value] for name, value in self._next.items()]


def file_ids_of(store: Store, paths: list[Row]) -> dict[str, int]:
    """By path; files that are not stored are left out. `paths` and `keys` are rows of one column."""
    rows = store.read("p[path] <- $paths ?[path, id] := p[path], *isg_files{path, id}", {"paths": paths})
    return {row[0]: row[1] for row in rows}


def node_ids_of(store: Store, keys: list[Row]) -> dict[str, int]:
    """By key; keys that never had an id are left out."""
    rows = store.read("k[key] <- $keys ?[key, id] := k[key], *isg_ids{key, id}", {"keys": keys})
    return {row[0]: row[1] for row in rows}


def interface_of(graph: FileGraph) -> Interface:
    """What files that import this one can see of it."""
    nodes = {(node.qualname, node.kind, str(node.rebound)) for node in graph.nodes}
    return frozenset(nodes | {(one.alias, "import", one.module, one.name) for one in graph.imports if one.certain})


def interfaces(store: Store, files: list[int]) -> dict[int, Interface]:
    found: dict[int, set[tuple[str, ...]]] = {file: set() for file in files}
    wanted = {"files": [[file] for file in files]}
    nodes = "f[file] <- $files ?[file, qualname, kind, rebound] := f[file], *isg_nodes:by_file{file, id},"
    for file, qualname, kind, rebound in store.read(nodes + " *isg_nodes{id, qualname, kind, rebound}", wanted):
        found[file].add((qualname, kind, str(rebound)))
    imports = (
        "f[file] <- $files ?[file, alias, module, name] := f[file], *isg_imports{file, alias, module, name, certain},"
    )
    for file, alias, module, name in store.read(imports + " certain == true", wanted):
        found[file].add((alias, "import", module, name))
    return {file: frozenset(seen) for file, seen in found.items()}


def node_ids(store: Store, files: list[int]) -> set[int]:
    script = "f[file] <- $files ?[id] := f[file], *isg_nodes:by_file{file, id}"
    return {row[0] for row in store.read(script, {"files": [[file] for file in files]})}


def node_row(ids: dict[str, int], file_ids: dict[str, int], node: Node) -> Row:
    head = [ids[node.key], node.key, node.interface_id, node.kind, node.name, node.qualname, file_ids[node.path]]
    return [*head, node.signature, node.level, node.body_hash, *astuple(node.span), node.rebound]


def ref_rows(ids: dict[str, int], file_ids: dict[str, int], graph: FileGraph) -> list[Row]:
    """Calls whose meaning the file is certain of; a local one names its node by key."""
    file = file_ids[graph.path]
    meant = [(call, call.target) for call in graph.calls if call.target is not None]
    return [[file, n, ids[call.caller], to.module, to.name, call.row] for n, (call, to) in enumerate(meant)]


def import_rows(file_ids: dict[str, int], graph: FileGraph) -> list[Row]:
    file = file_ids[graph.path]
    return [[file, n, one.module, one.name, one.alias, one.certain] for n, one in enumerate(graph.imports)]


def file_row(file_ids: dict[str, int], file: StoredFile) -> Row:
    graph, form = file.graph, file.form
    known = [graph.path, file_ids[graph.path], file.code_hash, graph.text_hash]
    return [*known, *astuple(form), graph.lang, file.mtime_ns, file.size, graph.error]


def node_of(path: str, row: Row) -> Node:
    """A node from its columns in the order of NODE_COLUMNS."""
    key, interface_id, kind, name, qualname, _, signature, level, body_hash, *span, rebound = row
    return Node(key, interface_id, kind, name, qualname, path, signature, Span(*span), level, body_hash, rebound)


class StoredSymbols:
    """The workspace as the store holds it, each file read once. For one round of resolving."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._files: dict[str, int | None] = {}
        self._nodes: dict[str, dict[str, tuple[str, Kind, bool]]] = {}
        self._imports: dict[str, dict[str, Import]] = {}

    def has_file(self, path: str) -> bool:
        return self.file_id(path) is not None

    def file_id(self, path: str) -> int | None:
        if path not in self._files:
            rows = self._store.read("?[id] := *isg_files{path: $path, id}", {"path": path})
            self._files[path] = rows[0][0] if rows else None
        return self._files[path]

    def node(self, path: str, qualname: str) -> tuple[str, Kind, bool] | None:
        if path not in self._nodes:
            script = (
                "?[id, qualname, key, kind, rebound] := *isg_nodes:by_file{file: $file, id},"
                " *isg_nodes{id, qualname, key, kind, rebound}"
            )
            rows = self._store.read(script, {"file": self.file_id(path)})
            self._nodes[path] = {row[1]: (row[2], row[3], row[4]) for row in reversed(rows)}
        return self._nodes[path].get(qualname)

    def imported(self, path: str, alias: str) -> Import | None:
        if path not in self._imports:
            script = "?[n, alias, module, name] := *isg_imports{file: $file, n, alias, module, name, certain: true}"
            rows = self._store.read(script, {"file": self.file_id(path)})
            self._imports[path] = {row[1]: Import(row[2], row[3], row[1], 0) for row in rows}
        return self._imports[path].get(alias)


def references(store: Store, file: int) -> list[tuple[int, Target, int]]:
    """(node id, target, row) of a file's calls, in the order of the text."""
    script = "?[n, src, module, name, row] := *isg_refs{file: $file, n, src, module, name, row}"
    return [(row[1], Target(row[2], row[3]), row[4]) for row in store.read(script, {"file": file})]
