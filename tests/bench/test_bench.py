"""The measuring scripts in their small form: they run, and what is a count or a ratio of one run holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench import editor
from bench.edits import CASES

HERE = Path(__file__).parent


@pytest.fixture
def place(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("REMORA_HOME", os.environ["REMORA_HOME"])  # Place changes it; this puts it back
    made = editor.Place()
    yield made
    made.end()


def test_the_first_call_blocks_the_editor_for_a_small_part_of_the_time_until_its_answer(place: editor.Place):
    file, script = place.file("app.py", editor.FUNCTION), place.script([editor.ANSWER])
    first, later, ready, trips = editor.first_calls(place, file, script, 1)
    assert first[0] < ready[0] / 5
    assert sum(later) < sum(trips) / 2


def test_a_fast_stream_is_drawn_at_most_thirty_times_a_second_and_every_token_arrives(place: editor.Place):
    found = editor.streaming(place, 240)
    assert found["frames a second"] <= 30 * 1.2 + 4 / found["seconds"]


def test_a_thousand_line_diff_is_one_undo_step(place: editor.Place):
    assert len(editor.accept_thousand(place, place.script([editor.ANSWER]))) == 5


def test_the_requests_are_checked_by_running_the_code(tmp_path: Path):
    case = next(c for c in CASES if c.key == "average" and "empty" in c.request)
    right = "```python\ndef average(numbers):\n    return sum(numbers) / len(numbers) if numbers else 0\n```"
    wrong = "```python\ndef average(numbers):\n    return sum(numbers) / len(numbers) if numbers else 1\n```"
    for answer, words in ((right, "1 of 1 work"), (wrong, "0 of 1 work")):
        script = tmp_path / "script.json"
        script.write_text(json.dumps({"answers": [answer]}))
        done = subprocess.run(
            [sys.executable, str(HERE / "edits.py"), "--engine", f"scripted:{script}", "--only", case.request],
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
        )
        assert words in done.stdout, done.stdout + done.stderr
