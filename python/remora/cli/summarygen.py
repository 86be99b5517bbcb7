"""`code-summary-gen` and `interface-summary-generator`: lines for pipelines, `{"isgl1_keys": […]}` on standard input."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from remora.cli.builder import Usage, standard_input, store_path
from remora.cli.parser import count
from remora.errors import UserError

Mode = Literal["rule", "llm", "hybrid"]

_MODES: dict[tuple[str, str], Mode] = {("rule-based", "none"): "rule", ("rule-based", "llm"): "hybrid"}


def main(argv: Sequence[str] | None = None) -> int:
    """Exit codes as for `remora`: 0 done, 1 failed, 2 usage."""
    from remora.cli import guarded

    name = Path(sys.argv[0]).name
    return guarded(name, lambda: _run(parser().parse_args(argv), name))


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        description="One line for each definition; prints {isgl1_key, summary, provenance, confidence} as JSON lines.",
        epilog="for example:\n"
        "  code-summary-gen --data . --model rule-based --fallback llm --max-llm 200 --write summaries\n"
        '  echo \'{"isgl1_keys": ["src/app.py-app-Cart.total"]}\' | interface-summary-generator',
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("object", nargs="?", choices=("-",), metavar="-", help="wait for {isgl1_keys} as JSON")
    made.add_argument("--data", metavar="DIR", default=".", help="the repository's folder, the current one otherwise")
    made.add_argument("--cozo", metavar="cozo://PATH", help="a store that interface-graph-builder made")
    made.add_argument("--isgl1-keys", metavar="KEY", nargs="+", help="only these; everything otherwise")
    made.add_argument("--model", choices=("rule-based", "llm", "hybrid"), default="rule-based")
    made.add_argument("--fallback", choices=("none", "llm"), default="none", help="where rules are not sure")
    made.add_argument("--mode", choices=("rule", "llm", "hybrid"), help="in place of --model and --fallback")
    made.add_argument("--confidence-threshold", metavar="X", type=float)
    made.add_argument("--batch-size", metavar="N", type=count)
    made.add_argument("--max-llm", metavar="N", type=int)
    made.add_argument("--write", choices=("summaries",), help="lines are stored in any case")
    made.add_argument("--overwrite", action="store_true")
    made.add_argument("--engine", metavar="E", help="llama, endpoint:URL or scripted:FILE.json")
    return made


def _run(arguments: argparse.Namespace, name: str) -> int:
    try:
        keys = arguments.isgl1_keys
        if keys is None:
            keys = _keys(standard_input(is_waited_for=arguments.object is not None))
        store = store_path(arguments.cozo)
    except Usage as wrong:
        print(f"{name}: {wrong}", file=sys.stderr)
        return 2
    mode: Mode = arguments.mode or _MODES.get((arguments.model, arguments.fallback)) or arguments.model
    if store is None:
        from remora.cli.edit import from_here
        from remora.cli.summarize import summarized

        link = argparse.Namespace(workspace=arguments.data, in_process=False, state=None, json=True)
        return summarized(
            link,
            keys=keys,
            all=None if keys else True,
            mode=mode,
            threshold=arguments.confidence_threshold,
            max_llm=arguments.max_llm,
            batch_size=arguments.batch_size,
            overwrite=arguments.overwrite or None,
            engine=from_here(arguments.engine),
        )
    return asyncio.run(_in_store(store, arguments, keys, mode))


async def _in_store(path: Path, arguments: argparse.Namespace, keys: list[str] | None, mode: Mode) -> int:
    from remora.config import load, places
    from remora.isg.graph import Graph
    from remora.repo.root import find_root
    from remora.server.engines import Engines
    from remora.store.database import Store
    from remora.summary.rules import SURE
    from remora.summary.run import Options, Run
    from remora.summary.summarizer import summarize_targets

    if not (path / "manifest").exists():
        raise UserError(f"{path} is no store. Make it with `interface-graph-builder --out cozo://{path}`.", "usage")
    config = load(places().config / "config.toml")
    engines, store = Engines(places(), config.engine), Store.open(path)
    try:
        graph = Graph(store, find_root(Path.cwd(), explicit=Path(arguments.data)))
        if not graph.paths():
            graph.index(many=True)
        sure = SURE if arguments.confidence_threshold is None else arguments.confidence_threshold
        most = 200 if arguments.max_llm is None else arguments.max_llm
        options = Options(mode, sure, most, arguments.batch_size or 50, overwrite=arguments.overwrite)
        run, queue = Run.of(options), None
        if mode != "rule":
            try:
                queue = engines.get(arguments.engine, None)
            except UserError as error:
                run.engine_error = str(error)
        async for row in summarize_targets(graph, keys, options, queue=queue, run=run):
            print(json.dumps(row._asdict(), ensure_ascii=False))
        print(json.dumps(run.report(), ensure_ascii=False), file=sys.stderr)
    finally:
        await engines.close()
        store.close()
    return 0


def _keys(given: dict[str, object]) -> list[str] | None:
    if not given:
        return None
    keys = given.get("isgl1_keys")
    if set(given) != {"isgl1_keys"} or not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        raise Usage("standard input must be one JSON object {isgl1_keys: a list of texts}.")
    return keys


if __name__ == "__main__":
    raise SystemExit(main())
