"""Every step that made the database what it is, oldest first.

A migration is a named function of the store. It is run once per database, and its name is kept in the relation
`migrations`. It may be cut off half way and run again, so it uses `create` and `index`, which do nothing the second
time. A migration that has been released is never changed: add another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from remora.errors import UserError
from remora.store.schema import create, drop, index, relations

if TYPE_CHECKING:
    from remora.store.database import Store


class Migration(Protocol):
    """A function whose name says what it did."""

    __name__: str

    def __call__(self, store: Store, /) -> None: ...


def isg_files(store: Store) -> None:
    """Files on disk as they were last read. `id` is dense and stays inside the database."""
    columns = (
        "path: String => id: Int, code_hash: String, text_hash: String, encoding: String, eol: String, bom: Bool,"
        " final_newline: Bool, lang: String, mtime_ns: Int, size: Int, error: String? default null"
    )
    create(store, "isg_files", f"{{{columns}}}")
    index(store, "isg_files", "by_id", "id")


def isg_nodes(store: Store) -> None:
    """Nodes of those files. `rebound`: its name is bound again beside it, so a use of the name is not certain."""
    columns = (
        "id: Int => key: String, interface_id: String, kind: String, name: String, qualname: String, file: Int,"
        " signature: String, level: Int, body_hash: String, start_row: Int, start_col: Int, end_row: Int, end_col: Int,"
        " start_byte: Int, end_byte: Int, rebound: Bool"
    )
    create(store, "isg_nodes", f"{{{columns}}}")
    create(store, "isg_ids", "{key: String => id: Int}")
    create(store, "isg_counters", "{name: String => value: Int}")
    index(store, "isg_nodes", "by_file", "file")
    index(store, "isg_nodes", "by_qualname", "qualname")


def isg_edges(store: Store) -> None:
    """Edges between nodes, and what they are resolved from; `row` is 0-based, in the file the edge starts in."""
    create(store, "isg_edges", "{src: Int, kind: Int, dst: Int => file: Int, row: Int}")
    index(store, "isg_edges", "rev", "dst, kind, src")
    index(store, "isg_edges", "by_file", "file")
    create(store, "isg_refs", "{file: Int, n: Int => src: Int, module: String, name: String, row: Int}")
    create(store, "isg_imports", "{file: Int, n: Int => module: String, name: String, alias: String, certain: Bool}")
    create(store, "isg_tails", "{tail: String, file: Int}")
    index(store, "isg_tails", "by_file", "file")


def isg_unlinked(store: Store) -> None:
    """Files whose nodes were written and whose edges were not yet: what a crash leaves for the next indexing."""
    create(store, "isg_unlinked", "{path: String}")


def codegraph_proposals(store: Store) -> None:
    """Proposals, their edits and hunks' decisions. `head` and `body` are JSON; `texts` holds base texts by their hash."""
    create(store, "proposals", "{id: String => state: String, created: Float, updated: Float, head: String}")
    create(store, "edits", "{proposal: String, ord: Int => key: String, path: String, action: String, body: String}")
    index(store, "edits", "by_key", "key")
    create(store, "decisions", "{proposal: String, hunk: String => decision: String, author: String, at: Float}")
    create(store, "texts", "{hash: String => text: String}")


def codegraph_approvals(store: Store) -> None:
    """Approves: those under way, with the bytes of both sides, and those that happened."""
    create(store, "intents", "{proposal: String => at: Float, body: String}")
    create(store, "raw_texts", "{hash: String => bytes: Bytes}")
    columns = "key: String, at: Float => proposal: String, author: String, forced: Bool, action: String"
    create(store, "approvals", f"{{{columns}}}")


def isg_packed(store: Store) -> None:
    """The graph in few, fat rows: a file's nodes and facts in one, its edges in another (doc/architecture.md).

    `repo` is the number of a repository in `isg_repo`; every path is one of that repository's. What the first graph's
    relations held is read from the files again.
    """
    for relation in ("files", "nodes", "edges", "refs", "imports", "tails", "ids", "counters", "unlinked"):
        drop(store, f"isg_{relation}")
    create(store, "isg_repo", "{id: Int => name: String, root: String, value: Bytes}")
    columns = (
        "repo: Int, path: String => text_hash: String, code_hash: String, lang: String, status: String, reason: String,"
        " mtime_ns: Int, size: Int, nodes: Int"
    )
    create(store, "isg_file", f"{{{columns}}}")
    create(store, "isg_brief", "{repo: Int, path: String => brief: Bytes}")
    create(store, "isg_facts", "{repo: Int, path: String, text_hash: String => used: Int, graph: Bytes}")
    create(store, "isg_links", "{repo: Int, path: String => tally: Bytes, edges: Bytes, unresolved: Bytes}")
    create(store, "isg_reads", "{repo: Int, path: String => hashes: Bytes}")
    create(store, "isg_flows", "{repo: Int, path: String => targets: Bytes, flows: Bytes}")
    create(store, "isg_pending", "{repo: Int, path: String => before: String}")
    create(store, "isg_blob", "{code_hash: String => size_bytes: Int, mime: String, created_at: Int}")


def isg_refined(store: Store) -> None:
    """What an overlay says of a file's text; `reading` is the fingerprint of the code whose nodes the answers name."""
    columns = "repo: Int, path: String, overlay: String => text_hash: String, reading: String, answers: Bytes"
    create(store, "isg_refined", f"{{{columns}}}")


def summaries(store: Store) -> None:
    """One-line summaries by what they were made from; `error` says why there is no better one. `summary_nodes`: the
    line that a model made last for a node, which is shown as stale when the node has changed since.
    """
    made_from = "body_hash: String, model_id: String, prompt_hash: String, params_hash: String"
    columns = "summary: String, provenance: String, confidence: Float, created_at: Float, error: String? default null"
    create(store, "summaries", f"{{{made_from} => {columns}}}")
    create(store, "summary_nodes", f"{{repo: String, key: String => {made_from}}}")


MIGRATIONS: list[Migration] = [
    isg_files,
    isg_nodes,
    isg_edges,
    isg_unlinked,
    codegraph_proposals,
    codegraph_approvals,
    isg_packed,
    isg_refined,
    summaries,
]

# What the graph can be built from the files again, with the key columns of each relation.
GRAPH_KEYS = {
    "isg_repo": "id",
    "isg_file": "repo, path",
    "isg_brief": "repo, path",
    "isg_facts": "repo, path, text_hash",
    "isg_links": "repo, path",
    "isg_reads": "repo, path",
    "isg_flows": "repo, path",
    "isg_pending": "repo, path",
    "isg_blob": "code_hash",
    "isg_refined": "repo, path, overlay",
}


def migrate(store: Store, migrations: Sequence[Migration]) -> None:
    """Run what this database has not seen yet, in order.

    Raises:
        UserError: code `newer_store`: the database knows a migration that this Remora does not.
    """
    create(store, "migrations", "{name: String => applied_at: Float}")
    applied = {row[0] for row in store.read("?[name] := *migrations{name}")}
    unknown = applied - {migration.__name__ for migration in migrations}
    if unknown:
        message = (
            f"The database was written by a newer Remora (it knows {', '.join(sorted(unknown))}). "
            "Update Remora, or name another store with --state."
        )
        raise UserError(message, "newer_store")
    for migration in migrations:
        if migration.__name__ not in applied:
            migration(store)
            name = {"name": migration.__name__}
            store.write("?[name, applied_at] <- [[$name, now()]] :put migrations {name => applied_at}", name)


def clear_graph(store: Store) -> None:
    """Empty the graph, in one transaction; proposals and everything else stay."""
    present = relations(store)
    blocks = [
        f"{{?[{keys}] := *{relation}{{{keys}}} :rm {relation} {{{keys}}}}}"
        for relation, keys in GRAPH_KEYS.items()
        if relation in present
    ]
    if blocks:
        store.write("\n".join(blocks))
