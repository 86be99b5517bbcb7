"""What the graph of a checkout costs, as ratios to parsing the same files once.

    python tests/bench/index.py CHECKOUT [--no-change] [--json]

Works on a copy: one file is changed, and the graph afterwards is compared with a clean rebuild. Every part runs in a
process of its own; CPU is that of all its threads and child processes. Trust the ratios.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from remora.isg.graph import Graph
from remora.repo.root import Root
from remora.store.database import Store

ASKED = 2000
WANTED_LINES = 1000
Part = Callable[[Path, Path, int], dict[str, Any]]


def cpu() -> float:
    """Seconds of this process and of the children it has waited for."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def memory_mb() -> float:
    """The most this process has held, and the most that one child has held."""
    return sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def opened(checkout: Path, store: Path) -> Graph:
    return Graph(Store.open(store), Root(checkout, "project"))


def read_files(graph: Graph, store: Path) -> dict[str, str]:
    """Languages of the files that were parsed, by path."""
    graph.snapshot(store.parent / "files.json")
    files = json.loads((store.parent / "files.json").read_text(encoding="utf-8"))["files"]
    return {file["path"]: file["lang"] for file in files if file["status"] in ("ok", "partial")}


def floor(checkout: Path, store: Path, _: int) -> dict[str, Any]:
    """Parse once each file that the graph at `store` has read."""
    import tree_sitter

    from remora.isg.parse import grammar
    from remora.lang import languages

    read = read_files(opened(checkout, store), store)
    files = [(checkout / path, lang) for path, lang in read.items() if lang in languages()]
    parsers = {lang: tree_sitter.Parser(grammar(lang)) for lang in {lang for _, lang in files}}
    started, spent = time.perf_counter(), cpu()
    size = lines = 0
    for file, lang in files:
        text = file.read_bytes()
        parsers[lang].parse(text)
        size, lines = size + len(text), lines + text.count(b"\n")
    return {
        "cpu": cpu() - spent,
        "wall": time.perf_counter() - started,
        "files": len(files),
        "bytes": size,
        "lines": lines,
    }


def cold(checkout: Path, store: Path, jobs: int) -> dict[str, Any]:
    started, spent = time.perf_counter(), cpu()
    graph = opened(checkout, store)
    report = graph.index(jobs=jobs)
    graph.store.close()
    return {
        "cpu": cpu() - spent, "wall": time.perf_counter() - started, "rss": memory_mb(), "files": report.files,
        "nodes": report.nodes, "edges": sum(report.edges.values()), "unresolved": report.unresolved,
    }  # fmt: skip


def unchanged(checkout: Path, store: Path, _: int) -> dict[str, Any]:
    started = time.perf_counter()
    graph = opened(checkout, store)
    ready = time.perf_counter()
    report = graph.index()
    done = time.perf_counter()
    graph.index()
    again = time.perf_counter()
    graph.store.close()
    return {"wall": done - started, "index": done - ready, "again": again - done, "changed": len(report.changed)}


def changed(checkout: Path, store: Path, _: int) -> dict[str, Any]:
    """Change a file of about a thousand lines, by a name, a line and a call; and compare with a clean rebuild."""
    graph = opened(checkout, store)
    graph.index()
    read = read_files(graph, store)
    texts = {
        path: (checkout / path).read_text(encoding="utf-8", errors="replace")
        for path, lang in read.items()
        if lang == "python"
    }
    path = min(sorted(texts), key=lambda path: abs(texts[path].count("\n") - WANTED_LINES))
    graph.callers("")  # what is read on first use is read
    seconds = []
    for text in edits(texts[path]):
        (checkout / path).write_text(text, encoding="utf-8")
        started = time.perf_counter()
        graph.refresh(path)
        seconds.append(time.perf_counter() - started)
    found, clean = store.parent / "found.json", store.parent / "clean.json"
    graph.snapshot(found)
    rebuilt = opened(checkout, store.parent / "clean")
    rebuilt.index(jobs=1)
    rebuilt.snapshot(clean)
    same = found.read_bytes() == clean.read_bytes()
    (checkout / path).write_text(texts[path], encoding="utf-8")
    return {"seconds": seconds, "same": same, "path": path, "lines": texts[path].count("\n")}


def edits(text: str) -> list[str]:
    """A new line above all, a renamed definition, a new function that is called, and the first text again."""
    name = next((line.split("(")[0][4:] for line in text.split("\n") if line.startswith("def ") and "(" in line), "")
    renamed = text.replace(f"def {name}(", f"def {name}_renamed(", 1) if name else text
    return ["\n" + text, renamed, text + "\n\ndef added_here():\n    pass\n\n\nadded_here()\n", text]


def asked(checkout: Path, store: Path, _: int) -> dict[str, Any]:
    graph = opened(checkout, store)
    rng = Random(1)
    keys = sorted(key for key in graph.rank() if "::" not in key and not key.startswith(("ext:", "builtin:", "gate:")))
    sample = [rng.choice(keys) for _ in range(ASKED)]
    busy = sorted(sample, key=lambda key: len(graph.callers(key)), reverse=True)[:50]
    return {
        "callers": timed(lambda key: graph.callers(key), sample),
        "callees": timed(lambda key: graph.callees(key), sample),
        "three hops": timed(lambda key: graph.callees(key, 3), sample),
        "impact": timed(lambda key: graph.impact(key), busy),
        "rank": timed(lambda _: graph.rank(), [""] * 5),
        "nodes": len(keys),
    }


def timed(ask: Callable[[str], object], keys: list[str]) -> dict[str, float]:
    """Milliseconds: the median, the 99th of a hundred, the worst."""
    taken = []
    for key in keys:
        started = time.perf_counter()
        ask(key)
        taken.append((time.perf_counter() - started) * 1000)
    taken.sort()
    return {
        "p50": statistics.median(taken),
        "p99": taken[min(len(taken) - 1, len(taken) * 99 // 100)],
        "max": taken[-1],
    }


PARTS: dict[str, Part] = {"floor": floor, "cold": cold, "unchanged": unchanged, "changed": changed, "asked": asked}


def run(part: str, checkout: Path, store: Path, jobs: int = 1) -> dict[str, Any]:
    command = [sys.executable, __file__, str(checkout), "--part", part, "--store", str(store), "--jobs", str(jobs)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{part}: {done.stderr}")
    return json.loads(done.stdout)


def measure(checkout: Path, change: bool) -> dict[str, dict[str, Any]]:
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "checkout"
        shutil.copytree(checkout, copy, symlinks=True)
        first = Path(place) / "one" / "store"
        second = Path(place) / "two" / "store"
        for folder in (first.parent, second.parent):
            folder.mkdir()
        found = {"cold 1": run("cold", copy, first, 1), "cold 2": run("cold", copy, second, 2)}
        found["floor"] = min((run("floor", copy, first) for _ in range(3)), key=lambda one: one["cpu"])
        found["unchanged"] = run("unchanged", copy, first)
        found["asked"] = run("asked", copy, first)
        if change:
            found["changed"] = run("changed", copy, first)
        return found


def table(found: dict[str, dict[str, Any]]) -> list[tuple[str, str, str]]:
    base, one, two, same, asked = (found[name] for name in ("floor", "cold 1", "cold 2", "unchanged", "asked"))
    rows = [
        (
            "floor: each file parsed once", "",
            f"{base['cpu']:.2f} s CPU; {base['files']} files, {base['lines'] / 1000:.0f} kLOC, {base['bytes'] / 1e6:.1f} MB",
        ),
        ("graph", "", f"{one['nodes']} nodes, {one['edges']} edges, {one['unresolved']} unresolved"),
        ("cold index, 1 job, CPU over the floor", "<= 4x", f"{one['cpu'] / base['cpu']:.2f}x"),
        ("cold index, 1 job, wall over the floor's wall", "", f"{one['wall'] / base['wall']:.2f}x ({one['wall']:.2f} s)"),
        ("cold index, 2 jobs, CPU over the floor", "", f"{two['cpu'] / base['cpu']:.2f}x"),
        (
            "cold index, 2 jobs, wall over the floor's wall", "<= 2.5x",
            f"{two['wall'] / base['wall']:.2f}x ({two['wall']:.2f} s)",
        ),
        ("memory, 1 job", "<= 400 MB", f"{one['rss']:.0f} MB"),
        (
            "nothing changed, store opened and index()", "<= 0.5 s",
            f"{same['wall']:.3f} s (index {same['index']:.3f} s, again {same['again']:.3f} s)",
        ),
    ]  # fmt: skip
    if "changed" in found:
        file = found["changed"]
        worst = max(file["seconds"]) * 1000
        rows.append((f"one file of {file['lines']} lines changed, worst of 4", "<= 100 ms", f"{worst:.0f} ms"))
        rows.append(
            ("… and the graph is that of a clean rebuild", "identical", "identical" if file["same"] else "DIFFERS")
        )
    aims = {
        "callers": "p50 < 1, p99 < 5 ms", "callees": "p50 < 1, p99 < 5 ms", "three hops": "< 10 ms", "impact": "< 50 ms",
        "rank": "< 150 ms",
    }  # fmt: skip
    for name, aim in aims.items():
        times = asked[name]
        rows.append((name, aim, f"p50 {times['p50']:.2f} ms, p99 {times['p99']:.2f} ms, max {times['max']:.1f} ms"))
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure what the graph of a checkout costs.")
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--no-change", action="store_true", help="leave out the changed file and the clean rebuild")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--store", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--jobs", type=int, default=1, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        print(json.dumps(PARTS[options.part](options.checkout, options.store, options.jobs)))
        return 0
    found = measure(options.checkout.resolve(), not options.no_change)
    if options.json:
        print(json.dumps(found))
        return 0
    print("| figure | aim | measured |\n|---|---|---|")
    for row in table(found):
        print("| " + " | ".join(row) + " |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
