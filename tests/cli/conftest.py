"""The real `remora` command, run as a user runs it: in a process of its own, in a project's folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SOURCE = """def first(a):
    return a


class Cart:
    def total(self):
        x = 1
        return x
"""
TOTAL = "```python\ndef total(self):\n    x = 2\n    return x\n```"
APPROVED = SOURCE.replace("x = 1", "x = 2")
REMORA = Path(sys.executable).with_name("remora")


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Shell:
    """A folder to stand in."""

    folder: Path

    def __call__(self, *words: str, code: int = 0, stdin: str = "", env: dict[str, str] | None = None) -> Ran:
        """Run `remora …`, and expect this exit code."""
        done = subprocess.run(
            [str(REMORA), *words],
            cwd=self.folder,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            env=os.environ | (env or {}),
            check=False,
        )
        assert done.returncode == code, f"remora {' '.join(words)}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return Ran(done.returncode, done.stdout, done.stderr)

    @property
    def app(self) -> Path:
        return self.folder / "src" / "app.py"

    def script(self, *answers: str | dict[str, Any], name: str = "answers.json", **options: Any) -> str:
        """A scripted engine's name, as typed from this folder."""
        (self.folder / name).write_text(json.dumps({"answers": list(answers), **options}))
        return f"scripted:{name}"


@pytest.fixture
def remora(tmp_path: Path) -> Shell:
    """`remora` in a fresh project with src/app.py."""
    folder = (tmp_path / "shop").resolve()
    (folder / "src").mkdir(parents=True)
    (folder / "pyproject.toml").write_text("[project]\nname = 'shop'\n")
    (folder / "src" / "app.py").write_text(SOURCE)
    return Shell(folder)
