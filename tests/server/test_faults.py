"""Each thing that can go wrong is told in a sentence with a next step, and nothing is lost by it."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from remora.models import catalogue
from server.conftest import APPROVED, SOURCE, TOTAL, Script, Talk

# -- the model --------------------------------------------------------------------------------------------------------


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty models folder."""
    folder = tmp_path / "models"
    monkeypatch.setenv("REMORA_MODELS", str(folder))
    return folder


def test_without_its_model_a_request_says_what_getting_it_costs(models: Path, talk: Talk):
    event = talk.edit("llama")
    assert (event["kind"], event["code"]) == ("failed", "no_model")
    assert set(event["data"]) == {"name", "bytes", "sources", "licence", "free_bytes", "path"}
    assert "`remora model pull" in event["message"]
    assert talk.call("preload", engine="llama") == {"ready": False}
    assert not models.exists(), "something was downloaded"


def test_a_model_file_that_was_cut_short_is_told(models: Path, talk: Talk):
    models.mkdir()
    (models / catalogue.find(catalogue.DEFAULT).file).write_bytes(b"GGUF")
    assert "the file is damaged" in talk.failed("llama", "bad_model")


def test_an_unknown_engine_or_model_is_told(talk: Talk, tmp_path: Path):
    for params in ({"engine": "magic"}, {"engine": "llama", "model": "gpt-x"}, {"engine": f"scripted:{tmp_path}/no"}):
        event = talk.edit(**params)
        assert event["kind"] == "failed"
        assert event["code"] != "internal", event["message"]


# -- the file ---------------------------------------------------------------------------------------------------------


def test_a_file_outside_the_workspace_or_a_link_out_of_it_is_refused(talk: Talk, script: Script, tmp_path: Path):
    outside = tmp_path / "outside.py"
    outside.write_text(SOURCE)
    (talk.root / "link.py").symlink_to(outside)
    for path in ("../outside.py", str(outside), "link.py"):
        place = {"path": path, "pos": [6, 8], "request": "x"}
        assert "outside the workspace" in talk.refused("edit", "outside", engine=script(TOTAL), **place)
    assert outside.read_text() == SOURCE


def test_a_file_outside_any_project_is_a_workspace_of_its_own(talk: Talk, script: Script, tmp_path: Path):
    lone = tmp_path / "alone" / "lone.py"
    lone.parent.mkdir()
    lone.write_text(SOURCE)
    made = talk.proposal(script(TOTAL), root=None, path=str(lone), key=None, pos=[6, 8])
    talk.call("approve", root=made["root"], proposal=made["id"])
    assert lone.read_text() == APPROVED


def test_a_file_that_does_not_parse_elsewhere_is_refused_by_its_row(talk: Talk, script: Script):
    (talk.root / "app.py").write_text(SOURCE + "\n\ndef broken(:\n    pass\n")
    assert "app.py does not parse: row 15" in talk.failed(script(TOTAL), "broken", key=None, pos=[6, 8])


def test_the_broken_node_itself_may_be_mended(talk: Talk, script: Script):
    (talk.root / "app.py").write_text(SOURCE.replace("x = 1", "x = = 1"))
    made = talk.proposal(script(TOTAL), key=None, pos=[6, 8])
    talk.call("approve", proposal=made["id"])
    assert talk.app == APPROVED


@pytest.mark.parametrize("place", [{"pos": [3, 0]}, {"span": [2, 0, 4, 0]}, {"pos": [900, 0]}])
def test_a_place_that_is_in_no_node_is_told(talk: Talk, script: Script, place: dict[str, Any]):
    assert "no function or class" in talk.failed(script(TOTAL), "no_node", key=None, **place)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (SOURCE.replace("\n", "\r\n").encode(), APPROVED.replace("\n", "\r\n").encode()),
        (b"\xef\xbb\xbf" + SOURCE.encode(), b"\xef\xbb\xbf" + APPROVED.encode()),
        (SOURCE.rstrip().encode(), APPROVED.rstrip().encode()),
        (SOURCE.replace("    ", "\t").encode(), APPROVED.replace("    ", "\t").encode()),
        ((SOURCE + "# caf\u00e9 \U0001f600\n").encode(), (APPROVED + "# caf\u00e9 \U0001f600\n").encode()),
    ],
    ids=["crlf", "bom", "no final newline", "tabs", "beyond ascii"],
)
def test_how_the_bytes_say_the_text_is_kept(talk: Talk, script: Script, raw: bytes, expected: bytes):
    (talk.root / "app.py").write_bytes(raw)
    answer = TOTAL.replace("    ", "\t") if b"\t" in raw else TOTAL
    talk.call("approve", proposal=talk.proposal(script(answer))["id"])
    assert (talk.root / "app.py").read_bytes() == expected


def test_a_file_that_is_not_utf8_is_refused_by_its_line(talk: Talk, script: Script):
    raw = b"# caf\xe9\n" + SOURCE.encode()
    (talk.root / "app.py").write_bytes(raw)
    assert "byte 0xe9 in line 1" in talk.failed(script(TOTAL), "encoding", key=None, pos=[7, 8])
    assert (talk.root / "app.py").read_bytes() == raw


def test_one_function_of_a_20000_line_file_is_edited(talk: Talk, script: Script):
    filler = "".join(f"\n\ndef filler{n}(a):\n    return a + {n}\n" for n in range(5000))
    (talk.root / "app.py").write_text(SOURCE + filler)
    made = talk.proposal(script(TOTAL))
    assert [(h["start"], h["count"]) for f in made["files"] for h in f["hunks"]] == [(6, 1)]
    talk.call("approve", proposal=made["id"])
    assert talk.app == APPROVED + filler


def test_a_modified_buffer_is_what_counts_and_the_disk_keeps_its_own(talk: Talk, script: Script):
    """Without an editor attached at the approve, only the proposal's own rows reach the file."""
    typed = "# typed, not saved\n" + SOURCE
    made = talk.proposal(script(TOTAL), text=typed)
    assert made["files"][0]["hunks"][0]["start"] == 7
    talk.call("approve", proposal=made["id"])
    assert talk.app == APPROVED


def test_what_changed_meanwhile_is_merged_or_refused_and_a_deleted_file_stays_deleted(talk: Talk, script: Script):
    made = talk.proposal(script(TOTAL))
    (talk.root / "app.py").write_text(SOURCE.replace("x = 1", "x = 9"))
    assert "Cart.total in app.py changed" in talk.refused("approve", "conflict", proposal=made["id"])
    (talk.root / "app.py").unlink()
    assert "was deleted meanwhile" in talk.refused("approve", "conflict", proposal=made["id"])
    assert not (talk.root / "app.py").exists()
    (talk.root / "app.py").write_text(SOURCE + "# later\n")
    talk.call("approve", proposal=made["id"])
    assert talk.app == APPROVED + "# later\n"


# -- the answer -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("", "could not be used"),
        ("I cannot do that.", "could not be used"),
        ("```python\ndef empty(self):\n    return 3\n```", "could not be used"),
        ("```python\ndef total(self):\n    return (\n```", "could not be used"),
        ({"text": "and so on ", "never_ends": True}, "did not end within"),
    ],
    ids=["empty", "chatter", "another node", "broken", "endless"],
)
def test_an_answer_that_cannot_be_used_is_refused_and_says_why(talk: Talk, script: Script, answer: Any, words: str):
    assert words in talk.failed(script(answer, loop=True), "answer")
    assert talk.app == SOURCE
    assert talk.call("proposals") == []


def test_an_engine_that_dies_while_it_writes_ends_one_request_only(talk: Talk, script: Script):
    engine = script({"text": TOTAL, "die": True}, TOTAL)
    assert "died in the middle of its answer" in talk.failed(engine, "engine")
    assert talk.edit(engine)["kind"] == "done"


def test_an_engine_that_fails_says_why(talk: Talk, script: Script):
    assert "out of memory" in talk.failed(script({"fail": "The engine ran out of memory."}), "engine")


# -- the disk ---------------------------------------------------------------------------------------------------------


def test_a_full_disk_loses_the_record_and_never_the_session(
    talk: Talk, script: Script, monkeypatch: pytest.MonkeyPatch
):
    opened = os.open

    def full(path: Any, *arguments: Any, **options: Any) -> int:
        if str(path).endswith(".jsonl"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return opened(path, *arguments, **options)

    monkeypatch.setattr(os, "open", full)
    talk.call("approve", proposal=talk.proposal(script(TOTAL))["id"])
    assert talk.app == APPROVED


def test_a_journal_that_cannot_be_made_does_not_fail_the_session(talk: Talk, script: Script, home: Path):
    talk.call("proposals")
    (folder,) = [p for p in (home / "state").iterdir() if p.is_dir()]
    (folder / "journal").write_text("in the way")
    assert talk.edit(script(TOTAL))["kind"] == "done"


def test_a_full_disk_at_the_approve_leaves_the_file_and_the_proposal(
    talk: Talk, script: Script, monkeypatch: pytest.MonkeyPatch
):
    made = talk.proposal(script(TOTAL))

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("remora.repo.write.write_beside", full)
    assert "The disk is full" in talk.refused("approve", "disk_full", proposal=made["id"])
    assert talk.app == SOURCE
    monkeypatch.undo()
    talk.call("approve", proposal=made["id"])
    assert talk.app == APPROVED


def test_a_state_folder_that_cannot_be_used_is_told_and_used_once_it_can(talk: Talk, home: Path):
    (home / "state").write_text("in the way")
    assert "The state folder" in talk.refused("proposals", "state")
    (home / "state").unlink()
    assert talk.call("proposals") == []
