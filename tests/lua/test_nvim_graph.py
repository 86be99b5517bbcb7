"""The code graph in Neovim: a float for a node, lists of its neighbours, jumps, completion."""

from pathlib import Path
from typing import Any

import pytest

from lua.driver import CART, Remora

SHOP = """\
from cart import Cart, empty


def checkout(cart):
    return cart.total


def sale():
    return checkout(empty())
"""


def ref(key: str, row: int, col: int = 4, kind: str = "function", **more: Any) -> dict[str, Any]:
    path = key.partition("-")[0] if not key.startswith(("ext:", "builtin:")) else ""
    name = key.rpartition(".")[2] if "." in key.rpartition("-")[2] else key.rpartition("-")[2]
    return {"key": key, "kind": kind, "name": name, "path": path, "row": row, "col": col, "signature": "", **more}


def edge(kind: str = "CALLS", mark: str = "exact", depth: int = 1, site: tuple | None = None) -> dict[str, Any]:
    place = {"path": site[0], "row": site[1], "col": site[2]} if site else None
    return {"edge": kind, "mark": mark, "depth": depth, "site": place, "via": None}


TOTAL = "cart.py-cart-Cart.total"
CHECKOUT = ref("shop.py-shop-checkout", 3, **edge(site=("shop.py", 4, 11)))
SALE = ref("shop.py-shop-sale", 7, **edge(mark="heuristic", depth=2, site=("shop.py", 8, 11)))
SUM = ref("builtin:sum", 0, 0, "builtin", **edge(site=("cart.py", 11, 14)))
CLEAR = ref("cart.py-cart-Cart.clear", 16, 8, "method", **edge("REFERENCES", "inferred", site=("cart.py", 12, 8)))
TEST = ref("test_cart.py-test_cart-test_total", 5, **edge("TESTS", site=("test_cart.py", 7, 4)))


@pytest.fixture
def shop(start):
    """Neovim on cart.py, with shop.py beside it and the cursor in Cart.total."""

    def run(**options: Any) -> Remora:
        remora = start(**options)
        (remora.file.parent / "shop.py").write_text(SHOP)
        (remora.file.parent / "test_cart.py").write_text("# a test\n" * 9)
        return remora.keys("12G") and remora

    return run


def node(remora: Remora, **more: Any) -> dict[str, Any]:
    return {
        **ref(TOTAL, 10, 8, "property"),
        "root": str(remora.file.parent),
        "qualname": "Cart.total",
        "signature": "def total(self)",
        "visibility": "public",
        "flags": ["property"],
        "doc": "The sum of the prices.\n\nWithout taxes.",
        "callers": [CHECKOUT, SALE],
        "callees": [SUM, CLEAR],
        "tests": [TEST],
        **more,
    }


def neighbours(remora: Remora, *refs: dict[str, Any], total: int | None = None) -> dict[str, Any]:
    about = {"root": str(remora.file.parent), "node": ref(TOTAL, 10, 8, "property")}
    return {**about, "neighbours": list(refs), "total": len(refs) if total is None else total}


def quickfix(remora: Remora) -> dict[str, Any]:
    return remora.lua(
        """local list = vim.fn.getqflist({ title = 1, items = 1 })
        return { title = list.title, lines = vim.tbl_map(function(item)
          local name = item.bufnr > 0 and vim.fs.basename(vim.api.nvim_buf_get_name(item.bufnr)) or ""
          return ("%s:%d:%d %s"):format(name, item.lnum, item.col, item.text)
        end, list.items) }"""
    )


# --- the float -----------------------------------------------------------------------------------------


def test_the_node_under_the_cursor_is_shown_with_its_neighbours(shop, snapshot):
    remora = shop()
    remora.command("RemoraNode")
    params = remora.sent("node")[-1]["params"]
    assert (params["path"], params["pos"]) == (str(remora.file), [11, 8])
    assert "text" not in params
    remora.reply("node", node(remora))
    snapshot(remora.text())
    assert remora.editor.screen.groups_of("shop.py:5")[-1] == "Directory"
    assert remora.editor.screen.groups_of("heuristic")[-1] == "DiagnosticHint"


@pytest.mark.parametrize(
    ("row", "name", "place"),
    [
        ("cart.py-cart", "cart.py", (11, 8)),
        ("  checkout", "shop.py", (5, 11)),
        ("  Cart.clear", "cart.py", (17, 8)),
        ("  test_total", "test_cart.py", (6, 4)),
    ],
)
def test_each_line_of_the_float_leads_somewhere(shop, row, name, place):
    remora = shop()
    remora.command("RemoraNode")
    remora.reply("node", node(remora))
    remora.keys(f"/{row}<CR><CR>")
    assert remora.lua("return vim.fs.basename(vim.api.nvim_buf_get_name(0))") == name
    assert tuple(remora.lua("return vim.api.nvim_win_get_cursor(0)")) == place
    assert remora.lua("return #vim.api.nvim_list_wins()") == 1
    remora.keys("<C-o>")
    assert remora.lua("return { vim.fs.basename(vim.api.nvim_buf_get_name(0)), vim.fn.line('.') }") == ["cart.py", 12]


def test_a_module_shows_what_is_in_it_and_who_imports_it(shop):
    remora = shop()
    remora.command("RemoraNode cart.py")
    total = ref(TOTAL, 10, 8, "property", **edge("CONTAINS"))
    shop_module = ref("shop.py-shop-<module>", 0, 0, "module", **edge("DEPENDS", site=("shop.py", 0, 5)))
    about = {"kind": "module", "callers": [], "callees": [SUM], "tests": [], "signature": "module cart", "doc": ""}
    remora.reply("node", node(remora, **about, members=[total], importers=[shop_module]))
    shown = [line.strip() for line in remora.lines() if line.strip()]
    assert shown[-6:] == [
        "in it (1)",
        "Cart.total  cart.py:11",
        "imported by (1)",
        "<module>  shop.py:1",
        "callees (1)",
        "builtin:sum  cart.py:12",
    ]


def test_what_lies_outside_the_workspace_leads_to_where_it_is_called(shop):
    remora = shop()
    remora.command("RemoraNode")
    remora.reply("node", node(remora))
    remora.keys("/builtin:sum<CR><CR>")
    assert remora.lua("return vim.api.nvim_win_get_cursor(0)") == [12, 14]


def test_a_heading_leads_nowhere_and_q_closes(shop):
    remora = shop()
    remora.command("RemoraNode")
    remora.reply("node", node(remora))
    remora.keys("/^ callees<CR><CR>")
    assert remora.lua("return #vim.api.nvim_list_wins()") == 2
    remora.keys("q")
    assert remora.lua("return #vim.api.nvim_list_wins()") == 1


def test_a_node_with_more_neighbours_than_are_shown_says_how_to_see_them(shop):
    remora = shop()
    remora.command("RemoraNode")
    many = [ref(f"shop.py-shop-f{n}", n, **edge(site=("shop.py", n, 0))) for n in range(120)]
    remora.reply("node", node(remora, callers=many, tests=many, callees=[]))
    text = "\n".join(remora.lines())
    assert "and 20 more; :RemoraCallers lists them" in text
    assert text.endswith("   and 20 more ")


def test_hostile_names_are_text_and_nothing_else(shop):
    remora = shop()
    remora.command("RemoraNode")
    evil = ref("cart.py-cart-%#Error#\u202ex", 1, **edge(site=("cart.py", 999, 999)))
    remora.reply(
        "node", node(remora, doc="a\x07b\x1b[31m\nc" + "\nd" * 20, callers=[evil], signature="def f(a='|qall!')")
    )
    assert "a b [31m" in remora.text()
    remora.keys("/Error<CR><CR>")
    assert remora.lua("return vim.fn.line('.')") == len(CART.splitlines())


def test_an_unsaved_buffer_sends_its_text_with_the_cursor(shop):
    remora = shop()
    remora.keys("ggO# typed<Esc>13G")
    remora.command("RemoraNode")
    params = remora.sent("node")[-1]["params"]
    assert params["text"].startswith("# typed\n")
    assert params["pos"] == [12, 8]


def test_any_language_can_be_asked_about_and_what_is_no_file_is_refused(start):
    remora = start(text="fn main() {}\n", name="main.rs")
    remora.command("RemoraNode")
    assert remora.sent("node")[-1]["params"]["path"].endswith("main.rs")
    remora.command("enew | RemoraNode")
    assert remora.messages() == "remora: this buffer has no file name yet; save it with :write NAME, then ask again."


def test_an_answer_that_comes_when_the_user_is_elsewhere_does_not_take_the_cursor(shop):
    remora = shop()
    remora.command("RemoraNode")
    remora.keys("i")
    remora.reply("node", node(remora))
    assert remora.lua("return vim.fn.mode()") == "i"
    remora.keys("<Esc>")
    assert f"Cart.total was found; :RemoraNode {TOTAL} shows it." in remora.messages()
    remora.command("RemoraCallers")
    remora.keys(":enew<CR>")
    remora.reply("callers", neighbours(remora, CHECKOUT))
    assert remora.lua("return vim.fn.getqflist({ winid = 0 }).winid") == 0
    assert "remora: Callers of Cart.total are in the quickfix list (1); :copen shows them." in remora.messages()


def test_a_key_that_means_several_nodes_is_asked_back(shop):
    remora = shop()
    remora.lua("vim.ui.select = function(items, opts, choose) asked = opts.prompt; choose(items[2]) end")
    remora.command("RemoraNode total")
    assert remora.sent("node")[-1]["params"]["key"] == "total"
    candidates = [TOTAL, "shop.py-shop-total"]
    remora.reply("node", err={"code": "ambiguous", "message": "Several.", "data": {"candidates": candidates}})
    assert remora.lua("return asked") == "Which one?"
    assert remora.sent("node")[-1]["params"]["key"] == "shop.py-shop-total"
    remora.reply("node", err={"code": "unknown_node", "message": "There is no node. Name one.", "data": {}})
    assert remora.messages() == "remora: There is no node. Name one."


def test_a_single_node_that_is_like_it_is_taken_and_named(shop):
    remora = shop()
    remora.lua("vim.ui.select = function() asked = true end")
    remora.command("RemoraCallers totl")
    remora.reply("callers", err={"code": "unknown_node", "message": "No.", "data": {"candidates": [TOTAL]}})
    assert remora.sent("callers")[-1]["params"]["key"] == TOTAL
    assert remora.messages() == f"remora: this is the only one that is like it: {TOTAL}"
    assert remora.lua("return asked == nil")


# --- lists ---------------------------------------------------------------------------------------------


def test_callers_go_to_the_quickfix_list_with_the_places_of_the_calls(shop, snapshot):
    remora = shop()
    remora.command("RemoraCallers")
    assert "depth" not in remora.sent("callers")[-1]["params"]
    remora.reply("callers", neighbours(remora, CHECKOUT))
    assert quickfix(remora) == {"title": "Callers of Cart.total", "lines": ["shop.py:5:12 checkout"]}
    snapshot(remora.text())
    remora.keys("<CR>")
    assert remora.lua("return { vim.fn.expand('%:t'), vim.fn.line('.'), vim.fn.col('.') }") == ["shop.py", 5, 12]


@pytest.mark.parametrize("key", ["", " Cart.total"])
def test_guesses_are_left_out_on_demand(shop, key):
    remora = shop()
    remora.command(f"RemoraImpact ++certain{key}")
    params = remora.sent("impact")[-1]["params"]
    assert (params["certain"], params.get("key")) == (True, key.strip() or None)
    remora.reply("impact", neighbours(remora, CHECKOUT))
    assert quickfix(remora)["title"] == "Impact of Cart.total, certain"
    remora.command("RemoraImpact ++certainly")
    assert remora.sent("impact")[-1]["params"]["key"] == "++certainly"
    assert remora.lua("return vim.fn.getcompletion('RemoraCallers +', 'cmdline')") == ["++certain"]


def test_a_module_in_a_list_does_not_name_its_file_twice(shop):
    remora = shop()
    remora.command("RemoraCallers")
    module = ref("shop.py-shop-<module>", 0, 0, "module", **edge(site=("shop.py", 1, 0)))
    remora.reply("callers", neighbours(remora, module))
    assert quickfix(remora)["lines"] == ["shop.py:2:1 <module>"]


def test_callees_lead_to_what_is_called(shop):
    remora = shop()
    remora.command("RemoraCallees")
    remora.reply("callees", neighbours(remora, CLEAR, SUM))
    lines = ["cart.py:17:9 Cart.clear  (references, inferred)", "cart.py:12:15 builtin:sum"]
    assert quickfix(remora) == {"title": "Callees of Cart.total", "lines": lines}


def test_impact_says_how_far_each_is_and_that_the_list_is_cut(shop):
    remora = shop()
    remora.command("RemoraImpact")
    remora.reply("impact", neighbours(remora, CHECKOUT, SALE, total=12000))
    lines = ["shop.py:5:12 1  checkout", "shop.py:9:12 2    sale  (heuristic)"]
    assert quickfix(remora) == {"title": "Impact of Cart.total (2 of 12000)", "lines": lines}


def test_a_count_is_the_depth_and_a_key_may_begin_with_a_digit(shop):
    remora = shop()
    remora.command("3RemoraCallers")
    assert remora.sent("callers")[-1]["params"]["depth"] == 3
    remora.command("RemoraImpact 3d.py::Shape area")
    params = remora.sent("impact")[-1]["params"]
    assert (params["key"], params.get("depth")) == ("3d.py::Shape area", None)
    remora.command("2Remora callees Cart.total")
    params = remora.sent("callees")[-1]["params"]
    assert (params["key"], params["depth"], "pos" in params) == ("Cart.total", 2, False)


def test_with_a_bang_one_is_chosen_and_gone_to(shop):
    remora = shop()
    remora.lua(
        """vim.ui.select = function(items, opts, choose)
          shown = { opts.prompt, unpack(vim.tbl_map(opts.format_item, items)) }
          choose(items[2])
        end"""
    )
    remora.command("RemoraImpact!")
    remora.reply("impact", neighbours(remora, CHECKOUT, SALE))
    assert remora.lua("return shown") == [
        "Impact of Cart.total",
        "1  checkout  shop.py:5",
        "2    sale  (heuristic)  shop.py:9",
    ]
    assert remora.lua("return { vim.fn.expand('%:t'), vim.fn.line('.') }") == ["shop.py", 9]


@pytest.mark.parametrize(
    ("command", "method", "message"),
    [
        ("RemoraCallers", "callers", "nothing is known to call Cart.total."),
        ("RemoraCallees", "callees", "Cart.total is not known to call anything."),
        ("RemoraImpact", "impact", "nothing is known to depend on Cart.total."),
    ],
)
def test_an_empty_list_is_said(shop, command, method, message):
    remora = shop()
    remora.command(command)
    remora.reply(method, neighbours(remora))
    assert remora.messages() == f"remora: {message}"
    assert remora.lua("return #vim.api.nvim_list_wins()") == 1


def test_a_file_that_is_gone_is_said(shop):
    remora = shop()
    remora.lua("vim.ui.select = function(items, _, choose) choose(items[1]) end")
    remora.command("RemoraCallers!")
    remora.reply("callers", neighbours(remora, ref("gone.py-gone-f", 1, **edge(site=("gone.py", 1, 1)))))
    assert remora.messages() == "remora: gone.py is gone; ask again."


# --- completion ----------------------------------------------------------------------------------------


def test_keys_are_completed_when_they_come_and_neovim_never_waits(shop):
    remora = shop()
    remora.keys(":RemoraNode tot<Tab>")
    assert remora.sent("search")[-1]["params"]["name"] == "tot"
    remora.reply("search", {"nodes": [ref(TOTAL, 10), ref("ext:totals", 0)]})
    assert remora.lua("return vim.fn.getcmdline()") == "RemoraNode cart.py::Cart.total"
    remora.keys("<CR>")
    assert remora.sent("node")[-1]["params"]["key"] == "cart.py::Cart.total"


def test_a_completion_that_comes_after_more_was_typed_changes_nothing(shop):
    remora = shop()
    remora.keys(":RemoraNode tot<Tab>al")
    remora.reply("search", {"nodes": [ref(TOTAL, 10)]})
    assert remora.lua("return vim.fn.getcmdline()") == "RemoraNode total"
    remora.keys("<C-u><Esc>")
    complete = "return vim.fn.getcompletion('RemoraCallers tot', 'cmdline')"
    assert remora.lua(complete) == ["cart.py::Cart.total"]
    assert remora.lua(complete.replace("RemoraCallers tot", "Remora impact cart.py::cle")) == []
    remora.reply("search", {"nodes": [ref("cart.py-cart-Cart.clear", 16), ref("shop.py-shop-clear", 1)]})
    assert remora.lua(complete.replace("RemoraCallers tot", "Remora impact cart.py::cle")) == ["cart.py::Cart.clear"]


def test_a_folder_of_the_workspace_is_enough(start, tmp_path: Path):
    remora = start()
    remora.command("enew | RemoraCallers Cart.total")
    assert remora.sent("callers")[-1]["params"]["path"] == str(remora.file.parent)
