"""Admission: order, bound, fairness, cancel; and that it holds for any sequence of events."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from engine.asking import ask, read, read_until, text_of
from remora.engine.protocol import Finished, Message, Queued, Reading, Text
from remora.engine.queue import Queue
from remora.engine.scripted import Answer, Scripted
from remora.errors import EngineError, UserError


def endless(**options) -> Scripted:
    return Scripted([Answer(text="la la ", never_ends=True)], loop=True, **options)


def order_of(requests, slots=1) -> list[str]:
    """Ids in the order in which they are admitted, all asked for while the only slot is taken."""

    async def main():
        queue = Queue(endless(), slots=slots)
        admitted = []

        async def one(request):
            async with aclosing(queue.generate(request)) as stream:
                await read_until(stream, Reading)
                admitted.append(request.id)
                await read(stream)

        async with aclosing(queue.generate(ask("first", max_tokens=10_000))) as first:
            await read_until(first, Text)
            tasks = [asyncio.create_task(one(request)) for request in requests]
            await asyncio.sleep(0)
        await asyncio.gather(*tasks)
        return admitted

    return asyncio.run(main())


def test_within_a_workspace_first_come_is_first_served():
    assert order_of([ask(id=i, workspace="a") for i in "123"]) == ["1", "2", "3"]


def test_workspaces_take_turns():
    ids = ["a1", "a2", "a3", "b1", "c1", "b2"]
    assert order_of([ask(id=i, workspace=i[0]) for i in ids]) == ["a1", "b1", "c1", "a2", "b2", "a3"]


def test_a_higher_priority_goes_first_whatever_the_turn():
    requests = [ask(id="a1", workspace="a"), ask(id="a2", workspace="a", priority=1), ask(id="b1", workspace="b")]
    assert order_of(requests)[0] == "a2"


def test_a_waiting_request_hears_its_position_whenever_it_changes():
    async def main():
        queue = Queue(endless(), slots=1)
        holders = [queue.generate(ask(max_tokens=5)) for _ in range(3)]
        assert isinstance(await anext(holders[0]), Reading)
        assert [await anext(stream) for stream in holders[1:]] == [Queued(1), Queued(2)]
        await holders[1].aclose()
        assert await anext(holders[2]) == Queued(1)
        await holders[0].aclose()
        assert isinstance(await anext(holders[2]), Reading)
        await holders[2].aclose()
        assert queue.stats()["running"] == 0

    asyncio.run(main())


def test_a_full_queue_refuses_with_busy_until_a_place_is_free():
    async def main():
        queue = Queue(endless(), slots=1, bound=1)
        running, waiting, refused = (queue.generate(ask()) for _ in range(3))
        await anext(running)
        await anext(waiting)
        with pytest.raises(UserError, match=r"which is the limit\. Stop one") as raised:
            await anext(refused)
        assert raised.value.code == "busy"
        await waiting.aclose()
        again = queue.generate(ask())
        assert await anext(again) == Queued(1)
        for stream in (again, running):
            await stream.aclose()

    asyncio.run(main())


def test_waiting_too_long_ends_with_busy_and_frees_the_place():
    async def main():
        queue = Queue(endless(), slots=1, wait_s=0.01)
        running = queue.generate(ask())
        await anext(running)
        with pytest.raises(UserError, match="No slot became free") as raised:
            await read(queue.generate(ask()))
        assert raised.value.code == "busy"
        assert queue.stats()["waiting"] == 0
        await running.aclose()

    asyncio.run(main())


def test_the_slot_is_free_before_the_last_delta_is_read():
    async def main():
        queue = Queue(Scripted(["one", "two"]), slots=1)
        async with aclosing(queue.generate(ask())) as slow:
            await read_until(slow, Finished)
            return text_of(await read(queue.generate(ask())))

    assert asyncio.run(main()) == "two"


def test_a_cancelled_task_leaves_neither_a_slot_nor_a_place():
    async def main():
        queue = Queue(endless(tokens_per_second=1), slots=1)
        running, waiting = (asyncio.create_task(read(queue.generate(ask(max_tokens=1000)))) for _ in range(2))
        while queue.stats()["waiting"] == 0:
            await asyncio.sleep(0)
        for task in (waiting, running):
            task.cancel()
        await asyncio.wait({waiting, running})
        return queue.stats()

    stats = asyncio.run(main())
    assert (stats["running"], stats["waiting"]) == (0, 0)


@pytest.mark.parametrize("answer", [Answer(fail="no"), Answer(text="half of it", die=True)])
def test_a_failed_request_frees_its_slot(answer):
    async def main():
        queue = Queue(Scripted([answer, "fine"]), slots=1)
        with pytest.raises(EngineError):
            await read(queue.generate(ask()))
        return text_of(await read(queue.generate(ask())))

    assert asyncio.run(main()) == "fine"


def test_closing_ends_the_waiting_and_refuses_the_next():
    async def main():
        queue = Queue(endless(), slots=1)
        running, waiting = queue.generate(ask()), queue.generate(ask())
        await anext(running)
        await anext(waiting)
        await queue.close()
        for stream in (waiting, queue.generate(ask())):
            with pytest.raises(EngineError, match=r"is shutting down"):
                await read(stream)
        await running.aclose()

    asyncio.run(main())


def test_warming_never_takes_a_slot_that_somebody_needs():
    class Slow(Scripted):
        warmed = 0

        async def warm(self, messages):
            self.warmed += 1

    async def main():
        engine = Slow(["x" * 40], loop=True)
        queue = Queue(engine, slots=1)
        await queue.warm([Message("system", "x")])
        running = queue.generate(ask())
        await anext(running)
        await queue.warm([Message("system", "x")])
        await running.aclose()
        return engine.warmed, queue.stats()["running"]

    assert asyncio.run(main()) == (1, 0)


SLOTS, BOUND = 2, 4


class Admission(RuleBasedStateMachine):
    """Streams that come, move, end and are cancelled in any order, against the rules of admission."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.queue = Queue(endless(), slots=SLOTS, bound=BOUND)
        self.waiting: dict = {}  # stream -> (task, request), in order of arrival
        self.running: list = []
        self.served: list[str] = []  # workspaces, in order of admission

    def teardown(self) -> None:
        self.runner.run(self._end_all())
        assert self.queue.stats()["running"] == 0
        self.runner.close()

    async def _end_all(self) -> None:
        for stream, (task, _) in self.waiting.items():
            task.cancel()
            await asyncio.wait({task})
            await stream.aclose()
        for stream in self.running:
            await stream.aclose()

    def _settle(self) -> None:
        """Let every waiting stream notice what happened; sort the admitted ones out and check who they are."""
        self.runner.run(self._breathe())
        while True:
            admitted = [
                s for s, (task, _) in self.waiting.items() if task.done() and isinstance(task.result(), Reading)
            ]
            if not admitted:
                return
            assert len(admitted) == 1, "one event frees at most one slot"
            self._check_turn(admitted[0])
            _, request = self.waiting.pop(admitted[0])
            self.running.append(admitted[0])
            self.served.append(request.workspace)

    def _check_turn(self, stream) -> None:
        request = self.waiting[stream][1]
        others = [r for s, (_, r) in self.waiting.items() if s is not stream]
        assert request.priority >= max((r.priority for r in others), default=request.priority)
        rivals = [r for r in others if r.priority == request.priority]
        mine = self._last_served(request.workspace)
        assert all(mine <= self._last_served(r.workspace) for r in rivals)
        assert all(request.id <= r.id for r in rivals if r.workspace == request.workspace)

    def _last_served(self, workspace: str) -> int:
        return max((i for i, name in enumerate(self.served) if name == workspace), default=-1)

    async def _breathe(self) -> None:
        for _ in range(10):
            await asyncio.sleep(0)
            for stream, (task, request) in self.waiting.items():
                if task.done() and isinstance(task.result(), Queued):
                    self.waiting[stream] = (asyncio.ensure_future(anext(stream)), request)

    @rule(workspace=st.sampled_from("abc"), priority=st.integers(0, 1))
    def comes(self, workspace, priority):
        self.count = getattr(self, "count", 0) + 1
        request = ask(id=f"{self.count:04}", workspace=workspace, priority=priority, max_tokens=10_000)
        stream = self.queue.generate(request)
        full = len(self.running) == SLOTS and len(self.waiting) == BOUND
        try:
            first = self.runner.run(_first(stream))
        except UserError as error:
            assert full and error.code == "busy"
            return
        assert not full
        if isinstance(first, Queued):
            assert len(self.running) == SLOTS
            self.waiting[stream] = (self.runner.run(_later(stream)), request)
        else:
            self.running.append(stream)
            self.served.append(workspace)

    @precondition(lambda self: self.running)
    @rule(data=st.data())
    def ends(self, data):
        stream = self.running.pop(data.draw(st.integers(0, len(self.running) - 1)))
        self.runner.run(stream.aclose())
        self._settle()

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def gives_up(self, data):
        stream = data.draw(st.sampled_from(range(len(self.waiting))).map(lambda i: list(self.waiting)[i]))
        task, _ = self.waiting.pop(stream)
        task.cancel()
        self.runner.run(_gone(task, stream))
        self._settle()

    @precondition(lambda self: self.running)
    @rule()
    def moves(self):
        self.runner.run(_first(self.running[0]))

    @invariant()
    def counts_agree_and_no_slot_idles_while_somebody_waits(self):
        stats = self.queue.stats()
        assert (stats["running"], stats["waiting"]) == (len(self.running), len(self.waiting))
        assert len(self.running) <= SLOTS
        assert not self.waiting or len(self.running) == SLOTS


async def _first(stream):
    return await anext(stream)


async def _later(stream):
    return asyncio.ensure_future(anext(stream))


async def _gone(task, stream) -> None:
    await asyncio.wait({task})
    await stream.aclose()


TestAdmission = Admission.TestCase
TestAdmission.settings = settings(
    max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
