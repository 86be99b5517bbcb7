"""Lines by rules for the labelled set and for whole packages, as a table: how many are sure, how many are right, how long.

    python tests/bench/summaries/fetch.py                            first
    python tests/bench/summaries/table.py --lines rules.jsonl        lines of the labelled set, for grade.py
    python tests/bench/summaries/table.py --split tune --show wrong,open
    python tests/bench/summaries/table.py                            the table, as Markdown
    python tests/bench/summaries/table.py --after model.jsonl        with what a model made of the lines that are not sure

The table has five whole packages: nodes that get a line, the share whose line by rules is sure, the share that needs the
model, seconds for reading the files (parsing, one process) and for the rules alone. Below it: how many sure lines of the
labelled half `held` are right by rubric.md, before any person has read the open ones, and after the model pass where
`--after` has its lines, in the form of `remora summarize --json` with "package".
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[3] / "python"))

from bench.summaries.fetch import default_folder, read_packages
from bench.summaries.grade import SETTLED, SPLITS, Graded, Labels, grade, read_labels, read_rows, read_verdicts, share
from remora.isg.extract import extract
from remora.isg.values import FileGraph
from remora.lang import language_of
from remora.repo.text import canonical
from remora.summary.rules import SURE, Line, line_of
from remora.summary.subject import Subject, subjects

PACKAGES = ("click", "maturin", "gojsonnet", "rxjs", "jpype1")
"""One for each language family of the labelled set: Python, Rust, Go, TypeScript, Java beside Python."""


@dataclass(frozen=True)
class Measured:
    """`read_s`, `rules_s`: seconds of this process for parsing, and for subjects and lines."""

    package: str
    files: int
    nodes: int
    sure: int
    read_s: float
    rules_s: float


def folder_of(package: str, folder: Path) -> Path:
    """Where fetch.py unpacks a package, by its name."""
    return folder / next(one.folder for one in read_packages() if one.name == package)


def files_of(folder: Path) -> Iterator[tuple[str, str]]:
    """(path, text) of every file of a known language."""
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder).as_posix()
        if path.is_file() and language_of(relative) and "node_modules" not in path.parts:
            yield relative, canonical(path.read_text("utf-8", errors="replace"))


def lines_of(path: str, text: str, make: Callable[[Subject], Line] = line_of) -> Iterator[tuple[Subject, Line]]:
    return ((one, make(one)) for one in subjects(extract(path, text)))


def labelled_rows(folder: Path, make: Callable[[Subject], Line] = line_of) -> list[dict[str, Any]]:
    """A line for each labelled function whose package is there, as grade.py reads them."""
    wanted: dict[tuple[str, str], set[str]] = {}
    for label in read_labels():
        wanted.setdefault((label.package, label.path), set()).add(label.qualname)
    rows = []
    for (package, path), names in wanted.items():
        file = folder_of(package, folder) / path
        if not file.is_file():
            continue
        for subject, line in lines_of(path, canonical(file.read_text("utf-8", errors="replace")), make):
            if subject.qualname in names:
                row = {"package": package, "path": path, "qualname": subject.qualname, "summary": line.text}
                rows.append({**row, "confidence": line.confidence, "provenance": line.reasons[0]})
    return rows


def measured(package: str, folder: Path) -> Measured:
    started = time.process_time()
    graphs: list[FileGraph] = [extract(path, text) for path, text in files_of(folder_of(package, folder))]
    read_s = time.process_time() - started
    started = time.process_time()
    confidences = [line_of(subject).confidence for graph in graphs for subject in subjects(graph)]
    rules_s = time.process_time() - started
    return Measured(package, len(graphs), len(confidences), sum(c >= SURE for c in confidences), read_s, rules_s)


def graded(rows: Sequence[dict[str, Any]], split: str, verdicts: str | None) -> list[Graded]:
    labels = Labels(read_labels())
    settled, found = read_verdicts(verdicts, labels), {}
    for row in rows:
        label = labels.find(row, "")
        if label is not None and label.split == split:
            verdict, why = settled.get((label, row["summary"])) or grade(label, row["summary"])
            provenance = str(row.get("provenance", ""))
            found[label] = Graded(label, row["summary"], float(row["confidence"]), provenance, verdict, why)
    return list(found.values())


def told(title: str, lines: Sequence[Graded]) -> str:
    """A row of the second table: of all lines, and of those that are sure, how many are right."""
    sure = [one for one in lines if one.confidence >= SURE]
    cells = [title, str(len(lines)), f"{100 * len(sure) / max(1, len(lines)):.0f} %"]
    for group in (sure, lines):
        s = share(group)
        cells.append(f"{100 * s.at_least:.1f}-{100 * s.at_most:.1f} %" if s.lines else "-")
    return "| " + " | ".join(cells) + " |"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=None, metavar="FOLDER", help="where fetch.py put them")
    parser.add_argument("--lines", type=Path, metavar="FILE", help="write the labelled set's lines and stop")
    parser.add_argument("--after", metavar="FILE", help="JSON lines that a model pass made")
    parser.add_argument("--verdicts", metavar="FILE", default=str(SETTLED), help="what a person settled; see grade.py")
    parser.add_argument("--split", choices=SPLITS, default="held")
    parser.add_argument("--show", default="", metavar="VERDICTS", help="print lines of these verdicts and stop")
    parser.add_argument("--only", action="append", default=[], metavar="PACKAGE", help="of the five; may be repeated")
    options = parser.parse_args(arguments)
    folder = options.folder or default_folder()
    rows = labelled_rows(folder)
    if not rows:
        print(f"table: nothing in {folder}; run fetch.py first", file=sys.stderr)
        return 1
    if options.lines:
        options.lines.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        return 0
    lines = graded(rows, options.split, options.verdicts)
    if options.show:
        for one in sorted(lines, key=lambda one: (one.verdict, -one.confidence)):
            if one.verdict in options.show.split(","):
                print(f"{one.verdict} {one.confidence} [{one.provenance}] {one.label.package} {one.label.qualname}")
                print(f"    {one.summary}\n    {one.why}")
    else:
        print("| package | files | nodes | sure by rules | need the model | reading, s | rules, s |")
        print("|---|---|---|---|---|---|---|")
        for one in (measured(package, folder) for package in options.only or PACKAGES):
            percent = 100 * one.sure / max(1, one.nodes)
            cells = (one.package, one.files, one.nodes, f"{percent:.0f} %", f"{100 - percent:.0f} %")
            print("| " + " | ".join(map(str, (*cells, f"{one.read_s:.1f}", f"{one.rules_s:.2f}"))) + " |")
        print()
    print("| labelled set | lines | sure | right of the sure | right of all |")
    print("|---|---|---|---|---|")
    print(told(f"rules, {options.split}", lines))
    if options.after:
        made = {
            (row.get("package"), row.get("isgl1_key") or row.get("qualname")): row for row in read_rows([options.after])
        }
        print(
            told(f"after the model, {options.split}", graded([*rows, *made.values()], options.split, options.verdicts))
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
