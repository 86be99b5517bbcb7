"""Everything real: Neovim, host, server, store, files. Only the answers are prepared, except where a test is marked `model`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pytest_neovim import Editor
from pytest_neovim.fixtures import open_editor  # noqa: F401

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "python" / "remora" / "sample"

APP = '''"""A module."""

import os


def first(a):
    return a


class Cart:
    def total(self):
        x = 1
        return x


def last():
    return first(3)
'''
TOTAL = "```python\n    def total(self):\n        x = 2\n        return x\n```"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A workspace with one module, `app.py`."""
    folder = (tmp_path / "project").resolve()
    folder.mkdir()
    (folder / "pyproject.toml").write_text("[project]\nname = 'app'\n")
    (folder / "app.py").write_text(APP)
    return folder


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The bundled sample project."""
    folder = (tmp_path / "shop").resolve()
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture
def script(tmp_path: Path) -> Callable[..., str]:
    """Write a script for the scripted engine; returns the engine's name for it."""
    made = 0

    def write(*answers: Any, tokens_per_second: float = 0, loop: bool = True) -> str:
        nonlocal made
        made += 1
        path = tmp_path / f"script{made}.json"
        path.write_text(json.dumps({"answers": answers, "tokens_per_second": tokens_per_second, "loop": loop}))
        return f"scripted:{path}"

    return write


@pytest.fixture
def neovim(open_editor: Callable[..., Editor]) -> Callable[..., Editor]:  # noqa: F811
    """Start Neovim with the plugin on a file: `neovim(path, engine, **settings)`."""

    def start(path: Path, engine: str, **settings: Any) -> Editor:
        packed = json.dumps(json.dumps({"engine": engine, "default_keys": True, **settings}))
        before = (
            f"let g:remora_python = '{sys.executable}'",
            "let g:loaded_python3_provider = 0",
            f"lua vim.g.remora = vim.json.decode({packed})",
            f"cd {path.parent}",
        )
        return open_editor(runtime=(ROOT,), arguments=(str(path),), before=before, rows=30, cols=100)

    return start


def remora(*arguments: str, cwd: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run the command line."""
    done = subprocess.run(
        [sys.executable, "-m", "remora", *arguments], cwd=cwd, capture_output=True, text=True, check=False, timeout=120
    )
    assert not check or done.returncode == 0, done.stderr
    return done


def ask(nvim: Editor, name: str, words: str = "make it two") -> Editor:
    """Put the cursor on a definition and ask for a change."""
    nvim.keys(f"gg/{name}<CR>")
    return nvim.keys(f":RemoraEdit {words}<CR>")


def reviewed(nvim: Editor) -> Editor:
    """Wait until a proposal is under review."""
    nvim.wait_for("local r = package.loaded['remora.review'] return r and r.current() ~= nil", 20_000)
    return nvim


def closed(nvim: Editor) -> Editor:
    """Wait until no proposal is under review any more."""
    nvim.wait_for("return require('remora.review').current() == nil", 20_000)
    return nvim


def writing(nvim: Editor) -> Editor:
    """Wait until a preview has text."""
    nvim.wait_for("local r = require('remora.requests').list()[1] return r and r.view.text ~= ''", 20_000)
    return nvim
