"""Questions to the code graph: node, callers, callees, impact, path, query, search."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shlex
import sys
from collections.abc import Generator
from typing import Any

from remora.cli import tree
from remora.cli.index import build, refuse_stray
from remora.cli.output import one_line, put, put_columns
from remora.cli.session import Connection, connection
from remora.config import load, places
from remora.errors import UserError

# The server waits for its first index before it answers.
_ANSWER_S = 600.0
_SHOWN = 20
_HEADINGS = {"members": "in it", "importers": "imported by"}


def node(arguments: argparse.Namespace) -> int:
    with _current(arguments) as link:
        found = _ask(link, "node", key=_key(link, arguments.key))
    if arguments.json:
        _put_json(found)
        return 0
    is_module = found["kind"] in ("module", "package")
    words = " ".join(word for word in (found["visibility"], *found["flags"], found["kind"]) if word)
    words = found["kind"] if is_module else words
    put(one_line(found["key"]))
    if found["path"]:
        put(
            f"{words}, {one_line(found['path'])}" + (f":{_lines(found['span'])}" if found["span"][2:] != [0, 0] else "")
        )
        if not is_module:
            put(f"\n    {one_line(found['signature'])}")
    else:
        put(f"{words}, outside this workspace")
    for text in _told(found):
        put("\n" + "\n".join(f"    {one_line(line)}".rstrip() for line in text.strip().splitlines()[:_SHOWN]))
    for one in found.get("modules", ()):
        put(f"\n{one_line(one['path'])}\n    {one_line(one['summary'])}")
    for word in ("members", "importers", "callers", "callees", "tests"):
        refs = found.get(word)
        if refs is None:
            continue
        if refs or not is_module:
            put(f"\n{_HEADINGS.get(word, word)} ({len(refs):,})")
        if refs:
            put_columns(tree.rows(refs[:_SHOWN], site=word not in ("callees", "members")), "  ")
        if len(refs) > _SHOWN:
            more = f"`remora {word} KEY`" if word in ("callers", "callees") else "--json"
            put(f"  and {len(refs) - _SHOWN:,} more; {more} lists them")
    return 0


def _told(found: dict[str, Any]) -> list[str]:
    """The node's line and its documentation, which need not be said twice."""
    summary, doc = found.get("summary") or "", found["doc"]
    is_same = " ".join(doc.split()).rstrip(".").casefold() == summary.partition(";")[0].casefold()
    return [text for text in ("" if is_same else summary, doc) if text]


def callers(arguments: argparse.Namespace) -> int:
    return _neighbours(arguments, "callers", "Nothing is known to call {}.")


def callees(arguments: argparse.Namespace) -> int:
    return _neighbours(arguments, "callees", "{} is not known to call anything.")


def impact(arguments: argparse.Namespace) -> int:
    return _neighbours(arguments, "impact", "Nothing is known to depend on {}.")


def _neighbours(arguments: argparse.Namespace, method: str, nothing: str) -> int:
    with _current(arguments) as link:
        key, certain = _key(link, arguments.key), arguments.certain or None
        found = _ask(link, method, key=key, depth=arguments.depth, certain=certain)
        surely = None
        if not certain and not arguments.json and any(ref["mark"] == "heuristic" for ref in found["neighbours"]):
            surely = link.call(method, _ANSWER_S, key=found["node"]["key"], depth=arguments.depth, certain=True)[
                "total"
            ]
    if arguments.json:
        _put_json(found)
        return 0 if found["neighbours"] else 1
    refs, site = found["neighbours"], method != "callees"
    if not refs:
        print(nothing.format(tree.name_of(found["node"])), file=sys.stderr)
        return 1
    if method == "impact" or (arguments.depth or 1) > 1:
        put_columns(tree.tree(found["node"], refs, site=site))
        files = len({ref["path"] for ref in refs if ref["path"]})
        print(
            f"{found['total']:,} {'node' if found['total'] == 1 else 'nodes'}"
            f" in {files:,} {'file' if files == 1 else 'files'}.",
            file=sys.stderr,
        )
    else:
        put_columns(tree.rows(refs, site=site))
    if found["total"] > len(refs):
        print(f"Only the first {len(refs):,} of {found['total']:,} are here.", file=sys.stderr)
    if surely is not None:
        print(
            f"{found['total'] - surely:,} of them only by a guess (heuristic); --certain leaves those out.",
            file=sys.stderr,
        )
    return 0


def path(arguments: argparse.Namespace) -> int:
    with _current(arguments) as link:
        start, end = _key(link, arguments.start), _key(link, arguments.end)
        found = _ask(link, "path", **{"from": start, "to": end})
    is_there = bool(found["steps"]) or found["from"]["key"] == found["to"]["key"]
    if arguments.json:
        _put_json(found)
    elif is_there:
        put_columns(tree.rows([found["from"], *found["steps"]], site=False))
        if not found["steps"]:
            print("Both are the same node.", file=sys.stderr)
    else:
        print(
            f"No way leads from {arguments.start} to {arguments.end}."
            f" `remora path {shlex.quote(arguments.end)} {shlex.quote(arguments.start)}` looks the other way round.",
            file=sys.stderr,
        )
    return 0 if is_there else 1


def query(arguments: argparse.Namespace) -> int:
    if (arguments.script is None) == (arguments.view is None):
        raise UserError("give a DATALOG script (- reads standard input), or --view NAME.", "usage")
    script = sys.stdin.read() if arguments.script == "-" else arguments.script
    with _current(arguments) as link:
        found = _ask(link, "query", script=script, view=arguments.view, limit=arguments.limit)
    if arguments.json:
        _put_json(found)
        return 0
    put_columns([[one_line(_cell(value)) for value in row] for row in (found["headers"], *found["rows"])])
    if not found["rows"]:
        print("No rows.", file=sys.stderr)
    if found["cut"]:
        print(f"Only the first {len(found['rows']):,} rows are here; --limit N asks for more.", file=sys.stderr)
    return 0


def search(arguments: argparse.Namespace) -> int:
    with _current(arguments) as link:
        found = _ask(link, "search", name=arguments.name, limit=arguments.limit)
    if arguments.json:
        _put_json(found)
    elif found["nodes"]:
        put_columns(
            [
                (
                    tree.name_of(ref),
                    ref["kind"],
                    tree.place_of(ref, site=False),
                    "" if ref["kind"] == "module" else one_line(ref["signature"] or ""),
                )
                for ref in found["nodes"]
            ]
        )
    else:
        print(f"No name here is like {arguments.name!r}.", file=sys.stderr)
    return 0 if found["nodes"] else 1


@contextlib.contextmanager
def _current(arguments: argparse.Namespace) -> Generator[Connection]:
    """A connection to a workspace that was indexed once; where it was not, that is done first, with a bar.

    Raises:
        UserError: `no_repository`: nothing says that the folder is one, so nobody is made to wait for its index.
    """
    refuse_stray(arguments)
    with connection(arguments) as link:
        auto = load(places().config / "config.toml").codegraph.index == "auto"
        if auto and not link.call("graph_counts", _ANSWER_S)["indexed"]:
            build(link)
        yield link


def _ask(link: Connection, method: str, **params: Any) -> Any:
    """The answer of the disk as it is now, whether or not somebody watches it."""
    return link.call(method, _ANSWER_S, fresh=True, **params)


def _key(link: Connection, typed: str) -> str:
    """A key; a file's name means its module."""
    path = link.path(typed)
    return f"{path}::<module>" if os.path.isfile(link.root / path) else link.key(typed)  # noqa: PTH113


def _lines(span: list[int]) -> str:
    first, last = span[0] + 1, span[2] + (1 if span[3] else 0)
    return f"{first}-{last}" if last > first else f"{first}"


def _cell(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=_plain)


def _put_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, default=_plain))


def _plain(value: Any) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)
