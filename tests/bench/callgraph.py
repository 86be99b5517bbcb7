"""How right the calls in the graph are: precision and recall against call graphs that people worked out by hand.

    python tests/bench/callgraph.py FOLDER [--list]              FOLDER/<kind>/<case>/{source files, callgraph.json}
    python tests/bench/callgraph.py FOLDER --truth FILE [--list] one project and one truth

A truth maps dotted names of callers to their callees: `{"main.run": ["shop.Cart.total", "<builtin>.print"]}`. A module is
its dotted path from the folder (a package's `__init__` is the package), and the name of the code at its top.
Counted are edges whose callee is in the code, and whose caller the truth names. A tool that says nothing has a precision
of 1.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

sys.path.insert(0, str(Path(__file__).parent.parent))

from isg.cases import Found, read_graph, short

Pair = tuple[str, str]


@dataclass(frozen=True)
class Score:
    """Edges that are in both, only in the graph, only in the truth; and (mark, right) of each edge of the graph."""

    right: frozenset[Pair]
    wrong: frozenset[Pair]
    missing: frozenset[Pair]
    marks: Counter[tuple[str, bool]]


def module_name(path: str) -> str:
    parts = PurePosixPath(path).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def dotted(key: str) -> str:
    """A node's key as a dotted name; a repeated qualname has the name of the first."""
    path, _, qualname = short(key).partition("::")
    module, name = module_name(path), qualname.partition("~")[0]
    return module if name == "<module>" else f"{module}.{name}"


def compare(found: Found, truth: Mapping[str, Iterable[str]]) -> Score:
    names = {key: dotted(key) for key in found.nodes if "::" in short(key)}
    modules = {names[key] for key, kind in found.nodes.items() if kind == "module" and key in names}
    wanted = {(src, dst) for src, callees in truth.items() for dst in callees if _inside(dst, modules)}
    ours: dict[Pair, set[str]] = defaultdict(set)
    for src, kind, dst, mark in found.edges:
        if kind == "CALLS" and dst in names and names.get(src) in truth:
            ours[names[src], names[dst]].add(mark)
    marks = Counter((mark, pair in wanted) for pair, its in ours.items() for mark in its)
    return Score(frozenset(wanted & set(ours)), frozenset(set(ours) - wanted), frozenset(wanted - set(ours)), marks)


def _inside(name: str, modules: set[str]) -> bool:
    parts = name.split(".")
    return any(".".join(parts[:end]) in modules for end in range(1, len(parts) + 1))


def joined(scores: Iterable[Score]) -> tuple[int, int, int]:
    right = wrong = missing = 0
    for score in scores:
        right, wrong, missing = right + len(score.right), wrong + len(score.wrong), missing + len(score.missing)
    return right, wrong, missing


def row(name: str, scores: list[Score]) -> str:
    right, wrong, missing = joined(scores)
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / (right + missing) if right + missing else 1.0
    return f"| {name} | {len(scores)} | {right + missing} | {precision:.3f} | {recall:.3f} | {wrong} | {missing} |"


def table(by_kind: Mapping[str, list[Score]]) -> list[str]:
    lines = ["| kind | cases | edges | precision | recall | wrong | missing |", "|---|---|---|---|---|---|---|"]
    lines += [row(kind, scores) for kind, scores in sorted(by_kind.items())]
    lines.append(row("all", [score for scores in by_kind.values() for score in scores]))
    marks = sum((score.marks for scores in by_kind.values() for score in scores), Counter())
    lines += ["", "| mark | edges | precision |", "|---|---|---|"]
    for mark in ("exact", "inferred", "heuristic"):
        edges = marks[mark, True] + marks[mark, False]
        lines.append(f"| {mark} | {edges} | {marks[mark, True] / edges:.3f} |" if edges else f"| {mark} | 0 | |")
    return lines


def listed(name: str, score: Score) -> list[str]:
    return [f"{name}: wrong {src} -> {dst}" for src, dst in sorted(score.wrong)] + [
        f"{name}: missing {src} -> {dst}" for src, dst in sorted(score.missing)
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description="Precision and recall of calls against a truth.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--truth", type=Path)
    parser.add_argument("--list", action="store_true", help="every edge that is wrong or missing")
    options = parser.parse_args()
    folder: Path = options.folder.resolve()
    cases = {options.truth: folder} if options.truth else {f: f.parent for f in sorted(folder.rglob("callgraph.json"))}
    if not cases:
        print(f"{folder}: there is no callgraph.json below it; name a truth with --truth FILE", file=sys.stderr)
        return 1
    by_kind: dict[str, list[Score]] = defaultdict(list)
    for truth, place in cases.items():
        score = compare(read_graph(place), json.loads(truth.read_text(encoding="utf-8")))
        by_kind[place.parent.name if place != folder else place.name].append(score)
        if options.list:
            print(
                "\n".join(listed(f"{place.parent.name}/{place.name}", score)) or "",
                end="\n" if score.wrong | score.missing else "",
            )
    print("\n".join(table(by_kind)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
