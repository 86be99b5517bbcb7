"""The Python host as Lua sees it: found, started, missing, dying."""

import sys

import pytest

from lua.driver import ROOT


@pytest.fixture
def python(tmp_path):
    """A function that writes an executable to stand where Python is looked for."""

    def write(script, name="python"):
        file = tmp_path / name
        file.write_text(f"#!{sys.executable}\n{script}")
        file.chmod(0o755)
        return file

    return write


def with_python(start, file, **options):
    return start(transport=False, before=(f"let g:remora_python = '{file}'",), **options)


def ask(remora):
    remora.keys("12G").command("RemoraEdit round the sum")


def test_a_missing_interpreter_is_named_with_a_next_step(start):
    remora = with_python(start, "/nowhere/python")
    ask(remora)
    remora.wait_for("return vim.fn.execute('messages'):find('remora')")
    said = " ".join(remora.messages().split())
    assert said == "remora: cannot run Python at /nowhere/python; set vim.g.remora_python, or see :checkhealth remora."
    assert "remora  starting" not in remora.text()


def test_a_python_without_pynvim_is_told_so(start, python):
    remora = with_python(start, python("import sys\nsys.exit(\"ModuleNotFoundError: No module named 'pynvim'\")"))
    ask(remora)
    remora.wait_for("return vim.fn.execute('messages'):find('has no pynvim')")
    assert "The next request starts it again; :checkhealth remora tells more." in " ".join(remora.messages().split())


def test_a_python_that_is_too_old_is_told_so(start, python):
    boot = """import sys
sys.version_info = (3, 9, 1)
exec(sys.argv[2])
"""
    remora = with_python(start, python(boot))
    ask(remora)
    remora.wait_for("return vim.fn.execute('messages'):find('3.11 or newer')")
    assert "it is Python 3.9, and Remora needs 3.11 or newer" in " ".join(remora.messages().split())


def test_a_host_that_dies_makes_one_message_ends_all_requests_and_the_next_request_starts_it_again(start, python):
    remora = with_python(start, python("import os, sys\nsys.stdin.buffer.read(1)\nos._exit(3)\n"))
    remora.lua(
        "exits = {}; vim.api.nvim_create_autocmd('User', { pattern = 'RemoraHostExit',"
        " callback = function(args) exits[#exits + 1] = args.data end })"
    )
    # Both at once: the host must not be gone before the second request.
    remora.lua("vim.cmd('12'); vim.cmd.RemoraEdit('round the sum'); vim.cmd('22'); vim.cmd.RemoraEdit('another')")
    remora.wait_for("return #exits > 0")
    assert remora.messages().count("remora:") == 1
    assert remora.lua("return exits[1].code") == 3
    assert remora.lua("return #require('remora.requests').list()") == 0
    assert remora.lua("vim.cmd.RemoraEdit('again'); return require('remora.host').state") == "starting"


def test_without_set_up_one_question_offers_to_run_it(start):
    remora = start(transport=False)
    remora.lua(
        """require("remora.host").python = function() end
        asked = {}
        vim.ui.select = function(items, opts, choose) asked[#asked + 1] = opts.prompt; choice = choose end"""
    )
    ask(remora)
    remora.keys("22G").command("RemoraEdit another")
    assert remora.lua("return asked") == ["Remora has no Python environment yet. Set it up?"]
    remora.lua("choice(nil)")
    assert "run scripts/setup in" in remora.messages()
    assert remora.lua("return #require('remora.requests').list()") == 0


def test_the_interpreter_is_looked_for_in_the_documented_order(start):
    remora = start(transport=False)
    places = remora.lua("return require('remora.host').candidates()")
    assert places[0] == str(ROOT / ".venv/bin/python")
    assert places[1].endswith("/nvim/remora/venv/bin/python")
    remora.command("let g:remora_python = '~/my/python'")
    assert remora.lua("return require('remora.host').candidates()[1]").endswith("/home/my/python")


def test_the_first_call_returns_before_python_is_up(start, python):
    remora = with_python(start, python("import sys\nsys.stdin.buffer.read()\n"))
    ask(remora)
    assert remora.lua("return require('remora.host').state") == "starting"
    assert "remora  starting" in remora.text()


def test_a_lost_server_is_one_message_and_only_when_something_waited(start):
    remora = start()
    remora.lua("require('remora.host').on_state('lost', vim.NIL)")
    assert remora.messages() == ""
    ask(remora)
    remora.lua("require('remora.host').on_state('lost', vim.NIL)")
    assert remora.messages() == "remora: the server is gone. The next request starts a new one."
    assert remora.lua("return #require('remora.requests').list()") == 0
