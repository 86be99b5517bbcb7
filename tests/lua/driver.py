"""Neovim with the plugin, and the test's end of its conversation with Python."""

from pathlib import Path
from typing import Any

from pytest_neovim import Editor

ROOT = Path(__file__).parents[2]

# Everything goes out through host.request, so this one seam shows the whole conversation.
TRANSPORT = """
local host = require("remora.host")
local callbacks = {}
_G.sent = {}
host.python = function() return "python3" end
host.request = function(method, params, callback)
  sent[#sent + 1] = { method = method, params = params }
  callbacks[#sent] = callback or function() end
end
function _G.reply(number, err, result)
  callbacks[number](err ~= vim.NIL and err or nil, result ~= vim.NIL and result or nil)
end
require("remora").wire()
"""

CART = '''\
"""A cart."""

import math


class Cart:
    def __init__(self):
        self.prices = []

    @property
    def total(self):
        sum = 0
        for price in self.prices:
            sum = sum + price
        return sum

    def clear(self):
        self.prices = []


def empty():
    return Cart()
'''


class Remora:
    """An Editor with the plugin, and the test's end of the conversation with Python."""

    def __init__(self, editor: Editor, file: Path) -> None:
        self.editor, self.file = editor, file
        self.keys, self.lua, self.command, self.text = editor.keys, editor.lua, editor.command, editor.text
        self.lines, self.messages, self.wait_for = editor.lines, editor.messages, editor.wait_for

    def sent(self, method: str | None = None) -> list[dict[str, Any]]:
        """Calls so far, oldest first."""
        calls = self.lua("return vim.iter(sent):totable()")
        return [call for call in calls if method in (None, call["method"])]

    def reply(self, method: str, result: Any = None, err: Any = None) -> None:
        """Answer the newest call of `method`."""
        calls = [i for i, call in enumerate(self.sent(), 1) if call["method"] == method]
        self.lua("reply(...)", calls[-1], err, result)
        self.editor.sync()

    def event(self, request: str, seq: int, kind: str, **fields: Any) -> None:
        """What the host does with an event of the server."""
        event = {"request": request, "seq": seq, "kind": kind, **fields}
        self.lua("require('remora.host').on_event(...)", event)
        self.editor.sync()

    def on_disk(self) -> str:
        return self.file.read_text(encoding="utf-8")
