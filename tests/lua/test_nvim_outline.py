"""The outline at the side: :RemoraOutline, what it shows, where its keys lead, how it follows and goes away."""

from __future__ import annotations

from typing import Any

import pytest

from lua.driver import CART, Remora
from lua.said import cart, line

ROWS = [
    "cart  · Keeps carts and makes empty ones",
    "  class Cart  · Holds prices",
    "    __init__()  · Sets prices",
    "    total  ? Total",
    "    clear()  · Clears prices",
    "  empty()  · Makes a cart; returns Cart",
]


@pytest.fixture
def outlined(start):
    """Neovim on the sample with its outline beside it."""

    def run(answer: dict[str, Any] | None = None, **options: Any) -> Remora:
        remora = start(**({"cols": 90} | options))
        remora.command("RemoraOutline")
        remora.reply("lines", answer or cart())
        return remora

    return run


PANEL = """local win = vim.iter(vim.api.nvim_list_wins()):find(function(each)
  return vim.bo[vim.api.nvim_win_get_buf(each)].filetype == "remora-outline"
end) """


def panel(remora: Remora) -> list[str] | None:
    """The outline's text; None when there is no outline."""
    return remora.lua(
        PANEL + "return win and vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(win), 0, -1, false) or nil"
    )


def row(remora: Remora) -> int:
    """The row of the outline's cursor."""
    return remora.lua(PANEL + "return vim.api.nvim_win_get_cursor(win)[1]")


def enter(remora: Remora) -> Remora:
    remora.lua(PANEL + "vim.api.nvim_set_current_win(win)")
    return remora


def test_the_nodes_and_their_lines_stand_at_the_side(outlined, snapshot):
    long = {"summary": "Sums the prices of everything in this cart; returns their sum", "confidence": 0.8}
    remora = outlined(cart(total=long))
    snapshot(remora.text())
    assert remora.lua("return vim.bo.filetype ~= 'remora-outline'")
    assert remora.lines() == CART.split("\n")[:-1]
    assert remora.messages() == ""
    assert remora.sent("summarize") == []


def test_each_kind_is_told_from_the_others(outlined):
    kinds = ["class", "function", "method", "constructor", "property", "trait", "enum", "macro", "test", "type"]
    answer = {"lines": [line(f"n{i}", kind, (i, i, i + 1), 1, "") for i, kind in enumerate(kinds)]}
    shown = panel(outlined(answer))
    assert shown == [
        *("class n0", "n1()", "n2()", "n3()", "n4"),
        *("trait n5", "enum n6", "n7()", "n8()", "type n9"),
    ]


def test_enter_goes_to_the_node_and_back_leads_ctrl_o(outlined):
    remora = enter(outlined())
    remora.keys("/clear<CR><CR>")
    assert remora.lua("return { vim.fn.expand('%:t'), vim.fn.line('.'), vim.fn.col('.') }") == ["cart.py", 17, 9]
    remora.keys("<C-o>")
    assert remora.lua("return vim.fn.line('.')") == 1


def test_enter_goes_where_the_node_is_now(outlined):
    remora = outlined()
    remora.keys("ggO# above<CR># more<Esc>")
    enter(remora).keys("G<CR>")
    assert remora.lua("return vim.fn.getline('.')") == "def empty():"


def test_enter_uses_the_window_that_shows_the_buffer(outlined):
    remora = outlined()
    remora.command("help")
    enter(remora).keys("G<CR>")
    assert remora.lua("return { vim.fn.expand('%:t'), #vim.api.nvim_tabpage_list_wins(0) }") == ["cart.py", 3]


def test_enter_makes_a_window_when_none_is_left(outlined):
    remora = outlined()
    remora.lua("vim.api.nvim_win_close(0, true)")
    enter(remora).keys("G<CR>")
    assert remora.lua("return { vim.fn.expand('%:t'), vim.fn.line('.') }") == ["cart.py", 21]
    assert panel(remora) == ROWS


def test_the_outline_points_at_the_node_under_the_cursor(outlined):
    remora = outlined()
    assert row(remora) == 1
    remora.keys("13G")
    assert row(remora) == 4
    remora.keys("6G")
    assert row(remora) == 2
    remora.keys("4G")
    assert row(remora) == 1


def test_it_follows_from_buffer_to_buffer(outlined):
    remora = outlined()
    (remora.file.parent / "shop.py").write_text("def sale():\n    pass\n")
    remora.command("edit shop.py")
    assert panel(remora) == ["reading shop.py …"]
    remora.reply("lines", {"lines": [line("sale", "function", (0, 0, 2), 1, "Sells")]})
    assert panel(remora) == ["sale()  · Sells"]
    remora.command("edit cart.py")
    remora.reply("lines", cart())
    assert panel(remora) == ROWS
    remora.command("help")
    assert panel(remora) == ROWS


def test_it_follows_edits(outlined):
    remora = outlined(settings={"summary": {"pause_ms": 20}})
    remora.keys("18Gx")
    assert panel(remora)[4] == "    clear()  ~ Clears prices"
    remora.wait_for("return #vim.tbl_filter(function(call) return call.method == 'lines' end, sent) == 2")
    remora.reply("lines", cart(clear={"name": "clean", "summary": "Cleans"}))
    assert panel(remora)[4] == "    clean()  · Cleans"


def test_it_and_the_lines_in_the_text_share_what_is_known(outlined):
    remora = outlined()
    remora.command("RemoraSummarize")
    assert len(remora.sent("lines")) == 1
    assert "· Sets prices\n" in remora.text().replace("│", "\n")
    remora.reply("summarize", {"request": "s1"})
    remora.event("s1", 1, "done")
    remora.reply("lines", cart(total={"summary": "Sums", "provenance": "llm_assisted"}))
    assert panel(remora)[3] == "    total  * Sums"
    remora.command("RemoraSummarize off")
    remora.keys("18Gx")
    assert panel(remora)[4] == "    clear()  ~ Clears prices"


def test_r_asks_again(outlined):
    remora = enter(outlined())
    remora.keys("R")
    assert len(remora.sent("lines")) == 2


def test_the_cursor_of_the_outline_stays_on_its_node_when_it_changes(outlined):
    remora = enter(outlined())
    remora.keys("GR")
    answer = cart()
    answer["lines"].insert(5, line("late", "function", (18, 18, 19), 1, "Late"))
    remora.reply("lines", answer)
    assert row(remora) == 7


@pytest.mark.parametrize("leave", ["q", ":RemoraOutline<CR>", ":q<CR>"])
def test_it_closes_and_nothing_stays(outlined, leave):
    remora = enter(outlined())
    remora.keys(leave)
    assert panel(remora) is None
    assert remora.lua("return #vim.api.nvim_get_autocmds({ group = 'remora.outline' })") == 0
    assert remora.lua("return #vim.api.nvim_get_autocmds({ group = 'remora.lines' })") == 0
    remora.command("RemoraOutline")
    remora.reply("lines", cart())
    assert panel(remora) == ROWS


def test_the_command_in_the_text_closes_it_too(outlined):
    remora = outlined()
    remora.command("RemoraOutline")
    assert panel(remora) is None


def test_its_keys_are_only_in_its_window(outlined):
    remora = outlined()
    assert (
        remora.lua("return { vim.fn.maparg('<CR>', 'n'), vim.fn.maparg('q', 'n'), vim.fn.maparg('R', 'n') }")
        == [""] * 3
    )


def test_no_other_buffer_gets_into_its_window_and_its_text_cannot_be_changed(outlined):
    remora = enter(outlined())
    remora.command("silent! edit other.py")
    remora.command("silent! normal dd")
    assert panel(remora) == ROWS


def test_quitting_the_last_window_beside_it_leaves_neovim(outlined):
    remora = outlined()
    remora.command("split | quit")
    assert panel(remora) == ROWS
    remora.command("tabnew | tabprevious | quit")
    assert remora.lua("return { #vim.api.nvim_list_tabpages(), #vim.api.nvim_list_wins() }") == [1, 1]


def test_each_tab_page_has_its_own(outlined):
    remora = outlined()
    remora.command("tab split | RemoraOutline")
    assert remora.lua("return #vim.api.nvim_list_wins()") == 4
    remora.command("RemoraOutline")
    remora.command("tabclose")
    assert panel(remora) == ROWS


def test_side_and_width_are_options(outlined):
    remora = outlined(settings={"outline": {"side": "left", "width": 30}})
    assert remora.lua(PANEL + "return { vim.api.nvim_win_get_position(win)[2], vim.api.nvim_win_get_width(win) }") == [
        0,
        30,
    ]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("enew", "this buffer has no file name yet"),
        ("help", "this is a help buffer, not a file"),
    ],
)
def test_a_buffer_without_nodes_says_why_inside_the_outline(start, command, words):
    remora = start()
    remora.command(f"{command} | RemoraOutline")
    assert words in panel(remora)[0]
    assert remora.messages() == ""
    enter(remora).keys("<CR>")
    assert remora.lua("return vim.bo.filetype") == "remora-outline"


def test_a_file_of_no_known_language_says_so_inside_the_outline(start):
    remora = start(name="notes.txt", text="words\n")
    remora.command("RemoraOutline")
    remora.reply("lines", {"lines": [], "unread": "no language for .txt; open a source file."})
    assert panel(remora) == ["notes.txt: no language for .txt; open a source file."]
    remora.command("edit empty.py")
    remora.reply("lines", {"lines": []})
    assert panel(remora) == ["empty.py: nothing to outline."]


def test_a_server_that_cannot_answer_says_why_inside_the_outline(start):
    remora = start()
    remora.command("RemoraOutline")
    remora.reply("lines", err={"code": "locked", "message": "Another process has it. End it."})
    assert panel(remora) == ["cart.py: Another process has it. End it."]


def test_a_buffer_that_is_wiped_leaves_an_outline_of_the_next_one(outlined):
    remora = outlined()
    remora.command("edit shop.py | bwipeout! cart.py")
    remora.reply("lines", {"lines": [line("sale", "function", (0, 0, 2), 1, "Sells")]})
    enter(remora).keys("<CR>")
    assert panel(remora) == ["sale()  · Sells"]
