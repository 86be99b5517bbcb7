"""Processes that a test left behind."""

from __future__ import annotations

import os
import time
from pathlib import Path

_LEAVE_S = 10.0


def processes_of(folder: Path) -> dict[int, str]:
    """Living processes whose `REMORA_HOME` is `folder`, with their command lines. Linux only; empty elsewhere."""
    mark = f"REMORA_HOME={folder}".encode()
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        if int(entry.name) == os.getpid():
            continue
        try:
            if mark in (entry / "environ").read_bytes().split(b"\0"):
                found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
    return found


def wait_until_gone(folder: Path) -> dict[int, str]:
    """Wait for the processes of `folder` to leave; those that do not are returned."""
    deadline = time.monotonic() + _LEAVE_S
    while (left := processes_of(folder)) and time.monotonic() < deadline:
        time.sleep(0.02)
    return left
