"""Lines of the labelled set after the model pass: the model is asked where the line by rules is not sure.

python tests/bench/summaries/after.py --split held model.jsonl        takes minutes; goes on where it was cut off
python tests/bench/summaries/table.py --after model.jsonl             grades them
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[3] / "python"))

from bench.summaries.fetch import default_folder
from bench.summaries.grade import SPLITS, read_labels
from bench.summaries.table import folder_of
from remora.config import places
from remora.engine.llama import Llama
from remora.engine.queue import Queue
from remora.isg.extract import extract
from remora.models import catalogue
from remora.models.local import path_of
from remora.repo.text import canonical
from remora.summary.budget import Budget
from remora.summary.lines import Told
from remora.summary.metrics import Metrics
from remora.summary.model_pass import Job, ModelPass
from remora.summary.prompt import prompt_hash
from remora.summary.rules import SURE, line_of
from remora.summary.subject import subjects

Row = dict[str, object]


def jobs_of(folder: Path, split: str, done: set[tuple[str, str]]) -> list[tuple[Row, Job]]:
    """What of a split is not sure by rules, with the row that its line completes."""
    wanted: dict[tuple[str, str], set[str]] = {}
    for label in read_labels():
        if label.split == split and (label.package, label.qualname) not in done:
            wanted.setdefault((label.package, label.path), set()).add(label.qualname)
    found: list[tuple[Row, Job]] = []
    for (package, path), names in wanted.items():
        file = folder_of(package, folder) / path
        if not file.is_file():
            continue
        text = canonical(file.read_text("utf-8", errors="replace"))
        graph = extract(path, text)
        for subject in subjects(graph):
            rule = line_of(subject)
            if subject.qualname in names and rule.confidence < SURE:
                code = graph.nodes[subject.number].span.cut(text)
                row: Row = {"package": package, "path": path, "qualname": subject.qualname}
                found.append((row, Job(Told(subject, rule, (), prompt_hash(subject)), code)))
    return found


async def ask(model: Path, jobs: list[tuple[Row, Job]], out: Path) -> None:
    queue = Queue(Llama(model), bound=1000)
    model_pass = ModelPass(queue, Budget(4 * len(jobs), 0, 1024), (Metrics(),), "bench")
    waiting = list(jobs)

    async def worker() -> None:
        while waiting:
            row, job = waiting.pop(0)
            line = await model_pass.line(job)
            if line is not None:
                whole = {**row, "summary": line.summary, "confidence": line.confidence, "provenance": line.provenance}
                with out.open("a") as file:
                    file.write(json.dumps(whole) + "\n")
                print(f"{len(jobs) - len(waiting)}/{len(jobs)}", file=sys.stderr)

    try:
        await asyncio.gather(*(worker() for _ in range(model_pass.width)))
    finally:
        await queue.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--split", choices=SPLITS, default="held")
    parser.add_argument("--model", default="qwen2.5-coder-1.5b-instruct")
    options = parser.parse_args()
    kept = [json.loads(line) for line in options.out.read_text().splitlines()] if options.out.exists() else []
    done = {(row["package"], row["qualname"]) for row in kept}
    jobs = jobs_of(default_folder(), options.split, done)
    if jobs:
        asyncio.run(ask(path_of(catalogue.find(options.model), places().models), jobs, options.out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
