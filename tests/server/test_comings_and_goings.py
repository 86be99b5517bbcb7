"""Clients that stop, leave, come back, are older or newer, or ask much at once; and a server that is killed."""

from __future__ import annotations

import contextlib
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
from remora.server.client import Client, open_client
from remora.server.door import connect as join
from server.conftest import APPROVED, CODE, DEADLINE_S, SOURCE, TOTAL, Connect, Script, Talk, make_project

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
    closed = threading.Event()
    talk = connect()
    talk.client.watch(closed.set)
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
    assert closed.wait(DEADLINE_S)
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
    assert other.app == APPROVED


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
    assert talk.app == APPROVED
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
        assert talk.app.count(f"def f{n}():\n    return {n + 1000}\n") == 1
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
