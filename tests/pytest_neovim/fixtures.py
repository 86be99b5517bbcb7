"""The fixtures of the plugin."""

import difflib
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pytest_neovim.editor import Editor


@pytest.fixture
def open_editor() -> Iterator[Callable[..., Editor]]:
    """A function that starts an Editor; all of them are closed after the test."""
    opened: list[Editor] = []

    def start(**options: Any) -> Editor:
        opened.append(Editor(**options))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


@pytest.fixture
def editor(open_editor: Callable[..., Editor]) -> Editor:
    """A Neovim on an empty buffer."""
    return open_editor()


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """A function that compares a text with `screens/<test file>/<test>[.N].txt` beside the test.

    `UPDATE_SCREENS=1` writes the files anew. A missing file is written, except in CI, where it fails the test.
    """
    folder = Path(request.path).parent / "screens" / Path(request.path).stem
    name = re.sub(r"\W+", "_", request.node.name).strip("_")
    calls = 0

    def compare(text: str) -> None:
        nonlocal calls
        calls += 1
        file = folder / (f"{name}.txt" if calls == 1 else f"{name}.{calls}.txt")
        text = text.rstrip("\n") + "\n"
        if os.environ.get("UPDATE_SCREENS") or (not file.exists() and not os.environ.get("CI")):
            folder.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            return
        assert file.exists(), f"{file} is missing; write it with UPDATE_SCREENS=1"
        wanted = file.read_text(encoding="utf-8")
        if text != wanted:
            shown = "\n".join(
                difflib.unified_diff(wanted.splitlines(), text.splitlines(), "wanted", "shown", lineterm="")
            )
            pytest.fail(f"the screen differs from {file} (UPDATE_SCREENS=1 writes it anew)\n{shown}", pytrace=False)

    return compare
