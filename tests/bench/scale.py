"""What doc/scale.md computes with: CPU and disk of a graph per megabyte of source, and what a changed file costs.

    python tests/bench/scale.py FOLDER [--suffix .py] [--name django] [--json]

Works on a copy of the files with that suffix, in one process. CPU is of all its threads; a busy machine makes it
larger, by a third at most as far as was seen.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import tempfile
import time
import zlib
from pathlib import Path
from typing import Any

from remora.isg.graph import Graph
from remora.isg.reading import Wanted, read_one
from remora.isg.records import Records
from remora.repo.root import Root
from remora.store.database import Store

CHANGED = 9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--suffix", action="append", help="of the files that count; .py otherwise; may be repeated")
    parser.add_argument("--name", help="what the row is called")
    parser.add_argument("--json", action="store_true", help="print what was measured, not a row of the table")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary) / "work"
        copied(given.folder, work, tuple(given.suffix or [".py"]))
        found = measured(work, Path(temporary) / "store")
    print(json.dumps(found) if given.json else row(given.name or given.folder.name, found))


def copied(folder: Path, work: Path, suffixes: tuple[str, ...]) -> None:
    for file in sorted(folder.rglob("*")):
        if file.suffix in suffixes and file.is_file() and not file.is_symlink():
            target = work / file.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


def measured(work: Path, place: Path) -> dict[str, Any]:
    store = Store.open(place)
    graph = Graph(store, Root(work, "project"))
    started = time.process_time()
    report = graph.index(jobs=1)
    total = time.process_time() - started
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    store.close()
    disk = sum(file.stat().st_size for file in place.rglob("*") if file.is_file())
    store = Store.open(place)
    graph = Graph(store, Root(work, "project"))
    records = graph._pipeline.records
    paths = [row.path for row in records.files().values() if row.nodes]
    found = {
        "files": report.files,
        "bytes": sum((work / path).stat().st_size for path in paths),
        "nodes": report.nodes,
        "edges": sum(report.edges.values()),
        "disk": disk,
        "rss_mb": rss / 1024,
        "packed": packed(records, paths),
        "changed": changes(graph, paths),
        "cpu": {"total": total, "read": reading(work, paths), "link": linking(store, work, records)},
    }
    store.close()
    return found


def reading(work: Path, paths: list[str]) -> float:
    started = time.process_time()
    for path in paths:
        read_one(work, Wanted(path), "work")
    return time.process_time() - started


def linking(store: Store, work: Path, records: Records) -> float:
    """Linking everything again, the links' way into the store included."""
    records.clear_links()
    again = Graph(store, Root(work, "project"))
    started = time.process_time()
    again.index(jobs=1)
    return time.process_time() - started


def packed(records: Records, paths: list[str]) -> dict[str, int]:
    """Bytes of each column, and of the facts deflated."""
    files = records.files()
    facts = [records.graph(path, files[path].text_hash) or b"" for path in paths]
    return {
        "facts": sum(map(len, facts)),
        "facts_deflated": sum(len(zlib.compress(one)) for one in facts),
        "briefs": sum(map(len, records.all_briefs().values())),
        "edges": sum(map(len, records.all_edges().values())),
        "unresolved": sum(map(len, records.all_unresolved().values())),
        "reads": sum(len(row[1]) for row in records.all_reads()),
        "flows": sum(len(records.flows(path)) for path in paths),
    }


def changes(graph: Graph, paths: list[str]) -> list[float]:
    """CPU of one changed file, for files at even steps of size, smallest first; a call and a function are added."""
    by_size = sorted(paths, key=lambda path: (graph.root.path / path).stat().st_size)
    graph.counts()
    spent = []
    for n in range(1, CHANGED + 1):
        path = by_size[len(by_size) * n // (CHANGED + 1)]
        file = graph.root.path / path
        file.write_bytes(file.read_bytes() + b"\n\n")
        started = time.process_time()
        graph.refresh(path)
        spent.append(time.process_time() - started)
    return spent


def row(name: str, found: dict[str, Any]) -> str:
    """corpus, files, MB, nodes, edges, CPU s/MB read, link, store, store/source, bytes per node, per edge, changed."""
    size = found["bytes"] / 1e6
    cpu, part = found["cpu"], found["packed"]
    rest = max(0.0, cpu["total"] - cpu["read"] - cpu["link"])
    cells = [
        name,
        f"{found['files']:,}",
        f"{size:.1f}",
        f"{found['nodes']:,}",
        f"{found['edges']:,}",
        f"{cpu['read'] / size:.2f}",
        f"{cpu['link'] / size:.2f}",
        f"{rest / size:.2f}",
        f"{found['disk'] / found['bytes']:.1f}",
        f"{(part['facts'] + part['briefs']) / found['nodes']:,.0f}",
        f"{(part['edges'] + part['reads'] + part['flows'] + part['unresolved']) / found['edges']:,.0f}",
        f"{part['facts_deflated'] / part['facts']:.2f}",
        f"{1000 * sorted(found['changed'])[len(found['changed']) // 2]:,.0f}",
    ]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
