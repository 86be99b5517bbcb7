"""Lines of one file over the wire: at once, without an index or an engine, also of text that is not written yet."""

from __future__ import annotations

import pytest

from remora.errors import UserError
from server.conftest import Talk


def test_each_definition_of_a_file_has_its_line_and_its_place(talk: Talk):
    lines = talk.call("lines", path="app.py")["lines"]
    assert [(line["key"].rpartition("-")[2], line["row"], line["end_row"]) for line in lines][:2] == [
        ("<module>", 0, 12),
        ("first", 0, 2),
    ]
    assert all(line["summary"] and line["provenance"] == "rule_based" for line in lines)


def test_an_unsaved_text_stands_for_the_file(talk: Talk):
    lines = talk.call("lines", path="app.py", text="def typed():\n    pass\n")["lines"]
    assert [line["name"] for line in lines] == ["app", "typed"]
    assert [line["name"] for line in talk.call("lines", path="late.py", text="def late(): pass\n")["lines"]] == [
        "late"
    ] * 2


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("notes.txt", "notes.txt is in no language that Remora reads; open a source file."),
        ("gone.py", "gone.py is gone; write it, then ask again."),
    ],
)
def test_why_a_file_has_no_lines_is_said(talk: Talk, path: str, why: str):
    assert talk.call("lines", path=path) == {"lines": [], "unread": why}


def test_what_is_no_text_or_lies_outside_is_refused_with_a_next_step(talk: Talk):
    (talk.root / "bad.py").write_bytes(b"\xff\xfe\x00\x00")
    for path in ("bad.py", "../outside.py"):
        with pytest.raises(UserError):
            talk.call("lines", path=path)
    with pytest.raises(UserError, match="lines needs a path"):
        talk.call("lines")
