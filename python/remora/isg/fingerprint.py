"""Which code made what is stored: what other code made is made again."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from blake3 import blake3

import remora.lang
from remora.isg import records

HERE = Path(__file__).parent


@cache
def reading() -> str:
    """Of all that turns a text into a packed graph."""
    own = (path for path in HERE.glob("*.py") if path.name not in LINKED_AFTER)
    rules = Path(remora.lang.__file__).parent.parent / "repo"
    return of([*own, *(HERE / "languages").rglob("*.py"), *language_data(), *rules.glob("skip.*"), rules / "text.py"])


@cache
def linking() -> str:
    """Of all that turns packed graphs into edges, beside `reading`."""
    return of([*(HERE / "link").rglob("*.py"), HERE / "packing.py", Path(records.__file__)])


# Modules here that work with graphs once they are read.
LINKED_AFTER = frozenset(
    {
        *(
            "__init__.py",
            "answers.py",
            "cluster.py",
            "csr.py",
            "csrfile.py",
            "find.py",
            "fingerprint.py",
            "graph.py",
            "locate.py",
        ),
        "pipeline.py",
        *("query.py", "rank.py", "records.py", "search.py", "select.py", "snapshot.py", "stored.py", "views.py"),
        *("publish.py", "splice.py", "unsaved.py", "walk.py", "walks.py", "workers.py"),
    }
)


def language_data() -> Iterable[Path]:
    folder = Path(remora.lang.__file__).parent
    return [*folder.rglob("*.toml"), *folder.rglob("*.scm")]


def of(files: Iterable[Path]) -> str:
    digest = blake3()
    for file in sorted(files):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest(16)
