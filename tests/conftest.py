"""Every test has a Remora home of its own and leaves no process behind."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from remora.config import places

REAL_MODELS = places().models
_LEAVE_S = 10.0


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """`REMORA_HOME` for this test, with the user's model files. A process that still lives afterwards fails the test."""
    folder = Path(tempfile.mkdtemp(prefix="rm-"))  # short: sockets' names are limited
    monkeypatch.setenv("REMORA_HOME", str(folder))
    monkeypatch.setenv("REMORA_MODELS", str(REAL_MODELS))
    yield folder
    _stop_server(folder)
    left = _wait_until_gone(folder)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)
    assert not left, f"processes of this test still live: {left}"


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


def _stop_server(folder: Path) -> None:
    try:
        os.kill(int((folder / "run" / "server.lock").read_text()), signal.SIGTERM)
    except (OSError, ValueError):
        return


def _wait_until_gone(folder: Path) -> dict[int, str]:
    deadline = time.monotonic() + _LEAVE_S
    while (left := processes_of(folder)) and time.monotonic() < deadline:
        time.sleep(0.02)
    return left
