"""Each thing that can go wrong is told in a sentence with a next step, and nothing is lost by it."""

from __future__ import annotations

import contextlib
import errno
import os
import queue
import signal
import threading
from pathlib import Path
from typing import Any

import pytest

from remora import PROTOCOL
from remora.config import places
from remora.errors import UserError
from remora.models import catalogue
from remora.server.client import Client, open_client
from remora.server.door import connect as join
from server.conftest import DEADLINE_S, SOURCE, TOTAL, Connect, Script, Talk, make_project

CODE = "def total(self):\n    x = 2\n    return x"
APPROVED = SOURCE.replace("x = 1", "x = 2")


def app(talk: Talk) -> str:
    return (talk.root / "app.py").read_text()


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
    assert app(talk) == APPROVED


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
    assert app(talk) == APPROVED + filler


def test_a_modified_buffer_is_what_counts_and_the_disk_keeps_its_own(talk: Talk, script: Script):
    """Without an editor attached at the approve, only the proposal's own rows reach the file."""
    typed = "# typed, not saved\n" + SOURCE
    made = talk.proposal(script(TOTAL), text=typed)
    assert made["files"][0]["hunks"][0]["start"] == 7
    talk.call("approve", proposal=made["id"])
    assert app(talk) == APPROVED


def test_what_changed_meanwhile_is_merged_or_refused_and_a_deleted_file_stays_deleted(talk: Talk, script: Script):
    made = talk.proposal(script(TOTAL))
    (talk.root / "app.py").write_text(SOURCE.replace("x = 1", "x = 9"))
    assert "Cart.total in app.py changed" in talk.refused("approve", "conflict", proposal=made["id"])
    (talk.root / "app.py").unlink()
    assert "was deleted meanwhile" in talk.refused("approve", "conflict", proposal=made["id"])
    assert not (talk.root / "app.py").exists()
    (talk.root / "app.py").write_text(SOURCE + "# later\n")
    talk.call("approve", proposal=made["id"])
    assert app(talk) == APPROVED + "# later\n"


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
    assert app(talk) == SOURCE
    assert talk.call("proposals") == []


def test_an_engine_that_dies_while_it_writes_ends_one_request_only(talk: Talk, script: Script):
    engine = script({"text": TOTAL, "die": True}, TOTAL)
    assert "Your next request starts the engine again." in talk.failed(engine, "engine")
    assert talk.edit(engine)["kind"] == "done"


def test_an_engine_that_fails_says_why(talk: Talk, script: Script):
    assert "out of memory" in talk.failed(script({"fail": "The engine ran out of memory."}), "engine")


# -- stop, leave, come back -------------------------------------------------------------------------------------------


def started(talk: Talk, engine: str) -> str:
    """A request that is writing its answer right now."""
    request = talk.call("edit", path="app.py", key="app.py::Cart.total", request="x is two", engine=engine)["request"]
    while (event := talk.events.get(timeout=DEADLINE_S))["kind"] != "text":
        assert event["kind"] == "phase"
    return request


def test_a_stopped_request_ends_at_once_with_one_event(talk: Talk, script: Script):
    request = started(talk, script({"text": "word " * 50, "never_ends": True}, tokens_per_second=20))
    assert talk.call("stop", request=request) == {"stopped": [request]}
    assert talk.end(request)["kind"] == "cancelled"
    assert talk.call("stop", request=request) == {"stopped": []}
    assert talk.call("status")["requests"] == []
    with contextlib.suppress(queue.Empty):
        assert talk.events.get(timeout=0.1)["request"] != request, "an event after the last one"
    assert talk.edit(script(TOTAL))["kind"] == "done"


def test_whoever_comes_back_gets_the_rest(connect: Connect, script: Script):
    first = connect()
    request = started(first, script(TOTAL, tokens_per_second=10))
    first.client.close()
    second = connect()
    missed = second.call("resume", request=request, seq=0)["events"]
    assert [e["kind"] for e in missed] == ["phase", "text"]
    assert second.end(request)["proposal"]["state"] == "draft"
    again = second.call("resume", request=request, seq=0)["events"]
    assert [e["kind"] for e in again][-1] == "done"


def test_coming_back_twice_still_brings_one_end(talk: Talk, script: Script):
    request = started(talk, script(TOTAL, tokens_per_second=10))
    talk.call("resume", request=request, seq=0)
    talk.call("resume", request=request, seq=0)
    assert talk.end(request)["kind"] == "done"
    talk.call("status")
    with contextlib.suppress(queue.Empty):
        while True:
            assert talk.events.get(timeout=0.1)["kind"] not in ("done", "failed", "cancelled")


def test_a_killed_server_is_one_message_and_the_next_request_starts_a_new_one(connect: Connect, script: Script):
    closed: list[bool] = []
    talk = connect(on_close=lambda: closed.append(True))
    pid = talk.call("status")["pid"]
    started(talk, script(TOTAL, tokens_per_second=5))
    waiting: list[dict[str, Any]] = []
    told = threading.Event()

    def reply(error: dict[str, Any] | None, result: Any) -> None:
        waiting.append(error or {})
        told.set()

    os.kill(pid, signal.SIGSTOP)  # so that the question is on its way when the server ends
    talk.client.send("status", {}, reply)
    os.kill(pid, signal.SIGKILL)
    assert told.wait(DEADLINE_S)
    assert [e["code"] for e in waiting] == ["lost"]
    assert "Ask again" in waiting[0]["message"]
    assert closed == [True]
    again = connect()
    assert again.call("status")["pid"] != pid
    assert again.proposal(script(TOTAL))["state"] == "draft"


def test_a_client_that_leaves_in_the_middle_of_an_approve_leaves_no_half(connect: Connect):
    asked, gone = threading.Event(), threading.Event()

    def look(method: str, params: dict[str, Any], answer: Any) -> None:
        asked.set()
        assert gone.wait(DEADLINE_S)
        answer([])

    connect("nvim", on_request=look)
    leaver, other = connect(), connect()
    made = leaver.call("propose", key="app.py::Cart.total", action="Edit", code=CODE)
    leaver.client.send("approve", {"root": str(leaver.root), "proposal": made["id"]}, lambda error, result: None)
    assert asked.wait(DEADLINE_S)
    leaver.client.close()
    while len(other.call("status")["clients"]) > 2:
        continue  # until the server has seen it leave
    gone.set()
    assert "is approved" in other.refused("reject", "illegal", proposal=made["id"])
    assert app(other) == APPROVED


# -- versions ---------------------------------------------------------------------------------------------------------


def bare(on_event: Any = lambda event: None) -> Client:
    link = join(places())
    assert link is not None
    return Client(link, on_event)


def test_an_older_client_is_told_to_update_and_a_silent_one_to_say_hello(connect: Connect):
    connect()
    old = bare()
    with pytest.raises(UserError, match="older than the running server") as caught:
        old.call("hello", {"protocol": PROTOCOL - 1, "client": "nvim"})
    assert caught.value.code == "old_client"
    assert caught.value.data["protocol"] == PROTOCOL
    with pytest.raises(UserError, match="Say hello first"):
        old.call("status", {})
    old.close()


def test_a_newer_client_lets_the_old_server_finish_and_starts_its_own(
    connect: Connect, script: Script, monkeypatch: pytest.MonkeyPatch
):
    old = connect()
    request = started(old, script(TOTAL, tokens_per_second=20))
    asked = threading.Event()
    call = Client.call

    def watched(client: Client, method: str, params: dict[str, Any], timeout_s: float = 60.0) -> Any:
        if method == "serve_stop":
            asked.set()
            monkeypatch.setattr("remora.server.client.__version__", "0")  # the server that comes next is as new
        return call(client, method, params, timeout_s)

    monkeypatch.setattr(Client, "call", watched)
    monkeypatch.setattr("remora.server.client.__version__", "999.0")
    found: list[Client] = []
    opening = threading.Thread(target=lambda: found.append(open_client(places(), "nvim")))
    opening.start()
    assert asked.wait(DEADLINE_S)
    assert old.end(request)["kind"] == "done", "what ran was cut off"
    opening.join(DEADLINE_S)
    (new,) = found
    assert new.call("status", {})["pid"] != 0
    assert new.call("proposals", {"root": str(old.root)})[0]["state"] == "draft"
    new.close()


# -- many -------------------------------------------------------------------------------------------------------------


def test_two_workspaces_at_once_do_not_mix(talk: Talk, script: Script, tmp_path: Path):
    other = make_project(tmp_path / "other")
    here, there = script({"text": TOTAL, "delay_ms": 50}), script({"text": TOTAL.replace("2", "3"), "delay_ms": 50})
    ask = {"path": "app.py", "key": "app.py::Cart.total", "request": "change x"}
    requests = [
        talk.call("edit", engine=here, **ask)["request"],
        talk.call("edit", **{"root": str(other), "engine": there, **ask})["request"],
    ]
    ends = {}
    while len(ends) < 2:
        event = talk.events.get(timeout=DEADLINE_S)
        if event["kind"] == "done":
            ends[event["request"]] = event["proposal"]
    assert [ends[r]["root"] for r in requests] == [str(talk.root), str(other)]
    talk.call("approve")
    talk.call("approve", root=str(other))
    assert app(talk) == APPROVED
    assert (other / "app.py").read_text() == SOURCE.replace("x = 1", "x = 3")


def at_once(talk: Talk, calls: list[tuple[str, dict[str, Any]]]) -> list[tuple[dict[str, Any] | None, Any]]:
    """Every call is sent before any is answered; the answers in the calls' order."""
    answers: dict[int, tuple[dict[str, Any] | None, Any]] = {}
    done = threading.Event()

    def taker(number: int) -> Any:
        def take(error: dict[str, Any] | None, result: Any) -> None:
            answers[number] = (error, result)
            if len(answers) == len(calls):
                done.set()

        return take

    for number, (method, params) in enumerate(calls):
        talk.client.send(method, {"root": str(talk.root), **params}, taker(number))
    assert done.wait(100), f"{len(calls) - len(answers)} calls were not answered"
    return [answers[number] for number in range(len(calls))]


def test_a_hundred_proposals_at_once_none_lost_none_twice(talk: Talk):
    """A quarter of them change one file, so that each must be merged with those before it; the others delete one each."""
    edited, deleted = range(25), range(25, 100)
    (talk.root / "app.py").write_text("\n\n".join(f"def f{n}():\n    return {n}\n" for n in edited))
    for n in deleted:
        (talk.root / f"m{n}.py").write_text("x = 1\n")
    calls = [{"key": f"app.py::f{n}", "action": "Edit", "code": f"def f{n}():\n    return {n + 1000}"} for n in edited]
    calls += [{"key": f"m{n}.py-m{n}-<module>", "action": "Delete"} for n in deleted]
    made = at_once(talk, [("propose", call) for call in calls])
    assert [error for error, _ in made if error] == []
    ids = [proposal["id"] for _, proposal in made]
    assert len(set(ids)) == len(talk.call("proposals")) == 100
    done = at_once(talk, [("approve", {"proposal": name}) for name in (*ids, *ids[10:40])])
    assert [error["code"] for error, _ in done if error] == ["illegal"] * 30
    for n in edited:
        assert app(talk).count(f"def f{n}():\n    return {n + 1000}\n") == 1
    assert list(talk.root.glob("m*.py")) == []
    assert {p["state"] for p in talk.call("proposals")} == {"approved"}


def test_more_requests_than_may_wait_are_refused_with_busy(talk: Talk, script: Script):
    engine = script({"text": "word ", "never_ends": True}, loop=True, tokens_per_second=10)
    asked = [talk.call("edit", key="app.py::first", request="x", engine=engine)["request"] for _ in range(60)]
    event = talk.events.get(timeout=DEADLINE_S)
    while event["kind"] != "failed":
        event = talk.events.get(timeout=DEADLINE_S)
    assert event["code"] == "busy"
    stopped = talk.call("stop", all=True)["stopped"]
    assert set(stopped) <= set(asked)
    assert talk.call("status")["requests"] == []


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
    assert app(talk) == APPROVED


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
    assert app(talk) == SOURCE
    monkeypatch.undo()
    talk.call("approve", proposal=made["id"])
    assert app(talk) == APPROVED


def test_a_state_folder_that_cannot_be_used_is_told_and_used_once_it_can(talk: Talk, home: Path):
    (home / "state").write_text("in the way")
    assert "The state folder" in talk.refused("proposals", "state")
    (home / "state").unlink()
    assert talk.call("proposals") == []
