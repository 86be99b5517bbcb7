"""A pull as one sees it in a terminal: a bar while it runs, plain lines where there is no terminal, Ctrl-C to stop."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

from remora.models.catalogue import Model, size_text
from remora.models.pull import pull


def pull_in_terminal(model: Model, directory: Path, out: TextIO | None = None) -> Path:
    """Pull with progress written to `out` (standard error when None). Raises what `pull` raises."""
    out = sys.stderr if out is None else out
    print(f"{model.name}: {size_text(model.bytes)}, {model.licence}, to {directory}", file=out, flush=True)
    return _with_bar(model, directory, out) if out.isatty() else _with_lines(model, directory, out)


def _with_bar(model: Model, directory: Path, out: TextIO) -> Path:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, TextColumn("{task.description}"), console=Console(file=out)) as bar:
        task = bar.add_task("", total=model.bytes)
        return pull(
            model,
            directory,
            lambda done, total, note: bar.update(task, completed=done, total=total, description=note),
            lambda: False,
        )


def _with_lines(model: Model, directory: Path, out: TextIO) -> Path:
    shown = -1

    def report(done: int, total: int, note: str) -> None:
        nonlocal shown
        tenth = 10 * done // total if total else 0
        if tenth != shown:
            shown = tenth
            print(f"  {10 * tenth:3d} %  {size_text(done)} of {size_text(total)}  {note}", file=out, flush=True)

    return pull(model, directory, report, lambda: False)
