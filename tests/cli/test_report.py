"""What `remora index` says about a run: the table, the bar, and whether anything was indexed."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from remora.cli.index import build, put_report, refuse_nothing
from remora.cli.progress import IndexBar
from remora.errors import UserError

ROOT = Path("/shop")
PHASE = {"kind": "phase", "phase": "indexing", "done": 1, "total": 3}


def report(**changes: Any) -> dict[str, Any]:
    nothing = {"partial": [], "failed": [], "skipped": [], "partial_count": 0, "failed_count": 0, "skipped_count": 0}
    counts = {"files": 0, "nodes": 0, "edges": {}, "unresolved": 0, "changed": 0, "removed": 0, "seconds": 0.5}
    return {**counts, **nothing, "skipped_by": {}, **changes}


def test_the_table_has_files_nodes_edges_by_kind_and_seconds(capsys: pytest.CaptureFixture[str]):
    put_report(
        report(
            files=2894,
            changed=12,
            removed=1,
            nodes=91_234,
            edges={"CALLS": 5, "READS": 1000, "WRITES": 0},
            unresolved=7,
        )
    )
    assert capsys.readouterr().out == (
        "files        2,894  12 changed, 1 removed\n"
        "nodes       91,234\n"
        "edges        1,005\n"
        "  reads      1,000\n"
        "  calls          5\n"
        "unresolved       7  references that name nothing known here\n"
        "partial          0\n"
        "failed           0\n"
        "skipped          0\n"
        "seconds       0.50\n"
    )


def test_the_table_names_files_that_were_not_read_whole_and_why(capsys: pytest.CaptureFixture[str]):
    partial = [[f"p{n:02}.py", "line 3: syntax error"] for n in range(12)]
    skipped = [["a.min.js", "minified"], ["b.min.js", "minified"], ["vendor/x.go", "vendor folder"]]
    put_report(
        report(
            files=15,
            partial=partial,
            partial_count=12,
            failed=[["bad\n.py", "not UTF-8"]],
            failed_count=1,
            skipped=skipped,
            skipped_count=1003,
            skipped_by={"minified": 2, "vendor folder": 1001},
        )
    )
    out = capsys.readouterr().out
    assert "  p09.py  line 3: syntax error\n  and 2 more; --json lists them\nfailed:\n  bad\\n.py  not UTF-8\n" in out
    assert out.endswith("skipped:\n  1,001  vendor folder  e.g. vendor/x.go\n      2  minified       e.g. a.min.js\n")


def test_nothing_indexed_is_a_failure_with_a_reason(capsys: pytest.CaptureFixture[str]):
    def told(include: list[str] | None = None, **counts: Any) -> str:
        assert refuse_nothing(report(**counts), ROOT, include, None) == 1
        return capsys.readouterr().err

    assert told() == (
        "remora: nothing was indexed in /shop: there is no file of a known language that git does not ignore.\n"
    )
    assert "no file of a known language is left by --include and --exclude" in told(include=["*.rs"])
    assert "every file was skipped or could not be read" in told(files=3, failed_count=1, skipped_count=2)
    assert refuse_nothing(report(files=4, failed_count=1, skipped_count=2), ROOT, None, None) == 0


def test_a_terminal_shows_a_bar_that_goes_when_it_is_done(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with IndexBar() as bar:
        bar(PHASE)
        bar(PHASE | {"done": 3, "note": "[a note]"})
        bar({"kind": "done"})
    shown = capsys.readouterr().err
    assert "indexing" in shown
    assert "linking" in shown
    assert "[a note]" in shown


def test_without_a_terminal_the_bar_says_nothing(capsys: pytest.CaptureFixture[str]):
    with IndexBar() as bar:
        bar(PHASE)
    assert capsys.readouterr().err == ""


class Huge:
    """A server whose workspace has too many files to be indexed unasked."""

    root = ROOT

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        self.asked.append(params)
        return {"request": "r1"}

    def follow(self, request: str, show: Any) -> dict[str, Any]:
        if not self.asked[-1].get("large"):
            raise UserError("There are 300,000 files.", "too_many_files", files=300_000)
        return {"report": report(files=300_000)}


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`terminal(text)` makes standard input a terminal on which somebody types that."""

    def types(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        for stream in (sys.stdin, sys.stderr):
            monkeypatch.setattr(stream, "isatty", lambda: True)

    return types


def test_a_very_large_workspace_is_indexed_when_a_person_says_so(terminal: Any, capsys: pytest.CaptureFixture[str]):
    huge = Huge()
    terminal("y\n")
    assert build(huge, jobs=2)["files"] == 300_000
    assert huge.asked == [{"jobs": 2}, {"jobs": 2, "large": True}]
    shown = capsys.readouterr()
    assert "There are 300,000 files." in shown.err
    assert "Index them all now? [y/N]" in shown.out + shown.err


def test_a_very_large_workspace_is_left_alone_when_a_person_says_no_or_nobody_is_there(terminal: Any):
    with pytest.raises(UserError, match="300,000"):
        build(Huge())
    terminal("\n")
    with pytest.raises(UserError, match="300,000"):
        build(Huge())
