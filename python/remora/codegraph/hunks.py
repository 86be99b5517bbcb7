"""From edits to hunks, and from hunks to a file's text. All texts are canonical (LF, one final newline unless empty)."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from remora.codegraph.proposal import Edit, Hunk


def lines_of(text: str) -> list[str]:
    """The rows of a canonical text, without their line ends. An empty text has none."""
    return text.split("\n")[:-1] if text.endswith("\n") else (text.split("\n") if text else [])


def text_of(lines: Sequence[str]) -> str:
    return "\n".join(lines) + "\n" if lines else ""


def hunks_of(base: str, edits: Sequence[Edit]) -> tuple[Hunk, ...]:
    """The rows that each edit changes, smallest runs first to last, by row.

    Only the rows that an edit spans are compared, so a 20,000-line file costs no more than its node.
    """
    rows = lines_of(base)
    found: list[Hunk] = []
    for edit in sorted(edits, key=lambda e: (e.span[0], e.span[1])):
        start, old, new = _rows_of(rows, edit)
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag != "equal":
                found.append(Hunk(f"h{len(found) + 1}", edit.key, start + a, b - a, tuple(new[c:d])))
    return tuple(found)


def _rows_of(rows: Sequence[str], edit: Edit) -> tuple[int, list[str], list[str]]:
    """The whole rows that `edit` touches: first row, old rows, new rows. Columns are UTF-8 bytes.

    An edit that starts and ends at column 0 replaces whole rows, and its `future` is rows too.
    """
    start, start_col, end, end_col = edit.span
    if start_col == 0 and end_col == 0:
        return start, list(rows[start:end]), lines_of(edit.future)
    old = list(rows[start : end + 1])
    head, tail = old[0].encode()[:start_col].decode(), old[-1].encode()[end_col:].decode()
    return start, old, (head + edit.future + tail).split("\n")


def apply_hunks(base: str, hunks: Iterable[Hunk]) -> str:
    """`base` with `hunks` in it. They must not overlap; order does not matter."""
    rows = lines_of(base)
    for hunk in sorted(hunks, key=lambda h: h.start, reverse=True):
        rows[hunk.start : hunk.start + hunk.count] = hunk.lines
    return text_of(rows)


def row_edits(before: str, after: str) -> list[dict]:
    """The smallest runs of rows that turn `before` into `after`, as `{start, count, lines}` for an editor."""
    old, new = lines_of(before), lines_of(after)
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    old_middle, new_middle = old[head : len(old) - tail], new[head : len(new) - tail]
    matcher = difflib.SequenceMatcher(None, old_middle, new_middle, autojunk=len(old_middle) > 2000)
    return [
        {"start": head + a, "count": b - a, "lines": new_middle[c:d]}
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]


def unified(path: str, before: str, after: str) -> str:
    """A unified diff as `git apply` reads it; empty when nothing changes."""
    if before == after:
        return ""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    names = (f"a/{path}" if before else "/dev/null", f"b/{path}" if after else "/dev/null")
    return "".join(difflib.unified_diff(old, new, *names))
