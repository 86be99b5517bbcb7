"""The measuring script of doc/scale.md in its small form: it runs, and what is a count holds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).with_name("scale.py")


def said(*arguments: str | Path) -> str:
    command = [sys.executable, str(SCRIPT), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_counts_what_is_there_and_leaves_the_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "tax.py").write_text("def rate():\n    return 1\n")
    (tmp_path / "app.py").write_text("from shop.tax import rate\n\nrate()\n")
    (tmp_path / "notes.md").write_text("# notes\n")
    found = json.loads(said(tmp_path, "--json"))
    assert (found["files"], found["nodes"], found["bytes"]) == (2, 3, 59)
    assert found["edges"] == 3  # contains, depends, calls
    assert len(found["changed"]) == 9
    assert min(found["disk"], *found["packed"].values()) >= 0
    assert (tmp_path / "app.py").read_text() == "from shop.tax import rate\n\nrate()\n"


def test_a_row_has_the_columns_of_the_page(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("def run():\n    run()\n")
    page = Path(__file__).parents[2] / "doc" / "scale.md"
    header = next(line for line in page.read_text("utf-8").split("\n") if line.startswith("| corpus |"))
    row = said(tmp_path, "--name", "one").strip()
    assert row.startswith("| one | 1 |")
    assert row.count("|") == header.count("|")
