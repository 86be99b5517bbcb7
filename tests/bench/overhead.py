"""What Remora adds to the model's own time: prompt, first token, and the whole edit, against the same engine asked bare.

    python tests/bench/overhead.py [--model NAME] [--rounds 3]

The bare run sends the identical messages to a fresh engine of the same kind. Only ratios of one run are stated.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.edits import CASES, SOURCE
from remora.config import Config, places
from remora.engine import open_engine
from remora.engine.protocol import Message, Request, Text
from remora.engine.queue import Queue
from remora.models import catalogue
from remora.models.local import require
from remora.repo.root import find_root
from remora.session import Selection
from remora.swarm import fixed_prefix
from remora.workspace import Workspace


async def bare(queue: Queue, messages: tuple[Message, ...], max_tokens: int) -> tuple[float, float]:
    """Seconds to the first token and to the end, of the engine alone."""
    request = Request("bare", "bare", "", "edit", messages, max_tokens)
    started, first = time.monotonic(), 0.0
    async with aclosing(queue.engine.generate(request)) as deltas:
        async for delta in deltas:
            if isinstance(delta, Text) and not first:
                first = time.monotonic() - started
    return first, time.monotonic() - started


@contextlib.asynccontextmanager
async def fresh(model: str) -> AsyncGenerator[Queue]:
    """An engine that has read nothing yet: its prompt cache would make any second run a warm one."""
    queue = Queue(open_engine("llama", require(catalogue.find(model), places().models), model=model))
    await queue.engine.start()
    try:
        yield queue
    finally:
        await queue.close()


async def edit(queue: Queue, workspace: Workspace, request: str, key: str) -> tuple[float, float, tuple[Message, ...]]:
    """Seconds to the first text event and to the stored proposal, and the messages that were sent."""
    started, first = time.monotonic(), 0.0

    def emit(kind: str, **fields: object) -> None:
        nonlocal first
        if kind == "phase" and fields.get("phase") == "writing" and not first:
            first = time.monotonic() - started

    session = workspace.session(lambda: queue, emit, "bench")
    await session.run(Selection("orders.py", request, key=f"orders.py::{key}"))
    whole = time.monotonic() - started
    prompt = next(line for line in workspace.journal.read(session.id) if line["kind"] == "prompt")
    return first, whole, tuple(Message(role, text) for role, text in prompt["messages"])


async def measure(model: str, rounds: int) -> list[tuple[str, str, str]]:
    case = next(c for c in CASES if c.key == "word_count" and "ignore" in c.request)
    first_ratio, warm_ratio, share, beyond = [], [], [], 0
    with tempfile.TemporaryDirectory(prefix="rm-overhead-") as base:
        project = Path(base) / "project"
        project.mkdir()
        (project / "pyproject.toml").write_text("[project]\nname = 'orders'\n")
        (project / "orders.py").write_text(SOURCE)
        workspace = Workspace(find_root(project / "orders.py"), Path(base) / "state", Config())
        workspace.graph.index()
        for _ in range(rounds):
            async with fresh(model) as queue:
                our_first, our_whole, messages = await edit(queue, workspace, case.request, case.key)
            async with fresh(model) as queue:
                bare_first, bare_whole = await bare(queue, messages, 600)
            async with fresh(model) as queue:
                await queue.warm(fixed_prefix())
                warm_first, _, _ = await edit(queue, workspace, case.request, case.key)
                text = workspace.graph.find(f"orders.py::{case.key}").span.cut(SOURCE)
                sent = [await queue.engine.count(m.content) for m in messages]
                beyond = sum(sent) - await queue.engine.count(text)
            first_ratio.append(our_first / bare_first)
            warm_ratio.append(warm_first / bare_first)
            share.append((our_whole - bare_whole) / our_whole)
        workspace.close()
    return [
        ("prompt tokens beyond the node", "<= 800", str(beyond)),
        ("time to first token, cold, over bare prefill", "", f"{statistics.median(first_ratio):.2f}x"),
        ("time to first token, fixed prefix warm, over bare prefill", "", f"{statistics.median(warm_ratio):.2f}x"),
        ("our share of an edit's wall time", "< 5 %", f"{100 * statistics.median(share):.1f} % (median of {rounds})"),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure what Remora adds to the model's own time.")
    parser.add_argument("--model", default=catalogue.DEFAULT)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print("| figure | aim | measured |\n|---|---|---|")
    for row in asyncio.run(measure(options.model, options.rounds)):
        print("| " + " | ".join(row) + " |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
