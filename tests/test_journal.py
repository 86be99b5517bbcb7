"""The journal: what it keeps, what it masks, what it forgets."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from remora.errors import UserError
from remora.journal import Journal, mask


def journal(folder: Path, **limits: float) -> Journal:
    return Journal(
        folder, enabled=True, max_bytes=int(limits.get("max_bytes", 1e6)), max_seconds=limits.get("max_seconds", 1e6)
    )


def test_what_was_added_is_read_back_in_order(tmp_path: Path):
    kept = journal(tmp_path / "j")
    record = kept.open("s-1")
    record.add("request", request="do it", node="k")
    record.add("answer", text="é\n")
    assert [(line["kind"], line.get("text")) for line in kept.read("s-1")] == [("request", None), ("answer", "é\n")]
    assert kept.sessions()[0] | {"at": 0, "bytes": 0} == {
        "id": "s-1",
        "at": 0,
        "request": "do it",
        "node": "k",
        "outcome": "answer",
        "bytes": 0,
    }


def test_nobody_else_may_read_it(tmp_path: Path):
    journal(tmp_path / "j").open("s-1").add("request")
    assert stat.S_IMODE((tmp_path / "j" / "s-1.jsonl").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "j").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "secret",
    [
        "api_key = 'abcdef1234567890'",
        '"password": "hunter2hunter2"',
        "Authorization: Bearer abcdefghijklmnop",
        "sk-abcdefghijklmnopqrstuv",
        "ghp_abcdefghijklmnopqrstuv0123",
        "AKIAABCDEFGHIJKLMNOP",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0.abcdefg",
    ],
)
def test_what_looks_like_a_secret_is_masked(tmp_path: Path, secret: str):
    kept = journal(tmp_path / "j")
    kept.open("s-1").add("prompt", messages=[["user", f"x\n{secret}\ny"]])
    (line,) = kept.read("s-1")
    assert "«masked»" in line["messages"][0][1]
    assert secret not in line["messages"][0][1]


def test_ordinary_code_is_not_masked():
    code = "def token_count(text):\n    return len(tokens)\nsecret = None\npassword = input()\n"
    assert mask(code) == code


def test_the_oldest_records_go_when_the_size_is_passed(tmp_path: Path):
    kept = journal(tmp_path / "j", max_bytes=2000)
    for number in range(5):
        kept.open(f"s-{number}").add("answer", text="x" * 900)
        os.utime(tmp_path / "j" / f"s-{number}.jsonl", ns=(time.time_ns() + number, time.time_ns() + number))
    kept.open("s-9")
    assert {s["id"] for s in kept.sessions()} == {"s-3", "s-4"}


def test_old_records_go(tmp_path: Path):
    kept = journal(tmp_path / "j", max_seconds=100)
    kept.open("s-1").add("request")
    os.utime(tmp_path / "j" / "s-1.jsonl", (1, 1))
    kept.open("s-2")
    assert kept.sessions() == []


def test_forgetting_deletes_one_or_all(tmp_path: Path):
    kept = journal(tmp_path / "j")
    for name in ("a", "b", "c"):
        kept.open(name).add("request")
    assert kept.forget("b") == 1
    assert {s["id"] for s in kept.sessions()} == {"a", "c"}
    assert kept.forget() == 2


def test_an_unknown_session_is_refused_and_so_is_a_path(tmp_path: Path):
    for name in ("nope", "../x"):
        with pytest.raises(UserError, match="journal list"):
            journal(tmp_path / "j").read(name)


def test_a_line_that_a_crash_cut_off_is_skipped(tmp_path: Path):
    kept = journal(tmp_path / "j")
    kept.open("s-1").add("request")
    with (tmp_path / "j" / "s-1.jsonl").open("a") as file:
        file.write('{"kind": "ans')
    assert [line["kind"] for line in kept.read("s-1")] == ["request"]
