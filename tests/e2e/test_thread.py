"""The thread, whole: ask, watch, review, approve, undo; two editors, the command line beside them, and deaths on the way."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

from e2e.conftest import APP, TOTAL, ask, closed, remora, reviewed, writing
from pytest_neovim import Editor

Start = Callable[..., Editor]
Script = Callable[..., str]
NEW = APP.replace("x = 1", "x = 2")


def lines(text: str) -> list[str]:
    return text.split("\n")[:-1]


def server_pid(home: Path) -> int:
    return int((home / "run" / "server.lock").read_text())


def test_approve_writes_the_file_and_one_undo_brings_the_exact_text_back(project: Path, neovim: Start, script: Script):
    nvim = neovim(project / "app.py", script(TOTAL))
    reviewed(ask(nvim, "def total"))
    assert (project / "app.py").read_text() == APP
    assert nvim.lines() == lines(APP)
    closed(nvim.keys(":RemoraApprove<CR>"))
    assert (project / "app.py").read_text() == NEW
    assert nvim.lines() == lines(NEW)
    nvim.keys("u")
    assert nvim.lines() == lines(APP)


def test_the_selection_is_made_with_a_text_object_without_any_neovim_parser(
    project: Path, neovim: Start, script: Script
):
    nvim = neovim(project / "app.py", script(TOTAL))
    nvim.keys("gg/x = 1<CR>").keys("vaf")
    nvim.wait_for("return vim.fn.line('v') ~= vim.fn.line('.')")
    nvim.keys(":RemoraEdit make it two<CR>")
    reviewed(nvim)
    assert "x = 2" in nvim.text()


def test_unsaved_text_stays_unsaved_and_the_disk_as_it_was(project: Path, neovim: Start, script: Script):
    nvim = neovim(project / "app.py", script(TOTAL))
    nvim.keys("Go# typed<Esc>")
    reviewed(ask(nvim, "def total"))
    closed(nvim.keys(":RemoraApprove<CR>"))
    assert nvim.lines() == [*lines(NEW), "# typed"]
    assert nvim.lua("return vim.bo.modified")
    assert (project / "app.py").read_text() == APP
    nvim.keys("u")
    assert nvim.lines() == [*lines(APP), "# typed"]


def test_text_typed_elsewhere_while_it_writes_is_kept_and_merged(project: Path, neovim: Start, script: Script):
    nvim = neovim(project / "app.py", script(TOTAL, tokens_per_second=40))
    writing(ask(nvim, "def total"))
    nvim.keys("ggO# typed above<Esc>")
    reviewed(nvim)
    closed(nvim.keys(":RemoraApprove<CR>"))
    assert nvim.lines() == ["# typed above", *lines(NEW)]
    nvim.keys("u")
    assert nvim.lines() == ["# typed above", *lines(APP)]


def test_text_typed_into_the_same_rows_is_kept_and_the_change_refused_by_name(
    project: Path, neovim: Start, script: Script
):
    nvim = neovim(project / "app.py", script(TOTAL, tokens_per_second=40))
    writing(ask(nvim, "def total"))
    nvim.keys("gg/x = 1<CR>A + 5<Esc>")
    nvim.wait_for("return vim.fn.execute('messages'):find('Cart.total', 1, true)")
    nvim.keys(":RemoraApprove<CR>")
    assert nvim.lines() == lines(APP.replace("x = 1", "x = 1 + 5"))


def test_a_dismissed_hunk_is_left_out(project: Path, neovim: Start, script: Script):
    answer = "```python\ndef total(self):\n        x = 2\n        y = 3\n        return x\n```"
    (project / "app.py").write_text(
        APP.replace("        return x\n", "        y = 1\n        z = 1\n        return x\n")
    )
    before = (project / "app.py").read_text()
    nvim = neovim(project / "app.py", script(answer.replace("        y = 3\n", "        y = 1\n        z = 3\n")))
    reviewed(ask(nvim, "def total"))
    nvim.keys("gg]h").keys("d")
    nvim.wait_for("local r = require('remora.review') return (r.counts(r.current())) == 1")
    closed(nvim.keys(":RemoraApprove<CR>"))
    assert (project / "app.py").read_text() == before.replace("z = 1", "z = 3")


def test_refining_asks_again_from_the_proposal(project: Path, neovim: Start, script: Script):
    second = {"text": TOTAL.replace("x = 2", "x = 3"), "match": "x = 2\n        return x"}
    nvim = neovim(project / "app.py", script(second, TOTAL))
    reviewed(ask(nvim, "def total"))
    nvim.lua("_G.first = require('remora.review').current().id")
    nvim.keys(":RemoraEdit! make it three<CR>")
    nvim.wait_for("local r = require('remora.review').current() return r and r.id ~= _G.first", 20_000)
    assert "x = 3" in nvim.text()
    closed(nvim.keys(":RemoraApprove<CR>"))
    assert (project / "app.py").read_text() == APP.replace("x = 1", "x = 3")


def test_a_proposal_that_adds_errors_says_so_and_is_written_only_with_force(
    project: Path, neovim: Start, script: Script
):
    nvim = neovim(project / "app.py", script(TOTAL.replace("x = 2", "x = nope")))
    reviewed(ask(nvim, "def total"))
    assert "adds 1 error" in nvim.text()
    nvim.keys(":RemoraApprove<CR>")
    nvim.wait_for("return vim.fn.execute('messages'):find('Undefined name `nope`', 1, true)", 20_000)
    assert (project / "app.py").read_text() == APP
    closed(nvim.keys(":RemoraApprove!<CR>"))
    assert (project / "app.py").read_text() == APP.replace("x = 1", "x = nope")


def test_stop_clears_the_screen_at_once_and_the_server_ends_the_request(project: Path, neovim: Start, script: Script):
    nvim = neovim(project / "app.py", script({"text": "x", "never_ends": True}, tokens_per_second=50))
    ask(nvim, "def total")
    nvim.wait_for("local r = require('remora.requests').list()[1] return r and r.view.phase == 'writing'", 20_000)
    nvim.keys(":RemoraStop<CR>")
    assert "remora  " not in nvim.text()
    nvim.lua("""local host = require('remora.host')
    local function look(_, status)
      if status and #status.requests == 0 then _G.ended = true else host.request('status', {}, look) end
    end
    look()""")
    nvim.wait_for("return _G.ended")
    assert nvim.lines() == lines(APP)


def test_a_server_that_dies_is_one_message_and_the_next_request_works(
    project: Path, home: Path, neovim: Start, script: Script
):
    nvim = neovim(project / "app.py", script({"text": "x", "never_ends": True}, TOTAL, tokens_per_second=50))
    ask(nvim, "def total")
    nvim.wait_for("local r = require('remora.requests').list()[1] return r and r.view.phase == 'writing'", 20_000)
    os.kill(server_pid(home), signal.SIGKILL)
    nvim.wait_for("return #require('remora.requests').list() == 0", 20_000)
    told = [line for line in nvim.messages().splitlines() if line.startswith("remora:")]
    assert len(told) == 1, told
    nvim.lua("vim.g.remora = { engine = ... }", script(TOTAL))
    reviewed(ask(nvim, "def total"))


def test_a_host_that_dies_is_one_message_and_the_next_request_works(project: Path, neovim: Start, script: Script):
    nvim = neovim(project / "app.py", script({"text": "x", "never_ends": True}, tokens_per_second=50))
    ask(nvim, "def total")
    nvim.wait_for("local r = require('remora.requests').list()[1] return r and r.view.phase == 'writing'", 20_000)
    pid = nvim.lua("""local host = vim.iter(vim.api.nvim_list_chans()):find(function(channel)
      return channel.argv and table.concat(channel.argv):find('remora_host')
    end)
    return vim.fn.jobpid(host.id)""")
    os.kill(pid, signal.SIGKILL)
    nvim.wait_for("return #require('remora.requests').list() == 0", 20_000)
    told = [line for line in nvim.messages().splitlines() if line.startswith("remora:")]
    assert len(told) == 1, told
    nvim.lua("vim.g.remora = { engine = ... }", script(TOTAL))
    reviewed(ask(nvim, "def total"))


def test_an_engine_that_dies_is_one_message_and_the_next_request_works(project: Path, neovim: Start, script: Script):
    nvim = neovim(project / "app.py", script({"text": TOTAL, "die": True}, loop=False))
    ask(nvim, "def total")
    nvim.wait_for("return vim.fn.execute('messages'):find('remora:', 1, true)", 20_000)
    nvim.lua("vim.g.remora = { engine = ... }", script(TOTAL))
    reviewed(ask(nvim, "def total"))


def test_proposals_survive_a_restart(project: Path, neovim: Start, script: Script):
    engine = script(TOTAL)
    first = neovim(project / "app.py", engine)
    reviewed(ask(first, "def total"))
    first.close()
    second = neovim(project / "app.py", engine)
    second.lua("vim.ui.select = function(items, _, choose) choose(items[1]) end")
    second.keys(":RemoraProposals<CR>")
    reviewed(second)
    closed(second.keys(":RemoraApprove<CR>"))
    assert (project / "app.py").read_text() == NEW


def test_the_command_line_writes_through_the_buffer_of_an_open_neovim(project: Path, neovim: Start, script: Script):
    engine = script(TOTAL)
    nvim = neovim(project / "app.py", engine)
    nvim.lua("require('remora').wire(); require('remora.host').request('status', {}, function() _G.up = true end)")
    nvim.wait_for("return _G.up", 20_000)
    nvim.keys("ggO# typed<Esc>")
    remora("edit", "app.py::Cart.total", "make it two", "--engine", engine, cwd=project)
    done = json.loads(remora("approve", "--json", cwd=project).stdout)
    assert done["files"] == [{"path": "app.py", "where": "buffer", "unsaved": True, "merged": True, "note": None}]
    assert nvim.sync().lines() == ["# typed", *lines(NEW)]
    assert (project / "app.py").read_text() == APP


def test_of_two_neovims_one_writes_and_the_other_reads_again(project: Path, neovim: Start, script: Script):
    engine = script(TOTAL)
    one, two = neovim(project / "app.py", engine), neovim(project / "app.py", engine)
    two.lua("require('remora').wire(); require('remora.host').request('status', {}, function() _G.up = true end)")
    two.wait_for("return _G.up", 20_000)
    reviewed(ask(one, "def total"))
    one.keys(":RemoraApprove<CR>")
    two.wait_for("return vim.fn.search('x = 2', 'nw') > 0", 20_000)
    closed(one)
    assert two.lines() == lines(NEW)


def test_an_approve_is_refused_when_the_other_neovim_holds_unsaved_text(project: Path, neovim: Start, script: Script):
    engine = script(TOTAL)
    one, two = neovim(project / "app.py", engine), neovim(project / "app.py", engine)
    two.lua("require('remora').wire(); require('remora.host').request('status', {}, function() _G.up = true end)")
    two.wait_for("return _G.up", 20_000)
    two.keys("Go# mine<Esc>")
    reviewed(ask(one, "def total"))
    one.keys(":RemoraApprove<CR>")
    one.wait_for("return vim.fn.execute('messages'):find('unsaved changes in Neovim', 1, true)", 20_000)
    assert (project / "app.py").read_text() == APP
    assert two.lines() == [*lines(APP), "# mine"]


def test_a_file_changed_on_disk_under_an_open_buffer_is_read_again_and_merged(
    project: Path, neovim: Start, script: Script
):
    nvim = neovim(project / "app.py", script(TOTAL))
    reviewed(ask(nvim, "def total"))
    (project / "app.py").write_text(APP + "# from elsewhere\n")
    closed(nvim.keys(":RemoraApprove<CR>"))
    assert (project / "app.py").read_text() == NEW + "# from elsewhere\n"
    assert nvim.lines() == [*lines(NEW), "# from elsewhere"]


def test_a_file_changed_on_disk_in_the_same_rows_is_refused_by_name(project: Path, neovim: Start, script: Script):
    nvim = neovim(project / "app.py", script(TOTAL))
    reviewed(ask(nvim, "def total"))
    (project / "app.py").write_text(APP.replace("x = 1", "x = 7"))
    nvim.keys(":RemoraApprove<CR>")
    nvim.wait_for("return vim.fn.execute('messages'):find('Cart.total', 1, true)", 20_000)
    assert (project / "app.py").read_text() == APP.replace("x = 1", "x = 7")


def test_without_a_model_it_asks_once_and_no_is_no(project: Path, tmp_path: Path, monkeypatch, neovim: Start):
    monkeypatch.setenv("REMORA_MODELS", str(tmp_path / "models"))
    nvim = neovim(project / "app.py", "llama")
    nvim.lua("vim.ui.select = function(items, o, choose) _G.asked = (_G.asked or '') .. o.prompt; choose(nil) end")
    ask(nvim, "def total")
    prompt = nvim.wait_for("return _G.asked", 20_000)
    assert prompt.count("Remora needs the model qwen2.5-coder-1.5b-instruct") == 1
    for part in ("1.1 GB", "hub: Qwen/", "then package registry: ", "Apache-2.0", "free"):
        assert part in prompt
    assert not (tmp_path / "models").exists()


def test_status_log_and_health_say_what_runs(project: Path, neovim: Start, script: Script):
    nvim = neovim(project / "app.py", script(TOTAL))
    reviewed(ask(nvim, "def total"))
    nvim.keys(":Remora status<CR>")
    nvim.wait_for_text("engine     scripted scripted: 0 running, 0 waiting")
    assert f"workspace  {project}"[:60] in nvim.text().replace("~", os.environ["HOME"])
    nvim.keys("q")
    nvim.command("checkhealth remora")
    health = "\n".join(nvim.lines())
    assert "engine     scripted scripted" in health
    assert "ERROR" not in health
    nvim.command("Remora log")
    assert "serving, pid" in "\n".join(nvim.lines())
