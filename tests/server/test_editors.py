"""Editors at an approve, over the real socket: what they hold decides, and one that misbehaves blocks by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from remora.codegraph.hunks import lines_of, text_of
from server.conftest import CODE, SOURCE, Connect, Talk


class Neovim:
    """Holds one buffer and answers as lua/remora/proposal.lua does."""

    def __init__(self, path: Path, text: str, modified: bool) -> None:
        self.path = path
        self.text = text
        self.modified = modified
        self.asked: list[str] = []

    def __call__(self, method: str, params: dict[str, Any], answer: Any) -> None:
        self.asked.append(method)
        match method:
            case "buffers":
                held = {"path": str(self.path), "modified": self.modified, "changedtick": 7, "text": self.text}
                answer([held])
            case "apply":
                assert params["changedtick"] == 7
                lines = lines_of(self.text)
                for edit in reversed(params["edits"]):
                    lines[edit["start"] : edit["start"] + edit["count"]] = edit["lines"]
                self.text = text_of(lines)
                if not self.modified:
                    self.path.write_text(self.text)
                answer({"ok": True, "saved": not self.modified, "changedtick": 8})
            case _:
                answer({})


def proposed(talk: Talk) -> str:
    return talk.call("propose", key="app.py::Cart.total", action="Edit", code=CODE)["id"]


@pytest.mark.parametrize("modified", [False, True])
def test_the_editor_that_holds_the_file_writes_it(connect: Connect, project: Path, modified: bool):
    app = project / "app.py"
    neovim = Neovim(app, SOURCE + "# typed\n" * modified, modified)
    connect("nvim", on_request=neovim)
    talk = connect()
    (written,) = talk.call("approve", proposal=proposed(talk))["files"]
    assert (written["where"], written["unsaved"]) == ("buffer", modified)
    assert neovim.text == SOURCE.replace("x = 1", "x = 2") + "# typed\n" * modified
    assert app.read_text() == (SOURCE if modified else neovim.text)


@pytest.mark.parametrize("answer", [None, 3, "x", [3], [{}], [{"path": "p", "text": 1}], {"path": "p"}])
def test_an_editor_whose_answer_cannot_be_read_blocks_the_approve_by_name(connect: Connect, answer: Any):
    connect("nvim", on_request=lambda method, params, reply: reply(answer))
    talk = connect()
    assert "did not say what it holds" in talk.refused("approve", "editor", proposal=proposed(talk))
    assert talk.app == SOURCE


@pytest.mark.parametrize("answer", [None, "yes", {}, {"ok": False, "error": "it is locked"}])
def test_an_editor_that_does_not_apply_leaves_the_proposal_open(connect: Connect, project: Path, answer: Any):
    holder = Neovim(project / "app.py", SOURCE, modified=False)

    def only_looks(method: str, params: dict[str, Any], reply: Any) -> None:
        reply(answer) if method == "apply" else holder(method, params, reply)

    editor = connect("nvim", on_request=only_looks)
    talk = connect()
    made = proposed(talk)
    assert "app.py was left alone" in talk.refused("approve", "busy", proposal=made)
    assert talk.app == SOURCE
    editor.client.close()
    while len(talk.call("status")["clients"]) > 1:
        continue  # until the server has seen it leave
    assert talk.call("approve", proposal=made)["state"] == "approved"


def test_an_editor_that_leaves_while_it_is_asked_takes_only_its_own_text_with_it(connect: Connect):
    left: list[Talk] = []

    def leave(method: str, params: dict[str, Any], reply: Any) -> None:
        left[0].client.close()

    left.append(connect("nvim", on_request=leave))
    talk = connect()
    assert talk.call("approve", proposal=proposed(talk))["files"][0]["where"] == "disk"
