"""Every test has a Remora home of its own and leaves no process behind."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from leftovers import wait_until_gone
from remora.config import places

REAL_MODELS = places().models

# The same examples on every machine and in every run; `REMORA_EXPLORE=1` looks for new ones.
settings.register_profile("suite", derandomize=True, deadline=None)
if not os.environ.get("REMORA_EXPLORE"):
    settings.load_profile("suite")


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """`REMORA_HOME` for this test, with the user's model files. A process that still lives afterwards fails the test."""
    folder = Path(tempfile.mkdtemp(prefix="rm-"))  # short: sockets' names are limited
    monkeypatch.setenv("REMORA_HOME", str(folder))
    monkeypatch.setenv("REMORA_MODELS", str(REAL_MODELS))
    yield folder
    _stop_server(folder)
    left = wait_until_gone(folder)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)
    assert not left, f"processes of this test still live: {left}"


def _stop_server(folder: Path) -> None:
    try:
        os.kill(int((folder / "run" / "server.lock").read_text()), signal.SIGTERM)
    except (OSError, ValueError):
        return
