"""How often one-line summaries are right, by confidence: lines against the labels of this folder (rubric.md).

    python tests/bench/summaries/grade.py --keys furl > keys          the labelled nodes of a package, for `--keys`
    python tests/bench/summaries/grade.py --package furl lines.jsonl  what `remora summarize --json` printed in it
    python tests/bench/summaries/grade.py --split tune --show wrong,open all.jsonl
    python tests/bench/summaries/grade.py --split held --at-least 0.95 --verdicts verdicts.jsonl all.jsonl

A line is {"summary", "confidence"} with "isgl1_key", or "package" and "qualname" ("path" too, where that is not one).
`-` or no file reads standard input. A person settles open and likely lines in a file of {"package", "qualname", "summary",
"verdict": "right" | "wrong" | "thin", "why"}; a verdict counts for exactly that summary. verdicts.jsonl is such a file,
and is read when no other is named.

Exit status: 0; 1 a line is for no labelled function, or is not a line; 2 fewer are right than `--at-least`.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.summaries.wording import Line

HERE = Path(__file__).parent
LABELS = (HERE / "labels.jsonl", HERE / "fresh.jsonl")
SETTLED = HERE / "verdicts.jsonl"
SPLITS = ("tune", "held", "fresh")
BANDS = (0.0, 0.25, 0.5, 0.75, 0.9, 1.01)
VERDICTS = ("right", "likely", "open", "thin", "wrong", "malformed")
LONGEST = 120


class InputError(Exception):
    """A line that cannot be graded; the message names it."""


@dataclass(frozen=True)
class Label:
    """What a right line says of one function. `key` is relative to the folder of its package."""

    package: str
    version: str
    path: str
    qualname: str
    lang: str
    split: str
    says: tuple[str, ...]
    wrong_if: tuple[str, ...]
    raises: tuple[str, ...] | None

    @property
    def key(self) -> str:
        return f"{self.path}-{PurePosixPath(self.path).stem}-{self.qualname}"


@dataclass(frozen=True)
class Graded:
    label: Label
    summary: str
    confidence: float
    provenance: str
    verdict: str
    why: str


def read_labels(*paths: Path) -> list[Label]:
    """The labels of these files; of this folder's, when none is named."""

    def label(row: dict[str, Any]) -> Label:
        raises = row.get("raises")
        return Label(
            *(row[name] for name in ("package", "version", "path", "qualname", "lang", "split")),
            says=tuple(row["says"]),
            wrong_if=tuple(row["wrong_if"]),
            raises=None if raises is None else tuple(raises),
        )

    return [label(json.loads(text)) for path in paths or LABELS for text in path.read_text("utf-8").splitlines()]


def grade(label: Label, summary: str) -> tuple[str, str]:
    """A verdict and the reason for it: a false claim first, then what is missing, then what the label does not know."""
    if fault := _fault_of_form(summary):
        return "malformed", fault
    line = Line(summary)
    for claim in label.wrong_if:
        if line.says(claim):
            return "wrong", f"says {claim}"
    if label.raises is not None and "*" not in label.raises:
        for name in line.raised():
            if name not in label.raises:
                return "wrong", f"says that it raises {name}"
    for claim in label.says:
        if not line.says(claim):
            return "open", f"does not say {claim}"
    own = f"{label.package} {PurePosixPath(label.path).name} {label.qualname}"
    if unknown := line.unknown(label.says, own):
        return "likely", f"also says {', '.join(unknown)}"
    return "right", ""


def _fault_of_form(summary: str) -> str:
    if not summary.strip():
        return "is empty"
    if len(summary) > LONGEST:
        return f"has {len(summary)} characters; {LONGEST} are allowed"
    if "\n" in summary or "\r" in summary:
        return "has more than one line"
    if any(mark in summary for mark in '`"“”'):
        return "has quotes or backticks"
    first, second = [*re.findall(r"\w+", summary.lower()), "", ""][:2]
    if second == "of" or (first.endswith("ed") and first not in {"embed", "exceed", "feed", "need", "proceed", "seed"}):
        return "does not begin with a verb"
    return ""


class Labels:
    """Finds the label a line is for."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self.all = list(labels)

    def find(self, row: dict[str, Any], package: str) -> Label | None:
        """The label of `row`, or None. A key may be relative to a folder above the package's, named like its archive."""
        package = row.get("package") or package
        among = [known for known in self.all if not package or known.package == package]
        if key := row.get("isgl1_key"):
            found = [known for known in among if self._is(key, known)]
        else:
            path = row.get("path")
            found = [k for k in among if k.qualname == row.get("qualname") and path in (None, k.path)]
        if len(found) > 1:
            raise InputError(f"{json.dumps(row)[:200]} fits {len(found)} labels; give its package and path")
        return found[0] if found else None

    @staticmethod
    def _is(key: str, label: Label) -> bool:
        if key == label.key:
            return True
        above = key.removesuffix(f"/{label.key}")
        return above != key and _plain(above.rpartition("/")[2]) == _plain(f"{label.package}-{label.version}")


def _plain(name: str) -> str:
    """`@scope/name` and `some_name` as archives spell them: scope-name, some-name."""
    return re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-")


def read_rows(sources: Sequence[str]) -> Iterator[dict[str, Any]]:
    for source in sources or ["-"]:
        text = sys.stdin.read() if source == "-" else Path(source).read_text("utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise InputError(f"{source}:{number}: not JSON: {error}") from None
            if not isinstance(row, dict) or not isinstance(row.get("summary"), str):
                raise InputError(f'{source}:{number}: not a line with a "summary"')
            if not isinstance(row.get("confidence"), int | float):
                raise InputError(f'{source}:{number}: "confidence" is not a number')
            yield row


def read_verdicts(path: str | None, labels: Labels) -> dict[tuple[Label, str], tuple[str, str]]:
    found = {}
    for number, line in enumerate(Path(path).read_text("utf-8").splitlines() if path else (), 1):
        row = json.loads(line)
        label = labels.find(row, "")
        if label is None or row.get("verdict") not in ("right", "wrong", "thin"):
            raise InputError(f"{path}:{number}: no label, or a verdict that is not right, wrong or thin")
        found[label, row["summary"]] = (row["verdict"], row.get("why", "a person's verdict"))
    return found


@dataclass(frozen=True)
class Share:
    """How many lines of a group have which verdict.

    `at_least` counts right and likely lines, `at_most` open ones too; `certain` is the share in which no word
    is unknown to the label; `low` is the lower end of Wilson's 95 % interval for `at_least`.
    """

    lines: int
    right: int
    likely: int
    open: int
    thin: int
    wrong: int
    malformed: int

    @property
    def certain(self) -> float:
        return self.right / self.lines if self.lines else math.nan

    @property
    def at_least(self) -> float:
        return (self.right + self.likely) / self.lines if self.lines else math.nan

    @property
    def at_most(self) -> float:
        return (self.right + self.likely + self.open) / self.lines if self.lines else math.nan

    @property
    def low(self) -> float:
        if not self.lines:
            return math.nan
        n, p, z = self.lines, self.at_least, 1.96
        low = (p + z * z / (2 * n) - z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n)
        return max(low, 0.0)


def share(lines: Iterable[Graded]) -> Share:
    count = Counter(line.verdict for line in lines)
    return Share(lines=sum(count.values()), **{verdict: count[verdict] for verdict in VERDICTS})


def groups(lines: Sequence[Graded], threshold: float) -> Iterator[tuple[str, Share]]:
    yield "all", share(lines)
    for low, high in pairwise(BANDS):
        yield f"confidence {low:.2f}-{min(high, 1):.2f}", share(x for x in lines if low <= x.confidence < high)
    sure = [x for x in lines if x.confidence >= threshold]
    yield f"confidence >= {threshold:.2f}", share(sure)
    for title, of in (("split", lambda x: x.label.split), ("lang", lambda x: x.label.lang)):
        for name in sorted({of(x) for x in lines}):
            yield f"{title} {name}", share(x for x in lines if of(x) == name)
            yield f"{title} {name}, sure", share(x for x in sure if of(x) == name)
    for name in sorted({x.provenance for x in lines} - {""}):
        yield f"{name}", share(x for x in lines if x.provenance == name)
        yield f"{name}, sure", share(x for x in sure if x.provenance == name)


def show(lines: Sequence[Graded], labels: int, threshold: float) -> None:
    columns = "".join(f"{name:>{len(name) + 2}}" for name in ("lines", *VERDICTS))
    print(f"{'':28}{columns}{'right %':>13}{'low':>7}{'certain':>9}")
    for title, s in groups(lines, threshold):
        if s.lines:
            counts = f"{s.lines:7}" + "".join(f"{asdict(s)[name]:{len(name) + 2}}" for name in VERDICTS)
            percent = f"{100 * s.at_least:.1f}-{100 * s.at_most:.1f}" if s.open else f"{100 * s.at_least:.1f}"
            print(f"{title:28}{counts}{percent:>13}{100 * s.low:7.1f}{100 * s.certain:9.1f}")
    print(f"{len({x.label for x in lines})} of {labels} labels have a line; sure: confidence >= {threshold}")


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("files", nargs="*", metavar="FILE", help="JSON lines; standard input otherwise")
    made.add_argument("--labels", type=Path, help="another set of labels")
    made.add_argument("--package", default="", help="of lines that do not name theirs")
    made.add_argument("--split", choices=SPLITS, help="only these labels; look at `held` only to report")
    made.add_argument("--threshold", type=float, default=0.75, help="from which confidence on a line is sure (0.75)")
    made.add_argument("--at-least", type=float, metavar="SHARE", help="exit 2 when fewer sure lines are right")
    made.add_argument("--verdicts", metavar="FILE", help="what a person settled (verdicts.jsonl)")
    made.add_argument("--show", default="", metavar="VERDICTS", help=f"print lines of these: {','.join(VERDICTS)}")
    made.add_argument(
        "--sample", type=int, default=0, metavar="N", help="print N likely lines, chosen by hash, to be read"
    )
    made.add_argument("--ignore-unlabelled", action="store_true", help="lines of a whole package are no error")
    made.add_argument("--json", action="store_true", help="print one JSON value")
    made.add_argument("--keys", metavar="PACKAGE", help="print the isgl1 keys of its labels, and stop")
    return made


def graded(options: argparse.Namespace, labels: Labels) -> tuple[list[Graded], list[dict[str, Any]]]:
    """Graded lines, and rows for no label. The last of several lines for one function counts."""
    settled = options.verdicts or (None if options.labels else str(SETTLED))
    verdicts = read_verdicts(settled, labels)
    lines, unknown = {}, []
    for row in read_rows(options.files):
        label = labels.find(row, options.package)
        if label is None:
            unknown.append(row)
        elif options.split in (None, label.split):
            verdict, why = verdicts.get((label, row["summary"])) or grade(label, row["summary"])
            provenance = str(row.get("provenance") or "")
            lines[label] = Graded(label, row["summary"], float(row["confidence"]), provenance, verdict, why)
    return list(lines.values()), unknown


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    labels = Labels(read_labels(*([options.labels] if options.labels else ())))
    if options.keys is not None:
        keys = [label.key for label in labels.all if label.package == options.keys]
        print("\n".join(keys) or f"no labels for {options.keys}", file=sys.stdout if keys else sys.stderr)
        return 0 if keys else 1
    try:
        lines, unknown = graded(options, labels)
    except (InputError, OSError) as error:
        print(f"grade: {error}", file=sys.stderr)
        return 1
    likely = [line for line in lines if line.verdict == "likely"]
    sample = sorted(likely, key=lambda line: sha256(line.summary.encode()).digest())[: options.sample]
    for line in lines:
        if line.verdict in options.show.split(",") or line in sample:
            print(f"{line.verdict}  {line.label.package} {line.label.key}\n    {line.summary}\n    {line.why}")
    if options.json:
        tables = {
            title: {**asdict(s), "certain": s.certain, "at_least": s.at_least, "at_most": s.at_most}
            for title, s in groups(lines, options.threshold)
            if s.lines
        }
        print(json.dumps(tables))
    else:
        wanted = sum(options.split in (None, label.split) for label in labels.all)
        show(lines, wanted, options.threshold)
    if unknown and not options.ignore_unlabelled:
        for row in unknown[:20]:
            print(f"grade: no label for {row.get('isgl1_key') or row.get('qualname')}", file=sys.stderr)
        return 1
    sure = share(x for x in lines if x.confidence >= options.threshold)
    return 2 if options.at_least is not None and not sure.at_least >= options.at_least else 0


if __name__ == "__main__":
    sys.exit(main())
