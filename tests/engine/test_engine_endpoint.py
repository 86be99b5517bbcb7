"""The endpoint engine against a real server that behaves, refuses, stalls and breaks."""

from __future__ import annotations

import asyncio
import json
import socket
from contextlib import aclosing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.asking import ask, read, read_until, text_of
from engine.fake_server import Call, answer, serving
from remora.engine import chat, open_engine
from remora.engine.endpoint import Endpoint
from remora.engine.protocol import Finished, Message, Reading
from remora.errors import EngineError, UserError


def answered(behaviour, request=None, model: str | None = "tiny", **options):
    """(deltas, calls) of one request to a server that behaves so."""

    async def main():
        async with serving(behaviour) as server:
            engine = Endpoint(server.url, model, **options)
            try:
                return await read(engine.generate(request or ask())), server.calls
            finally:
                await engine.close()

    return asyncio.run(main())


def test_text_progress_usage_and_timings_are_the_servers_own():
    deltas, _ = answered(answer)
    assert text_of(deltas) == "def f():\n    return 1\u2028"
    assert Reading(10, 10) in deltas
    assert deltas[-1] == Finished("stop", 10, 3, 6, 12.5, 7.5)


def test_the_first_listed_model_is_taken_when_none_is_named():
    _, calls = answered(answer, model=None)
    assert [call.path for call in calls] == ["/v1/models", "/v1/chat/completions"]
    assert calls[1].body["model"] == "tiny"


def test_a_server_without_progress_or_usage_still_finishes_with_estimates():
    async def bare(call: Call) -> None:
        await call.head(200, "text/event-stream")
        await call.text("x" * 30)
        await call.text(reason="stop")

    deltas, _ = answered(bare, ask("y" * 60))
    assert deltas[-1].prompt_tokens == 20
    assert deltas[-1].answer_tokens == 10


def test_fields_that_a_server_refuses_are_left_out_and_stay_so():
    async def strict(call: Call) -> None:
        for name in ("return_progress", "metadata", "max_tokens"):
            if name in call.body:
                hint = " Use max_completion_tokens." if name == "max_tokens" else ""
                return await call.json({"error": {"message": f"Unknown parameter: '{name}'.{hint}"}}, 400)
        call.body["max_tokens"] = call.body["max_completion_tokens"]
        await answer(call)

    async def main():
        async with serving(strict) as server:
            engine = Endpoint(server.url, "tiny")
            first = await read(engine.generate(ask()))
            before = len(server.calls)
            await read(engine.generate(ask()))
            await engine.close()
            return first, before, len(server.calls)

    deltas, before, after = asyncio.run(main())
    assert deltas[-1].reason == "stop"
    assert (before, after) == (4, 5)


def test_a_busy_server_is_asked_again_after_its_retry_after():
    turns = iter([False])

    async def busy_once(call: Call) -> None:
        if not next(turns, True):
            return await call.json({"error": {"message": "slow down"}}, 429, "Retry-After: 0\r\n")
        await answer(call)

    deltas, calls = answered(busy_once)
    assert len(calls) == 2
    assert isinstance(deltas[-1], Finished)


async def _long_wait(call: Call) -> None:
    await call.json({"error": {"message": "quota"}}, 429, "Retry-After: 900\r\n")


async def _always_busy(call: Call) -> None:
    await call.json({"error": {"message": "loading"}}, 503, "Retry-After: 0\r\n")


async def _refused_key(call: Call) -> None:
    await call.json({"error": {"message": f"bad key {call.headers['authorization']}"}}, 401)


async def _echoes_key(call: Call) -> None:
    await call.json({"error": {"message": f"bad request with {call.headers['authorization']}"}}, 400)


async def _no_model(call: Call) -> None:
    await call.json({"error": "model 'tiny' not found"}, 404)


async def _too_long(call: Call) -> None:
    await call.json({"error": {"message": "request (9617 tokens) exceeds the context"}}, 400)


async def _breaks(call: Call) -> None:
    await call.head(200, "text/event-stream", "Content-Length: 1000\r\n")
    await call.text("def")


async def _ends_early(call: Call) -> None:
    await call.head(200, "text/event-stream")
    await call.text("def")


async def _reports(call: Call) -> None:
    await call.head(200, "text/event-stream")
    await call.event(error={"message": "out of cells"})


async def _not_a_stream(call: Call) -> None:
    await call.json({"choices": []})


async def _not_json(call: Call) -> None:
    await call.head(200, "text/event-stream")
    call.writer.write(b"data: <html>\n\n")


async def _filtered(call: Call) -> None:
    await call.head(200, "text/event-stream")
    await call.text(reason="content_filter")


async def _pings_for_ever(call: Call) -> None:
    await call.head(200, "text/event-stream")
    while not call.writer.is_closing():
        call.writer.write(b": ping\n\n")
        await call.writer.drain()
        await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("behaviour", "message"),
    [
        (_long_wait, "asks to wait 900 seconds (quota). Ask again then."),
        (_always_busy, "is busy (503: loading). Ask again later."),
        (_refused_key, "refused the key (401). Set REMORA_API_KEY and start Remora anew."),
        (_echoes_key, "bad request with Bearer (key)). Correct it"),
        (_no_model, "(model 'tiny' not found). Check both names."),
        (_too_long, "request (9617 tokens) exceeds the context). Correct it"),
        (_breaks, "in the middle of its answer"),
        (_ends_early, "before the answer was complete. Ask again"),
        (_reports, "The server reports: out of cells. Ask again"),
        (_not_a_stream, "application/json instead of a stream. Check the address."),
        (_not_json, "not JSON: '<html>'. Check its log."),
        (_filtered, "content filter stopped the answer. Word the request differently."),
        (_pings_for_ever, "fell silent before its answer was complete. Ask again"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_fault_is_one_clear_message_without_the_key(behaviour, message):
    with pytest.raises(EngineError) as raised:
        answered(behaviour, key="sk-secret", stall_s=0.5)
    assert message in str(raised.value)
    assert "sk-secret" not in str(raised.value)


def test_a_server_that_is_not_there_is_named_with_a_next_step():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: nothing else gets the port meanwhile
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"

        async def main():
            engine = Endpoint(url, "tiny")
            try:
                await read(engine.generate(ask()))
            finally:
                await engine.close()

        with pytest.raises(EngineError, match=rf"Nothing answers at {url}/v1 .*Start that server"):
            asyncio.run(main())


def test_a_server_that_ignores_the_token_cap_is_cut_off():
    async def endless(call: Call) -> None:
        await call.head(200, "text/event-stream")
        while not call.writer.is_closing():
            await call.text("la ")

    deltas, _ = answered(endless, ask(max_tokens=5))
    assert deltas[-1].reason == "length"
    assert len(deltas) < 100


def test_closing_the_stream_while_the_prompt_is_read_hangs_up():
    async def main():
        async with serving() as server:
            server.behaviour = server.hang
            engine = Endpoint(server.url, "tiny")
            async with aclosing(engine.generate(ask())) as stream:
                assert await read_until(stream, Reading) == Reading(64, 1000)
            await asyncio.wait_for(server.gone.wait(), 10)
            await engine.close()

    asyncio.run(main())


def test_closing_the_engine_ends_a_running_stream_with_an_error():
    async def main():
        async with serving() as server:
            server.behaviour = server.hang
            engine = Endpoint(server.url, "tiny")
            stream = engine.generate(ask())
            await read_until(stream, Reading)
            await engine.close()
            with pytest.raises(EngineError):
                await read(stream)

    asyncio.run(main())


def test_a_local_server_is_told_who_asks():
    _, calls = answered(answer, ask(session="s1", id="r1"), key="sk-1")
    who = {"request": "r1", "session": "s1", "role": "edit", "node": "src/app.py-app-f"}
    assert calls[0].body["metadata"] == who
    assert calls[0].headers["authorization"] == "Bearer sk-1"


def test_a_distant_server_is_told_neither_paths_nor_sessions():
    body = json.dumps(chat.body_of(ask(), "m", local=False))
    assert "app.py" not in body
    assert "metadata" not in body
    assert "return_progress" not in body


def test_warming_sends_nothing_to_a_distant_server():
    engine = Endpoint("https://models.example/v1", "m")
    asyncio.run(engine.warm([Message("system", "x")]))
    assert engine.caps.local is False


@pytest.mark.parametrize(
    ("url", "root", "local"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v1", True),
        ("http://localhost:8080/v1/", "http://localhost:8080/v1", True),
        ("http://[::1]:1/v1/chat/completions", "http://[::1]:1/v1", True),
        ("https://api.example/openai/v2", "https://api.example/openai/v2", False),
        ("https://localhost.example", "https://localhost.example/v1", False),
    ],
)
def test_an_address_may_or_may_not_end_in_v1(url, root, local):
    assert chat.api_root(url) == root
    assert chat.is_loopback(root) is local


@pytest.mark.parametrize("url", ["ftp://host", "host:80", "http://", "http://me:pw@host"])
def test_an_address_that_cannot_be_used_is_refused(url):
    with pytest.raises(UserError, match=r"Write endpoint:|Put the key into REMORA_API_KEY"):
        Endpoint(url)


def test_open_engine_takes_the_key_from_the_named_variable():
    _, calls = answered(answer)
    assert "authorization" not in calls[0].headers
    engine = open_engine("endpoint:http://127.0.0.1:1", key_env="MY_KEY", environ={"MY_KEY": " sk-9 "})
    assert "sk-9" not in repr(vars(engine)) + str(engine.stats())


@pytest.mark.parametrize("spec", ["llama:x", "endpoint:", "scripted", "gpt", ""])
def test_an_unknown_engine_is_refused_with_the_known_ones(spec):
    with pytest.raises(UserError, match=r"is no engine\. Use llama, endpoint:URL or scripted:FILE\.json\."):
        open_engine(spec)


def test_retry_after_may_be_a_date():
    assert chat.retry_after_s("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert chat.retry_after_s("7") == 7
    assert chat.retry_after_s("soon") is None


@given(st.lists(st.text(), max_size=5), st.integers(1, 7))
def test_events_do_not_depend_on_how_the_bytes_are_cut(texts, size):
    raw = b"".join(b"data: " + json.dumps(t, ensure_ascii=False).encode() + b"\r\n\n" for t in texts)

    async def main():
        async def chunks():
            for i in range(0, len(raw), size):
                yield raw[i : i + size]

        return [json.loads(event) async for event in chat.events(chunks())]

    assert asyncio.run(main()) == texts
