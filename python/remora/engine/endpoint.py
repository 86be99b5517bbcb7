"""Any OpenAI-compatible server as an engine. The embedded engine talks to its worker with the same client."""

from __future__ import annotations

import asyncio
import importlib
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any

from remora.engine import chat
from remora.engine.protocol import Caps, Delta, Message, OnProgress, Request, Text, estimate_tokens
from remora.errors import EngineError

TRIES = 4
LONGEST_RETRY_S = 30.0
CONNECT_S = 10.0


class ConnectionLost(EngineError):
    """No connection, or it broke before the answer was complete."""


class ChatClient:
    """One server's chat completions.

    Args:
        root: the address up to and including `/v1`.
        key: sent as a bearer token unless empty; appears in no message and no log.
        key_hint: where the key comes from, for the message about a refused one.
        stall_s: the longest silence between two events of a stream.
        answer_s: the longest time for one whole answer.
    """

    def __init__(
        self, root: str, key: str = "", key_hint: str = "its key", stall_s: float = 300.0, answer_s: float = 3600.0
    ) -> None:
        self.root = root
        self.local = chat.is_loopback(root)
        self._key = key
        self._key_hint = key_hint
        self._stall_s = stall_s
        self._answer_s = answer_s
        self._without: frozenset[str] = frozenset()
        self._httpx: Any = None
        self._http: Any = None

    async def stream(self, request: Request, model: str) -> AsyncGenerator[Delta, None]:
        """Post and read; waits and tries again when the server is busy, and without the fields that it refuses.

        Raises:
            ConnectionLost: the server cannot be reached or hung up.
            EngineError: it refused, or fell silent.
        """
        http, httpx = await self._client()
        for attempt in range(TRIES):
            body = chat.body_of(request, model, self.local, self._without)
            try:
                async with http.stream("POST", f"{self.root}/chat/completions", json=body) as response:
                    if response.status_code == 200:
                        async with aclosing(self._deltas(response, request)) as deltas:
                            async for delta in deltas:
                                yield delta
                        return
                    text = await self._error_text(response)
                    refused = chat.refused_fields(response.status_code, text, body)
                    pause_s = 0.0 if refused else self._pause_s(response, text, attempt)
                    self._without |= refused
            except httpx.HTTPError as error:
                raise self._broken(error) from error
            await asyncio.sleep(pause_s)
        raise EngineError(f"{self.root} stayed busy through {TRIES} tries. Ask again later.")

    async def models(self) -> list[str]:
        """Names that the server offers."""
        listed = await self._call("GET", f"{self.root}/models", None)
        entries = listed.get("data") if isinstance(listed, dict) else None
        return [e["id"] for e in entries or [] if isinstance(e, dict) and isinstance(e.get("id"), str)]

    async def tokens(self, text: str) -> int:
        """Tokens in `text`; llama.cpp's own route, other servers have none."""
        url = self.root.removesuffix("/v1") + "/tokenize"
        answer = await self._call("POST", url, {"content": text, "add_special": False})
        return len(answer["tokens"])

    async def close(self) -> None:
        http, self._http = self._http, None
        if http is not None:
            await http.aclose()

    async def _client(self) -> tuple[Any, Any]:
        # Importing httpx takes 0.3 s: not at our own import, and not on the event loop.
        if self._httpx is None:
            self._httpx = await asyncio.to_thread(importlib.import_module, "httpx")
        httpx = self._httpx
        if self._http is None:
            headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
            self._http = httpx.AsyncClient(
                headers=headers,
                timeout=httpx.Timeout(self._stall_s, connect=CONNECT_S, pool=None),
                limits=httpx.Limits(max_connections=None),
                verify=self.root.startswith("https:"),
                trust_env=not self.local,  # a proxy must not see what is meant for this machine
            )
        return self._http, httpx

    async def _deltas(self, response: Any, request: Request) -> AsyncGenerator[Delta, None]:
        kind = response.headers.get("content-type", "")
        if not kind.startswith("text/event-stream"):
            raise EngineError(
                f"{self.root} answered with {kind or 'no content type'} instead of a stream. Check the address."
            )
        answer = chat.Answer(request)
        now = asyncio.get_running_loop().time
        deadline = now() + self._answer_s
        async with aclosing(chat.events(response.aiter_bytes())) as events:
            while not answer.overlong:
                # Per event, not per byte: some servers send comments for ever while nothing happens.
                until = min(deadline, now() + (10.0 if answer.ended else self._stall_s))
                try:
                    async with asyncio.timeout_at(until):
                        event = await anext(events, None)
                except TimeoutError:
                    if answer.ended:
                        break
                    raise EngineError(
                        f"{self.root} fell silent before its answer was complete. Ask again, or check its log."
                    ) from None
                if event is None:
                    break
                for delta in answer.feed(event):
                    yield delta
        yield answer.finished()

    async def _call(self, method: str, url: str, body: dict[str, Any] | None) -> Any:
        http, httpx = await self._client()
        try:
            async with http.stream(method, url, json=body, timeout=60.0) as response:
                if response.status_code != 200:
                    self._pause_s(response, await self._error_text(response), TRIES)
                return json.loads(await response.aread())
        except httpx.HTTPError as error:
            raise self._broken(error) from error
        except ValueError:
            raise EngineError(f"{url} did not answer with JSON. Check the address.") from None

    async def _error_text(self, response: Any) -> str:
        raw = b""
        async for chunk in response.aiter_bytes():
            raw += chunk
            if len(raw) > 65536:
                break
        text = raw.decode("utf-8", "replace")
        return text.replace(self._key, "(key)") if self._key else text

    def _pause_s(self, response: Any, text: str, attempt: int) -> float:
        """Seconds until the next try; raises EngineError when there is no point in one."""
        status = response.status_code
        try:
            said = chat.reported(json.loads(text))
        except ValueError:
            said = chat.reported(text)
        if status in (401, 403):
            raise EngineError(f"{self.root} refused the key ({status}). Set {self._key_hint} and start Remora anew.")
        if status == 404:
            raise EngineError(f"{self.root} has no such model or no chat completions ({said}). Check both names.")
        if status in (429, 503, 529):
            asked = chat.retry_after_s(response.headers.get("retry-after"))
            if asked is not None and asked > LONGEST_RETRY_S:
                raise EngineError(f"{self.root} asks to wait {asked:.0f} seconds ({said}). Ask again then.")
            if attempt + 1 < TRIES:
                return 0.5 * 2**attempt if asked is None else asked
            raise EngineError(f"{self.root} is busy ({status}: {said}). Ask again later.")
        raise EngineError(f"{self.root} refused the request ({status}: {said}). Correct it, or check the server's log.")

    def _broken(self, error: Exception) -> EngineError:
        what = type(error).__name__
        if what in ("ConnectError", "ConnectTimeout"):
            return ConnectionLost(
                f"Nothing answers at {self.root} ({error or what}). Start that server, or choose another --engine."
            )
        if what == "ReadTimeout":
            return EngineError(f"{self.root} fell silent before its answer was complete. Ask again, or check its log.")
        return ConnectionLost(
            f"{self.root} broke off in the middle of its answer ({error or what}). Ask again, or check its log."
        )


class Endpoint:
    """A server that somebody else runs.

    Args:
        url: its address, with or without `/v1`.
        model: the name to send; None takes the first one that the server lists.
        key: from the environment variable `key_env`; empty for none.
        slots: requests sent at the same time.
        context: tokens, when known.
        stall_s: the longest silence within an answer.

    Raises:
        UserError: `url` is not an address.
    """

    name = "endpoint"

    def __init__(
        self,
        url: str,
        model: str | None = None,
        key: str = "",
        key_env: str = "REMORA_API_KEY",
        slots: int = 4,
        context: int | None = None,
        stall_s: float = 300.0,
    ) -> None:
        self.model = model or ""
        self._client = ChatClient(chat.api_root(url), key, key_env, stall_s)
        self.caps = Caps(slots, context, prefix_cache=False, exact_count=False, local=self._client.local)
        self._closed = False

    async def start(self, on_progress: OnProgress | None = None) -> None:
        if self._closed:
            raise EngineError("The endpoint was closed. Open a new one.")
        if self.model:
            return
        names = await self._client.models()
        if not names:
            raise EngineError(f"{self._client.root} lists no model. Name one with --model.")
        self.model = names[0]

    async def generate(self, request: Request) -> AsyncGenerator[Delta, None]:
        if self._closed or not request.model:
            await self.start()
        async with aclosing(self._client.stream(request, self.model)) as deltas:
            async for delta in deltas:
                yield delta

    async def warm(self, messages: Sequence[Message]) -> None:
        """Only on this machine: nothing is sent elsewhere, or paid for, before the user asks for something."""
        if self._client.local and messages:
            await drain(self.generate(warm_request(messages)))

    async def count(self, text: str) -> int:
        return estimate_tokens(text)

    def stats(self) -> dict[str, Any]:
        return {"name": self.name, "model": self.model, "address": self._client.root}

    async def close(self) -> None:
        self._closed = True
        await self._client.close()


def warm_request(messages: Sequence[Message]) -> Request:
    """Reads `messages` and answers one token: enough for the prefix cache to hold them."""
    return Request("warm", "", "", "warm", tuple(messages), max_tokens=1)


async def drain(deltas: AsyncGenerator[Delta, None]) -> str:
    """Read a stream to its end; the answer's text."""
    async with aclosing(deltas):
        return "".join([delta.text async for delta in deltas if isinstance(delta, Text)])
