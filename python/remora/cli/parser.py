"""Every command and option. The functions that run them are imported when they run, so `--help` is quick."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable
from typing import Any, NoReturn

WORKSPACE = (
    "The repository is git's; without git the nearest folder upwards that was indexed with\n"
    "`remora index`, else the nearest one with a project file such as pyproject.toml. Any\n"
    "other folder is left alone until `remora index .` says that it is meant."
)
_KEY = "src/app.py::Cart.total, src/app.py:120, an unambiguous name, or the whole key"


class BadUsage(Exception):
    """The words make no command. The text is what a terminal shows; `next` says where help is."""

    def __init__(self, usage: str, program: str, message: str) -> None:
        super().__init__(f"{usage}{program}: error: {message}")
        self.message = message
        self.next = f"`{program} --help` shows what there is."


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise BadUsage(self.format_usage(), self.prog, message)


def parser() -> argparse.ArgumentParser:
    top = _Parser(
        prog="remora",
        description="Small, fast, checked code edits by local models. Nothing is written without your approval.",
        epilog='Try it: remora edit src/app.py::Cart.total "round half up"   then   remora approve',
    )
    from remora import __version__

    top.add_argument("--version", action="version", version=f"remora {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    edit = _command(commands, "edit", "remora.cli.edit:run", "propose a change of one node, made by a model")
    edit.add_argument("key", help=_KEY)
    edit.add_argument("request", help="what should change, in words")
    edit.add_argument("--approve", action="store_true", help="write it when the checks find nothing new")
    edit.add_argument("--refine", metavar="ID", help="start from an earlier proposal")
    _engine(edit)

    propose = _command(commands, "propose", "remora.cli.proposals:propose", "propose a change from code that you have")
    propose.add_argument("key", help=_KEY + "; for Create: path::qualname")
    propose.add_argument("--action", choices=("Create", "Edit", "Delete"), default="Edit")
    propose.add_argument("--code", metavar="FILE", help="the node's whole new text; - reads standard input")
    propose.add_argument("--tdd", choices=("TEST_IMPLEMENTATION", "CODE_IMPLEMENTATION"))

    preflight = _command(commands, "preflight", "remora.cli.proposals:preflight", "check proposals again")
    preflight.add_argument("proposals", nargs="*", metavar="ID", help="the newest open one when none is named")

    approve = _command(commands, "approve", "remora.cli.proposals:approve", "write a proposal to its files")
    approve.add_argument(
        "proposal", nargs="?", metavar="ID", help="the newest open one when none is named; a terminal shows it and asks"
    )
    approve.add_argument(
        "--force", action="store_true", help="although the checks found something; your name is recorded"
    )

    reject = _command(commands, "reject", "remora.cli.proposals:reject", "drop a proposal")
    reject.add_argument("proposal", nargs="?", metavar="ID", help="the newest open one when none is named")

    proposals = _command(commands, "proposals", "remora.cli.proposals:listing", "list proposals, newest first")
    proposals.add_argument("--only", choices=("draft", "approved", "rejected", "stale"))

    get = _command(commands, "get", "remora.cli.proposals:get", "show a node's row in the code graph, or a proposal")
    get.add_argument("what", metavar="KEY|ID", help=_KEY + "; or a proposal's id")

    replay = _command(commands, "replay", "remora.cli.journal:replay", "run a recorded session again, offline")
    replay.add_argument("session", metavar="ID")

    journal = _command(commands, "journal", None, "what was asked and answered")
    actions = journal.add_subparsers(metavar="ACTION", required=True)
    _command(actions, "list", "remora.cli.journal:listing", "the recorded sessions, newest first")
    show = _command(actions, "show", "remora.cli.journal:show", "one session, line by line")
    show.add_argument("session", metavar="ID")
    forget = _command(actions, "forget", "remora.cli.journal:forget", "delete records")
    forget.add_argument("session", metavar="ID", nargs="?", help="all of this workspace when none is named")

    model = _command(commands, "model", None, "model files on this machine")
    actions = model.add_subparsers(metavar="ACTION", required=True)
    _command(actions, "list", "remora.cli.models:listing", "the catalogue, and what is here")
    pull = _command(actions, "pull", "remora.cli.models:pull", "download and verify a model")
    pull.add_argument("name", nargs="?", help="the default model when none is named")
    pull.add_argument("--sha256", metavar="HEX", help="the file's sum, where the catalogue has none")
    path = _command(actions, "path", "remora.cli.models:path", "print where a model's file is")
    path.add_argument("name", nargs="?")
    remove = _command(actions, "rm", "remora.cli.models:remove", "delete a model's file")
    remove.add_argument("name")

    serve = _command(commands, "serve", "remora.cli.serve:run", "run the server here (it starts by itself when needed)")
    serve.add_argument("--stop", action="store_true", help="end the running server")
    serve.add_argument("--status", action="store_true", help="say what the running server does")

    _graph(commands)

    _summarize(commands)

    _command(commands, "doctor", "remora.cli.doctor:run", "look at this installation and say what to do")
    uninstall = _command(commands, "uninstall", "remora.cli.uninstall:run", "delete everything that Remora keeps")
    uninstall.add_argument("--dry-run", action="store_true", help="only print the paths")
    return top


def _graph(commands: Any) -> None:
    """The commands that fill the code graph and ask it."""
    index = _command(
        commands,
        "index",
        "remora.cli.index:run",
        "bring the code graph in line with the files, and say what is in it",
        "remora index                                    this repository; only what changed is read",
        "remora index ~/src/shop --json                  this very folder, whatever is around it",
        "remora index --include 'src/**' --exclude '*_old.py'",
        "remora index --snapshot graph.json              the whole graph as one JSON document",
        "remora index --overlay lsp                      a language server settles what is not certain",
    )
    index.epilog = (
        f"{index.epilog}\n\nThe graph is kept by itself while an editor is open, and each question looks for changes:\n"
        "this command is for the first time, for a report, and for other globs. Left out are files that\n"
        "git ignores, and vendored, built, minified, generated and very large ones; the report says why.\n"
        f"{WORKSPACE}\n"
        "Exit codes: 0 done, 1 it failed or there was nothing to index (the graph stays as it was), 2 usage."
    )
    index.add_argument("path", nargs="?", metavar="PATH", help="the folder to index, as it stands")
    index.add_argument(
        "--include",
        metavar="GLOB",
        action="append",
        help="only files like this, as in a .gitignore; may be repeated. Globs hold until others are named",
    )
    index.add_argument("--exclude", metavar="GLOB", action="append", help="no files like this; may be repeated")
    index.add_argument("--rebuild", action="store_true", help="forget the graph and read every file again")
    index.add_argument("--snapshot", metavar="FILE.json", help="write the whole graph as one JSON document")
    index.add_argument("--jobs", metavar="N", type=count, help="processes that read files; all cores but one otherwise")
    index.add_argument("--many", action="store_true", help="although there are more than 200,000 files")
    index.add_argument("--workers", choices=("ray",), help="read files on a Ray cluster")
    index.add_argument("--address", metavar="A", help="of the cluster; one on this machine otherwise")
    index.add_argument(
        "--overlay",
        metavar="NAME",
        help="ask a language server about what is not certain: lsp (each language's own), lsp:COMMAND,"
        " lsp:LANGUAGE=COMMAND or rust-analyzer",
    )

    _questions(commands)


def _summarize(commands: Any) -> None:
    made = _command(
        commands,
        "summarize",
        "remora.cli.summarize:run",
        "say in one line what each function, class and module does",
        "remora summarize .                              rules, and the model where they are not sure",
        "remora summarize src --mode rule > lines.jsonl",
        "remora summarize --keys src/app.py::Cart.total --overwrite",
    )
    made.epilog = (
        f"{made.epilog}\n\nPrints {{isgl1_key, summary, provenance, confidence}} per line. What is made is kept: after\n"
        "Ctrl-C the same command goes on. Without a model all lines are by rules.\n"
        "Exit codes: 0 done, 1 it failed or was stopped, 2 usage or no such node."
    )
    made.add_argument("path", nargs="?", metavar="PATH", help="a file or folder; the whole repository otherwise")
    made.add_argument("--keys", metavar="KEY", nargs="+", help=f"only these: {_KEY}")
    made.add_argument("--mode", choices=("rule", "llm", "hybrid"), help="who makes lines; summary.mode otherwise")
    made.add_argument(
        "--confidence-threshold", metavar="X", type=share, help="lines below need the model; 0.75 otherwise"
    )
    made.add_argument("--max-llm", metavar="N", type=number, help="the most calls of the model, 200 otherwise")
    made.add_argument("--batch-size", metavar="N", type=count, help="lines that are stored at a time, 50 otherwise")
    made.add_argument("--overwrite", action="store_true", help="ask again for lines that a model has made")
    made.add_argument("--dry-run", action="store_true", help="ask no model, store nothing; say how many need it")
    _engine(made)
    _command(commands, "metrics", "remora.cli.summarize:metrics", "print counters of the running server")


def _questions(commands: Any) -> None:
    node = _question(
        commands,
        "node",
        "remora.cli.graph:node",
        "show what the graph knows of one piece of code",
        "remora node src/app.py::Cart.total",
    )
    node.add_argument("key", metavar="KEY", help=_KEY)
    for name, help_text, depth in (
        ("callers", "show who calls a node", "how many calls away, 1 otherwise; more draws a tree"),
        ("callees", "show what a node calls", "how many calls away, 1 otherwise; more draws a tree"),
        ("impact", "draw everything that a change of a node can reach", "how many steps away; all otherwise"),
    ):
        made = _question(
            commands, name, f"remora.cli.graph:{name}", help_text, f"remora {name} src/app.py::Cart.total --depth 3"
        )
        made.add_argument("key", metavar="KEY", help=_KEY)
        made.add_argument("--depth", metavar="N", type=count, help=depth)
        made.add_argument("--certain", action="store_true", help="follow no edge that is marked heuristic")

    path = _question(
        commands,
        "path",
        "remora.cli.graph:path",
        "show the shortest way from one node to another",
        "remora path src/main.py::main src/app.py::Cart.total",
    )
    path.add_argument("start", metavar="A", help=_KEY)
    path.add_argument("end", metavar="B", help="the same")

    query = _question(
        commands,
        "query",
        "remora.cli.graph:query",
        "ask the graph in Datalog (CozoScript), read only",
        "remora query --view hotspots",
        'remora query \'?[caller, row] := edge[caller, "CALLS", "src/app.py-app-Cart.total", _, _, row]\'',
    )
    query.add_argument(
        "script",
        nargs="?",
        metavar="DATALOG",
        help="over node[key, kind, name, path, row], edge[src, kind, dst, mark, path, row],"
        " unresolved[src, name, path, row] and file[path, lang, status, reason]; rows count from 0;"
        " - reads standard input; doc/query.md has examples",
    )
    query.add_argument("--view", metavar="NAME", help="hotspots, cycles, unresolved, coupling or untested")
    query.add_argument("--limit", metavar="N", type=count, help="the most rows")

    search = _question(
        commands,
        "search",
        "remora.cli.graph:search",
        "find nodes by parts of their name",
        "remora search Cart.tot",
        "remora search parseConf --limit 5",
    )
    search.add_argument("name", metavar="NAME", help="camelCase or snake_case, shortened words, initials; Owner.name")
    search.add_argument("--limit", metavar="N", type=count, help="the most nodes, 20 otherwise")


def _question(commands: Any, name: str, target: str, help_text: str, *examples: str) -> argparse.ArgumentParser:
    """A command that asks the graph: its exit codes are those of grep; a table without rows is an answer, too."""
    made = _command(commands, name, target, help_text, *examples)
    made.set_defaults(failed=2)
    found = "0 asked" if name == "query" else "0 found, 1 nothing found"
    made.epilog = f"{made.epilog}\n\nExit codes: {found}, 2 an error.\n{WORKSPACE}"
    return made


def _command(commands: Any, name: str, target: str | None, help_text: str, *examples: str) -> argparse.ArgumentParser:
    made = commands.add_parser(
        name,
        help=help_text,
        description=help_text[0].upper() + help_text[1:] + ".",
        epilog="\n".join(("for example:", *(f"  {line}" for line in examples))) if examples else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    if target is not None:
        made.set_defaults(run=_late(target))
        made.add_argument("--json", action="store_true", help="print one JSON value")
        made.add_argument("--workspace", metavar="DIR", help="the repository; found from the current folder otherwise")
        made.add_argument("--in-process", action="store_true", help="without a server, and leave none behind")
        made.add_argument("--state", metavar="DIR", help="a store of its own; implies --in-process")
    return made


def count(text: str) -> int:
    """A number from 1 on; anything else is wrong usage."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 2**31 - 1):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)


def number(text: str) -> int:
    """A number from 0 on."""
    return 0 if text == "0" else count(text)


def share(text: str) -> float:
    """A number from 0 to 1."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 1")
    return value


def _engine(made: argparse.ArgumentParser) -> None:
    made.add_argument("--engine", metavar="E", help="llama, endpoint:URL or scripted:FILE.json")
    made.add_argument("--model", metavar="NAME", help="from `remora model list`, or the endpoint's name for it")


def _late(target: str) -> Callable[[argparse.Namespace], int | None]:
    module, _, function = target.partition(":")

    def run(arguments: argparse.Namespace) -> int | None:
        return getattr(importlib.import_module(module), function)(arguments)

    return run
