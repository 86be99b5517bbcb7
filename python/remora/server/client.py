"""The client side: connect, start a server when none answers, ask, and follow events. Plain threads; no event loop.

Used by the CLI and by Neovim's host, so nothing heavy is imported here.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgpack

from remora import PROTOCOL, __version__
from remora.config import Places
from remora.errors import UserError
from remora.server.door import connect, make_runtime, socket_path

FRAME_BYTES = 8 * 1024 * 1024
_START_S = 20.0

# (method, parameters, answer): `answer(result)` or `answer(None, error)` is called once.
OnRequest = Callable[[str, dict[str, Any], Callable[..., None]], None]
Reply = Callable[[dict[str, Any] | None, Any], None]


class Client:
    """One connection. `on_event` and `on_request` are called from the reading thread.

    Args:
        on_request: answers what the server asks (an editor's buffers); its result, or a raised UserError, is sent back.
    """

    def __init__(
        self,
        link: socket.socket,
        on_event: Callable[[dict[str, Any]], None] = lambda event: None,
        on_request: OnRequest | None = None,
    ) -> None:
        self._link = link
        self._on_event = on_event
        self._on_request = on_request
        self._on_close: Callable[[], None] = lambda: None
        self._ids = itertools.count(1)
        self._waiting: dict[int, Reply] = {}
        self._lock = threading.Lock()
        self._sending = threading.Lock()
        self._gone = False
        self._reader = threading.Thread(target=self._read, name="remora-client", daemon=True)
        self._reader.start()

    def send(self, method: str, params: dict[str, Any], reply: Reply) -> None:
        """Ask; `reply(error, result)` is called once, from the reading thread.

        Raises:
            ConnectionError: the server had left before; nothing was sent, and a new client may be opened.
        """
        number = next(self._ids)
        with self._lock:
            if self._gone:
                raise ConnectionError("the server left")
            self._waiting[number] = reply
        try:
            self._write([0, number, method, params])
        except OSError:
            self._close()
        except ValueError as error:
            self._waiting.pop(number, None)
            reply({"code": "too_big", "message": str(error), "data": {}}, None)

    def call(self, method: str, params: dict[str, Any], timeout_s: float = 60.0) -> Any:
        """Ask and wait.

        Raises:
            UserError: what the server answered, or that it left, or that it did not answer in time.
        """
        done = threading.Event()
        answer: list[Any] = []

        def reply(error: dict[str, Any] | None, result: Any) -> None:
            answer.extend((error, result))
            done.set()

        try:
            self.send(method, params, reply)
        except ConnectionError:
            reply(_lost(), None)
        if not done.wait(timeout_s):
            raise UserError(
                f"The server did not answer {method} within {timeout_s:g} s. `remora doctor` looks at it.",
                code="timeout",
            )
        error, result = answer
        if error is not None:
            raise UserError(error["message"], error.get("code", "error"), **(error.get("data") or {}))
        return result

    def watch(self, on_close: Callable[[], None]) -> None:
        """Have `on_close` called when the server leaves; at once when it has."""
        with self._lock:
            self._on_close = on_close
            gone = self._gone
        if gone:
            on_close()

    def close(self) -> None:
        with contextlib.suppress(OSError):  # closing alone does not end a read that another thread waits in
            self._link.shutdown(socket.SHUT_RDWR)
        self._close()

    def _write(self, message: list[Any]) -> None:
        frame = msgpack.packb(message, unicode_errors="surrogatepass")
        if len(frame) > FRAME_BYTES:
            raise ValueError(
                "The file is larger than 8 MB and cannot be sent. Save it first, so that it is read from disk."
            )
        with self._sending:
            self._link.sendall(frame)

    def _read(self) -> None:
        unpacker = msgpack.Unpacker(raw=False, max_buffer_size=2 * FRAME_BYTES)
        try:
            while data := self._link.recv(1 << 16):
                unpacker.feed(data)
                for message in unpacker:
                    self._receive(message)
        except (OSError, ValueError, msgpack.UnpackException):
            pass
        self._close()

    def _receive(self, message: Any) -> None:
        match message:
            case [1, number, error, result]:
                with self._lock:
                    reply = self._waiting.pop(number, None)
                if reply is not None:
                    reply(error, result)
            case [2, "event", event]:
                self._on_event(event)
            case [0, number, method, params]:
                self._serve(number, method, params)

    def _serve(self, number: int, method: str, params: dict[str, Any]) -> None:
        def answer(result: Any, error: dict[str, Any] | None = None) -> None:
            with contextlib.suppress(OSError):  # the server left while the editor was looking
                self._write([1, number, error, result])

        if self._on_request is None:
            answer(None, {"code": "refused", "message": "This client has no buffers.", "data": {}})
        else:
            self._on_request(method, params, answer)

    def _close(self) -> None:
        with self._lock:
            if self._gone:
                return
            self._gone = True
            waiting, self._waiting = self._waiting, {}
        self._link.close()
        self._on_close()  # first, so that whoever watches tells it once and not once per request
        for reply in waiting.values():
            reply(_lost(), None)


def _lost() -> dict[str, Any]:
    return {
        "code": "lost",
        "message": "The Remora server left while it was asked. Ask again: it starts anew. `:Remora log` says why.",
        "data": {},
    }


def open_client(
    places: Places,
    kind: str,
    *,
    start: bool = True,
    on_event: Callable[[dict[str, Any]], None] = lambda event: None,
    on_request: OnRequest | None = None,
) -> Client:
    """A client that has said hello, to the running server or to one that is started now.

    An older server is asked to finish what it does and to leave; then a new one starts.

    Raises:
        UserError: no server and `start` is False (`no_server`), it could not start, or this client is too old.
    """
    for _ in range(3):
        link = connect(places)
        if link is None:
            if not start:
                raise UserError(
                    "No server is running. Any request starts one, or `remora serve` does.", code="no_server"
                )
            link = _start(places)
        client = Client(link, on_event, on_request)
        mine = {"protocol": PROTOCOL, "version": __version__, "client": kind, "pid": os.getpid()}
        try:
            theirs = client.call("hello", mine, 10.0)
        except UserError as error:
            client.close()
            if error.code == "lost":
                continue
            raise
        if theirs["protocol"] >= PROTOCOL and _version(theirs["version"]) >= _version(__version__):
            return client
        client.call("serve_stop", {"drain": True}, 600.0)
        client.close()
        _wait_gone(places, theirs["pid"])
    raise UserError("The server leaves as soon as it is asked. `remora doctor` says why.", code="no_server")


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())


def _start(places: Places) -> socket.socket:
    """Start a server in a session of its own and connect to it."""
    make_runtime(places)
    places.log.mkdir(parents=True, exist_ok=True, mode=0o700)
    log = places.log / "server.log"
    with log.open("ab") as out:
        child = subprocess.Popen(
            [sys.executable, "-m", "remora", "serve"],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
            cwd="/",
            env=_environment(),
        )
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline:
        link = connect(places)
        if link is not None:
            threading.Thread(target=child.wait, name="remora-reap", daemon=True).start()
            return link
        if child.poll() not in (None, 0):
            break
        time.sleep(0.01)  # a socket cannot be waited for before it is there
    if child.poll() is None:
        child.terminate()
    raise UserError(f"The server did not start: {_last_line(log)} Run `remora doctor`, or see {log}.", code="no_server")


def _environment() -> dict[str, str]:
    env = dict(os.environ)
    package = str(Path(__file__).resolve().parents[2])
    env["PYTHONPATH"] = os.pathsep.join(p for p in (package, env.get("PYTHONPATH", "")) if p)
    return env


def _last_line(log: Path) -> str:
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        lines = []
    return lines[-1].strip() if lines else "it said nothing."


def _wait_gone(places: Places, pid: int) -> None:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline and socket_path(places).exists():
        time.sleep(0.02)
    if socket_path(places).exists():
        raise UserError(f"The older server (pid {pid}) does not leave. End it, then try again.", code="no_server")
