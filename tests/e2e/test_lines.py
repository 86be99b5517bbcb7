"""Lines beside the text, whole: rules at once, the model's where rules are not sure, and an engine that is not there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_neovim import Editor

Start = Callable[..., Editor]
Script = Callable[..., str]

CODE = '''"""Carts of a shop."""


def parse_receipt(text):
    """Parse a receipt into a cart."""
    return text


def zq(a, b):
    for each in a:
        b = b + each
    return b
'''
DRAWN = """local ns = vim.api.nvim_get_namespaces()["remora.summary"]
local found = {}
for _, mark in ipairs(ns and vim.api.nvim_buf_get_extmarks(0, ns, 0, -1, { details = true }) or {}) do
  local chunks = mark[4].virt_text or mark[4].virt_lines[1]
  found[#found + 1] = vim.trim(table.concat(vim.tbl_map(function(chunk) return chunk[1] end, chunks)))
end
"""
UNSURE = {"summary": {"threshold": 1}}
"""The rules are never that sure."""


@pytest.fixture
def carts(project: Path) -> Path:
    (project / "app.py").write_text(CODE)
    return project / "app.py"


def test_a_line_of_the_model_takes_the_place_of_one_that_is_not_sure(carts: Path, neovim: Start, script: Script):
    nvim = neovim(carts, script("Add everything in a to b"), **UNSURE)
    nvim.keys(":RemoraSummarize<CR>")
    shown = nvim.wait_for(DRAWN + "return found[2] and found[2]:find('^%*') and found", 20_000)
    assert shown[1] == "* Add everything in a to b"
    nvim.wait_for("return require('remora.statusline').get() == ''", 20_000)
    assert nvim.messages() == ""
    assert carts.read_text() == CODE
    assert nvim.lua("return vim.bo.modified") is False


def test_what_the_model_said_is_there_at_once_the_next_time(carts: Path, neovim: Start, script: Script):
    nvim = neovim(carts, script("Add everything in a to b"), **UNSURE)
    nvim.keys(":RemoraSummarize<CR>")
    nvim.wait_for(DRAWN + "return found[2] and found[2]:find('^%*')", 20_000)
    nvim.wait_for("return require('remora.statusline').get() == ''", 20_000)
    nvim.keys(":RemoraSummarize<CR>").keys(":RemoraSummarize<CR>")
    nvim.wait_for(DRAWN + "return found[2] and found[2]:find('^%*')", 20_000)
    assert nvim.messages() == ""


def test_a_changed_body_is_made_again_by_the_model(carts: Path, neovim: Start, script: Script):
    nvim = neovim(carts, script("Add everything in a to b"), summary={"threshold": 1, "pause_ms": 100})
    nvim.keys(":RemoraSummarize<CR>")
    nvim.wait_for(DRAWN + "return found[2] and found[2]:find('^%*')", 20_000)
    nvim.wait_for("return require('remora.statusline').get() == ''", 20_000)
    nvim.keys("12GA + 1<Esc>")
    nvim.wait_for(DRAWN + "return found[2] and found[2]:find('^~')", 20_000)
    nvim.wait_for(DRAWN + "return found[2] and found[2]:find('^%*')", 20_000)
    assert carts.read_text() == CODE


def test_without_an_engine_the_rules_lines_stay_and_it_is_said_once(carts: Path, neovim: Start):
    nvim = neovim(carts, "scripted:/nowhere/answers.json", summary={"threshold": 1, "pause_ms": 50})
    nvim.keys(":RemoraSummarize<CR>")
    said = "local said = vim.fn.execute('messages'); return said:find('by rules only') and said"
    nvim.wait_for(said, 20_000)
    nvim.keys("12GA + 1<Esc>")
    shown = nvim.wait_for(DRAWN + "return #found == 2 and not found[2]:find('^~') and found", 20_000)
    assert [text[:2] for text in shown] == ["? ", "? "]
    assert nvim.messages().count("by rules only") == 1


def test_a_range_and_a_key_have_only_their_lines_made(carts: Path, neovim: Start, script: Script):
    nvim = neovim(carts, script("Add everything in a to b"), **UNSURE)
    nvim.keys(":12RemoraSummarize<CR>")
    nvim.wait_for(DRAWN + "return #found == 1 and found[1] == '* Add everything in a to b'", 20_000)
    nvim.keys(":RemoraSummarize off<CR>").keys(":RemoraSummarize app.py::zq<CR>")
    nvim.wait_for(DRAWN + "return #found == 1 and found[1] == '* Add everything in a to b'", 20_000)
    nvim.wait_for("return require('remora.statusline').get() == ''", 20_000)
    assert nvim.messages() == ""
