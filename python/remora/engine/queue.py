"""Admission to an engine: bounded, by priority, fair between workspaces, cancelled by closing the stream.

Which tokens run in which batch is the engine's own business; this decides only whose request is next.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from itertools import count
from typing import Any

from remora.engine.protocol import Delta, Engine, Finished, Message, Queued, Request
from remora.errors import EngineError, UserError


class Ticket:
    """One request's place: waiting until `admitted`."""

    def __init__(self, request: Request, number: int) -> None:
        self.request = request
        self.number = number
        self.admitted = False
        self.moved = asyncio.Event()


class Queue:
    """The one way to an engine.

    Args:
        engine: what answers.
        slots: requests that run at the same time; the engine's own number when None.
        bound: requests that may wait; the next one is refused with `busy`.
        wait_s: how long one may wait for its slot before it is refused with `busy`.

    Order: higher `priority` first; among equals the workspace that was served least recently; within a workspace first
    come, first served. The same calls in the same order give the same admissions.
    """

    def __init__(self, engine: Engine, slots: int | None = None, bound: int = 32, wait_s: float = 900.0) -> None:
        self.engine = engine
        self.slots = engine.caps.slots if slots is None else slots
        self.bound = bound
        self.wait_s = wait_s
        if self.slots < 1 or bound < 0:
            raise ValueError(f"slots must be >= 1 and bound >= 0, got {self.slots} and {bound}")
        self._running = 0
        self._admitted: set[Ticket] = set()
        self._waiting: list[Ticket] = []
        self._last_served: dict[str, int] = {}
        self._numbers = count(1)
        self._closed = False

    async def generate(self, request: Request) -> AsyncGenerator[Delta, None]:
        """`Engine.generate` behind the queue: `Queued` whenever the position changes, then the engine's deltas.

        The slot is free again before `Finished` is given out, so a slow reader of the last delta holds up nobody.

        Raises:
            UserError: `busy`: too many wait already, or this one waited for `wait_s`.
            UserError, EngineError: from the engine.
        """
        ticket = self._enter(request)
        try:
            async with aclosing(self._wait(ticket)) as positions:
                async for position in positions:
                    yield position
            last: Finished | None = None
            async with aclosing(self.engine.generate(request)) as deltas:
                async for delta in deltas:
                    if isinstance(delta, Finished):
                        last = delta
                    else:
                        yield delta
        finally:
            self._leave(ticket)
        if last is None:
            raise EngineError(f"The {self.engine.name} engine ended without finishing its answer. Ask again.")
        yield last

    async def warm(self, messages: Sequence[Message]) -> None:
        """Warm the engine's prefix cache if a slot is free; a running request warms it anyhow."""
        if self._closed or self._waiting or self._running >= self.slots:
            return
        self._running += 1
        try:
            await self.engine.warm(messages)
        finally:
            self._running -= 1
            self._admit()

    def is_wanted_above(self, priority: int) -> bool:
        """Whether a request of a higher priority runs or waits: background work gives its slot back then."""
        return any(ticket.request.priority > priority for ticket in (*self._waiting, *self._admitted))

    def stats(self) -> dict[str, Any]:
        """`running`, `waiting`, `slots`, `bound` and the engine's own numbers under `engine`."""
        return {
            "running": self._running,
            "waiting": len(self._waiting),
            "slots": self.slots,
            "bound": self.bound,
            "engine": self.engine.stats(),
        }

    async def close(self) -> None:
        """Refuse new requests, end the waiting ones with EngineError, close the engine."""
        self._closed = True
        for ticket in self._waiting:
            ticket.moved.set()
        await self.engine.close()

    def _enter(self, request: Request) -> Ticket:
        if self._closed:
            raise _closing()
        ticket = Ticket(request, next(self._numbers))
        if self._running >= self.slots and len(self._waiting) >= self.bound:
            raise UserError(
                f"{self._running} requests are running and {len(self._waiting)} are waiting, which is the limit. "
                "Stop one (:RemoraStop) or ask again when one is done.",
                code="busy",
            )
        self._waiting.append(ticket)
        self._admit()
        return ticket

    async def _wait(self, ticket: Ticket) -> AsyncGenerator[Queued, None]:
        deadline = asyncio.get_running_loop().time() + self.wait_s
        told = 0
        while not ticket.admitted:
            if self._closed:
                raise _closing()
            position = self._order().index(ticket) + 1
            if position != told:
                told = position
                yield Queued(position)
                continue
            try:
                async with asyncio.timeout_at(deadline):
                    await ticket.moved.wait()
            except TimeoutError:
                raise UserError(
                    f"No slot became free within {self.wait_s:g} seconds. "
                    "Stop a running request (:RemoraStop) or ask again later.",
                    code="busy",
                ) from None
            ticket.moved.clear()

    def _leave(self, ticket: Ticket) -> None:
        if ticket.admitted:
            self._running -= 1
            self._admitted.discard(ticket)
        else:
            self._waiting.remove(ticket)
        self._admit()

    def _admit(self) -> None:
        while self._waiting and self._running < self.slots and not self._closed:
            ticket = self._order()[0]
            self._waiting.remove(ticket)
            self._running += 1
            self._admitted.add(ticket)
            self._last_served[ticket.request.workspace] = next(self._numbers)
            ticket.admitted = True
            ticket.moved.set()
        # A workspace that nobody waits for is forgotten once there are many, oldest service first.
        while len(self._last_served) > 4 * (self.bound + self.slots):
            del self._last_served[min(self._last_served, key=lambda name: self._last_served[name])]
        for ticket in self._waiting:
            ticket.moved.set()

    def _order(self) -> list[Ticket]:
        """The waiting tickets as they would be admitted if nobody else came."""
        served = dict(self._last_served)
        rest, order = list(self._waiting), []
        top = max(served.values(), default=0)
        while rest:
            best = min(rest, key=lambda t: (-t.request.priority, served.get(t.request.workspace, 0), t.number))
            rest.remove(best)
            order.append(best)
            top += 1
            served[best.request.workspace] = top
        return order


def _closing() -> EngineError:
    return EngineError("Remora is shutting down and takes no more requests. Ask again once it has started anew.")
