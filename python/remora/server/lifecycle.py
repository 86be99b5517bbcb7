"""The server process: one per user, by a lock; it leaves when idle, asked, or told by a signal."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import logging
import os
import signal
from collections.abc import Generator
from pathlib import Path

from remora.config import Config, Places
from remora.errors import UserError
from remora.server.door import make_runtime, peer_uid, socket_path
from remora.server.service import Service
from remora.server.wire import Peer

_log = logging.getLogger(__name__)
_CHECK_S = 15.0


class AlreadyRunning(UserError):
    """Another server of this user holds the lock."""


def serve(places: Places, config: Config) -> None:
    """Run until idle, asked or told to leave.

    Raises:
        AlreadyRunning: names the other server's pid.
    """
    make_runtime(places)
    with _only_one(places.runtime / "server.lock"):
        asyncio.run(_serve(places, config))


async def _serve(places: Places, config: Config) -> None:
    stop = asyncio.Event()
    service = Service(places, config, stop.set, indexing=True)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)

    async def welcome(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await attach(service, reader, writer)

    path = socket_path(places)
    path.unlink(missing_ok=True)  # ours to remove: the lock says that no other server lives
    server = await asyncio.start_unix_server(welcome, path=str(path))
    path.chmod(0o600)
    _log.info("serving, pid %d", os.getpid())
    watch = asyncio.create_task(_leave_when_idle(service, config.server.idle_minutes * 60, stop))
    try:
        await stop.wait()
    finally:
        watch.cancel()
        server.close()
        path.unlink(missing_ok=True)
        for peer in tuple(service.peers):
            peer.close()
        await service.close()
        _log.info("left")


async def attach(service: Service, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Serve one client until it leaves."""
    link = writer.get_extra_info("socket")
    if link is not None and peer_uid(link) not in (None, os.getuid()):
        writer.close()
        return
    peer = Peer(reader, writer, service.handle)
    service.peers.append(peer)
    try:
        await peer.run()
    finally:
        service.left(peer)


async def _leave_when_idle(service: Service, idle_s: float, stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    alone_since = loop.time()
    while True:
        await asyncio.sleep(min(_CHECK_S, idle_s))
        await service.close_idle()
        if service.peers or service.requests.running():
            alone_since = loop.time()
        elif loop.time() - alone_since >= idle_s:
            stop.set()


@contextlib.contextmanager
def _only_one(path: Path) -> Generator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            pid = file.read().strip() or "unknown"
            raise AlreadyRunning(
                f"A server is running already (pid {pid}). `remora serve --stop` ends it.", code="running"
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
