"""The wire takes anything: an answer or a closed connection, never a crash or a hang."""

from __future__ import annotations

import asyncio
import random
import socket
from typing import Any

import msgpack
import pytest

from remora.errors import UserError
from remora.server.wire import FRAME_BYTES, Peer

DEADLINE_S = 20


async def handle(method: str, params: dict[str, Any], peer: Peer) -> Any:
    match method:
        case "echo":
            return params
        case "refuse":
            raise UserError("No. Try yes.", code="no", why=1)
        case "break":
            raise RuntimeError("inside")
        case "unsendable":
            return object()
        case "big":
            return "x" * (FRAME_BYTES + 1)
        case "ask back":
            return await peer.request("question", {"n": params["n"]}, 5.0)
        case "hang":
            await asyncio.Event().wait()
    raise UserError("There is no such method.", code="unknown_method")


def talk(data: bytes, *, answers: int | None = None, close: bool = True) -> list[Any]:
    """Send bytes to a peer and collect what it says until it has said `answers` things or hangs up."""

    async def run() -> list[Any]:
        ours, theirs = socket.socketpair()
        reader, writer = await asyncio.open_unix_connection(sock=theirs)
        peer = asyncio.create_task(Peer(reader, writer, handle).run())
        mine, out = await asyncio.open_unix_connection(sock=ours)
        unpacker, heard = msgpack.Unpacker(raw=False, max_buffer_size=4 * FRAME_BYTES, strict_map_key=False), []

        async def listen() -> None:
            while answers is None or len(heard) < answers:
                try:
                    part = await mine.read(1 << 16)
                except ConnectionError:  # it hung up with unread bytes of ours
                    return
                if not part:
                    return
                unpacker.feed(part)
                heard.extend(unpacker)

        async with asyncio.timeout(DEADLINE_S):
            listening = asyncio.create_task(listen())
            try:
                out.write(data)
                await out.drain()
                if close and answers is None:
                    out.write_eof()
            except ConnectionError:
                pass
            await listening
            out.close()
            await peer
        return heard

    return asyncio.run(run())


def frame(*message: Any) -> bytes:
    return msgpack.packb(list(message))


def test_requests_are_answered_by_their_id():
    heard = talk(frame(0, 1, "echo", {"a": 1}) + frame(0, 2, "echo", {"b": 2}), answers=2)
    assert sorted(heard) == [[1, 1, None, {"a": 1}], [1, 2, None, {"b": 2}]]


@pytest.mark.parametrize(
    ("method", "code"),
    [
        ("refuse", "no"),
        ("break", "internal"),
        ("nothing", "unknown_method"),
        ("unsendable", "internal"),
        ("big", "too_big"),
    ],
)
def test_every_failure_is_an_answer_with_a_code_and_a_sentence(method: str, code: str):
    ((kind, number, error, result),) = talk(frame(0, 7, method, {}), answers=1)
    assert (kind, number, result, error["code"]) == (1, 7, None, code)
    assert error["message"].endswith(".")


@pytest.mark.parametrize("message", [[0, 5, 6, {}], [0, 5, "echo", 3], [0, 5]])
def test_a_misshapen_request_is_refused_by_its_id(message: list[Any]):
    ((_, number, error, _),) = talk(msgpack.packb(message), answers=1)
    assert number == 5
    assert error["code"] in ("frame_refused", "usage")


def test_both_sides_may_ask():
    async def run() -> Any:
        ours, theirs = socket.socketpair()

        async def answer(method: str, params: dict[str, Any], peer: Peer) -> Any:
            return params["n"] * 2

        peers = []
        for side, handler in ((ours, answer), (theirs, handle)):
            reader, writer = await asyncio.open_unix_connection(sock=side)
            peers.append(Peer(reader, writer, handler))
        tasks = [asyncio.create_task(peer.run()) for peer in peers]
        result = await peers[0].request("ask back", {"n": 21}, 5.0)
        with pytest.raises(TimeoutError):
            await peers[0].request("hang", {}, 0.01)
        peers[0].close()
        await asyncio.gather(*tasks)
        with pytest.raises(ConnectionError):
            await peers[0].request("echo", {}, 1.0)
        return result

    assert asyncio.run(run()) == 42


def test_a_frame_of_100_mb_ends_the_connection():
    head = b"\xc6" + (100 << 20).to_bytes(4, "big")
    heard = talk(head + b"x" * (9 << 20))
    assert heard == [] or heard[-1][2]["code"] == "frame_refused"


def random_messages(count: int, seed: int) -> list[bytes]:
    dice = random.Random(seed)
    good = [
        frame(0, 1, "echo", {"a": [1, "é", None]}),
        frame(2, "echo", {}),
        frame(1, 9, None, 3),
        frame(0, 2, "refuse", {}),
    ]
    made = []
    for _ in range(count):
        data = bytearray(dice.choice(good)) if dice.random() < 0.7 else bytearray(dice.randbytes(dice.randint(1, 60)))
        for _ in range(dice.randint(0, 3)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        made.append(bytes(data[: dice.randint(1, len(data))]) if dice.random() < 0.3 else bytes(data))
    return made


def test_ten_thousand_random_or_mutated_messages_crash_nothing():
    async def run() -> None:
        for data in random_messages(10_000, seed=1):
            ours, theirs = socket.socketpair()
            reader, writer = await asyncio.open_unix_connection(sock=theirs)
            peer = asyncio.create_task(Peer(reader, writer, handle).run())
            ours.sendall(data)
            ours.shutdown(socket.SHUT_WR)
            async with asyncio.timeout(1.0):
                await peer
            ours.close()

    asyncio.run(run())
