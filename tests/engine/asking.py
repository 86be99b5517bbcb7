"""Requests, and streams read to their end."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, TypeVar

from remora.engine.protocol import Delta, Message, Request, Text


def ask(words: str = "Say something.", max_tokens: int = 64, **rest: Any) -> Request:
    fields: dict[str, Any] = {"id": "r", "session": "s", "node": "src/app.py-app-f", "role": "edit"} | rest
    return Request(messages=(Message("user", words),), max_tokens=max_tokens, **fields)


async def read(stream: AsyncGenerator[Delta, None]) -> list[Delta]:
    async with aclosing(stream):
        return [delta async for delta in stream]


Kind = TypeVar("Kind")


async def read_until(stream: AsyncGenerator[Delta, None], kind: type[Kind]) -> Kind:
    async for delta in stream:
        if isinstance(delta, kind):
            return delta
    raise AssertionError(f"the stream ended without {kind.__name__}")


def text_of(deltas: list[Delta]) -> str:
    return "".join(delta.text for delta in deltas if isinstance(delta, Text))
