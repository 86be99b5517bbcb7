"""The chat-completions wire: what is sent, what its stream of chunks means, what a refusal says. No sockets here."""

from __future__ import annotations

import email.utils
import ipaddress
import json
import re
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from typing import Any, Literal
from urllib.parse import urlsplit

from remora.engine.protocol import Delta, Finished, Reading, Request, Text, estimate_tokens
from remora.errors import EngineError, UserError

LINE_BYTES = 4_000_000
OPTIONAL = ("return_progress", "stream_options", "metadata", "seed", "temperature", "grammar")


def api_root(url: str) -> str:
    """The address that `/chat/completions` is appended to: `url` with `/v1` unless it names a version itself.

    Raises:
        UserError: not an http(s) address, or one that holds a user name or password.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UserError(
            f"{url!r} is not the address of a server. Write endpoint:http://HOST:PORT or endpoint:https://HOST."
        )
    if parts.username or parts.password:
        raise UserError("The endpoint's address holds a password. Put the key into REMORA_API_KEY instead.")
    path = parts.path.rstrip("/").removesuffix("/chat/completions")
    if not re.search(r"/v\d+\w*$", path):
        path += "/v1"
    return f"{parts.scheme}://{parts.netloc}{path}"


def is_loopback(url: str) -> bool:
    """Whether the address can only be this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def body_of(request: Request, model: str, local: bool, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The JSON to post.

    Args:
        local: the server is on this machine: it may be told who asks (metadata names paths), and asked for progress.
        without: names from `OPTIONAL` that this server does not take, and "max_tokens" where it wants the newer name.
    """
    limit = "max_completion_tokens" if "max_tokens" in without else "max_tokens"
    body: dict[str, Any] = {
        "model": request.model or model,
        "messages": [{"role": m.role, "content": m.content} for m in request.messages],
        limit: request.max_tokens,
        "temperature": request.temperature,
        "seed": request.seed,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    if request.stop:
        body["stop"] = list(request.stop)
    if local and request.grammar:
        body["grammar"] = request.grammar
    if local:
        body["return_progress"] = True
        who = {"request": request.id, "session": request.session, "role": request.role, "node": request.node}
        body["metadata"] = who
    return {key: value for key, value in body.items() if key not in without}


async def events(chunks: AsyncIterator[bytes]) -> AsyncGenerator[str, None]:
    """The `data` of each server-sent event, up to `[DONE]` or the end.

    Lines end in LF only: `str.splitlines` would also cut at U+2028 inside an answer.

    Raises:
        EngineError: a line of more than 4 MB.
    """
    rest = b""
    data: list[bytes] = []
    async for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > LINE_BYTES:
            raise EngineError("The server sent a line of more than 4 MB. Check that the address is a model server's.")
        for line in lines:
            line = line.rstrip(b"\r")
            if line.startswith(b"data:"):
                data.append(line[5:].removeprefix(b" "))
            elif not line and data:
                event = b"\n".join(data).decode("utf-8", "replace")
                data.clear()
                if event == "[DONE]":
                    return
                yield event


class Answer:
    """Folds the chunks of one streamed answer into deltas."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._began = time.monotonic()
        self._first: float | None = None
        self._reason: Literal["stop", "length"] | None = None
        self._usage: dict[str, Any] = {}
        self._timings: dict[str, Any] = {}
        self._bytes = 0
        self._pieces = 0

    def feed(self, event: str) -> Iterator[Delta]:
        """Deltas of one event.

        Raises:
            EngineError: the event is not JSON, or reports an error.
        """
        try:
            chunk = json.loads(event)
        except ValueError:
            raise EngineError(f"The server sent something that is not JSON: {event[:120]!r}. Check its log.") from None
        if not isinstance(chunk, dict):
            raise EngineError(f"The server sent {event[:120]!r} instead of a chunk. Check its log.")
        if chunk.get("error"):
            raise EngineError(f"The server reports: {reported(chunk)}. Ask again, or check its log.")
        self._usage = chunk.get("usage") or self._usage
        self._timings = chunk.get("timings") or self._timings
        progress = chunk.get("prompt_progress")
        if isinstance(progress, dict):
            yield Reading(int(progress.get("processed", 0)), int(progress.get("total", 0)))
        for choice in (chunk.get("choices") or [])[:1]:
            text = (choice.get("delta") or {}).get("content")
            if text:
                self._first = self._first or time.monotonic()
                self._bytes += len(text.encode("utf-8", "replace"))
                self._pieces += 1
                yield Text(text)
            reason = choice.get("finish_reason")
            if reason == "content_filter":
                raise EngineError("The server's content filter stopped the answer. Word the request differently.")
            if reason:
                self._reason = "length" if reason == "length" else "stop"

    @property
    def ended(self) -> bool:
        """Whether the server has said why the answer ended; usage may still follow."""
        return self._reason is not None

    @property
    def overlong(self) -> bool:
        """Far more pieces than tokens were allowed: a server that ignores `max_tokens`."""
        return self._pieces > 2 * self._request.max_tokens + 64

    def finished(self) -> Finished:
        """The last delta, from the server's own numbers where it gave them.

        Raises:
            EngineError: the stream ended before the answer did.
        """
        if self._reason is None and not self.overlong:
            raise EngineError(
                "The server closed its stream before the answer was complete. Ask again, or check its log."
            )
        now = time.monotonic()
        first = self._first or now
        usage, timings = self._usage, self._timings
        cached = (usage.get("prompt_tokens_details") or {}).get("cached_tokens")
        prompt = usage.get("prompt_tokens")
        answer = usage.get("completion_tokens")
        if prompt is None:
            prompt = sum(estimate_tokens(message.content) for message in self._request.messages)
        return Finished(
            reason=self._reason or "length",
            prompt_tokens=int(prompt),
            cached_tokens=int(timings.get("cache_n", 0) if cached is None else cached),
            answer_tokens=int(-(-self._bytes // 3) if answer is None else answer),
            prompt_ms=float(timings.get("prompt_ms", (first - self._began) * 1000)),
            answer_ms=float(timings.get("predicted_ms", (now - first) * 1000)),
        )


def reported(body: object) -> str:
    """What an error body says, in one line without a final full stop."""
    if isinstance(body, dict):
        error = body.get("error", body.get("detail", body))
        body = error.get("message", error) if isinstance(error, dict) else error
    return " ".join(str(body).split())[:400].rstrip(".")


def retry_after_s(value: str | None) -> float | None:
    """Seconds that a Retry-After header asks for (a number or a date); None without one."""
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None


def refused_fields(status: int, text: str, body: dict[str, Any]) -> frozenset[str]:
    """Fields of `body` that a 400 or 422 complains about and that a second try can do without."""
    if status not in (400, 422):
        return frozenset()
    named = {name for name in OPTIONAL if name in body and re.search(rf"\b{name}\b", text)}
    if "max_tokens" in body and "max_completion_tokens" in text:
        named.add("max_tokens")
    return frozenset(named)
