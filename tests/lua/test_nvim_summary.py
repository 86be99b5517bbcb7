"""Lines beside the text: :RemoraSummarize, what it draws, how it follows edits, what it says when it cannot."""

from __future__ import annotations

from typing import Any

import pytest

from lua.driver import CART, Remora
from lua.said import cart, line

STATUS = "return require('remora.statusline').get()"
MODEL = {"summary": "Sums the prices", "provenance": "llm_assisted", "confidence": 0.9}


@pytest.fixture
def summarized(start):
    """Neovim on the sample, its lines shown as rules make them."""

    def run(answer: dict[str, Any] | None = None, **options: Any) -> Remora:
        remora = start(**options)
        remora.command("RemoraSummarize")
        remora.reply("lines", answer or cart())
        return remora

    return run


def drawn(remora: Remora) -> list[str]:
    """Texts of the lines that are drawn, from above."""
    return remora.lua(
        """local found = {}
        local ns = vim.api.nvim_get_namespaces()["remora.summary"]
        for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, ns, 0, -1, { details = true })) do
          local chunks = mark[4].virt_text or (mark[4].virt_lines or { {} })[1]
          local text = table.concat(vim.tbl_map(function(chunk) return chunk[1] end, chunks))
          found[#found + 1] = (mark[2] + 1) .. ":" .. vim.trim(text)
        end
        return found"""
    )


def groups(remora: Remora) -> dict[str, str]:
    """The groups of what is drawn, by text."""
    return remora.lua(
        """local found = {}
        local ns = vim.api.nvim_get_namespaces()["remora.summary"]
        for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, ns, 0, -1, { details = true })) do
          for _, chunk in ipairs(mark[4].virt_text or mark[4].virt_lines[1]) do
            if vim.trim(chunk[1]) ~= "" then found[chunk[1]] = chunk[2] end
          end
        end
        return found"""
    )


ALL = ["6:· Holds prices", "7:· Sets prices", "10:? Total", "17:· Clears prices", "21:· Makes a cart; returns Cart"]


# --- what is shown --------------------------------------------------------------------------------------


def test_each_node_shows_its_line_above_its_header(summarized, snapshot):
    remora = summarized(rows=30)
    snapshot(remora.text())
    assert remora.lines() == CART.split("\n")[:-1]
    assert remora.lua("return { vim.bo.modified, vim.fn.undotree().seq_last }") == [False, 0]
    assert remora.messages() == ""


def test_at_the_end_of_headers_lines_are_cut_to_the_window(summarized, snapshot):
    long = {"summary": "Sums the prices of everything that was put into this cart; returns their sum"}
    remora = summarized(cart(total=long | {"confidence": 0.8}), settings={"summary": {"place": "eol"}})
    remora.keys("6Gzt")
    snapshot(remora.text())


def test_a_line_of_the_model_takes_the_place_of_one_that_is_not_sure(summarized):
    remora = summarized()
    assert drawn(remora) == ALL
    assert remora.sent("summarize")[-1]["params"] == {"path": str(remora.file)}
    remora.reply("summarize", {"request": "s1"})
    assert remora.lua(STATUS) == "remora: summarizing"
    remora.event("s1", 1, "phase", phase="summarizing", done=1, total=6, rows=1)
    assert remora.lua(STATUS) == "remora: summarizing 1/6"
    remora.wait_for("return #vim.tbl_filter(function(call) return call.method == 'lines' end, sent) == 2")
    remora.reply("lines", cart(total=MODEL))
    assert drawn(remora)[2] == "10:* Sums the prices"
    remora.event("s1", 2, "done")
    remora.reply("lines", cart(total=MODEL))
    assert remora.lua(STATUS) == ""
    assert len(remora.sent("summarize")) == 1
    assert remora.messages() == ""


def test_lines_that_come_fast_are_read_a_few_times_a_second(summarized):
    remora = summarized()
    remora.lua("local now = vim.uv.now(); vim.uv.now = function() return now end")
    remora.reply("summarize", {"request": "s1"})
    for rows in range(1, 30):
        remora.event("s1", rows, "phase", phase="summarizing", done=rows, total=40, rows=rows)
    remora.wait_for("return #vim.tbl_filter(function(call) return call.method == 'lines' end, sent) == 2")
    assert len(remora.sent("lines")) == 2


def test_when_the_rules_are_sure_of_all_no_model_is_asked(summarized):
    remora = summarized(cart(total={"confidence": 0.9}))
    assert remora.sent("summarize") == []


def test_with_rules_only_no_model_is_asked(summarized):
    remora = summarized(settings={"summary": {"mode": "rule"}})
    assert remora.sent("summarize") == []


def test_with_the_model_only_it_is_asked_although_the_rules_are_sure(summarized):
    remora = summarized(cart(total={"confidence": 0.9}), settings={"summary": {"mode": "llm"}})
    assert remora.sent("summarize")[-1]["params"]["mode"] == "llm"


def test_the_threshold_is_the_users_or_the_servers(start):
    for settings, sign in (({}, "?"), ({"summary": {"threshold": 0.3}}, "·")):
        remora = start(settings=settings)
        remora.command("RemoraSummarize")
        remora.reply("lines", {**cart(total={"confidence": 0.5}), "threshold": 0.6})
        assert drawn(remora)[2] == f"10:{sign} Total"


def test_options_travel_with_the_request(summarized):
    remora = summarized(
        settings={"model": "small", "summary": {"mode": "llm", "threshold": 0.95, "max_llm": 9, "signs": {"rule": "="}}}
    )
    sent = {"mode": "llm", "threshold": 0.95, "max_llm": 9, "model": "small", "path": str(remora.file)}
    assert remora.sent("summarize")[-1]["params"] == sent


def test_a_sign_can_be_left_out(summarized):
    remora = summarized(settings={"summary": {"signs": {"rule": "", "unsure": "!"}}})
    assert drawn(remora)[1:3] == ["7:Sets prices", "10:! Total"]


def test_the_signs_have_groups_of_their_own(summarized):
    remora = summarized({"lines": [*cart(clear=MODEL)["lines"][2:5]]})
    assert groups(remora) == {
        "· ": "RemoraLineRule",
        "? ": "RemoraLineUnsure",
        "* ": "RemoraLineModel",
        "Sets prices": "RemoraLine",
        "Total": "RemoraLine",
        "Sums the prices": "RemoraLine",
    }
    assert remora.editor.screen.groups_of("Sets prices") == ["Comment"]


def test_wide_and_combining_characters_are_cut_at_a_whole_one(summarized):
    names = {"summary": "買い物かごの中の全部の値段を足して合計を返す関数です" * 3, "confidence": 0.8}
    remora = summarized(cart(total=names, clear={"summary": "é" * 100}), cols=50)
    rows = remora.text().split("\n")
    assert next(row for row in rows if "買" in row).endswith("…")
    cut = next(text for text in drawn(remora) if "買" in text)
    assert remora.lua("return vim.fn.strdisplaywidth(...)", cut.partition(":")[2]) in (45, 46)


def test_lines_are_cut_anew_when_the_window_becomes_narrower(summarized):
    remora = summarized(cart(clear={"summary": "Takes all prices out of the cart, so that it is empty again"}))
    assert drawn(remora)[3].endswith("empty again")
    remora.command("vsplit | enew | wincmd p | vertical resize 30")
    assert drawn(remora)[3] == "17:· Takes all prices out of…"


def test_two_windows_of_one_buffer_show_the_same(summarized):
    remora = summarized(rows=40)
    remora.command("split")
    assert remora.text().count("· Sets prices") == 2
    remora.keys("17Gdd")
    assert remora.text().count("~ Sets prices") == 0


def test_a_closed_fold_hides_lines_and_an_open_one_shows_them(summarized):
    remora = summarized()
    remora.command("6,18fold")
    assert "Sets prices" not in remora.text()
    remora.keys("zR")
    assert "Sets prices" in remora.text()


@pytest.mark.parametrize("typing", ["", "A"])
def test_the_row_of_the_cursor_stays_where_it_is_on_the_screen(summarized, typing):
    remora = summarized(text="\n" * 50 + CART, answer={"lines": []})
    remora.command("RemoraSummarize off")
    remora.keys("66Gzz")
    before = remora.lua("return vim.fn.winline()")
    shifted = cart()
    for each in shifted["lines"]:
        for field in ("row", "header_row", "header_end_row", "end_row"):
            each[field] += 50
    remora.command("RemoraSummarize")
    remora.keys(typing)
    remora.reply("lines", shifted)
    assert "Total" in remora.text()
    assert remora.lua("return vim.fn.winline()") == before
    remora.command("RemoraSummarize")
    assert remora.lua("return vim.fn.winline()") == before


def test_a_node_that_is_deleted_takes_its_line_along(summarized):
    remora = summarized()
    remora.command("16,18delete")
    assert drawn(remora) == [*ALL[:3], "18:· Makes a cart; returns Cart"]


# --- on, off, anew, a part ---------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["RemoraSummarize", "RemoraSummarize off", "Remora summarize off"])
def test_again_or_off_hides_the_lines_and_stops_the_request(summarized, command):
    remora = summarized()
    remora.reply("summarize", {"request": "s1"})
    remora.command(command)
    assert drawn(remora) == []
    assert remora.sent("stop")[-1]["params"] == {"request": "s1"}
    assert remora.lua(STATUS) == ""
    assert remora.lua("return #vim.api.nvim_get_autocmds({ group = 'remora.lines' })") == 0


def test_with_a_bang_they_are_made_again(summarized):
    remora = summarized(cart(total=MODEL))
    remora.command("RemoraSummarize!")
    assert remora.sent("summarize")[-1]["params"] == {"path": str(remora.file), "overwrite": True}
    assert len(drawn(remora)) == 5


def test_with_a_bang_a_buffer_without_lines_shows_them_first(start):
    remora = start()
    remora.command("RemoraSummarize!")
    remora.reply("lines", cart())
    assert drawn(remora) == ALL
    assert remora.sent("summarize")[-1]["params"]["overwrite"] is True


def test_a_range_summarises_the_nodes_that_stand_in_it(start):
    remora = start()
    remora.command("16,22RemoraSummarize")
    remora.reply("lines", cart())
    assert drawn(remora) == [ALL[3], ALL[4]]
    keys = ["cart.py-cart-Cart.clear", "cart.py-cart-empty"]
    assert remora.sent("summarize")[-1]["params"] == {"path": str(remora.file), "keys": keys}
    remora.command("12RemoraSummarize")
    assert drawn(remora) == [ALL[2], ALL[3], ALL[4]]
    remora.command("RemoraSummarize")
    remora.reply("lines", cart())
    assert drawn(remora) == ALL


def test_a_range_where_nothing_stands_is_said(start):
    remora = start()
    remora.command("3RemoraSummarize")
    remora.reply("lines", cart())
    assert drawn(remora) == []
    assert "no function, class or type stands there" in " ".join(remora.messages().split())


def test_a_node_of_this_buffer_is_shown_here(start):
    remora = start()
    remora.command("RemoraSummarize Cart.total")
    place = {"root": str(remora.file.parent), "path": "cart.py", "row": 10, "key": "cart.py-cart-Cart.total"}
    remora.reply("node", place)
    remora.reply("lines", cart())
    assert drawn(remora) == [ALL[2]]
    assert remora.sent("summarize")[-1]["params"]["keys"] == ["cart.py-cart-Cart.total"]


def test_a_node_of_another_file_is_shown_with_its_line_when_it_is_made(start):
    remora = start()
    remora.command("RemoraSummarize shop.py::sale")
    assert remora.sent("node")[-1]["params"]["key"] == "shop.py::sale"
    remora.reply("node", {"root": "/w", "path": "shop.py", "row": 3, "key": "shop.py-shop-sale"})
    assert remora.sent("summarize")[-1]["params"] == {"path": "/w/shop.py", "keys": ["shop.py-shop-sale"]}
    remora.reply("summarize", {"request": "s1"})
    remora.event("s1", 1, "done")
    assert remora.sent("node")[-1]["params"]["key"] == "shop.py-shop-sale"


def test_of_several_nodes_of_a_name_one_is_chosen(start):
    remora = start()
    remora.lua("vim.ui.select = function(items, _, choose) choose(items[2]) end")
    remora.command("RemoraSummarize total")
    candidates = ["a.py-a-total", "b.py-b-total"]
    remora.reply("node", err={"code": "ambiguous", "message": "Several.", "data": {"candidates": candidates}})
    assert remora.sent("node")[-1]["params"]["key"] == "b.py-b-total"


def test_what_lies_outside_the_workspace_has_no_line(start):
    remora = start()
    remora.command("RemoraSummarize builtin:sum")
    remora.reply("node", {"root": "/w", "path": "", "row": 0, "key": "builtin:sum"})
    assert "builtin:sum is outside the workspace" in " ".join(remora.messages().split())
    assert remora.sent("summarize") == []


def test_a_request_can_be_stopped(summarized):
    remora = summarized()
    remora.reply("summarize", {"request": "s1"})
    remora.command("RemoraStop")
    assert remora.sent("stop")[-1]["params"] == {"request": "s1"}
    assert remora.lua(STATUS) == ""
    assert drawn(remora) == ALL


def test_what_is_stopped_before_the_server_answered_is_stopped_when_it_does(summarized):
    remora = summarized()
    remora.command("RemoraStop!")
    remora.reply("summarize", {"request": "s1"})
    assert remora.sent("stop")[-1]["params"] == {"request": "s1"}


def test_events_that_come_before_the_reply_are_not_lost(summarized):
    remora = summarized()
    remora.event("s1", 1, "done")
    remora.reply("summarize", {"request": "s1"})
    assert remora.lua(STATUS) == ""


# --- edits -------------------------------------------------------------------------------------------------


def test_lines_move_with_the_text(summarized):
    remora = summarized()
    remora.keys("ggO# above<CR># more<Esc>")
    assert [each.partition(":")[0] for each in drawn(remora)] == ["8", "9", "12", "19", "23"]


def test_a_changed_body_is_marked_at_once_and_asked_about_after_a_pause(summarized):
    remora = summarized(settings={"summary": {"pause_ms": 20}})
    remora.reply("summarize", {"request": "s1"})
    remora.event("s1", 1, "done")
    remora.reply("lines", cart())
    remora.keys("18Gaappend()<Esc>")
    assert drawn(remora) == [*ALL[:3], "17:~ Clears prices", ALL[4]]
    assert groups(remora)["Clears prices"] == "RemoraLineStale"
    remora.wait_for("return #vim.tbl_filter(function(call) return call.method == 'lines' end, sent) == 3")
    params = remora.sent("lines")[-1]["params"]
    assert "append()" in params["text"]
    remora.reply("lines", cart(clear={"summary": "Clears", "confidence": 0.3}))
    assert drawn(remora)[3] == "17:? Clears"
    assert len(remora.sent("summarize")) == 2


def test_no_model_is_asked_before_insert_mode_ends(summarized):
    remora = summarized(cart(total={"confidence": 0.9}), settings={"summary": {"pause_ms": 10}})
    remora.keys("18Gaappend()")
    remora.wait_for("return #vim.tbl_filter(function(call) return call.method == 'lines' end, sent) == 2")
    remora.reply("lines", cart(clear={"summary": "Clears", "confidence": 0.3}))
    assert drawn(remora)[3] == "17:? Clears"
    assert remora.sent("summarize") == []
    remora.keys("<Esc>")
    remora.reply("lines", cart(clear={"summary": "Clears", "confidence": 0.3}))
    assert len(remora.sent("summarize")) == 1


def test_only_the_innermost_node_is_marked(summarized):
    remora = summarized()
    remora.keys("13Gx")
    assert [text[-7:] for text in drawn(remora) if "~" in text] == ["~ Total"]
    remora.command("7,22delete")
    assert remora.lines() == CART.split("\n")[:6]
    remora.keys("u")
    assert remora.lines()[0] == CART.split("\n")[0]


def test_an_answer_about_an_older_text_is_not_drawn(start):
    remora = start(settings={"summary": {"pause_ms": 20}})
    remora.command("RemoraSummarize")
    remora.keys("ggO# typed<Esc>")
    remora.reply("lines", cart())
    assert drawn(remora) == []
    remora.wait_for("return #vim.tbl_filter(function(call) return call.method == 'lines' end, sent) == 2")


def test_undo_takes_back_the_text_alone(summarized):
    remora = summarized()
    remora.keys("18Gdd").keys("u")
    assert remora.lines() == CART.split("\n")[:-1]
    assert remora.lua("return vim.fn.undotree().seq_last") == 1
    assert len(drawn(remora)) == 5


def test_what_was_typed_while_lines_were_made_is_summarised_afterwards(summarized):
    remora = summarized(settings={"summary": {"pause_ms": 20}})
    remora.reply("summarize", {"request": "s1"})
    remora.keys("18Gaappend()<Esc>")
    remora.wait_for("return #vim.tbl_filter(function(call) return call.method == 'lines' end, sent) == 2")
    remora.reply("lines", cart(clear={"confidence": 0.1}))
    assert len(remora.sent("summarize")) == 1
    remora.event("s1", 9, "done")
    remora.reply("lines", cart(total=MODEL, clear={"confidence": 0.1}))
    assert len(remora.sent("summarize")) == 2


def test_a_buffer_that_is_read_again_is_asked_about_again(summarized):
    remora = summarized()
    remora.file.write_text("# first\n" + CART)
    remora.command("edit!")
    assert len(remora.sent("lines")) == 2
    remora.reply("lines", cart())
    assert drawn(remora) == ALL
    remora.keys("18Gx")
    assert [text for text in drawn(remora) if "~" in text] == ["17:~ Clears prices"]


def test_a_buffer_that_is_wiped_ends_its_request(summarized):
    remora = summarized()
    remora.reply("summarize", {"request": "s1"})
    remora.command("enew | bwipeout! #")
    assert remora.sent("stop")[-1]["params"] == {"request": "s1"}
    remora.event("s1", 1, "phase", phase="summarizing", done=1, total=6, rows=1)
    remora.event("s1", 2, "cancelled")
    assert remora.messages() == ""


# --- what cannot be ----------------------------------------------------------------------------------------


def test_an_engine_that_fails_is_said_once_and_the_rules_lines_stay(summarized):
    remora = summarized(settings={"summary": {"pause_ms": 10}})
    remora.reply("summarize", {"request": "s1"})
    remora.event("s1", 1, "failed", code="engine", message="The engine is down. Start it.", data={})
    remora.reply("lines", cart())
    assert remora.messages() == "remora: The engine is down. Start it."
    assert drawn(remora) == ALL
    remora.keys("18Gx")
    remora.wait_for("return #vim.tbl_filter(function(call) return call.method == 'lines' end, sent) == 3")
    remora.reply("lines", cart())
    assert len(remora.sent("summarize")) == 1
    assert remora.lua(STATUS) == ""


def test_a_request_that_ends_without_an_engine_says_so(summarized):
    remora = summarized()
    remora.reply("summarize", {"request": "s1"})
    remora.event("s1", 1, "done", report={"engine_error": "the engine is down. Start it.", "budget_spent": False})
    said = "remora: lines are by rules only: the engine is down. Start it."
    assert " ".join(remora.messages().split()) == said
    assert drawn(remora) == ALL


def test_a_budget_that_is_spent_is_said_with_what_goes_on(summarized):
    remora = summarized()
    remora.reply("summarize", {"request": "s1"})
    remora.event("s1", 1, "done", report={"budget_spent": True, "llm": {"used": 200, "of": 200}})
    assert "the model was asked 200 times" in " ".join(remora.messages().split())
    remora.command("RemoraSummarize off | RemoraSummarize")
    remora.reply("lines", cart())
    assert len(remora.sent("summarize")) == 2


def test_a_buffer_without_a_name_is_told_what_to_do(start):
    remora = start()
    remora.command("enew | RemoraSummarize")
    assert "save it with :write NAME" in " ".join(remora.messages().split())
    assert remora.sent("lines") == []


def test_a_huge_buffer_is_told_of(start):
    remora = start(text="x = 1\n" * 400_000)
    remora.command("RemoraSummarize")
    assert "this buffer has 2.4 MB, and lines are made for up to 2 MB" in " ".join(remora.messages().split())
    assert remora.sent("lines") == []


def test_why_a_file_has_no_lines_is_said_and_nothing_stays(start):
    remora = start(name="notes.txt", text="words\n")
    remora.command("RemoraSummarize")
    remora.reply("lines", {"lines": [], "unread": "notes.txt: no language for .txt; open a source file."})
    assert remora.messages() == "remora: notes.txt: no language for .txt; open a source file."
    remora.command("RemoraSummarize")
    assert len(remora.sent("lines")) == 2


def test_a_file_without_nodes_is_told_of_and_followed(start):
    remora = start(text="", settings={"summary": {"pause_ms": 10}})
    remora.command("RemoraSummarize")
    remora.reply("lines", {"lines": [line("", "module", (0, 0, 0), 0, "")]})
    assert remora.messages() == "remora: no function, class or type stands in this buffer yet."
    remora.keys("idef f(): pass<Esc>")
    remora.wait_for("return #vim.tbl_filter(function(call) return call.method == 'lines' end, sent) == 2")
    remora.reply("lines", {"lines": [line("f", "function", (0, 0, 1), 1, "F", confidence=0.8)]})
    assert drawn(remora) == ["1:· F"]


def test_rows_beyond_the_text_do_no_harm(summarized):
    remora = summarized({"lines": [line("far", "function", (400, 500, 600), 1, "Lies\nfar\tout\x1b[0m")]})
    assert drawn(remora) == ["22:· Lies far out [0m"]


def test_a_lost_server_leaves_the_lines_and_one_message(summarized):
    remora = summarized()
    remora.reply("summarize", {"request": "s1"})
    remora.lua("require('remora.host').on_state('lost', nil)")
    assert remora.lua(STATUS) == ""
    assert drawn(remora) == ALL
