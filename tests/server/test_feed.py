"""A request's feed: one terminal event, always last; slow and returning followers get the present state."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from remora.server.feed import Feed
from remora.server.requests import Requests
from remora.server.wire import FRAME_BYTES, Peer


class Follower:
    """Applies events as a client does: text replaces everything from its offset on."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.shown = b""

    def take(self, event: dict[str, Any]) -> None:
        self.events.append(event)
        if event["kind"] == "text":
            assert event["offset"] <= len(self.shown)
            self.shown = self.shown[: event["offset"]] + event["text"].encode()
        if event["kind"] == "phase" and event["phase"] == "retrying":
            self.shown = b""


step = st.one_of(
    st.tuples(st.just("phase"), st.sampled_from(["reading", "writing", "retrying"])),
    st.tuples(st.just("text"), st.text(alphabet="aé😀\n", max_size=8)),
)


@given(st.lists(st.tuples(step, st.booleans()), max_size=30), st.sampled_from(["done", "failed", "cancelled"]))
def test_however_often_a_follower_looks_it_ends_with_the_last_text(steps: list[Any], end: str):
    feed, follower, seq, shown = Feed("r"), Follower(), 0, ""
    for (kind, value), looks in steps:
        feed.emit(kind, **{kind: value})
        if looks:
            events, seq, shown = feed.since(seq, shown)
            for event in events:
                follower.take(event)
    feed.emit(end)
    feed.emit("text", text="too late")
    feed.emit("done")
    for event in feed.since(seq, shown)[0]:
        follower.take(event)
    assert follower.shown.decode() == feed.text
    assert [e["kind"] for e in follower.events if e["kind"] in ("done", "failed", "cancelled")] == [end]
    assert follower.events[-1]["kind"] == end
    assert [e["seq"] for e in follower.events] == sorted({e["seq"] for e in follower.events})


def test_a_returning_follower_gets_the_place_the_text_and_the_end():
    feed = Feed("r")
    feed.emit("phase", phase="starting", node="k", path="a.py", span=[0, 0, 1, 0])
    feed.emit("phase", phase="writing", done=1)
    feed.emit("text", text="abc")
    feed.emit("done", proposal={"id": "p"})
    events, _, _ = feed.since(0, "")
    assert [e["kind"] for e in events] == ["phase", "text", "done"]
    assert (events[0]["node"], events[0]["phase"]) == ("k", "writing")
    assert events[-1]["proposal"] == {"id": "p"}


def test_a_slow_follower_makes_no_queue():
    async def run() -> int:
        feed, sent, gate = Feed("r"), 0, asyncio.Event()

        async def send(event: dict[str, Any]) -> None:
            nonlocal sent
            sent += 1
            await gate.wait()

        follower = asyncio.create_task(feed.follow(send))
        for number in range(10_000):
            feed.emit("text", text="x" * (number % 50))
            if number % 1000 == 0:
                await asyncio.sleep(0)
        feed.emit("done")
        gate.set()
        await follower
        return sent

    assert asyncio.run(run()) <= 4


def test_two_hundred_tokens_a_second_are_at_most_thirty_frames():
    async def run() -> tuple[int, float]:
        loop, feed, sent = asyncio.get_running_loop(), Feed("r"), 0

        async def send(event: dict[str, Any]) -> None:
            nonlocal sent
            sent += event["kind"] == "text"

        follower = asyncio.create_task(feed.follow(send))
        started, text = loop.time(), ""
        for _ in range(100):
            text += "token "
            feed.emit("text", text=text)
            await asyncio.sleep(0.005)
        feed.emit("done")
        await follower
        return sent, loop.time() - started

    frames, seconds = asyncio.run(run())
    assert frames <= 30 * seconds + 2


def test_an_event_that_is_too_large_for_the_wire_still_ends_the_request():
    async def run() -> list[dict[str, Any]]:
        ours, theirs = socket.socketpair()
        heard: list[dict[str, Any]] = []
        ended = asyncio.Event()

        async def hear(method: str, params: dict[str, Any], peer: Peer) -> None:
            heard.append(params)
            ended.set()

        async def work(emit: Any) -> dict[str, Any]:
            return {"proposal": "x" * (FRAME_BYTES + 1)}

        sides = [Peer(*await asyncio.open_unix_connection(sock=side), hear) for side in (ours, theirs)]
        running = [asyncio.create_task(side.run()) for side in sides]
        requests = Requests()
        requests.start(work, sides[0])
        async with asyncio.timeout(20):
            await ended.wait()
        await requests.close()
        sides[0].close()
        await asyncio.gather(*running)
        return heard

    (event,) = asyncio.run(run())
    assert (event["kind"], event["code"]) == ("failed", "too_big")
