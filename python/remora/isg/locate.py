"""From a place in a text to the node that holds it."""

from __future__ import annotations

from remora.errors import UserError
from remora.isg.values import EDITABLE, FileGraph, Node, smallest


def node_at(graph: FileGraph, row: int, col: int, end: tuple[int, int] | None = None) -> Node:
    """The smallest function, method or class that holds a position, or a range.

    Blanks around it do not count: a cursor before the first character of a line stands on that character, and blank
    rows and comments at a range's edges may lie outside the node, as they do when whole lines are selected.

    Args:
        row, col: the position, or the range's start.
        end: the range's end, exclusive.

    Raises:
        UserError: code `no_node`: there is none.
    """
    lines = [line.encode("utf-8", "surrogatepass") for line in graph.text.split("\n")]
    start = first_code(lines, row, col) if end is not None else on_line(lines, row, col)
    stop = start if end is None else max(last_code(lines, start, end), start)
    only_blanks = end is not None and (row, col) < end <= start
    found = (
        None
        if only_blanks
        else smallest([node for node in graph.nodes if node.kind in EDITABLE and node.span.holds(start, stop)])
    )
    if found is None:
        place = "the selection" if end is not None and end != (row, col) else f"line {row + 1}"
        message = (
            f"{graph.path}: {place} is in no function or class. Put the cursor inside one, or select what to change."
            if graph.nodes
            else f"{graph.path}: there is no such file. Check the path, then ask again."
        )
        raise UserError(message, "no_node")
    return found


def on_line(lines: list[bytes], row: int, col: int) -> tuple[int, int]:
    """A cursor's position: on the first character when only blanks stand before it, on the last one past the end."""
    if not 0 <= row < len(lines) or not lines[row].strip():
        return row, col
    return row, min(max(col, indent(lines[row])), len(lines[row].rstrip()) - 1)


def first_code(lines: list[bytes], row: int, col: int) -> tuple[int, int]:
    while row < len(lines):
        rest = lines[row][col:].strip()
        if rest and not rest.startswith(b"#"):
            return row, max(col, indent(lines[row]))
        row, col = row + 1, 0
    return row, col


def last_code(lines: list[bytes], start: tuple[int, int], end: tuple[int, int]) -> tuple[int, int]:
    row, col = end
    if row >= len(lines):
        row, col = len(lines) - 1, len(lines[-1])
    while row > start[0]:
        taken = lines[row][:col].rstrip()
        if taken and not taken.lstrip().startswith(b"#"):
            return row, len(taken)
        row -= 1
        col = len(lines[row])
    return row, min(col, len(lines[row].rstrip()) if 0 <= row < len(lines) else col)


def indent(line: bytes) -> int:
    return len(line) - len(line.lstrip(b" \t"))
