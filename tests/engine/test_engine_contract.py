"""What holds for every engine."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, asynccontextmanager

import pytest

from engine.asking import ask, read, read_until, text_of
from engine.fake_server import serving
from remora.engine.endpoint import Endpoint
from remora.engine.llama import Llama
from remora.engine.protocol import Finished, Loading, Message, Reading, Text
from remora.engine.queue import Queue
from remora.engine.scripted import Scripted
from remora.errors import EngineError


@pytest.fixture(params=["scripted", "endpoint", pytest.param("llama", marks=pytest.mark.model)])
def opened(request):
    """An async context manager that opens the engine and closes it."""
    path = request.getfixturevalue("model_file") if request.param == "llama" else None

    @asynccontextmanager
    async def open_it():
        async with serving() as server:
            if path:
                engine = Llama(path, context=2048)
            elif request.param == "endpoint":
                engine = Endpoint(server.url)
            else:
                engine = Scripted(["def f():\n    return 1\n"], loop=True)
            try:
                yield engine
            finally:
                await engine.close()

    return open_it


def test_a_stream_loads_reads_writes_and_finishes_last(opened):
    async def main():
        async with opened() as engine:
            return await read(engine.generate(ask("Say hello.", max_tokens=12)))

    deltas = asyncio.run(main())
    kinds = [type(delta) for delta in deltas if not isinstance(delta, Loading)]
    reading, writing = kinds.count(Reading), kinds.count(Text)
    assert reading and writing
    assert kinds == [Reading] * reading + [Text] * writing + [Finished]
    assert all(isinstance(delta, Loading) for delta in deltas[: len(deltas) - len(kinds)])
    assert text_of(deltas)
    last = [delta for delta in deltas if isinstance(delta, Reading)][-1]
    assert last.done == last.total == deltas[-1].prompt_tokens


def test_max_tokens_ends_an_answer_with_length(opened):
    async def main():
        async with opened() as engine:
            return await read(engine.generate(ask("Count from one to a hundred.", max_tokens=3)))

    deltas = asyncio.run(main())
    assert deltas[-1].reason == "length"
    assert sum(isinstance(delta, Text) for delta in deltas) <= 3


def test_leaving_a_stream_early_leaves_the_engine_ready(opened):
    async def main():
        async with opened() as engine:
            async with aclosing(engine.generate(ask())) as stream:
                await read_until(stream, Text)
            return await read(engine.generate(ask(max_tokens=4)))

    assert text_of(asyncio.run(main()))


def test_a_queue_carries_four_streams_of_one_engine_at_once(opened):
    async def main():
        async with opened() as engine:
            queue = Queue(engine, slots=2)
            streams = [read(queue.generate(ask(f"Say {i}.", max_tokens=6, workspace=str(i)))) for i in range(4)]
            answers = await asyncio.gather(*streams)
            return answers, queue.stats()

    answers, stats = asyncio.run(main())
    assert all(isinstance(deltas[-1], Finished) for deltas in answers)
    assert (stats["running"], stats["waiting"]) == (0, 0)


def test_a_closed_engine_refuses_by_name_and_closes_again(opened):
    async def main():
        async with opened() as engine:
            await engine.start()
            await engine.close()
            with pytest.raises(EngineError, match=r"closed|unloaded"):
                await read(engine.generate(ask()))
            await engine.close()

    asyncio.run(main())


def test_warming_then_counting_then_asking_works(opened):
    async def main():
        async with opened() as engine:
            await engine.warm([Message("system", "You edit code.")])
            assert await engine.count("def f(): pass") >= 1
            assert await engine.count("x " * 400) > await engine.count("x")
            assert engine.stats()["name"] == engine.name
            return await read(engine.generate(ask(max_tokens=4)))

    assert isinstance(asyncio.run(main())[-1], Finished)
