"""Checks: the compiler first, then ruff, and only what is new."""

from __future__ import annotations

from pathlib import Path

import pytest

from remora.validation import added, check, syntax_error


@pytest.mark.parametrize(
    "text",
    ["def f(:\n", "def f():\nreturn 1\n", "return 1\n", "x = '\0'\n", "(" * 3000, "def f():\n\tif 1:\n        pass\n"],
)
def test_what_the_compiler_refuses_is_one_error(text: str):
    found = syntax_error(text, "a.py")
    assert found is not None
    assert (found.severity, found.source) == ("error", "python")


def test_nothing_is_executed(tmp_path: Path):
    mark = tmp_path / "ran"
    assert syntax_error(f"open({str(mark)!r}, 'w')\n", "a.py") is None
    assert not mark.exists()


def test_an_undefined_name_is_an_error_and_an_unused_import_is_not(tmp_path: Path):
    found = {d.code: d.severity for d in check("import os\n\n\ndef f():\n    return nope\n", "a.py", tmp_path)}
    assert found["F821"] == "error"
    assert found["F401"] == "warning"


def test_a_finding_that_only_moved_is_not_new(tmp_path: Path):
    before = check("def f():\n    return nope\n", "a.py", tmp_path)
    after = check("\n\n\ndef f():\n    return nope\n\n\ndef g():\n    return nope\n", "a.py", tmp_path)
    assert [d.row for d in added(before, after)] == [8]


def test_the_repositorys_own_rules_are_used(tmp_path: Path):
    (tmp_path / "pyproject.toml").write_text('[tool.ruff.lint]\nselect = ["E711"]\n')
    assert [d.code for d in check("import os\nx = os == None\n", "a.py", tmp_path)] == ["E711"]


def test_a_broken_ruff_configuration_is_told_and_blocks_nothing(tmp_path: Path):
    (tmp_path / "ruff.toml").write_text("select = 7\n")
    (found,) = check("x = 1\n", "a.py", tmp_path)
    assert found.severity == "information"
    assert "ruff could not run here" in found.message


def test_columns_are_bytes(tmp_path: Path):
    (found,) = [d for d in check("x = 'é', nope\n", "a.py", tmp_path) if d.code == "F821"]
    assert (found.row, found.col) == (0, len("x = 'é', ".encode()))
