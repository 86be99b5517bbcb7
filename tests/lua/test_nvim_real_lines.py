"""Lines and the outline through the real host and server: no index is there, nothing is prepared, nothing waits."""

from __future__ import annotations

import pytest

from lua.driver import CART, Remora

DRAWN = """local ns = vim.api.nvim_get_namespaces()["remora.summary"]
if not ns then return false end
local found = {}
for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, ns, 0, -1, { details = true })) do
  local chunks = mark[4].virt_text or mark[4].virt_lines[1]
  local text = table.concat(vim.tbl_map(function(chunk) return chunk[1] end, chunks))
  found[#found + 1] = (mark[2] + 1) .. ":" .. vim.trim(text)
end
"""
RULES = {"summary": {"mode": "rule"}}
DOCUMENTED = '''\
"""Carts of a shop."""


class Cart:
    """Keep the prices of what a customer buys."""

    def __init__(self):
        self.prices = []

    def total(self):
        """Return the sum of the prices."""
        return sum(self.prices)

    def price_of(
        self,
        name,
    ):
        """Look up the price of an article."""
        return self.prices[name]


def parse_receipt(text):
    """Parse a receipt into a cart."""
    return Cart()
'''


def drawn(remora: Remora, count: int) -> list[str]:
    """Texts of the lines that are drawn, from above, when there are `count`."""
    return remora.wait_for(DRAWN + f"return #found == {count} and found", 60_000)


def test_lines_stand_beside_the_text_before_there_is_an_index(real):
    remora = real([], text=DOCUMENTED, **RULES)
    remora.command("RemoraSummarize")
    shown = drawn(remora, 5)
    assert [text.partition(":")[0] for text in shown] == ["4", "7", "10", "14", "22"]
    assert shown[0] == "4:· Keep the prices of what a customer buys"
    assert shown[4] == "22:· Parse a receipt into a cart"
    assert remora.on_disk() == DOCUMENTED
    assert remora.messages() == ""


def test_at_the_end_of_a_header_of_several_rows(real):
    remora = real([], text=DOCUMENTED, summary={"mode": "rule", "place": "eol"})
    remora.command("RemoraSummarize")
    assert [text.partition(":")[0] for text in drawn(remora, 5)] == ["4", "7", "10", "17", "22"]


def test_the_outline_shows_the_nodes_and_leads_to_them(real):
    remora = real([], text=DOCUMENTED, outline={"width": 38}, **RULES)
    remora.command("RemoraOutline")
    remora.editor.wait_for_text("parse_receipt()", 60_000)
    assert "  class Cart  · Keep the prices of\n" in remora.text()
    remora.keys("<C-w>lG<CR>")
    assert remora.lua("return { vim.fn.line('.'), vim.fn.col('.') }") == [22, 5]


def test_what_is_typed_and_not_written_has_lines_too(real):
    remora = real([], text=CART, summary={"mode": "rule", "pause_ms": 50})
    remora.command("RemoraSummarize")
    drawn(remora, 5)
    remora.keys("Go<CR><CR>def parse_receipt(text):<CR>    return text.splitlines()<Esc>")
    last = drawn(remora, 6)[-1]
    assert last.startswith("25:")
    assert "eceipt" in last
    assert remora.on_disk() == CART
    assert remora.lua("return vim.bo.modified")


def test_a_changed_body_is_marked_and_made_again(real):
    remora = real([], text=CART, summary={"mode": "rule", "pause_ms": 300})
    remora.command("RemoraSummarize")
    before = drawn(remora, 5)
    remora.keys("18Ga  # all of them<Esc>")
    assert drawn(remora, 5)[3] == "17:~" + before[3][4:]
    remora.wait_for(DRAWN + "return #found == 5 and not found[4]:find('~')", 60_000)


def test_a_new_file_that_was_never_written_has_lines(real):
    remora = real([], **RULES)
    remora.command("edit late.py").keys("idef parse_receipt(text):<CR>    return text.splitlines()<Esc>")
    remora.command("RemoraSummarize")
    assert "eceipt" in drawn(remora, 1)[0]


@pytest.mark.parametrize("name", ["notes.txt", "README"])
def test_a_file_of_no_known_language_is_told_of(real, name):
    remora = real([], **RULES)
    (remora.file.parent / name).write_text("words\n")
    remora.command(f"edit {name} | RemoraSummarize")
    said = remora.wait_for("local said = vim.fn.execute('messages'); return said:find('remora: ') and said", 60_000)
    assert name in said


def test_hostile_names_are_drawn_as_text(real):
    source = 'def 価格を計算する(名前):\n    return 1\n\n\ndef ______():\n    pass\n\n\ndef a(b, c): return "\\x1b[31m%s" % b\n'
    remora = real([], text=source, outline={"width": 30}, **RULES)
    remora.command("RemoraSummarize | RemoraOutline")
    remora.editor.wait_for_text("______()", 60_000)
    assert len(drawn(remora, 3)) == 3
    assert remora.messages() == ""
