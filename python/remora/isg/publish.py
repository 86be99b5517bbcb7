"""The graph as plain relations in its own store, for other programs that open the store with the database's tools.

    node {repo, key => kind, name, path, row}              edge {repo, src, kind, dst => mark, path, row}
    unresolved {repo, src, n => name, path, row}           file {repo, path => lang, status, reason}

These are a copy: the graph itself lies in the packed rows of `remora.isg.records`, which cost a tenth.
"""

from __future__ import annotations

from remora.isg.csr import Csr
from remora.isg.query import FILLERS, RELATIONS
from remora.isg.records import Records
from remora.store.schema import create

BATCH_ROWS = 10_000


def publish(csr: Csr, records: Records) -> None:
    """Replace what the relations hold of this repository."""
    repo = records.public_name()
    for name, columns in RELATIONS.items():
        create(records.store, name, columns.replace("{", "{repo: String, ", 1))
        keys = ", ".join(
            column.partition(":")[0].strip() for column in columns.strip("{}").partition("=>")[0].split(",")
        )
        records.store.write(
            f"?[repo, {keys}] := *{name}{{repo, {keys}}}, repo = $repo :rm {name} {{repo, {keys}}}",
            {"repo": repo},
            durable=False,
        )
        headers, rows = FILLERS[name](csr, records)
        for start in range(0, len(rows), BATCH_ROWS):
            batch = [[repo, *row] for row in rows[start : start + BATCH_ROWS]]
            records.store.load(name, ("repo", *headers), batch)
