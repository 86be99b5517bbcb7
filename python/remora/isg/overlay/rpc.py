"""JSON-RPC with a child process over its standard input and output, framed as language servers do it.

One thread writes and one reads, so that neither a server that reads nothing nor one that says nothing can hold the
caller: every wait has a deadline, and `end` always gets rid of the process.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

# No answer to a question about one place is longer.
MOST_BYTES = 64_000_000
LEAVE_S = 2.0


class Gone(Exception):
    """The server ended, or said what is no message."""


class TookTooLong(Exception):
    """An answer did not come in time."""


class Server:
    """A running language server. Use it from one thread, and `end` it."""

    def __init__(self, command: list[str], folder: Path) -> None:
        """Start it in a process group of its own.

        Raises:
            OSError: there is no such program, or it cannot be run.
        """
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._inbox: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._answers: dict[int, dict[str, Any]] = {}
        self._last = 0
        assert self._process.stdin and self._process.stdout
        threads = (
            threading.Thread(target=_write, args=(self._process.stdin, self._outbox), daemon=True),
            threading.Thread(target=_read, args=(self._process.stdout, self._inbox), daemon=True),
        )
        for thread in threads:
            thread.start()
        self._threads = threads

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, method: str, params: Mapping[str, Any]) -> int:
        """Send a request; returns its number, for `answers`."""
        self._last += 1
        self._send({"id": self._last, "method": method, "params": params})
        return self._last

    def tell(self, method: str, params: Mapping[str, Any]) -> None:
        self._send({"method": method, "params": params})

    def answers(self, numbers: Iterable[int], deadline_s: float) -> dict[int, Any]:
        """Results of requests by their number; None for one that was answered by an error.

        Args:
            deadline_s: for all of them together.

        Raises:
            TookTooLong: one did not come.
            Gone: the server ended before.
        """
        wanted = set(numbers)
        until = time.monotonic() + deadline_s
        while not wanted <= self._answers.keys():
            try:
                message = self._inbox.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                raise TookTooLong(f"no answer within {deadline_s:g} s") from None
            if message is None:
                self._inbox.put(None)
                raise Gone("the server has ended")
            self._take(message)
        return {number: self._answers.pop(number).get("result") for number in wanted}

    def end(self) -> None:
        """Ask it to leave, and make it: nothing of it runs when this returns."""
        with suppress(Gone, TookTooLong):
            self.answers([self.ask("shutdown", {})], LEAVE_S)
            self.tell("exit", {})
        self._outbox.put(None)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(LEAVE_S)
        # What it has started itself is in its group.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for thread, stream in zip(self._threads, (self._process.stdin, self._process.stdout), strict=True):
            thread.join(LEAVE_S)
            if stream and not thread.is_alive():  # else a process of another group still holds the pipe
                with suppress(OSError):
                    stream.close()

    def kill(self) -> None:
        """End a server that has already shown that it does not answer."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _take(self, message: dict[str, Any]) -> None:
        number, method = message.get("id"), message.get("method")
        if method is None:
            if isinstance(number, int):
                self._answers[number] = message
        elif number is not None:
            # What a server may ask of an editor: its settings, or leave to do something. It gets none.
            asked = message.get("params")
            items = asked.get("items") if method == "workspace/configuration" and isinstance(asked, dict) else None
            self._send({"id": number, "result": [None] * len(items) if isinstance(items, list) else None})

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._outbox.put(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))


def _write(stream: IO[bytes], outbox: queue.SimpleQueue[bytes | None]) -> None:
    with suppress(OSError, ValueError):  # it has ended, which the reader finds out
        while (message := outbox.get()) is not None:
            stream.write(message)
            stream.flush()


def _read(stream: IO[bytes], inbox: queue.SimpleQueue[dict[str, Any] | None]) -> None:
    with suppress(OSError, ValueError, RecursionError):
        while (message := _message(stream)) is not None:
            inbox.put(message)
    inbox.put(None)


def _message(stream: IO[bytes]) -> dict[str, Any] | None:
    """The next message; None at the end. Raises ValueError for what is none."""
    length = -1
    while (line := stream.readline(10_000).strip()) or length < 0:
        if not line:
            return None
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    if not 0 <= length <= MOST_BYTES:
        return None
    message = json.loads(stream.read(length))
    return message if isinstance(message, dict) else {}
