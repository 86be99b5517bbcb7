"""`remora model …`: the catalogue and the files. No server is needed to list, find or delete them."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from remora.cli.progress import PullBar
from remora.cli.session import Connection
from remora.config import load, places
from remora.errors import UserError
from remora.models import catalogue
from remora.models.local import path_of
from remora.models.local import remove as delete
from remora.models.pull import pull as download


def listing(arguments: argparse.Namespace) -> int:
    folder = places().models
    rows: list[dict[str, Any]] = [
        {
            "name": m.name,
            "role": m.role,
            "bytes": m.bytes,
            "licence": m.licence,
            "tested": m.tested,
            "path": str(path) if (path := path_of(m, folder)) else None,
        }
        for m in catalogue.catalogue()
    ]
    if arguments.json:
        print(json.dumps(rows))
        return 0
    default = load(places().config / "config.toml").engine.model
    for row in rows:
        here = "here" if row["path"] else "    "
        marks = ", ".join(
            w for w in ("default" if row["name"] == default else "", "" if row["tested"] else "untested") if w
        )
        print(
            f"{here}  {row['name']:<32} {row['role']:<7} {catalogue.size_text(row['bytes']):>8}  {row['licence']}  {marks}"
        )
    return 0


def pull(arguments: argparse.Namespace) -> int:
    model = catalogue.find(arguments.name or load(places().config / "config.toml").engine.model)
    if arguments.sha256:
        model = catalogue.with_sha256(model, arguments.sha256)
    bar = PullBar(model.name)

    def tell(done: int, total: int, note: str) -> None:
        bar({"kind": "phase", "done": done, "total": total, "note": note})

    try:
        path = download(model, places().models, tell, lambda: False)
    except KeyboardInterrupt:
        print("\nWhat came so far is kept: the same command goes on from there.", file=sys.stderr)
        raise
    finally:
        bar({"kind": "done"})
    print(json.dumps({"name": model.name, "path": str(path)}) if arguments.json else path)
    return 0


def pull_now(link: Connection, name: str) -> None:
    """Pull through the server, so that whoever asks next finds it."""
    link.follow(link.call("pull", name=name)["request"], PullBar(name))


def path(arguments: argparse.Namespace) -> int:
    model = catalogue.find(arguments.name or load(places().config / "config.toml").engine.model)
    found = path_of(model, places().models)
    if found is None:
        raise UserError(
            f"{model.name} is not on this machine. `remora model pull {model.name}` gets it.", code="no_model"
        )
    print(json.dumps({"name": model.name, "path": str(found)}) if arguments.json else found)
    return 0


def remove(arguments: argparse.Namespace) -> int:
    gone = delete(catalogue.find(arguments.name), places().models)
    for item in gone:
        print(item)
    if not gone:
        print("There was nothing to delete.", file=sys.stderr)
    return 0
