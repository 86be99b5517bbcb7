"""The screen as Neovim tells an attached UI to draw it (`ext_linegrid`)."""

from collections.abc import Iterable
from typing import Any


class Screen:
    """Cells by (row, col), 0-based: their text and the number of their highlight."""

    def __init__(self, rows: int, cols: int) -> None:
        self.rows, self.cols = rows, cols
        self.text: dict[tuple[int, int], str] = {}
        self.highlight: dict[tuple[int, int], int] = {}
        self.definitions: dict[int, list[Any]] = {}
        self.groups: dict[int, list[str]] = {}
        self.cursor = (0, 0)
        self.flushes = 0

    def apply(self, batch: Iterable[list[Any]]) -> None:
        """Take one `redraw` notification."""
        for name, *calls in batch:
            take = getattr(self, f"_{name}", None)
            if take:
                for arguments in calls:
                    take(*arguments)

    def lines(self) -> list[str]:
        """Every row without the blanks at its end."""
        return ["".join(self.text.get((r, c), " ") for c in range(self.cols)).rstrip() for r in range(self.rows)]

    def groups_at(self, row: int, col: int) -> list[str]:
        """Names of the highlight groups that colour a cell, the lowest first."""
        return self.groups.get(self.highlight.get((row, col), 0), [])

    def groups_of(self, part: str) -> list[str]:
        """Highlight groups of the first cell where `part` stands on the screen.

        Raises:
            AssertionError: it is nowhere.
        """
        for row, line in enumerate(self.lines()):
            if (col := line.find(part)) >= 0:
                return self.groups_at(row, col)
        raise AssertionError(f"{part!r} is not on the screen:\n" + "\n".join(self.lines()))

    def _flush(self) -> None:
        self.flushes += 1

    def _grid_clear(self, _grid: int) -> None:
        self.text.clear()
        self.highlight.clear()

    def _grid_cursor_goto(self, _grid: int, row: int, col: int) -> None:
        self.cursor = (row, col)

    def _hl_attr_define(self, number: int, rgb: Any, _cterm: Any, info: list[dict[str, Any]]) -> None:
        self.definitions[number] = rgb
        self.groups[number] = [item.get("hi_name") or item.get("ui_name", "") for item in info]

    def _grid_line(self, _grid: int, row: int, col: int, cells: list[list[Any]], *_wrap: Any) -> None:
        number = 0
        for cell in cells:  # [text], [text, highlight] or [text, highlight, repeat]
            number = cell[1] if len(cell) > 1 else number
            for _ in range(cell[2] if len(cell) > 2 else 1):
                self.text[row, col], self.highlight[row, col] = cell[0], number
                col += 1

    def _grid_scroll(self, _grid: int, top: int, bottom: int, left: int, right: int, by: int, _cols: int) -> None:
        for row in range(top, bottom - by) if by > 0 else range(bottom - 1, top - by - 1, -1):
            for col in range(left, right):
                self.text[row, col] = self.text.get((row + by, col), " ")
                self.highlight[row, col] = self.highlight.get((row + by, col), 0)
