"""msgpack-RPC over a stream, both ways. A peer never dies of what the other side sends; a broken frame ends the connection."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import msgpack

from remora.errors import EngineError, RemoraError, UserError

FRAME_BYTES = 8 * 1024 * 1024
_PENDING = 256
_log = logging.getLogger(__name__)

Handler = Callable[[str, dict[str, Any], "Peer"], Awaitable[Any]]


class RemoteError(RemoraError):
    """The other side answered with an error."""

    def __init__(self, code: str, message: str, data: dict[str, Any]) -> None:
        super().__init__(message)
        self.code = code
        self.data = data


class Peer:
    """One connection. `handle` answers the other side's requests; each runs in a task of its own."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, handle: Handler) -> None:
        self._reader = reader
        self._writer = writer
        self._handle = handle
        self._ids = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.closed = asyncio.Event()
        self.info: dict[str, Any] = {}

    async def run(self) -> None:
        """Read until the other side leaves or sends something that is no frame."""
        unpacker = msgpack.Unpacker(raw=False, max_buffer_size=FRAME_BYTES)
        try:
            while data := await self._reader.read(1 << 16):
                unpacker.feed(data)
                for message in unpacker:
                    self._receive(message)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        except (ValueError, msgpack.UnpackException, msgpack.BufferFull, RecursionError, MemoryError) as error:
            _log.warning("a client sent a broken frame (%s); its connection is closed", type(error).__name__)
            self._send([1, None, UserError("That was no msgpack-RPC frame.", code="frame_refused"), None])
        finally:
            await self._leave()

    async def request(self, method: str, params: dict[str, Any], timeout_s: float) -> Any:
        """Raises TimeoutError, ConnectionError when the peer left, RemoteError when it refused."""
        if self.closed.is_set():
            raise ConnectionError("the peer left")
        number = next(self._ids)
        future = self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            self._send([0, number, method, params])
            async with asyncio.timeout(timeout_s):
                return await future
        finally:
            self._waiting.pop(number, None)

    async def notify(self, method: str, params: dict[str, Any]) -> None:
        """Send, and wait until the other side has taken most of what was sent before."""
        if self.closed.is_set():
            raise ConnectionError("the peer left")
        self._send([2, method, params])
        await self._writer.drain()

    def close(self) -> None:
        self._writer.close()

    def _receive(self, message: Any) -> None:
        match message:
            case [0, int() as number, str() as method, params]:
                if len(self._tasks) >= _PENDING:
                    self._answer(
                        number, UserError("Too many requests at once. Wait for some to end.", code="busy"), None
                    )
                    return
                task = asyncio.create_task(self._serve(number, method, params))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            case [1, int() as number, error, result]:
                future = self._waiting.get(number)
                if future is None or future.done():
                    return
                if error is None:
                    future.set_result(result)
                else:
                    future.set_exception(_remote(error))
            case [2, str() as method, dict() as params]:
                task = asyncio.create_task(self._serve(None, method, params))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            case [0, int() as number, *_]:
                self._answer(number, UserError("A request is [0, id, method, map].", code="frame_refused"), None)
            case _:
                _log.warning("a client sent a message that is no request, answer or notification; it was dropped")

    async def _serve(self, number: int | None, method: str, params: Any) -> None:
        error: Exception | None = None
        result: Any = None
        try:
            params = {} if params in (None, []) else params
            if not isinstance(params, dict):
                raise UserError(f"The parameters of {method} must be one map.", code="usage")
            result = await self._handle(method, params, self)
        except RemoraError as raised:
            error = raised
        except Exception as raised:
            _log.exception("%s failed", method)
            error = raised
        if number is not None and not self.closed.is_set():
            self._answer(number, error, result)

    def _answer(self, number: int, error: Exception | None, result: Any) -> None:
        try:
            self._send([1, number, error, result])
        except (TypeError, ValueError, OverflowError) as unsendable:
            _log.exception("an answer could not be packed")
            self._send([1, number, unsendable, None])

    def _send(self, message: list[Any]) -> None:
        frame = msgpack.packb(message, default=_plain, unicode_errors="replace")
        if len(frame) > FRAME_BYTES:
            if message[0] == 1 and message[2] is None:
                too_big = UserError("The answer is larger than 8 MB. Ask for a part of it.", code="too_big")
                frame = msgpack.packb([1, message[1], too_big, None], default=_plain)
            else:
                raise ValueError("The message is larger than 8 MB")
        if not self._writer.is_closing():
            self._writer.write(frame)

    async def _leave(self) -> None:
        self.closed.set()
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(ConnectionError("the peer left"))
        for task in tuple(self._tasks):
            task.cancel()
        self._writer.close()


def _plain(value: Any) -> Any:
    if isinstance(value, BaseException):
        return error_map(value)
    raise TypeError(f"{type(value).__name__} cannot be sent")


def error_map(error: BaseException) -> dict[str, Any]:
    """An error as doc/protocol.md has it. What was not meant for the user is named, and the log has the rest."""
    if isinstance(error, UserError | RemoteError):
        return {"code": error.code, "message": str(error), "data": error.data}
    if isinstance(error, EngineError):
        return {"code": "engine", "message": str(error), "data": {}}
    return {
        "code": "internal",
        "message": f"Remora failed: {str(error)[:200] or type(error).__name__}. :Remora log has the details.",
        "data": {},
    }


def _remote(error: Any) -> RemoteError:
    if isinstance(error, dict):
        return RemoteError(
            str(error.get("code", "error")), str(error.get("message", "no reason given")), error.get("data") or {}
        )
    return RemoteError("error", str(error), {})
