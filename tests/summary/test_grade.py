"""The grader of one-line summaries, over its real labels: what it calls right, wrong and open, and how it leaves."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bench.summaries.grade import Labels, grade, read_labels
from bench.summaries.wording import Line, stem

GRADE = Path(__file__).parents[1] / "bench" / "summaries" / "grade.py"
LABELS = Labels(read_labels())


def verdict(package: str, qualname: str, summary: str) -> str:
    label = LABELS.find({"package": package, "qualname": qualname}, "")
    assert label is not None
    return grade(label, summary)[0]


def run(
    tmp_path: Path, *rows: dict[str, object] | str, options: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    lines = tmp_path / "lines.jsonl"
    lines.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), "utf-8")
    command = [sys.executable, str(GRADE), *options, str(lines)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def line(package: str, qualname: str, summary: str, confidence: float = 0.9) -> dict[str, object]:
    return {"package": package, "qualname": qualname, "summary": summary, "confidence": confidence}


@pytest.mark.parametrize(
    ("package", "qualname", "summary", "expected"),
    [
        ("tinydb", "Table.search", "Search the table for documents; returns list[Document]", "right"),
        ("tinydb", "Table.search", "Find the newest documents; returns list[Document]", "likely"),
        ("tinydb", "Table.insert.updater", "Insert the document; raises ValueError if its ID exists", "right"),
        ("tinydb", "Table.insert.updater", "Insert the document; raises KeyError", "wrong"),
        ("tinydb", "Query.matches", "Match a regular expression against the whole string", "wrong"),
        ("schedule", "Job.tuesday", "Return Tuesday", "wrong"),
        ("schedule", "Job.tuesday", "Schedule the job on Tuesdays", "right"),
        ("jpype1", "Fixture.callClass", "Call the class", "wrong"),
        ("jpype1", "Fixture.callClass", "Return its argument", "right"),
        ("sortedcontainers", "SortedList.bisect_left", "Return the index to insert a value to the right", "wrong"),
        ("sortedcontainers", "SortedDict.key", "Return the key", "wrong"),
        ("sortedcontainers", "SortedDict.key", "Return the function that extracts comparison keys", "right"),
        ("sortedcontainers", "SortedDict.key", "Return the cached function that extracts keys", "likely"),
        ("gojsonnet", "Clone", "Clone", "open"),
        ("sqlparse", "Token.flatten", "Yield the token itself", "right"),
        ("sqlparse", "Lexer.add_keywords", "Add keyword dictionaries; returns None", "right"),
        ("sqlparse", "Lexer.add_keywords", "Add keyword dictionaries; returns list", "wrong"),
        ("sqlparse", "Identifier.get_ordering", "Get the ordering; yields str", "wrong"),
        ("tenacity", "retry_any.__call__", "Check whether any condition holds; async", "right"),
        ("furl", "Path.isfile", "Check whether the path ends in a file; async", "wrong"),
        ("click", "Group.list_commands", "", "malformed"),
        ("click", "Group.list_commands", "List the `commands`", "malformed"),
        ("click", "Group.list_commands", "List of commands", "malformed"),
        ("click", "Group.list_commands", "List the commands" + " and so on" * 12, "malformed"),
    ],
)
def test_a_line_is_right_when_it_says_what_the_code_does_and_nothing_false(package, qualname, summary, expected):
    assert verdict(package, qualname, summary) == expected


def test_words_are_compared_without_their_endings():
    for one, other in [("queries", "query"), ("creating", "create"), ("mapped", "map"), ("serialise", "serializing")]:
        assert stem(one) == stem(other)
    assert stem("less") != stem("let")


def test_the_verb_is_looked_for_where_a_line_begins():
    assert Line("Lazily yields pairs").says("verb: yield")
    assert Line("Apply a function").says("verb: @run")
    assert not Line("Return the reverse order").says("verb: reverse")
    assert Line("Return whether it fits").says("verb: @ask")
    assert not Line("Return the fit").says("verb: @ask")


def test_neighbours_and_beginnings_of_words_can_be_asked_for():
    assert Line("Load it after verifying the signature").says("after_verif*")
    assert not Line("Verify it after loading").says("after_verif*")
    assert Line("Convert a dict to the key").says("to_key | nothing")
    assert not Line("Convert to").says("to_key")


def test_every_label_is_named_once_can_be_graded_and_half_is_held_back():
    assert len(LABELS.all) >= 200
    assert len({(label.package, label.key) for label in LABELS.all}) == len(LABELS.all)
    for label in LABELS.all:
        grade(label, "Zzz; returns zzz; raises Zzz")
        for claim in (*label.says, *label.wrong_if):
            Line("Zzz; returns zzz").says(claim)
    splits = Counter(label.split for label in LABELS.all)
    assert set(splits) == {"tune", "held", "fresh"} and splits["fresh"] == 90
    assert 0.4 < splits["held"] / (splits["held"] + splits["tune"]) < 0.6


def test_a_key_is_found_below_a_folder_named_like_the_archive():
    key = "src/click/core.py-core-Group.list_commands"
    for row in ({"package": "click", "isgl1_key": key}, {"isgl1_key": key}, {"isgl1_key": f"corpus/click-8.5.1/{key}"}):
        found = LABELS.find(row, "")
        assert found is not None and found.qualname == "Group.list_commands"
    assert LABELS.find({"isgl1_key": f"other-1.0/{key}"}, "") is None
    scoped = LABELS.find({"isgl1_key": "tanstack-query-core-5.108.0/src/query.ts-query-Query.reset"}, "")
    assert scoped is not None and scoped.package == "@tanstack/query-core"


def test_the_table_counts_by_confidence_split_and_language(tmp_path):
    done = run(
        tmp_path,
        line("click", "Group.list_commands", "List the commands"),
        line("schedule", "Job.tuesday", "Return Tuesday", 0.8),
        line("semver", "gt", "Compare two versions", 0.3),
        options=("--json",),
    )
    tables = json.loads(done.stdout)
    assert done.returncode == 0
    assert (tables["all"]["right"], tables["all"]["wrong"], tables["all"]["open"]) == (1, 1, 1)
    assert tables["confidence >= 0.75"]["lines"] == 2
    assert tables["confidence 0.25-0.50"]["open"] == 1
    assert tables["lang python"]["lines"] == 2
    assert tables["split tune"]["lines"] + tables["split held"]["lines"] == 3


def test_a_person_settles_an_open_line_for_exactly_that_text(tmp_path):
    verdicts = tmp_path / "verdicts.jsonl"
    settled = {
        "package": "semver",
        "qualname": "gt",
        "summary": "Compare two versions",
        "verdict": "thin",
        "why": "how?",
    }
    verdicts.write_text(json.dumps(settled), "utf-8")
    options = ("--json", "--verdicts", str(verdicts))
    assert (
        json.loads(run(tmp_path, line("semver", "gt", "Compare two versions"), options=options).stdout)["all"]["thin"]
        == 1
    )
    assert (
        json.loads(run(tmp_path, line("semver", "gt", "Compare both versions"), options=options).stdout)["all"]["open"]
        == 1
    )


def test_unknown_functions_and_broken_lines_exit_1_and_too_few_right_ones_exit_2(tmp_path):
    unknown = run(tmp_path, line("click", "Group.nothing", "List the commands"))
    assert unknown.returncode == 1 and "no label for Group.nothing" in unknown.stderr
    assert run(tmp_path, line("click", "Group.nothing", "x"), options=("--ignore-unlabelled",)).returncode == 0
    broken = run(tmp_path, "{")
    assert broken.returncode == 1 and ":1: not JSON" in broken.stderr
    assert run(tmp_path, {"qualname": "gt", "confidence": 1}).returncode == 1
    wrong = line("schedule", "Job.tuesday", "Return Tuesday")
    assert run(tmp_path, wrong, options=("--at-least", "0.95")).returncode == 2
    assert (
        run(tmp_path, line("semver", "gt", "Check whether a is greater"), options=("--at-least", "0.95")).returncode
        == 0
    )


def test_the_keys_of_a_package_are_printed_for_a_summarizer_to_read(tmp_path):
    done = subprocess.run(
        [sys.executable, str(GRADE), "--keys", "furl"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0 and "furl/furl.py-furl-Path.isfile" in done.stdout.splitlines()
    help_text = subprocess.run(
        [sys.executable, str(GRADE), "--help"], capture_output=True, text=True, timeout=60, check=False
    )
    assert help_text.returncode == 0 and "--at-least" in help_text.stdout
