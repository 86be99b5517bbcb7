"""Printing what came from a model or a repository."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

# C0 and C1 control characters and DEL, but for tab and line feed.
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"}
_COLOURS = {"+": "\x1b[32m", "-": "\x1b[31m", "@": "\x1b[36m"}


def put(text: str) -> None:
    """Print; on a terminal, control characters are spelled out, so that no text can move the cursor or set a title."""
    print(text.translate(_CONTROLS) if sys.stdout.isatty() else text)


def one_line(text: str) -> str:
    """The text with line feeds, tabs and other characters that could break a line or a column spelled out."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def put_columns(rows: Sequence[Sequence[str]], indent: str = "") -> None:
    """Print rows under each other; each column is as wide as its widest text, the last one is left as it is."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in filter(None, rows):
        cells = [text.ljust(width) for text, width in zip(row[:-1], widths, strict=False)]
        put((indent + "  ".join((*cells, row[-1]))).rstrip())


def put_diff(diff: str) -> None:
    """Print a unified diff as it is; on a terminal in colours, unless NO_COLOR is set."""
    if not sys.stdout.isatty():
        sys.stdout.write(diff)
        return
    for line in diff.translate(_CONTROLS).splitlines():
        colour = "" if os.environ.get("NO_COLOR") else _COLOURS.get(line[:1], "")
        print(f"{colour}{line}\x1b[0m" if colour else line)
