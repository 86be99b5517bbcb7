"""`remora summarize`, `remora metrics` and the two names for pipelines, as they are typed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from cli.conftest import Ran, Shell

FIRST, TOTAL = "src/app.py-app-first", "src/app.py-app-Cart.total"
COLUMNS = {"isgl1_key", "summary", "provenance", "confidence"}


def rows(ran: Ran) -> dict[str, dict]:
    return {row["isgl1_key"]: row for row in map(json.loads, ran.out.splitlines())}


def run(remora: Shell, program: str, *words: str, stdin: str = "", code: int = 0) -> Ran:
    path = Path(sys.executable).with_name(program)
    command = [str(path)] if path.exists() else [sys.executable, "-m", "remora.cli.summarygen"]
    done = subprocess.run(
        [*command, *words], cwd=remora.folder, input=stdin, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == code, done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


def test_each_definition_has_a_json_line_and_the_report_is_on_stderr(remora: Shell):
    ran = remora("summarize", ".", "--mode", "rule", "--in-process")
    found = rows(ran)
    assert {FIRST, TOTAL} < set(found) and all(set(row) == COLUMNS for row in found.values())
    assert "lines in" in ran.err and "rule_based" in ran.err and "p50" in ran.err and "p95" in ran.err


def test_the_model_makes_what_rules_are_not_sure_of_and_a_second_run_goes_on(remora: Shell):
    engine = remora.script("Return the number one", loop=True)
    words = ("summarize", "--keys", "src/app.py::Cart.total", "--engine", engine, "--mode", "llm")
    assert rows(remora(*words))[TOTAL]["provenance"] == "llm_assisted"
    again = remora(*words)
    assert rows(again)[TOTAL]["summary"] == "Return the number one"
    assert "0 of 200 calls" in again.err and "1 lines were there already" in again.err
    assert "1 of 200 calls" in remora(*words, "--overwrite").err
    assert remora("metrics", "--json").json["summaries_llm_total"] == 3
    assert "summaries_total 3" in remora("metrics").out


def test_a_spent_budget_and_a_dry_run_are_said(remora: Shell):
    engine = remora.script("Return the number one", loop=True)
    ran = remora("summarize", "src", "--mode", "llm", "--max-llm", "1", "--engine", engine, "--in-process")
    assert "1 of 1 calls" in ran.err and "The budget is spent; --max-llm N allows more" in ran.err
    assert "Nothing was stored; a model would be asked about" in remora("summarize", "--dry-run", "--in-process").err


def test_without_a_model_rules_make_all_lines(remora: Shell, tmp_path: Path):
    ran = remora("summarize", "--mode", "llm", "--in-process", env={"REMORA_MODELS": str(tmp_path / "none")})
    assert {FIRST, TOTAL} < set(rows(ran))
    assert "The model could not be asked, so these lines are by rules:" in ran.err and "model pull" in ran.err


def test_what_is_not_there_is_wrong_usage(remora: Shell):
    assert "There is no node 'gone'" in remora("summarize", "--keys", "gone", "--in-process", code=2).err
    assert "nowhere is not there. Name a file or folder." in remora("summarize", "nowhere", code=2).err
    assert "not both" in remora("summarize", "src", "--keys", "first", code=2).err
    assert "is no number from 0 to 1" in remora("summarize", "--confidence-threshold", "7", code=2).err


def test_a_folder_is_told_by_its_modules(remora: Shell):
    (remora.folder / "src" / "tax.py").write_text('"""Compute taxes of carts."""\n')
    told = remora("node", "src", "--json", "--in-process").json
    assert told["kind"] == "package" and told["summary"]
    assert [one["path"] for one in told["modules"]] == ["src/app.py", "src/tax.py"]
    assert "Compute taxes of carts" in remora("node", "src", "--in-process").out


def test_pipelines_name_keys_on_standard_input(remora: Shell):
    ran = run(remora, "interface-summary-generator", "-", stdin=json.dumps({"isgl1_keys": [FIRST]}))
    assert set(rows(ran)) == {FIRST} and set(rows(ran)[FIRST]) == COLUMNS
    words = ("--data", ".", "--model", "rule-based", "--fallback", "none", "--write", "summaries")
    assert {FIRST, TOTAL} < set(rows(run(remora, "code-summary-gen", *words)))
    assert "isgl1_keys" in run(remora, "code-summary-gen", "-", stdin='{"keys": 1}', code=2).err


def test_pipelines_read_a_store_that_the_builder_made(remora: Shell):
    builder = [str(Path(sys.executable).with_name("interface-graph-builder")), "--repo", ".", "--out", "cozo://isg"]
    subprocess.run(builder, cwd=remora.folder, capture_output=True, timeout=60, check=True)
    assert {FIRST, TOTAL} < set(rows(run(remora, "code-summary-gen", "--cozo", "cozo://isg")))
    assert "is no store" in run(remora, "code-summary-gen", "--cozo", "cozo://none", code=2).err
