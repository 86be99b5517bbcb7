"""`interface-graph-builder`: the graph of one repository for pipelines, into a store of its own when one is named."""

from __future__ import annotations

import argparse
import json
import select
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from remora.cli.parser import count

# Somebody who writes to standard input has begun by then; whoever merely left it open never will.
_STDIN_S = 1.0
_SCHEME = "cozo://"


class Usage(Exception):
    """The arguments do not make sense; the message says why."""


def main(argv: Sequence[str] | None = None) -> int:
    """Build once. Exit codes as for `remora`: 0 done, 1 failed or nothing indexed, 2 usage."""
    from remora.cli import guarded

    return guarded("interface-graph-builder", lambda: _run(parser().parse_args(argv)))


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="interface-graph-builder",
        description="Build the interface graph of a repository; print a JSON object per node:"
        " {isgl1_key, path, kind, facets}.",
        epilog="for example:\n"
        "  interface-graph-builder --repo . --out cozo://isg --snapshot isg.json\n"
        '  echo \'{"repo": ".", "include": ["crates/**"], "exclude": ["target/**"]}\' | interface-graph-builder\n\n'
        "Without --repo, --include and --exclude a JSON object on standard input says what they would, when\n"
        "somebody writes one there. With `-` it is waited for, and stands above the options.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("object", nargs="?", choices=("-",), metavar="-", help="read {repo, include, exclude} as JSON")
    made.add_argument("--repo", metavar="DIR", help="the repository's folder, the current one otherwise")
    made.add_argument("--out", metavar="cozo://PATH", help="a store of its own; the workspace's one otherwise")
    made.add_argument("--snapshot", metavar="FILE.json", help="write the whole graph as one JSON document")
    made.add_argument("--include", metavar="GLOB", action="append", help="only files like this; may be repeated")
    made.add_argument("--exclude", metavar="GLOB", action="append", help="no files like this; may be repeated")
    made.add_argument("--concurrency", metavar="N", type=count, help="processes that read files")
    return made


def _run(arguments: argparse.Namespace) -> int:
    from remora.cli.index import put_report, refuse_nothing

    try:
        if arguments.object or (arguments.repo, arguments.include, arguments.exclude) == (None, None, None):
            _override(arguments, standard_input(is_waited_for=arguments.object is not None))
        arguments.repo = "." if arguments.repo is None else arguments.repo
        store = store_path(arguments.out)
    except Usage as wrong:
        print(f"interface-graph-builder: {wrong}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="remora-") as scratch:
        snapshot = Path(arguments.snapshot).absolute() if arguments.snapshot else Path(scratch) / "snapshot.json"
        if store is None:
            root, report = _by_server(arguments, snapshot)
        else:
            root, report = _into(store, arguments, snapshot)
        for node in _nodes(snapshot):
            print(
                json.dumps({name: node[name] for name in ("isgl1_key", "path", "kind", "facets")}, ensure_ascii=False)
            )
    with redirect_stdout(sys.stderr):
        put_report(report)
    return refuse_nothing(report, root, arguments.include, arguments.exclude)


def _by_server(arguments: argparse.Namespace, snapshot: Path) -> tuple[Path, dict[str, Any]]:
    """Into the workspace's own store, which the server may hold open."""
    from remora.cli.index import build
    from remora.cli.session import connection

    with connection(argparse.Namespace(workspace=arguments.repo, in_process=False, state=None)) as link:
        return link.root, build(
            link,
            include=arguments.include or [],
            exclude=arguments.exclude or [],
            jobs=arguments.concurrency,
            large=True,
            snapshot=str(snapshot),
        )


def _into(path: Path, arguments: argparse.Namespace, snapshot: Path) -> tuple[Path, dict[str, Any]]:
    """Into the store in a folder, which may hold other repositories too."""
    from remora.cli.progress import IndexBar
    from remora.errors import UserError
    from remora.isg.graph import Graph
    from remora.repo.root import find_root
    from remora.server.answers import report_map
    from remora.store.database import Store
    from remora.store.lock import StoreLocked

    root = find_root(Path.cwd(), explicit=Path(arguments.repo))
    if path.exists() and not (path.is_dir() and (_is_empty(path) or (path / "manifest").exists())):
        raise UserError(f"{path} holds something else. Name a folder that is not there yet as --out.")
    try:
        store = Store.open(path)
    except StoreLocked as error:
        holder = f" (pid {error.pid})" if error.pid else ""
        raise UserError(
            f"Another process{holder} writes {path}. Wait for it, or name another --out.", "locked"
        ) from error
    try:
        graph = Graph(store, root)
        with IndexBar() as bar:
            report = graph.index(
                lambda done, total: bar({"kind": "phase", "done": done, "total": total}),
                include=arguments.include or (),
                exclude=arguments.exclude or (),
                jobs=arguments.concurrency,
                many=True,
            )
        graph.snapshot(snapshot)
        graph.publish()
    finally:
        store.close()
    return root.path, report_map(report)


def _override(arguments: argparse.Namespace, given: dict[str, Any]) -> None:
    kinds = {"repo": "a text", "include": "a list of texts", "exclude": "a list of texts"}
    for name, value in given.items():
        if name not in kinds:
            raise Usage(f"standard input: there is no {name!r}; the object is {{repo, include, exclude}}.")
        texts = [value] if name == "repo" else value
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise Usage(f"standard input: {name} must be {kinds[name]}.")
        setattr(arguments, name, value)


def standard_input(*, is_waited_for: bool) -> dict[str, Any]:
    """The object on standard input; empty when there is nothing, or nobody writes and it is not waited for."""
    source = sys.stdin
    if source is None or source.closed:
        return {}
    if not is_waited_for and (source.isatty() or not select.select([source], [], [], _STDIN_S)[0]):
        return {}
    try:
        text = source.read()
        given = json.loads(text) if text.strip() else {}
    except (ValueError, RecursionError) as error:
        raise Usage(f"standard input is no JSON: {error}.") from None
    if not isinstance(given, dict):
        raise Usage("standard input must be one JSON object.")
    return given


def store_path(out: str | None) -> Path | None:
    if out is None:
        return None
    path = out.removeprefix(_SCHEME)
    if not out.startswith(_SCHEME) or not path:
        raise Usage(f"--out is {out!r}; it must be {_SCHEME}PATH, for instance {_SCHEME}isg.")
    return Path(path).absolute()


def _is_empty(folder: Path) -> bool:
    return next(folder.iterdir(), None) is None


def _nodes(snapshot: Path) -> Iterator[dict[str, Any]]:
    """The snapshot's nodes that lie in files. It has one object per line, so none of it is held in memory."""
    with snapshot.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith('"edges":'):
                return
            node = json.loads(line.removesuffix(",\n")) if line.startswith('{"') else {}
            if node.get("path"):
                yield node
