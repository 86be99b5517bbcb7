"""What the model pass makes of an engine: its tokens per second beside the engine's own, and what others notice.

    python tests/bench/summaries/throughput.py --model smollm2-135m-instruct --count 48 CHECKOUT

Every other prompt goes to the bare queue, as many at a time as the engine has slots, the rest through the model pass. Then an
interactive request, idle and while the pass runs: the time to its first token. Prints a table as Markdown.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "python"))

from remora.config import places
from remora.engine.llama import Llama
from remora.engine.protocol import Finished, Message, Request, Text
from remora.engine.queue import Queue
from remora.isg.extract import extract
from remora.models import catalogue
from remora.models.local import path_of
from remora.repo.text import canonical
from remora.summary.budget import Budget
from remora.summary.lines import Told
from remora.summary.metrics import Metrics
from remora.summary.model_pass import Job, ModelPass
from remora.summary.prompt import ANSWER_TOKENS, GRAMMAR, STOP, TEMPERATURE, messages, prompt_hash
from remora.summary.rules import SURE, line_of
from remora.summary.subject import subjects

PER_CALL = 1024
QUESTION = (Message("user", "Say hello to the reader in a few words."),)


def jobs_of(checkout: Path, count: int) -> list[Job]:
    """The first functions whose line by rules is not sure, in the order of paths."""
    found: list[Job] = []
    for file in sorted(checkout.rglob("*.py")):
        text = canonical(file.read_text("utf-8", "replace"))
        graph = extract(str(file.relative_to(checkout)), text)
        for subject in subjects(graph):
            rule = line_of(subject)
            if subject.kind in ("function", "method") and rule.confidence < SURE:
                code = graph.nodes[subject.number].span.cut(text)
                found.append(Job(Told(subject, rule, (), prompt_hash(subject)), code))
                if len(found) == count:
                    return found
    return found


def request(number: int, asked: tuple[Message, ...], priority: int, tokens: int) -> Request:
    return Request(
        id=str(number), session="bench", node="", role="summarize", messages=asked, max_tokens=tokens,
        temperature=TEMPERATURE, stop=STOP, priority=priority, grammar=GRAMMAR,
    )  # fmt: skip


async def tokens_of(queue: Queue, asked: Request) -> int:
    total = 0
    async for delta in queue.generate(asked):
        if isinstance(delta, Finished):
            total = delta.prompt_tokens + delta.answer_tokens
    return total


async def each(width: int, jobs: Sequence[Job], work: Callable[[int, Job], Awaitable[None]]) -> float:
    """Seconds for all jobs, `width` at a time."""
    waiting = list(enumerate(jobs))

    async def worker() -> None:
        while waiting:
            await work(*waiting.pop(0))

    started = time.monotonic()
    await asyncio.gather(*(worker() for _ in range(width)))
    return time.monotonic() - started


async def first_token(queue: Queue, number: int) -> float:
    """Seconds until an interactive request's first token."""
    started = time.monotonic()
    async for delta in queue.generate(request(number, QUESTION, 10, 8)):
        if isinstance(delta, Text):
            return time.monotonic() - started
    return time.monotonic() - started


async def measure(model: Path, jobs: list[Job], interactive: int) -> None:
    queue = Queue(Llama(model), bound=1000)
    try:
        await tokens_of(queue, request(0, QUESTION, 0, 4))  # the model is loaded
        idle = [await first_token(queue, n) for n in range(interactive)]
        bare_tokens = 0

        async def bare(number: int, job: Job) -> None:
            nonlocal bare_tokens
            asked = messages(job.told.subject, job.code, job.told.members, PER_CALL, "")
            tokens = await tokens_of(queue, request(number, asked, 0, ANSWER_TOKENS))
            bare_tokens += tokens

        ours, theirs = jobs[::2], jobs[1::2]  # not the same ones: the second time a prompt is in the cache
        bare_s = await each(queue.slots, theirs, bare)
        metrics, taken = Metrics(), 0
        model_pass = ModelPass(queue, Budget(10 * len(jobs), 0, PER_CALL), (metrics,), "bench")

        async def passed(number: int, job: Job) -> None:
            nonlocal taken
            line = await model_pass.line(job)
            taken += line is not None and line.provenance == "llm_assisted"

        passed_s = await each(model_pass.width, ours, passed)
        calls, tokens, lines = metrics.calls, metrics.tokens, taken
        running = asyncio.create_task(each(model_pass.width, jobs, passed))
        busy: list[float] = []
        while len(busy) < interactive and not running.done():
            await asyncio.sleep(0.5)
            busy.append(await first_token(queue, 100 + len(busy)))
        running.cancel()
        await asyncio.wait({running})
    finally:
        await queue.close()
    bare_rate, rate = bare_tokens / bare_s, tokens / passed_s
    print("| figure | value |\n|---|---|")
    print(f"| slots | {queue.slots} |")
    print(
        f"| bare queue: {len(theirs)} prompts | {bare_s:.1f} s, {bare_rate:.0f} tokens/s, {len(theirs) / bare_s:.2f} calls/s |"
    )
    print(
        f"| model pass: {len(ours)} others | {passed_s:.1f} s, {calls} calls, {rate:.0f} tokens/s, {calls / passed_s:.2f} calls/s |"
    )
    print(
        f"| of the bare rate | {rate / bare_rate:.0%} of the tokens, {calls / passed_s * bare_s / len(theirs):.0%} of the calls |"
    )
    print(f"| lines taken | {lines} of {len(ours)} |")
    print(f"| first token of an interactive request, idle | {1000 * statistics.median(idle):.0f} ms |")
    print(
        f"| … while the pass runs | {1000 * statistics.median(busy):.0f} ms median, {1000 * max(busy):.0f} ms worst of {len(busy)} |"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--model", default="smollm2-135m-instruct")
    parser.add_argument("--count", type=int, default=48)
    parser.add_argument("--interactive", type=int, default=6)
    options = parser.parse_args()
    model = path_of(catalogue.find(options.model), places().models)
    jobs = jobs_of(options.checkout, options.count)
    if not jobs:
        print(f"throughput: no function without a sure line in {options.checkout}", file=sys.stderr)
        return 1
    asyncio.run(measure(model, jobs, options.interactive))
    return 0


if __name__ == "__main__":
    sys.exit(main())
