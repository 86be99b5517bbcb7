"""The embedded engine's child process, seen from its parent: its end, its log, its share of the machine."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Generator
from pathlib import Path
from typing import BinaryIO

from remora.engine.endpoint import ChatClient

LEAVE_S = 2.0
LOG_BYTES = 2_000_000


class Worker:
    """A running worker process and the client that talks to it."""

    def __init__(self, process: asyncio.subprocess.Process, client: ChatClient) -> None:
        self.process = process
        self.client = client

    @property
    def alive(self) -> bool:
        return self.process.returncode is None

    async def has_died(self, within_s: float = LEAVE_S) -> bool:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.process.wait(), within_s)
        return not self.alive

    async def close(self) -> None:
        await self.client.close()
        await end_process(self.process)


async def end_process(process: asyncio.subprocess.Process) -> None:
    """Ask by closing stdin, then kill the whole group; returns when it has ended."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        await asyncio.wait_for(process.wait(), LEAVE_S)
    except (TimeoutError, asyncio.CancelledError) as interruption:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
        if isinstance(interruption, asyncio.CancelledError):
            raise


@contextlib.contextmanager
def open_log(path: Path | None) -> Generator[BinaryIO, None, None]:
    """A file to append to, readable by its owner only, begun anew once it is large."""
    if path is None:
        path = Path(os.devnull)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LOG_BYTES:
            path.unlink()
    with open(path, "ab", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.seek(0, os.SEEK_END)
        yield file


def log_errors(path: Path | None, start: int) -> str:
    """The error lines that llama.cpp wrote from byte `start` on, without its time stamps."""
    if path is None:
        return ""
    with path.open("rb") as file:
        file.seek(start)
        lines = file.read(LOG_BYTES).decode("utf-8", "replace").splitlines()
    return "; ".join(line.split(" E ", 1)[1].strip() for line in lines if " E " in line)[:500]


def usable_cores() -> int:
    """Cores that this process may use: its affinity, and the quota of the container it is in."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text().split()
        return max(1, min(cores, int(quota) // int(period)))
    except (OSError, ValueError):
        return cores
