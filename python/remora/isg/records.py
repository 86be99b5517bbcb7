"""The graph's rows: what is stored of one workspace, and how it is put there and read back.

    isg_repo     a repository's number, name and folder; `value` holds its commit, generation and versions
    isg_file     a file as it was last read
    isg_brief    what lists show of its nodes; `remora.isg.csr` is made of these and of the edges
    isg_facts    its packed graph, by the hash of its text; texts that were current lately are kept
    isg_links    its edges and unresolved references, packed; `tally` counts them by kind
    isg_reads    hashes of what the linker looked at; isg_flows: what it handed to other files
    isg_pending  files whose links are not those of their facts yet, with the text hash that they are those of
    isg_blob     what is known of a file's bytes, by their hash

Few, fat rows: a row costs the database as much as some kilobytes in one.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from remora.isg.packing import EDGE_KINDS, PackedLinks
from remora.repo.root import Root
from remora.store.database import Store

# Texts that are kept beside the current ones, as a share of these; the least lately used go first.
KEPT_TEXTS = 2
# A pending row with this path: links of any file may be wrong.
EVERYTHING = ""

FILE_COLUMNS = "text_hash, code_hash, lang, status, reason, mtime_ns, size, nodes"


class FileRow(NamedTuple):
    """A file as it was last read; `text_hash` is "" for a file that was not read."""

    path: str
    text_hash: str
    code_hash: str
    lang: str
    status: str
    reason: str
    mtime_ns: int
    size: int
    nodes: int


class ReadFile(NamedTuple):
    """A file that was read, as plain values that cross processes.

    `graph` and `brief` are packed; both are empty for a file that has no nodes.
    """

    row: FileRow
    brief: bytes
    graph: bytes


class RepoValue(NamedTuple):
    """What is stored of a repository beside its name and folder.

    Attributes:
        commit: of the last indexing; "" without git.
        generation: another one after every change of the graph. Drawn by chance: rows that a power cut took would give
            a counted one a second time.
        reading, linking: fingerprints of the code that read and that linked the files.
        uses: a clock for `isg_facts.used`, in indexings.
        include, exclude: globs of the files that somebody wants in the graph, as in `Graph.index`.
    """

    commit: str = ""
    generation: int = 0
    reading: str = ""
    linking: str = ""
    uses: int = 0
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class Records:
    """The rows of one repository in a store. Writing is the caller's to do one at a time."""

    def __init__(self, store: Store, root: Root) -> None:
        self.store = store
        self.name = root.path.name
        self.folder = str(root.path)
        self.repo, self.value = self._repo()
        self._counted: tuple[int, dict[str, Any]] | None = None

    # -- the repository -------------------------------------------------------------------------------------------

    def _repo(self) -> tuple[int, RepoValue]:
        rows = self.store.read("?[id, root, value] := *isg_repo{id, root, value}")
        for number, root, value in rows:
            if root == self.folder:
                return number, RepoValue(*_unpacked(value))
        return 1 + max((row[0] for row in rows), default=-1), RepoValue()

    def public_name(self) -> str:
        """The repository's name; with its number when another one in this store has the same."""
        rows = self.store.read("?[id] := *isg_repo{id, name: $name}", {"name": self.name})
        return (
            self.name if min((row[0] for row in rows), default=self.repo) == self.repo else f"{self.name}~{self.repo}"
        )

    def set_value(self, **changed: Any) -> None:
        """Keep something about the repository; what it was stored as is in `value`."""
        value = self.value._replace(**changed)
        if value != self.value:
            self._write(PUT_REPO, {"repos": [self._repo_row(value)]})
            self.value = value

    def _repo_row(self, value: RepoValue) -> list[Any]:
        return [self.repo, self.name, self.folder, _packed(tuple(value))]

    # -- files ----------------------------------------------------------------------------------------------------

    def files(self) -> dict[str, FileRow]:
        """All files by path, in the order of the paths."""
        script = f"?[path, {FILE_COLUMNS}] := *isg_file{{repo: $repo, path, {FILE_COLUMNS}}}"
        rows = sorted(self._read(script))
        return {row[0]: FileRow(*row) for row in rows}

    def pending(self) -> dict[str, str]:
        """Files whose links are not yet those of their facts: text hash that the links are of, "" for none."""
        return self._by_path("?[path, before] := *isg_pending{repo: $repo, path, before}")

    def put_files(self, files: Sequence[ReadFile], before: Mapping[str, str], now: int) -> None:
        """Replace what is stored of these files but their links, in one transaction.

        Args:
            before: by path, the text hash that the stored links are of; "" for a new file.
            now: seconds since 1970, for blobs that come.
        """
        value = self.value._replace(generation=secrets.randbits(62))
        parts: dict[str, Any] = {
            "files": [[self.repo, *one.row] for one in files],
            "briefs": [[self.repo, one.row.path, one.brief] for one in files],
            "facts": [
                [self.repo, one.row.path, one.row.text_hash, self.value.uses, one.graph] for one in files if one.graph
            ],
            "pending": [[self.repo, path, text_hash] for path, text_hash in before.items()],
            "blobs": [[one.row.code_hash, one.row.size, mime_of(one.row), now] for one in files if one.row.code_hash],
            "repos": [self._repo_row(value)],
        }
        self._write(PUT_FILES, parts)
        self.value = value

    def touch_files(self, files: Iterable[FileRow]) -> None:
        """Remember new times and sizes of files whose text is the same."""
        rows = [[self.repo, *one] for one in files]
        if rows:
            self._write(PUT_ROWS, {"files": rows})

    def remove_files(self, paths: Iterable[str], before: Mapping[str, str]) -> None:
        """Forget files that are gone; their links stay until they are pending no more."""
        value = self.value._replace(generation=secrets.randbits(62))
        parts = {
            "gone": [[self.repo, path] for path in paths],
            "pending": [[self.repo, path, text_hash] for path, text_hash in before.items()],
            "repos": [self._repo_row(value)],
        }
        self._write(REMOVE_FILES, parts)
        self.value = value

    # -- facts ----------------------------------------------------------------------------------------------------

    def graph(self, path: str, text_hash: str) -> bytes | None:
        """A packed graph; None when it is not kept."""
        script = "?[graph] := *isg_facts{repo: $repo, path: $path, text_hash: $hash, graph}"
        rows = self._read(script, path=path, hash=text_hash)
        return rows[0][0] if rows else None

    def has_graph(self, path: str, text_hash: str) -> bool:
        return text_hash in self.kept(path)

    def kept(self, path: str) -> set[str]:
        """Hashes of this file's texts whose graphs are kept."""
        return {
            row[0] for row in self._read("?[hash] := *isg_facts{repo: $repo, path: $path, text_hash: hash}", path=path)
        }

    def clear(self) -> None:
        """Forget everything about this repository but its number and its globs."""
        value = RepoValue(include=self.value.include, exclude=self.value.exclude)
        self._write(CLEAR, {"repo": self.repo, "repos": [self._repo_row(value)]})
        self.value = value

    def let_go(self, current: Mapping[str, FileRow]) -> None:
        """Forget the graphs of texts that were not current for longest, and blobs of no file."""
        rows = self._read("?[used, path, hash] := *isg_facts{repo: $repo, path, text_hash: hash, used}")
        if len(rows) <= len(current) * (1 + KEPT_TEXTS) + 64:
            return
        pending = self.pending()
        old = [
            row
            for row in sorted(rows)
            if (row[1] not in current or current[row[1]].text_hash != row[2]) and pending.get(row[1]) != row[2]
        ]
        spare = len(rows) - len(current) * (1 + KEPT_TEXTS)
        self._write(DROP_FACTS, {"rows": [[self.repo, path, text_hash] for _, path, text_hash in old[:spare]]})
        self._write(DROP_BLOBS, {})

    def use(self, rows: Iterable[FileRow]) -> None:
        """Note that these texts are current again."""
        self._write(USE_FACTS, {"rows": [[self.repo, row.path, row.text_hash, self.value.uses] for row in rows]})

    # -- links ----------------------------------------------------------------------------------------------------

    def put_links(
        self, links: Mapping[str, PackedLinks], settled: Iterable[str], gone: Iterable[str], more: bool = False
    ) -> None:
        """Replace the links of files, in one transaction.

        Args:
            settled: paths that are pending no more.
            gone: files that are no more; their links go.
            more: further links of the same linking follow: until the last of them a kill makes all links void.
        """
        value = self.value._replace(generation=secrets.randbits(62))
        script, parts = PUT_LINKS, self._link_rows(links)
        parts |= {
            "settled": [[self.repo, path] for path in ([] if more else [*settled, EVERYTHING])],
            "pending": [[self.repo, EVERYTHING, ""]] if more else [],
            "gone": [[self.repo, path] for path in gone],
            "repos": [self._repo_row(value)],
        }
        self._write(script, parts)
        self.value = value

    def _link_rows(self, links: Mapping[str, PackedLinks]) -> dict[str, Any]:
        return {
            "links": [[self.repo, path, one.tally, one.edges, one.unresolved] for path, one in links.items()],
            "reads": [[self.repo, path, one.reads] for path, one in links.items()],
            "flows": [[self.repo, path, one.targets, one.flows] for path, one in links.items()],
        }

    def clear_links(self) -> None:
        """Forget all links, and leave the mark that everything is to be linked."""
        self._write(CLEAR_LINKS, {"repo": self.repo, "pending": [[self.repo, EVERYTHING, ""]]})

    def flows(self, path: str) -> bytes:
        rows = self._read("?[flows] := *isg_flows{repo: $repo, path: $path, flows}", path=path)
        return rows[0][0] if rows else b""

    def all_targets(self) -> list[list[Any]]:
        """[path, packed paths per level that its flows go to] of every file."""
        return self._read("?[path, targets] := *isg_flows{repo: $repo, path, targets}")

    def all_reads(self) -> list[list[Any]]:
        """[path, hashes] of every file, by path."""
        return sorted(self._read("?[path, hashes] := *isg_reads{repo: $repo, path, hashes}"))

    def all_briefs(self) -> dict[str, bytes]:
        return self._by_path("?[path, brief] := *isg_brief{repo: $repo, path, brief}")

    def all_edges(self) -> dict[str, bytes]:
        return self._by_path("?[path, edges] := *isg_links{repo: $repo, path, edges}")

    def all_unresolved(self) -> dict[str, bytes]:
        return self._by_path("?[path, unresolved] := *isg_links{repo: $repo, path, unresolved}")

    def brief(self, path: str) -> bytes:
        rows = self._read("?[brief] := *isg_brief{repo: $repo, path: $path, brief}", path=path)
        return rows[0][0] if rows else b""

    def edges(self, path: str) -> bytes:
        rows = self._read("?[edges] := *isg_links{repo: $repo, path: $path, edges}", path=path)
        return rows[0][0] if rows else b""

    def unresolved(self, path: str) -> bytes:
        rows = self._read("?[unresolved] := *isg_links{repo: $repo, path: $path, unresolved}", path=path)
        return rows[0][0] if rows else b""

    def counts(self) -> dict[str, Any]:
        """`{files, nodes, unresolved, edges: {kind: n}}`; kinds without edges are left out."""
        if self._counted is None or self._counted[0] != self.value.generation:
            self._counted = self.value.generation, self._count()
        return {**self._counted[1], "edges": dict(self._counted[1]["edges"])}

    def _count(self) -> dict[str, Any]:
        from array import array

        rows = self._read("?[path, nodes] := *isg_file{repo: $repo, path, nodes}")
        sums = [0] * (len(EDGE_KINDS) + 1)
        for _, packed in self._read("?[path, tally] := *isg_links{repo: $repo, path, tally}"):
            for n, count in enumerate(array("i", packed)):
                sums[n] += count
        nodes = sum(row[1] for row in rows)
        sums[EDGE_KINDS.index("CONTAINS")] = sum(row[1] - 1 for row in rows if row[1])
        edges = {kind: sums[n] for n, kind in enumerate(EDGE_KINDS) if sums[n]}
        return {"files": len(rows), "nodes": nodes, "unresolved": sums[-1], "edges": edges}

    def csr_file(self) -> Path | None:
        """Where the graph as arrays is kept, beside the database; None in memory."""
        path = self.store.path
        return path.with_name(f"{path.name}.csr{self.repo or ''}") if path is not None else None

    # -- the database ---------------------------------------------------------------------------------------------

    def _by_path(self, script: str) -> dict[str, Any]:
        return {path: value for path, value in self._read(script)}

    def _read(self, script: str, **params: Any) -> list[list[Any]]:
        return self.store.read(script, {"repo": self.repo, **params})

    def _write(self, script: str, params: Mapping[str, Any]) -> None:
        # The graph can be built from the files again, so a power cut may take the newest rows of it.
        self.store.write(script, params, durable=False)


def _put(relation: str, name: str, keys: str, values: str) -> str:
    return f"{{?[{keys}, {values}] <- ${name} :put {relation} {{{keys} => {values}}}}}"


def _remove(relation: str, name: str) -> str:
    return f"{{?[repo, path] <- ${name} :rm {relation} {{repo, path}}}}"


def _clear(relation: str, keys: str) -> str:
    return f"{{?[{keys}] := *{relation}{{{keys}}}, repo = $repo :rm {relation} {{{keys}}}}}"


PUT_REPO = _put("isg_repo", "repos", "id", "name, root, value")
PUT_ROWS = _put("isg_file", "files", "repo, path", FILE_COLUMNS)
PUT_PENDING = _put("isg_pending", "pending", "repo, path", "before")
PUT_FILES = "\n".join(
    (
        PUT_ROWS,
        _put("isg_brief", "briefs", "repo, path", "brief"),
        _put("isg_facts", "facts", "repo, path, text_hash", "used, graph"),
        PUT_PENDING,
        _put("isg_blob", "blobs", "code_hash", "size_bytes, mime, created_at"),
        PUT_REPO,
    )
)
REMOVE_FILES = "\n".join((_remove("isg_file", "gone"), _remove("isg_brief", "gone"), PUT_PENDING, PUT_REPO))
PUT_LINKS = "\n".join(
    (
        _remove("isg_links", "gone"),
        _remove("isg_reads", "gone"),
        _remove("isg_flows", "gone"),
        _put("isg_links", "links", "repo, path", "tally, edges, unresolved"),
        _put("isg_reads", "reads", "repo, path", "hashes"),
        _put("isg_flows", "flows", "repo, path", "targets, flows"),
        _remove("isg_pending", "settled"),
        PUT_PENDING,
        PUT_REPO,
    )
)
CLEAR_LINKS = "\n".join(
    (*(_clear(relation, "repo, path") for relation in ("isg_links", "isg_reads", "isg_flows")), PUT_PENDING)
)
CLEAR = "\n".join(
    (
        *(_clear(f"isg_{name}", "repo, path") for name in ("file", "brief", "links", "reads", "flows", "pending")),
        _clear("isg_facts", "repo, path, text_hash"),
        PUT_REPO,
    )
)
DROP_FACTS = "?[repo, path, text_hash] <- $rows :rm isg_facts {repo, path, text_hash}"
USE_FACTS = "?[repo, path, text_hash, used] <- $rows :update isg_facts {repo, path, text_hash => used}"
DROP_BLOBS = """
used[code_hash] := *isg_file{code_hash}
?[code_hash] := *isg_blob{code_hash}, not used[code_hash]
:rm isg_blob {code_hash}
"""


def mime_of(row: FileRow) -> str:
    if row.reason.startswith("binary"):
        return "application/octet-stream"
    return f"text/x-{row.lang}" if row.lang else "text/plain"


def _packed(value: object) -> bytes:
    import msgpack

    return msgpack.packb(value)


def _unpacked(raw: bytes) -> Any:
    import msgpack

    return msgpack.unpackb(raw, use_list=False)
