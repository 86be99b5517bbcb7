"""A command's connection: to the user's server, or to one that lives in this process for as long as the command does."""

from __future__ import annotations

import argparse
import contextlib
import os
import queue
import socket
import threading
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

from remora.config import Places, load, places
from remora.errors import UserError
from remora.repo.named import named_in
from remora.repo.root import Root, find_root
from remora.server.client import Client, open_client


class Connection:
    """Asks in the name of one workspace.

    Attributes:
        root: its folder, absolute.
    """

    def __init__(self, client: Client, events: queue.Queue[dict[str, Any]], root: Path) -> None:
        self._client = client
        self._events = events
        self.root = root

    def call(self, method: str, timeout_s: float = 120.0, **params: Any) -> Any:
        """Parameters that are None are left out. Raises UserError."""
        given = {key: value for key, value in params.items() if value is not None}
        return self._client.call(method, {"root": str(self.root), **given}, timeout_s)

    def follow(self, request: str, show: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
        """Show each event until the terminal one, which is returned. Ctrl-C stops the request first.

        Raises:
            UserError: the request failed, was cancelled, or the server left.
        """
        try:
            while True:
                event = self._events.get()
                if event.get("request") not in (request, None):
                    continue
                show(event)
                match event["kind"]:
                    case "done":
                        return event
                    case "failed":
                        raise UserError(event["message"], event["code"], **(event.get("data") or {}))
                    case "cancelled":
                        raise UserError("The request was stopped.", code="cancelled")
        except KeyboardInterrupt:
            self.call("stop", request=request)
            raise

    def key(self, typed: str) -> str:
        """A key whose path was typed from the current folder, as the workspace names it."""
        path, mark, rest = typed.partition("::") if "::" in typed else typed.rpartition(":")
        return f"{self.path(path)}{mark}{rest}" if mark else typed

    def path(self, typed: str) -> str:
        """A file's path from the root, when a file of the current folder is meant; as it was typed otherwise."""
        # Not `Path.is_file`, which raises for a name that is too long to be one.
        if os.path.isfile(typed) and not os.path.isfile(self.root / typed):  # noqa: PTH113
            with contextlib.suppress(ValueError):
                return Path(typed).resolve().relative_to(self.root).as_posix()
        return typed


def home_of(arguments: argparse.Namespace) -> tuple[Places, Root]:
    """Remora's places, and the workspace that the command's options and the current folder mean; raises UserError."""
    found = places()
    if arguments.state:
        found = replace(found, state=Path(arguments.state).absolute())
    workspace = Path(arguments.workspace) if arguments.workspace else None
    return found, find_root(Path.cwd(), explicit=workspace, is_named=named_in(found.state))


@contextlib.contextmanager
def connection(arguments: argparse.Namespace) -> Generator[Connection]:
    """Connect as the command's options say; raises UserError."""
    found, workspace = home_of(arguments)
    root = workspace.path
    events: queue.Queue[dict[str, Any]] = queue.Queue()

    def lost() -> None:
        events.put(
            {
                "request": None,
                "kind": "failed",
                "code": "lost",
                "message": "The server left. Ask again: it starts anew.",
            }
        )

    if arguments.in_process or arguments.state:
        with _in_process(found, events.put) as client:
            client.watch(lost)
            yield Connection(client, events, root)
        return
    client = open_client(found, "cli", on_event=events.put)
    client.watch(lost)
    try:
        yield Connection(client, events, root)
    finally:
        client.close()


@contextlib.contextmanager
def _in_process(found: Places, on_event: Callable[[dict[str, Any]], None]) -> Generator[Client]:
    """The server's own handlers at the other end of a socket pair, in a thread."""
    import asyncio

    from remora import PROTOCOL
    from remora.server.lifecycle import attach
    from remora.server.service import Service

    config = load(found.config / "config.toml")
    ours, theirs = socket.socketpair()
    ready = threading.Event()

    async def run() -> None:
        service = Service(found, config, lambda: None, indexing=False)
        reader, writer = await asyncio.open_unix_connection(sock=theirs)
        ready.set()
        try:
            await attach(service, reader, writer)
        finally:
            await service.close()

    thread = threading.Thread(target=lambda: asyncio.run(run()), name="remora-in-process")
    thread.start()
    ready.wait()
    client = Client(ours, on_event=on_event)
    try:
        client.call("hello", {"protocol": PROTOCOL, "client": "cli"}, 10.0)
        yield client
    finally:
        ours.shutdown(socket.SHUT_RDWR)
        thread.join()
        client.close()
