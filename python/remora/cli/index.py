"""`remora index`: bring the graph in line with the files, and say what is in it and what is not."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from remora.cli.output import one_line, put, put_columns
from remora.cli.progress import IndexBar
from remora.cli.session import Connection, connection, home_of
from remora.errors import UserError
from remora.repo.named import is_stray, named_in, stray
from remora.repo.root import find_root

# Of each kind of trouble, so that the table stays one that is read; --json has more.
_SHOWN = 10


def run(arguments: argparse.Namespace) -> int:
    if arguments.address and not arguments.workers:
        raise UserError("--address goes with --workers ray.", "usage")
    if arguments.path and arguments.workspace:
        raise UserError("name the folder once, as PATH or with --workspace.", "usage")
    arguments.workspace = arguments.path or arguments.workspace
    if not arguments.workspace:
        refuse_stray(arguments)
    snapshot = Path(arguments.snapshot).absolute() if arguments.snapshot else None
    with connection(arguments) as link:
        report = build(
            link,
            include=arguments.include or [],
            exclude=arguments.exclude or [],
            named=True,
            rebuild=arguments.rebuild or None,
            jobs=arguments.jobs,
            large=arguments.many or None,
            workers=arguments.workers,
            address=arguments.address,
            overlay=arguments.overlay,
            snapshot=str(snapshot) if snapshot else None,
        )
    if arguments.json:
        print(json.dumps(report, ensure_ascii=False))
    else:
        put_report(report)
        if snapshot:
            print(f"The graph is written to {snapshot}.", file=sys.stderr)
        if arguments.path and (around := _around(arguments, link.root)):
            print(
                f"This folder is a workspace of its own now, apart from {around}: ask with --workspace {arguments.path}.",
                file=sys.stderr,
            )
    return refuse_nothing(report, link.root, arguments.include, arguments.exclude)


def refuse_stray(arguments: argparse.Namespace) -> None:
    """Raises UserError where nothing says that the folder is a repository, and nobody has indexed it on purpose."""
    here, root = home_of(arguments)
    if is_stray(root, here.state):
        folder = "." if root.path == Path.cwd().resolve() else shlex.quote(str(root.path))
        raise stray(root.path, f"remora index {folder}")


def _around(arguments: argparse.Namespace, root: Path) -> Path | None:
    """The workspace that questions from here, or from the folder itself, would be about instead."""
    is_named = named_in(home_of(arguments)[0].state)
    for place in (Path.cwd(), root):
        with suppress(UserError):
            found = find_root(place, is_named=is_named)
            if found.scope != "file" and found.path != root and root.is_relative_to(found.path):
                return found.path
    return None


def build(link: Connection, **params: Any) -> dict[str, Any]:
    """Index, with a bar on a terminal; ask once when the workspace is very large. Returns the report of doc/protocol.md.

    Raises:
        UserError: what the server answers; `too_many_files` when nobody is there to ask, or the answer is no.
    """
    for again in (False, True):
        try:
            request = link.call("index", **params)["request"]
            with IndexBar() as bar:
                return link.follow(request, bar)["report"]
        except UserError as error:
            if error.code != "too_many_files" or again or not _consents(error):
                raise
            params["large"] = True
    raise AssertionError("unreachable: the second round returns or raises")


def _consents(error: UserError) -> bool:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    print(error, file=sys.stderr)
    return input("Index them all now? [y/N] ").strip().lower() in ("y", "yes")


def refuse_nothing(report: dict[str, Any], root: Path, include: list[str] | None, exclude: list[str] | None) -> int:
    """The exit code: 1, with the reason, when the graph has nothing that was read from a file."""
    if report["files"] - report["failed_count"] - report["skipped_count"] > 0:
        return 0
    if report["files"]:
        why = "every file was skipped or could not be read; the reasons are above"
    elif include or exclude:
        why = "no file of a known language is left by --include and --exclude"
    else:
        why = "there is no file of a known language that git does not ignore"
    print(f"remora: nothing was indexed in {root}: {why}.", file=sys.stderr)
    return 1


def put_report(report: dict[str, Any]) -> None:
    """Print the report as a table for people."""
    changes = [f"{report[word]:,} {word}" for word in ("changed", "removed") if report[word]]
    rows = [("files", f"{report['files']:,}", ", ".join(changes))]
    rows += [("nodes", f"{report['nodes']:,}", ""), ("edges", f"{sum(report['edges'].values()):,}", "")]
    by_count = sorted(report["edges"].items(), key=lambda item: (-item[1], item[0]))
    rows += [(f"  {kind.lower()}", f"{count:,}", "") for kind, count in by_count if count]
    rows += [
        ("unresolved", f"{report['unresolved']:,}", "references that name nothing known here"),
        ("partial", f"{report['partial_count']:,}", "files not read whole, or not as UTF-8"),
        ("failed", f"{report['failed_count']:,}", "files that could not be read"),
        ("skipped", f"{report['skipped_count']:,}", "files known by name only"),
        ("seconds", f"{report['seconds']:.2f}", ""),
    ]
    width = max(len(number) for _, number, _ in rows)
    put_columns([(name, number.rjust(width), note if number != "0" else "") for name, number, note in rows])
    for kind in ("partial", "failed"):
        _put_files(kind, report[kind], report[f"{kind}_count"])
    if report["skipped_by"]:
        put("skipped:")
        reasons = sorted(report["skipped_by"].items(), key=lambda item: (-item[1], item[0]))
        first = {why: path for path, why in reversed(report["skipped"])}
        put_columns(
            [
                (f"{n:,}".rjust(7), one_line(why), f"e.g. {one_line(first[why])}" if why in first else "")
                for why, n in reasons
            ]
        )


def _put_files(kind: str, files: list[list[str]], count: int) -> None:
    if not files:
        return
    put(f"{kind}:")
    put_columns([(one_line(path), one_line(why)) for path, why in files[:_SHOWN]], "  ")
    if count > _SHOWN:
        put(f"  and {count - _SHOWN:,} more; --json lists them")
