"""The index in Neovim: :RemoraIndex, its progress and its end, what the server tells of its own; unsaved text."""

from typing import Any

import pytest

from lua.driver import Remora

STATUS = "return require('remora.statusline').get()"
REPORT = {
    "files": 3012,
    "nodes": 91234,
    "edges": {"CALLS": 120000, "USES": 1},
    "unresolved": 5,
    "partial_count": 2,
    "failed_count": 0,
    "skipped_count": 14,
    "seconds": 4.2,
}


def news(remora: Remora, state: str, **fields: Any) -> None:
    remora.event("", 0, "index", root=str(remora.file.parent), state=state, **fields)


def asked(remora: Remora) -> None:
    remora.command("RemoraIndex")
    remora.reply("index", {"request": "i1"})


# --- :RemoraIndex --------------------------------------------------------------------------------------


def test_progress_is_in_the_statusline_and_the_end_is_said(start):
    remora = start()
    asked(remora)
    assert remora.sent("index")[-1]["params"] == {"path": str(remora.file)}
    assert remora.lua(STATUS) == "remora: indexing"
    remora.event("i1", 1, "phase", phase="indexing", done=120, total=3012)
    assert remora.lua(STATUS) == "remora: indexing 120/3012"
    remora.event("i1", 2, "done", report=REPORT)
    assert remora.lua(STATUS) == ""
    said = "remora: indexed 3,012 files, 91,234 nodes, 120,001 edges, 2 partial, 14 skipped in 4.2 s."
    assert " ".join(remora.messages().split()) == said


def test_with_a_bang_every_file_is_read_again_and_that_can_be_stopped(start):
    remora = start()
    remora.command("RemoraIndex!")
    assert remora.sent("index")[-1]["params"] == {"path": str(remora.file), "rebuild": True}
    remora.reply("index", {"request": "i1"})
    remora.event("i1", 1, "phase", phase="indexing", done=3, total=9)
    assert remora.lua(STATUS) == "remora: indexing 3/9"
    remora.command("RemoraStop")
    assert remora.sent("stop")[-1]["params"] == {"request": "i1"}


def test_an_index_of_nothing_is_said(start):
    remora = start()
    asked(remora)
    remora.event("i1", 1, "done", report={**REPORT, "files": 0})
    assert remora.messages() == "remora: there is no file of a known language here, so nothing was indexed."


def test_events_that_come_before_the_reply_are_not_lost(start):
    remora = start()
    remora.command("RemoraIndex")
    remora.event("i1", 1, "done", report=REPORT)
    assert remora.lua(STATUS) == "remora: indexing"
    remora.reply("index", {"request": "i1"})
    assert remora.lua(STATUS) == ""


@pytest.mark.parametrize("command", ["RemoraStop", "RemoraStop!"])
def test_an_index_can_be_stopped(start, command):
    remora = start()
    asked(remora)
    remora.command("RemoraIndex")
    assert remora.messages() == "remora: an index is being made already; :RemoraStop! stops it."
    remora.command(command)
    assert remora.sent("stop")[-1]["params"] == {"request": "i1"}
    remora.event("i1", 3, "cancelled")
    assert remora.lua(STATUS) == ""
    assert "the index was stopped; what was read is kept, :RemoraIndex goes on." in " ".join(remora.messages().split())


def test_one_that_is_stopped_before_the_server_answered_is_stopped_when_it_does(start):
    remora = start()
    remora.command("RemoraIndex")
    remora.command("RemoraStop!")
    assert remora.lua(STATUS) == ""
    remora.reply("index", {"request": "i1"})
    assert remora.sent("stop")[-1]["params"] == {"request": "i1"}


def test_a_failure_is_said(start):
    remora = start()
    asked(remora)
    remora.event("i1", 1, "failed", code="locked", message="Another process has it. End it.", data={})
    assert remora.messages() == "remora: Another process has it. End it."
    remora.command("RemoraIndex")
    remora.reply("index", err={"code": "outside", "message": "Not here. Go elsewhere."})
    assert remora.messages().endswith("remora: Not here. Go elsewhere.")
    assert remora.lua(STATUS) == ""


def test_a_request_is_told_of_before_an_index(start):
    remora = start()
    asked(remora)
    remora.keys("12G").command("RemoraEdit shorter")
    assert remora.lua(STATUS) == "remora: starting"


def test_a_lost_server_ends_it_with_one_message(start):
    remora = start()
    asked(remora)
    remora.lua("require('remora.host').on_state('lost', nil)")
    assert remora.messages() == "remora: the server is gone. The next request starts a new one."
    assert remora.lua(STATUS) == ""


# --- the server's own ----------------------------------------------------------------------------------


def test_a_short_index_of_the_background_is_not_shown_and_a_long_one_is(start):
    remora = start()
    news(remora, "indexing", done=1, total=3000)
    assert remora.lua(STATUS) == ""
    remora.lua("local now = vim.uv.now; vim.uv.now = function() return now() + 1000 end")
    news(remora, "indexing", done=900, total=3000)
    assert remora.lua(STATUS) == "remora: indexing 900/3000"
    news(remora, "current")
    assert remora.lua(STATUS) == ""
    assert remora.messages() == ""


def test_a_very_large_workspace_is_asked_about_once(start):
    remora = start()
    remora.lua(
        """times = 0
        vim.ui.select = function(items, opts, choose) times = times + 1; asked = opts.prompt; choose(items[1]) end"""
    )
    for _ in range(2):
        news(remora, "asks", message="There are 312,000 files here. Say so.", files=312000)
    assert remora.lua("return { times, asked }") == [1, "There are 312,000 files here. Say so."]
    assert remora.sent("index")[-1]["params"] == {"root": str(remora.file.parent), "large": True}


def test_a_no_is_kept_until_the_user_asks_himself(start):
    remora = start()
    remora.lua("times = 0; vim.ui.select = function(items, _, choose) times = times + 1; choose(items[2]) end")
    news(remora, "asks", message="Many files. Say so.")
    news(remora, "asks", message="Many files. Say so.")
    assert remora.sent("index") == []
    asked(remora)
    remora.event("i1", 1, "failed", code="too_many_files", message="Many files. Say so.", data={"files": 312000})
    assert remora.lua("return times") == 2


def test_a_failure_in_the_background_is_said_once(start):
    remora = start()
    for _ in range(2):
        news(remora, "failed", message="The index failed. :RemoraIndex tries again.")
    assert remora.messages() == "remora: The index failed. :RemoraIndex tries again."


def test_whoever_asks_meanwhile_is_told_that_the_answer_follows(start):
    remora = start()
    news(remora, "indexing", done=1, total=3000)
    remora.keys("12G").command("RemoraNode")
    remora.wait_for("return vim.fn.execute('messages'):find('being indexed; the answer follows')")


# --- unsaved text --------------------------------------------------------------------------------------

OVERLAYS = """return vim.tbl_map(function(call) return { call.params.path, call.params.text or false } end,
  vim.tbl_filter(function(call) return call.method == "overlay" end, sent))"""


def overlays(remora: Remora) -> list[tuple[str, Any]]:
    return [(path.rpartition("/")[2], text) for path, text in remora.lua(OVERLAYS)]


@pytest.fixture
def typing(start):
    """Neovim with a host that runs."""

    def run(**options: Any) -> Remora:
        remora = start(**options)
        remora.lua("require('remora.host').is_running = function() return true end")
        return remora

    return run


def test_what_is_typed_is_sent_a_moment_later_and_once(typing):
    remora = typing(text="x = 1\n")
    remora.keys("oy<Esc>").keys("oz<Esc>")
    assert overlays(remora) == []
    remora.wait_for("return #sent > 0")
    assert overlays(remora) == [("cart.py", "x = 1\ny\nz\n")]


def test_typing_does_not_start_python_and_a_question_sends_what_was_typed(start):
    remora = start(text="x = 1\n")
    remora.keys("oy<Esc>").command("write").keys("oz<Esc>")
    assert overlays(remora) == []
    remora.command("RemoraCallers f")
    assert overlays(remora) == [("cart.py", "x = 1\ny\nz\n")]


def test_a_question_takes_the_text_of_other_buffers_along(typing):
    remora = typing(text="x = 1\n")
    remora.keys("oy<Esc>").command("edit other.py").keys("ia<Esc>")
    remora.command("RemoraCallers f")
    assert sorted(overlays(remora)) == [("cart.py", "x = 1\ny\n"), ("other.py", "a\n")]
    remora.command("RemoraCallers f")
    assert len(overlays(remora)) == 2


@pytest.mark.parametrize("ending", ["write", "edit!", "bwipeout!", "undo"])
def test_text_that_is_written_or_dropped_is_dropped_by_the_server_too(typing, ending):
    remora = typing(text="x = 1\n")
    remora.keys("oy<Esc>").lua("require('remora.overlay').flush()")
    remora.command(ending)
    remora.lua("require('remora.overlay').flush()")
    assert overlays(remora) == [("cart.py", "x = 1\ny\n"), ("cart.py", False)]


def test_a_language_that_the_server_does_not_know_is_not_sent_again(typing):
    remora = typing(name="notes.txt", text="x\n")
    remora.keys("oy<Esc>").lua("require('remora.overlay').flush()")
    remora.reply("overlay", {"wanted": False})
    remora.keys("oz<Esc>").lua("require('remora.overlay').flush()")
    assert len(overlays(remora)) == 1


def test_a_text_that_a_rule_leaves_out_is_not_sent_again_before_it_is_written(typing):
    remora = typing(name="app_pb2.py", text="x\n")
    remora.keys("oy<Esc>").lua("require('remora.overlay').flush()")
    remora.reply("overlay", {"wanted": True, "left_out": "generated: *_pb2.py"})
    remora.keys("oz<Esc>").lua("require('remora.overlay').flush()")
    assert len(overlays(remora)) == 1
    remora.command("write").keys("oa<Esc>").lua("require('remora.overlay').flush()")
    assert overlays(remora)[-1] == ("app_pb2.py", "x\ny\nz\na\n")
    remora.command("edit other.py").keys("ib<Esc>").lua("require('remora.overlay').flush()")
    assert overlays(remora)[-1] == ("other.py", "b\n")


def test_after_a_lost_server_the_text_is_sent_anew(typing):
    remora = typing(text="x = 1\n")
    remora.keys("oy<Esc>").lua("require('remora.overlay').flush()")
    remora.lua("require('remora.host').on_state('lost', nil)")
    remora.lua("require('remora.overlay').flush()")
    assert overlays(remora) == [("cart.py", "x = 1\ny\n")] * 2
