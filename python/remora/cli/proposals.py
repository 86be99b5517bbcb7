"""The write surface from the shell: propose, preflight, approve, reject, list, get."""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

from remora.cli.edit import JSON_KEYS
from remora.cli.output import put, put_diff
from remora.cli.session import connection
from remora.errors import UserError


def propose(arguments: argparse.Namespace) -> int:
    if arguments.action == "Delete":
        code = ""
    elif arguments.code is None:
        raise UserError("--code FILE is needed for Create and Edit; - reads standard input.", "usage")
    else:
        code = sys.stdin.read() if arguments.code == "-" else _read(arguments.code)
    with connection(arguments) as link:
        made = link.call("propose", key=link.key(arguments.key), action=arguments.action, code=code, tdd=arguments.tdd)
    if arguments.json:
        keys = {key: made.get(key) for key in JSON_KEYS}
        print(
            json.dumps(
                {**keys, "proposal": made["id"], "files": [f["path"] for f in made["files"]]}, ensure_ascii=False
            )
        )
    else:
        put_diff(made["diff"])
        _findings(made["diagnostics"])
        print(f"Proposal {made['id']}: `remora approve` writes it, `remora reject` drops it.", file=sys.stderr)
    return 0


def preflight(arguments: argparse.Namespace) -> int:
    with connection(arguments) as link:
        checks = (
            link.call("preflight", proposals=arguments.proposals) if arguments.proposals else [link.call("preflight")]
        )
    if arguments.json:
        print(json.dumps(checks, ensure_ascii=False))
    else:
        for check in checks:
            _findings(check["diagnostics"])
            print("The checks found nothing new that blocks it." if check["passed"] else "The checks found new errors.")
    return 0 if all(check["passed"] for check in checks) else 1


def approve(arguments: argparse.Namespace) -> int:
    with connection(arguments) as link:
        proposal = arguments.proposal
        if proposal is None:
            newest = link.call("get")
            if not arguments.json and not _agreed(newest):
                return 1
            proposal = newest["id"]
        done = link.call("approve", proposal=proposal, force=arguments.force or None)
    if arguments.json:
        print(json.dumps(done, ensure_ascii=False))
        return 0
    for file in done["files"]:
        how = " (in Neovim, not saved)" if file["unsaved"] else " (merged with later changes)" if file["merged"] else ""
        put(f"{file['path']}{how}")
    return 0


def _agreed(newest: dict[str, Any]) -> bool:
    """Say which proposal "the newest" is; a person sees it and is asked, a script goes on."""
    print(f"Proposal {newest['id']}, {newest['node'].rpartition('-')[2]}: {newest['request']}", file=sys.stderr)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    put_diff(newest["diff"])
    return input("Write it? [y/N] ").strip().lower() in ("y", "yes")


def reject(arguments: argparse.Namespace) -> int:
    with connection(arguments) as link:
        done = link.call("reject", proposal=arguments.proposal)
    print(json.dumps(done) if arguments.json else f"Proposal {done['proposal']} is {done['state']}.")
    return 0


def listing(arguments: argparse.Namespace) -> int:
    with connection(arguments) as link:
        found = link.call("proposals", state=arguments.only)
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False))
        return 0
    for row in found:
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(row["created"]))
        put(f"{row['id']}  {row['state']:<8}  {when}  {row['node']}  {row['request'][:60]}")
    if not found:
        print('No proposals here yet. `remora edit KEY "what should change"` makes one.', file=sys.stderr)
    return 0


def get(arguments: argparse.Namespace) -> int:
    with connection(arguments) as link:
        if re.fullmatch(r"[0-9a-f]{8}", arguments.what):
            found = link.call("get", proposal=arguments.what)
        else:
            found = link.call("get", key=link.key(arguments.what))
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        _show(found)
    return 0


def _show(found: dict[str, Any]) -> None:
    for key, value in found.items():
        if isinstance(value, str) and "\n" in value:
            put(f"{key}:\n" + "\n".join(f"  {line}" for line in value.splitlines()))
        elif not isinstance(value, list | dict):
            put(f"{key}: {'' if value is None else value}")


def _findings(diagnostics: list[dict[str, Any]]) -> None:
    for found in diagnostics:
        put(f"{found['path']}:{found['row'] + 1}: {found['severity']}: {found['message']} ({found['code']})")


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path} cannot be read: {error}. Name a UTF-8 file, or - for standard input.") from error
