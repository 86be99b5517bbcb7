"""Edits, hunks and row edits: whatever they are made from, applied they give the future text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from remora.codegraph.hunks import apply_hunks, hunks_of, lines_of, row_edits, text_of, unified
from remora.codegraph.merge import merge
from remora.codegraph.proposal import Edit

line = st.text(alphabet="ab é\tx", max_size=6)
text = st.lists(line, max_size=12).map(text_of)


def edit(span: tuple[int, int, int, int], future: str, action: str = "Edit") -> Edit:
    return Edit("k", action, "a.py", span, "", "", future, "CODE_IMPLEMENTATION")  # type: ignore[arg-type]


def test_an_edit_inside_a_row_keeps_what_stands_beside_it():
    base = "x = [1]; def_()\nrest\n"
    hunks = hunks_of(base, [edit((0, 4, 0, 7), "[1, 2]")])
    assert apply_hunks(base, hunks) == "x = [1, 2]; def_()\nrest\n"


def test_columns_are_bytes():
    base = "é = 1\n"
    assert apply_hunks(base, hunks_of(base, [edit((0, 5, 0, 6), "2")])) == "é = 2\n"


def test_an_edit_in_a_20000_line_file_yields_only_its_own_rows():
    base = text_of([f"line {i}" for i in range(20_000)])
    (hunk,) = hunks_of(base, [edit((10_000, 0, 10_000, 10), "changed")])
    assert (hunk.start, hunk.count, hunk.lines) == (10_000, 1, ("changed",))


@given(text, text, st.data())
def test_replacing_rows_gives_the_rows_asked_for(base: str, new: str, data: st.DataObject):
    rows = lines_of(base)
    start = data.draw(st.integers(0, len(rows)))
    end = data.draw(st.integers(start, len(rows)))
    after = apply_hunks(base, hunks_of(base, [edit((start, 0, end, 0), new)]))
    assert lines_of(after) == rows[:start] + lines_of(new) + rows[end:]


@given(text, text)
def test_row_edits_turn_one_text_into_the_other(before: str, after: str):
    rows = lines_of(before)
    for change in reversed(row_edits(before, after)):
        rows[change["start"] : change["start"] + change["count"]] = change["lines"]
    assert text_of(rows) == after


@given(text)
def test_texts_survive_being_split(whole: str):
    assert text_of(lines_of(whole)) == whole


def test_a_diff_names_a_file_that_comes_or_goes():
    assert unified("a.py", "", "x\n").startswith("--- /dev/null\n+++ b/a.py\n")
    assert unified("a.py", "x\n", "").startswith("--- a/a.py\n+++ /dev/null\n")
    assert unified("a.py", "x\n", "x\n") == ""


def test_changes_that_lie_apart_merge_and_changes_of_one_row_do_not():
    base = text_of([f"line {i}" for i in range(12)])
    mine = base.replace("line 1\n", "mine\n")
    theirs = base.replace("line 10\n", "theirs\n")
    assert merge(mine, base, theirs) == base.replace("line 1\n", "mine\n").replace("line 10\n", "theirs\n")
    assert merge(mine, base, base.replace("line 1\n", "other\n")) is None


def test_a_change_that_is_there_already_merges_to_itself():
    assert merge("b\n", "a\n", "b\n") == "b\n"
