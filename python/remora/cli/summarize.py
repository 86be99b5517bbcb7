"""`remora summarize`: one line for each definition, as JSON lines; `remora metrics`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from remora.cli.edit import from_here
from remora.cli.index import build, refuse_stray
from remora.cli.output import one_line, put
from remora.cli.progress import StatusLine
from remora.cli.session import Connection, connection, home_of
from remora.config import load, places
from remora.errors import UserError
from remora.repo.named import named_in
from remora.repo.root import find_root

_ANSWER_S = 600.0
_NOT_THERE = ("unknown_node", "ambiguous", "no_node", "unknown_path", "left_out", "outside")


def run(arguments: argparse.Namespace) -> int:
    if arguments.path and arguments.keys:
        raise UserError("name a PATH or --keys, not both.", "usage")
    path = _place(arguments)
    try:
        return summarized(
            arguments,
            path=path or None,
            all=None if path or arguments.keys else True,
            keys=arguments.keys or None,
            mode=arguments.mode,
            threshold=arguments.confidence_threshold,
            max_llm=arguments.max_llm,
            batch_size=arguments.batch_size,
            overwrite=arguments.overwrite or None,
            dry_run=arguments.dry_run or None,
            engine=from_here(arguments.engine),
            model=arguments.model,
        )
    except UserError as error:
        if error.code not in _NOT_THERE:
            raise
        raise UserError(str(error), "usage", **error.data) from error


def summarized(arguments: argparse.Namespace, **params: Any) -> int:
    """Ask, print rows as they come, say at the end how it went."""
    refuse_stray(arguments)
    with connection(arguments) as link:
        auto = load(places().config / "config.toml").codegraph.index == "auto"
        if auto and not link.call("graph_counts", _ANSWER_S)["indexed"]:
            build(link)
        if params.get("keys"):
            params["keys"] = [link.key(key) for key in params["keys"]]
        rows = _Rows(link, link.call("summarize", _ANSWER_S, **params)["request"], _is_for_people(arguments))
        try:
            report = link.follow(rows.request, rows.see)["report"]
        except KeyboardInterrupt:
            rows.take()
            print(
                f"\nremora: stopped after {rows.after:,} lines. They are kept; the same command goes on from here.",
                file=sys.stderr,
            )
            return 1
        rows.take()
    _put_report(report, bool(params.get("dry_run")))
    return 0


def metrics(arguments: argparse.Namespace) -> int:
    with connection(arguments) as link:
        found = link.call("metrics")
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False))
        return 0
    for name, value in found.items():
        if name != "engines":
            put(f"{name} {value if isinstance(value, (int, float)) else json.dumps(value)}")
    return 0


class _Rows:
    """Prints what a request has made, each row once."""

    def __init__(self, link: Connection, request: str, is_for_people: bool) -> None:
        self.request = request
        self.after = 0
        self._link = link
        self._is_for_people = is_for_people
        self._line = StatusLine()

    def see(self, event: dict[str, Any]) -> None:
        if event.get("rows", 0) > self.after:
            self.take()
        self._line(event)

    def take(self) -> None:
        while True:
            part = self._link.call("summary_rows", request=self.request, after=self.after)
            for row in part["rows"]:
                self._put(row)
            self.after = part["next"]
            if not part["more"]:
                sys.stdout.flush()
                return

    def _put(self, row: dict[str, Any]) -> None:
        if self._is_for_people:
            put(
                f"{one_line(row['isgl1_key'])}\n    {one_line(row['summary'])}  ({row['provenance']} {row['confidence']:.2f})"
            )
        else:
            print(json.dumps(row, ensure_ascii=False))


def _is_for_people(arguments: argparse.Namespace) -> bool:
    return sys.stdout.isatty() and not arguments.json


def _place(arguments: argparse.Namespace) -> str:
    """What PATH means from the root of its workspace, which becomes the command's; "" for all of it."""
    if not arguments.path:
        return ""
    path = Path(arguments.path)
    if not path.exists():
        raise UserError(f"{arguments.path} is not there. Name a file or folder.", "usage")
    if not arguments.workspace:
        found, _ = _home(arguments, path)
        arguments.workspace = str(find_root(path, is_named=named_in(found.state)).path)
    relative = path.resolve().relative_to(home_of(arguments)[1].path).as_posix()
    return "" if relative == "." else relative


def _home(arguments: argparse.Namespace, path: Path) -> Any:
    return home_of(argparse.Namespace(state=arguments.state, workspace=str(path if path.is_dir() else path.parent)))


def _put_report(report: dict[str, Any], is_dry: bool) -> None:
    by = ", ".join(f"{count:,} {word}" for word, count in sorted(report["by"].items())) or "none"
    llm, latency = report["llm"], report["latency_ms"]
    print(f"{report['done']:,} lines in {report['seconds']:.2f} s: {by}.", file=sys.stderr)
    if is_dry:
        print(f"Nothing was stored; a model would be asked about {report['wanted']:,}.", file=sys.stderr)
    else:
        tokens = f", {llm['tokens']:,} tokens" if llm["tokens"] else ""
        print(
            f"Model: {llm['used']:,} of {llm['of']:,} calls{tokens}; {report['cached']:,} lines were there already."
            f" p50 {latency['p50']:.2f} ms, p95 {latency['p95']:.2f} ms.",
            file=sys.stderr,
        )
    if report["gone"]:
        print(f"{report['gone']:,} were deleted meanwhile.", file=sys.stderr)
    if report["budget_spent"]:
        print("The budget is spent; --max-llm N allows more, and the same command goes on from here.", file=sys.stderr)
    if report["engine_error"]:
        print(f"The model could not be asked, so these lines are by rules: {report['engine_error']}", file=sys.stderr)
