"""`remora edit`: ask a model, show the diff, and write it when told to."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from remora.cli.models import pull_now
from remora.cli.output import put, put_diff
from remora.cli.progress import StatusLine
from remora.cli.session import Connection, connection
from remora.errors import UserError

JSON_KEYS = ("proposal", "state", "node", "files", "diff", "diagnostics", "model", "timings")


def run(arguments: argparse.Namespace) -> int:
    with connection(arguments) as link:
        proposal = _ask(link, arguments)
        result = {**{key: proposal.get(key) for key in JSON_KEYS}, "proposal": proposal["id"]}
        result["files"] = [file["path"] for file in proposal["files"]]
        state = proposal["state"]
        if arguments.approve:
            approved = link.call("approve", proposal=proposal["id"])
            state = result["state"] = approved["state"]
            result["files"] = [file["path"] for file in approved["files"]]
    if arguments.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        _print(proposal, state)
    return 0


def _ask(link: Connection, arguments: argparse.Namespace) -> dict[str, Any]:
    params: dict[str, Any] = {
        "key": link.key(arguments.key),
        "request": arguments.request,
        "refine": arguments.refine,
        "engine": from_here(arguments.engine),
        "model": arguments.model,
    }
    for again in (False, True):
        request = link.call("edit", **params)["request"]
        try:
            return link.follow(request, StatusLine())["proposal"]
        except UserError as error:
            if error.code != "no_model" or again or not _consents(error):
                raise
            pull_now(link, error.data["name"])
    raise AssertionError("unreachable: the second round returns or raises")


def from_here(engine: str | None) -> str | None:
    """A script is named from the current folder, which is not the server's."""
    kind, mark, path = (engine or "").partition(":")
    return f"{kind}:{Path(path).absolute()}" if kind == "scripted" and mark else engine


def _consents(error: UserError) -> bool:
    """Ask once, where there is somebody to ask. Nothing is downloaded otherwise."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    data = error.data
    print(
        f"The model {data['name']} is not on this machine yet.\n"
        f"  size     {data['bytes'] / 1e6:,.0f} MB ({data['free_bytes'] / 1e9:,.0f} GB free)\n"
        f"  from     {', then '.join(data['sources'])}\n"
        f"  licence  {data['licence']}\n"
        f"  to       {data['path']}",
        file=sys.stderr,
    )
    return input("Get it now? [y/N] ").strip().lower() in ("y", "yes")


def _print(proposal: dict[str, Any], state: str) -> None:
    put_diff(proposal["diff"])
    for found in proposal["diagnostics"]:
        put(f"{found['path']}:{found['row'] + 1}: {found['severity']}: {found['message']} ({found['code']})")
    if state == "approved":
        print(f"Approved and written: proposal {proposal['id']}.", file=sys.stderr)
    else:
        print(f"Proposal {proposal['id']}: `remora approve` writes it, `remora reject` drops it.", file=sys.stderr)
