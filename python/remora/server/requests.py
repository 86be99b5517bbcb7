"""Running requests: each is a task with a feed; it outlives its client, and can be stopped or resumed by id."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

from remora.errors import RemoraError, UserError
from remora.server.feed import Feed
from remora.server.wire import Peer, error_map

_KEPT = 200
_log = logging.getLogger(__name__)

# What a request does: it gets `emit` and returns the fields of its `done` event.
Work = Callable[[Callable[..., None]], Awaitable[dict[str, Any]]]


class Requests:
    def __init__(self) -> None:
        self._feeds: OrderedDict[str, Feed] = OrderedDict()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._followers: dict[tuple[str, Peer], asyncio.Task[None]] = {}

    def start(self, work: Work, peer: Peer) -> str:
        """Begin, and let `peer` follow. Returns the request's id at once."""
        request = secrets.token_hex(4)
        feed = self._feeds[request] = Feed(request)
        self._tasks[request] = asyncio.create_task(self._run(request, feed, work))
        self.follow(request, peer)
        self._forget()
        return request

    def follow(self, request: str, peer: Peer, seq: int = 0, shown: str = "") -> None:
        """Send `peer` what comes after `seq`, when it holds the text `shown` by then."""

        async def send(event: dict[str, Any]) -> None:
            await peer.notify("event", event)

        async def pump() -> None:
            try:
                await self._feeds[request].follow(send, seq, shown)
            except ConnectionError:
                pass
            except ValueError as error:  # an event beyond the wire's limit: the request still ends
                fields = {"code": "too_big", "message": f"{error}. Ask for a smaller part.", "data": {}}
                with contextlib.suppress(ConnectionError):
                    await send({"request": request, "seq": self._feeds[request].seq, "kind": "failed", **fields})

        task = self._followers[request, peer] = asyncio.create_task(pump())
        task.add_done_callback(lambda done: self._followers.pop((request, peer), None))

    def resume(self, request: str, seq: int, peer: Peer) -> list[dict[str, Any]]:
        """Everything after `seq`; a request that still runs goes on to `peer`, once however often it asks."""
        feed = self._feed(request)
        events, seq, shown = feed.since(seq, "")
        if feed.terminal is None and (request, peer) not in self._followers:
            self.follow(request, peer, seq, shown)
        return events

    def stop(self, request: str | None) -> list[str]:
        """End one request, or all (None). Its terminal event is out at once; the engine follows at its next batch."""
        chosen = list(self._tasks) if request is None else [request]
        if request is not None:
            self._feed(request)
        stopped = []
        for name in chosen:
            task = self._tasks.get(name)
            if task is not None and not task.done():
                self._feeds[name].emit("cancelled")
                task.cancel()
                stopped.append(name)
        return stopped

    def running(self) -> list[str]:
        return [name for name, task in self._tasks.items() if not task.done()]

    async def drain(self) -> None:
        """Let what runs come to its end."""
        if self._tasks:
            await asyncio.wait(self._tasks.values())

    async def close(self) -> None:
        self.stop(None)
        followers = [*self._followers.values()]
        tasks = [*self._tasks.values(), *followers]
        for task in followers:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, request: str, feed: Feed, work: Work) -> None:
        try:
            feed.emit("done", **await work(feed.emit))
        except asyncio.CancelledError:
            feed.emit("cancelled")
            raise
        except RemoraError as error:
            feed.emit("failed", **error_map(error))
        except Exception as error:
            _log.exception("request %s failed", request)
            feed.emit("failed", **error_map(error))
        finally:
            self._tasks.pop(request, None)

    def _feed(self, request: str) -> Feed:
        try:
            return self._feeds[request]
        except KeyError:
            raise UserError(f"There is no request {request!r} any more. Ask again.", code="unknown_request") from None

    def _forget(self) -> None:
        for name in list(self._feeds):
            if len(self._feeds) <= _KEPT:
                return
            if self._feeds[name].terminal is not None:
                del self._feeds[name]
