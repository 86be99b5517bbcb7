"""A real HTTP server on loopback that speaks chat completions, and misbehaves when told to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Call:
    """One request as it came in, and the way to answer it."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def head(self, status: int, kind: str, extra: str = "") -> None:
        self.writer.write(f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n{extra}Connection: close\r\n\r\n".encode())
        await self.writer.drain()

    async def json(self, value: object, status: int = 200, extra: str = "") -> None:
        await self.head(status, "application/json", extra)
        self.writer.write(json.dumps(value).encode())

    async def event(self, **chunk: object) -> None:
        self.writer.write(b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\n\n")
        await self.writer.drain()

    async def text(self, text: str | None = None, reason: str | None = None) -> None:
        await self.event(choices=[{"index": 0, "delta": {"content": text}, "finish_reason": reason}])


Behaviour = Callable[[Call], Awaitable[None]]


async def answer(call: Call) -> None:
    """As llama.cpp does: progress, text, reason, usage with timings, [DONE]."""
    await call.head(200, "text/event-stream")
    if call.body.get("return_progress"):
        for done in (0, 10):
            await call.event(choices=[], prompt_progress={"total": 10, "cache": 0, "processed": done, "time_ms": 1})
    limit = call.body["max_tokens"]
    words = ["def", " f", "():", "\n", "    return", " 1\u2028"]
    for word in words[:limit]:
        await call.text(word)
    await call.text(reason="length" if limit < len(words) else "stop")
    if "stream_options" in call.body:
        usage = {"prompt_tokens": 10, "completion_tokens": 6, "prompt_tokens_details": {"cached_tokens": 3}}
        await call.event(choices=[], usage=usage, timings={"cache_n": 3, "prompt_ms": 12.5, "predicted_ms": 7.5})
    call.writer.write(b": a comment\r\n\r\ndata: [DONE]\n\n")


@dataclass
class Server:
    """Answers chat completions by `behaviour`; `calls` holds what came in, oldest first."""

    behaviour: Behaviour = answer
    calls: list[Call] = field(default_factory=list)
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.split("\r\n")
            method, path, _ = first.split(" ")
            headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in lines if line)}
            raw = await reader.readexactly(int(headers.get("content-length", 0)))
            call = Call(method, path, headers, json.loads(raw or b"{}"), reader, writer)
            self.calls.append(call)
            if path.endswith("/models"):
                await call.json({"data": [{"id": "tiny"}, {"id": "other"}]})
            else:
                await self.behaviour(call)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def hang(self, call: Call) -> None:
        """Start reading the prompt, then nothing; sets `gone` when the client hangs up."""
        await call.head(200, "text/event-stream")
        await call.event(choices=[], prompt_progress={"total": 1000, "cache": 0, "processed": 64, "time_ms": 1})
        await call.reader.read()
        self.gone.set()


@asynccontextmanager
async def serving(behaviour: Behaviour = answer) -> AsyncGenerator[Server, None]:
    server = Server(behaviour)
    listener = await asyncio.start_server(server._serve, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
    try:
        yield server
    finally:
        listener.close()
        await listener.wait_closed()
