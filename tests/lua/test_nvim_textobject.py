"""Text objects by Neovim's own parser and by the server's."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lua.driver import CART, Remora

Start = Callable[..., Remora]
KEYS = {"default_keys": True}


@pytest.fixture
def local(start: Start, python_parser: Path) -> Callable[..., Remora]:
    """Neovim with its own parser for Python."""
    return lambda text=CART, **options: start(text, settings=KEYS, runtime=(python_parser,), **options)


def at(remora: Remora, part: str) -> Remora:
    """Put the cursor on the first place of `part`."""
    remora.lua("vim.fn.cursor(1, 1); vim.fn.search(..., 'cW')", rf"\V{part}")
    return remora


def yanked(remora: Remora, keys: str) -> str:
    remora.keys(keys)
    return remora.lua("return vim.fn.getreg('\"')")


def test_vaf_selects_the_method_with_its_decorator_by_lines(local):
    remora = at(local(), "sum = 0")
    assert yanked(remora, "vafy").splitlines() == CART.splitlines()[9:15]


def test_vif_selects_the_body_by_lines(local):
    remora = at(local(), "sum = 0")
    assert yanked(remora, "vify").splitlines() == CART.splitlines()[11:15]


def test_a_cursor_on_the_header_still_finds_the_body(local):
    remora = at(local(), "def total")
    assert yanked(remora, "vify").splitlines() == CART.splitlines()[11:15]


def test_a_cursor_on_the_decorator_belongs_to_the_method(local):
    remora = at(local(), "@property")
    assert yanked(remora, "yaf").splitlines() == CART.splitlines()[9:15]


def test_a_count_takes_the_object_around(local):
    remora = at(local("def a():\n    x = 1\n    def b():\n        return 2\n    return b\n"), "return 2")
    assert yanked(remora, "v2ify").splitlines() == ["    x = 1", "    def b():", "        return 2", "    return b"]
    at(remora, "return 2")
    assert yanked(remora, "v2afy").splitlines()[0] == "def a():"


def test_the_same_keys_again_take_the_object_around(local):
    remora = at(local("def a():\n    def b():\n        return 2\n    return b\n"), "return 2")
    assert yanked(remora, "vafafy").splitlines()[0] == "def a():"


def test_dif_deletes_the_body_and_u_brings_it_back(local):
    remora = at(local(), "sum = 0")
    remora.keys("dif")
    assert remora.lines() == CART.splitlines()[:11] + CART.splitlines()[15:]
    remora.keys("u")
    assert remora.lines() == CART.splitlines()


def test_cif_keeps_what_is_typed_right_after_it(local):
    remora = at(local(), "return Cart()")
    remora.keys("cifreturn None<Esc>")
    assert remora.lines()[-1] == "    return None"


def test_an_operator_without_an_object_is_cancelled_and_changes_nothing(local):
    remora = at(local(), '"""A cart')
    remora.keys("cif")
    assert remora.lines() == CART.splitlines()
    assert remora.lua("return vim.fn.mode()") == "n"


def test_a_body_on_the_headers_line_is_taken_by_characters(local):
    remora = at(local("def one(): return 1\n"), "return")
    assert yanked(remora, "yif") == "return 1"


def test_dot_repeats_a_deletion(local):
    remora = at(local("def a():\n    return 1\n\n\ndef b():\n    return 2\n"), "return 1")
    remora.keys("dif")
    at(remora, "return 2")
    remora.keys(".")
    assert remora.lines() == ["def a():", "", "", "def b():"]


# --- without a parser the server is asked ---------------------------------------------------------------


def test_without_a_parser_visual_mode_selects_what_the_server_answers(start):
    remora = at(start(settings=KEYS), "sum = 0")
    remora.keys("vif")
    call = remora.sent("select")[-1]["params"]
    assert (call["capture"], call["pos"], call["lang"]) == ("function.inner", [11, 8], "python")
    assert call["text"] == CART
    remora.reply("select", {"span": [11, 8, 14, 18]})
    assert yanked(remora, "y").splitlines() == CART.splitlines()[11:15]


def test_without_a_parser_a_late_answer_does_not_move_a_cursor_that_moved(start):
    remora = at(start(settings=KEYS), "sum = 0")
    remora.keys("vif")
    remora.keys("j")
    remora.reply("select", {"span": [11, 8, 14, 18]})
    assert remora.lua("return {vim.fn.mode(), vim.fn.line('v'), vim.fn.line('.')}") == ["v", 12, 13]


def test_without_a_parser_an_operator_waits_and_typed_text_reaches_the_change(start):
    remora = at(start(settings=KEYS), "return Cart()")
    remora.keys('"acifreturn 7<Esc>')
    assert remora.lines() == CART.splitlines(), "nothing happens before the answer"
    remora.reply("select", {"span": [21, 4, 21, 17]})
    remora.editor.sync()
    assert remora.lines()[-1] == "    return 7"
    assert remora.lua("return vim.fn.getreg('a')") == "    return Cart()\n"


def test_without_a_parser_and_without_an_object_typed_keys_still_arrive(start):
    remora = at(start(settings=KEYS), "return Cart()")
    remora.keys("difx")
    remora.reply("select", {})
    remora.editor.sync()
    assert remora.lines()[-1] == "    eturn Cart()"


def test_typing_is_never_blocked_for_good_when_the_server_does_not_answer(start):
    remora = at(start(settings=KEYS), "return Cart()")
    remora.keys("difx")
    remora.editor.wait_for_text("    eturn Cart()")
    assert "the parser is still starting" in remora.messages()


# --- the same ranges either way ------------------------------------------------------------------------

SAMPLE = '''\
import os


@cache
def load(path, *, strict: bool = True, **more):
    # read it
    if strict:
        for line in open(path):
            while line:
                yield line  # one
    elif path:
        return None
    else:
        pass

    class Inner:
        """Doc."""

        def deep(self, a=1):
            return call(a, b=2, *more)

    def one(): return 1


def broken(
'''
KINDS = ["function", "class", "parameter", "loop", "conditional", "comment"]


def test_neovims_parser_and_the_servers_give_the_same_ranges(local):
    select = pytest.importorskip("remora.isg.select").select
    remora = local(SAMPLE)
    places = [(row, col) for row, line in enumerate(SAMPLE.splitlines()) for col in range(0, max(len(line), 1), 2)]
    captures = [f"{kind}.{side}" for kind in KINDS for side in ("outer", "inner")]
    here = remora.lua(
        """local captures, places = ...
        local at, found = require("remora.textobject").at, {}
        for _, capture in ipairs(captures) do
          for _, place in ipairs(places) do
            local line = vim.fn.getline(place[1] + 1)
            local blank = #line:match("^%s*")
            local col = blank < #line and math.max(place[2], blank) or place[2]
            found[#found + 1] = at(0, capture, place[1], col) or false
          end
        end
        return found""",
        captures,
        places,
    )
    there = []
    for capture in captures:
        for row, col in places:
            span = select(SAMPLE, "python", capture, row, col)
            there.append([span.start_row, span.start_col, span.end_row, span.end_col] if span else False)
    asked = [(capture, place) for capture in captures for place in places]
    differing = [(ask, a, b) for ask, a, b in zip(asked, here, there, strict=True) if a != b]
    assert differing == []
    assert any(here), "nothing was compared"
