"""The code graph through the real host and server: nothing is prepared, nothing waits."""

import pytest

SHOP = """from cart import Cart, empty


def checkout():
    return empty()


def sale():
    return checkout()
"""
TEST = "from cart import empty\n\n\ndef test_empty():\n    assert empty().total == 0\n"


@pytest.fixture
def shop(real):
    """Neovim on cart.py, the cursor in empty(), with two files beside it that call it."""

    def run(**options):
        remora = real([], **options)
        (remora.file.parent / "shop.py").write_text(SHOP)
        (remora.file.parent / "test_cart.py").write_text(TEST)
        remora.keys("22G")
        return remora

    return run


FLOAT = "return vim.api.nvim_win_get_config(0).relative ~= '' and vim.api.nvim_buf_get_lines(0, 0, -1, false)"
QUICKFIX = """local items = vim.fn.getqflist()
if #items == 0 then return false end
return vim.tbl_map(function(item)
  return vim.fs.basename(vim.api.nvim_buf_get_name(item.bufnr)) .. ":" .. item.lnum .. " " .. item.text
end, items)"""


def test_a_node_is_shown_and_its_caller_is_a_key_away(shop, snapshot):
    remora = shop()
    remora.command("RemoraNode")
    remora.wait_for(FLOAT, 60_000)
    remora.keys("q").command("echo ''")  # a slow first answer says that it is on its way, a quick one does not
    remora.command("RemoraNode")
    remora.wait_for(FLOAT, 60_000)
    snapshot(remora.text())
    remora.keys("/checkout<CR><CR>")
    assert remora.lua("return { vim.fn.expand('%:t'), vim.fn.line('.') }") == ["shop.py", 5]


def test_impact_lists_all_that_depend_on_it_nearest_first(shop):
    remora = shop()
    remora.command("RemoraImpact")
    found = remora.wait_for(QUICKFIX, 60_000)
    assert found == ["shop.py:5 1  checkout", "test_cart.py:5 1  test_empty", "shop.py:9 2    sale"]


def test_what_is_typed_and_not_written_is_part_of_the_answer(shop):
    remora = shop()
    remora.command("edit shop.py").keys("Go<CR>def typed():<CR>    return empty()<Esc>").command("edit cart.py")
    remora.keys("ggO# typed above<Esc>").command("RemoraCallers cart.py::empty")
    found = remora.wait_for(QUICKFIX, 60_000)
    assert found == ["shop.py:5 checkout", "shop.py:12 typed", "test_cart.py:5 test_empty"]
    assert (remora.file.parent / "shop.py").read_text() == SHOP


def test_the_index_says_what_it_found(shop):
    remora = shop()
    remora.command("RemoraIndex")
    said = remora.wait_for("local said = vim.fn.execute('messages'); return said:find('indexed') and said", 60_000)
    assert " ".join(said.split()).startswith("remora: indexed 4 files, ")
    remora.command("RemoraCallers empty")
    assert len(remora.wait_for(QUICKFIX, 60_000)) == 2


def test_the_index_can_be_made_anew(shop):
    remora = shop()
    remora.command("RemoraCallers empty")
    before = remora.wait_for(QUICKFIX, 60_000)
    remora.command("RemoraIndex!").command("call setqflist([])")
    remora.wait_for("return vim.fn.execute('messages'):find('indexed 4 files') ~= nil", 60_000)
    remora.command("RemoraCallers ++certain empty")
    assert remora.wait_for(QUICKFIX, 60_000) == before


def test_unsaved_text_of_a_vendored_file_does_not_count(shop):
    remora = shop()
    remora.command("call mkdir('vendor') | edit vendor/lib.py").keys("ifrom cart import empty<CR><CR>empty()<Esc>")
    remora.command("RemoraCallers empty")
    assert [line.partition(":")[0] for line in remora.wait_for(QUICKFIX, 60_000)] == ["shop.py", "test_cart.py"]
    remora.command("wincmd p | RemoraNode")
    told = "return vim.fn.execute('messages'):find('vendored: vendor/') ~= nil"
    remora.wait_for(told, 60_000)


def test_a_file_that_another_program_writes_is_in_the_next_answer(shop):
    remora = shop()
    remora.command("RemoraCallers")
    remora.wait_for(QUICKFIX, 60_000)
    (remora.file.parent / "late.py").write_text("from cart import empty\n\nempty()\n")
    ask = """vim.fn.setqflist({})
    require("remora.graph").list("callers", "cart.py::empty", nil, false)
    vim.wait(2000, function() return #vim.fn.getqflist() > 0 end, 20)
    return #vim.fn.getqflist() == 3"""
    remora.wait_for(ask, 60_000)


def test_a_name_is_completed_from_the_graph(shop):
    remora = shop()
    remora.keys(":RemoraNode check<Tab>")
    remora.editor.wait_for_text(":RemoraNode shop.py::checkout", 60_000)
    remora.keys("<CR>")
    assert "shop.py-shop-checkout" in remora.wait_for(FLOAT, 60_000)[0]
