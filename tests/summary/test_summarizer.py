"""A run over a workspace that changes while it goes."""

from __future__ import annotations

import asyncio
from pathlib import Path

from remora.engine.queue import Queue
from remora.engine.scripted import Answer, Scripted
from remora.isg.graph import Graph
from remora.repo.root import Root
from remora.store.database import Store
from remora.summary.run import Options, Run
from remora.summary.summarizer import summarize_targets

SURE = 'def total(items):\n    """Return the total of all items."""\n    return sum(items)\n'


def test_a_definition_that_is_deleted_meanwhile_is_left_out_and_the_rest_is_told(tmp_path: Path):
    (tmp_path / "kept.py").write_text(SURE + "\n\ndef qux(y):\n    return y - 2\n")
    (tmp_path / "lost.py").write_text("def zork(y):\n    return y - 3\n")
    store = Store.open(None)
    graph = Graph(store, Root(tmp_path, "project"))
    graph.index()
    options = Options(mode="hybrid")
    run = Run.of(options)
    told: dict[str, str] = {}

    async def go() -> None:
        queue = Queue(Scripted([Answer("Subtract a number from the argument")] * 9))
        try:
            async for row in summarize_targets(graph, options=options, queue=queue, run=run):
                if not told and (tmp_path / "lost.py").exists():
                    (tmp_path / "lost.py").unlink()
                    graph.refresh("lost.py")
                told[row.isgl1_key] = row.provenance
        finally:
            await queue.close()

    asyncio.run(go())
    store.close()
    assert told["kept.py-kept-total"] == "rule_based"
    assert told["kept.py-kept-qux"] == "llm_assisted"
    assert "lost.py-lost-zork" not in told
    assert run.gone
