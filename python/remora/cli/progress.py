"""What a waiting person sees: one line on stderr that changes in place; nothing when stderr is no terminal."""

from __future__ import annotations

import sys
import time
from typing import Any

_WORDS = {
    "queued": "waiting for a free slot",
    "starting": "starting",
    "loading": "loading the model",
    "reading": "reading the prompt",
    "writing": "writing",
    "checking": "checking",
    "retrying": "asking again",
    "pulling": "getting the model",
    "summarizing": "summarizing",
}


class StatusLine:
    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._last = ""

    def __call__(self, event: dict[str, Any]) -> None:
        """Show one event; terminal ones clear the line."""
        if event["kind"] == "phase":
            self._show(phase_text(event))
        elif event["kind"] != "text":
            self._show("")

    def _show(self, text: str) -> None:
        if self._live and text != self._last:
            sys.stderr.write(f"\r\x1b[2K{text}")
            sys.stderr.flush()
            self._last = text


def phase_text(event: dict[str, Any]) -> str:
    """A phase event in words, with its numbers."""
    phase, done, total = event["phase"], event.get("done"), event.get("total")
    text = _WORDS.get(phase, phase)
    if phase in ("loading", "pulling") and done is not None and total:
        text += f" {done / 1e6:,.0f} of {total / 1e6:,.0f} MB"
    elif phase == "summarizing" and total:
        llm = event.get("llm") or {}
        text += f" {done:,}/{total:,}" + (f", model {llm['used']:,}/{llm['of']:,}" if llm.get("used") else "")
    elif phase == "reading" and total:
        text += f" {done}/{total} tokens"
    elif phase == "writing" and done:
        text += f" {done} tokens"
    if note := event.get("note"):
        text += f" ({note})"
    return text


class PullBar:
    """A progress bar for a download; plain lines, one per tenth, where there is no terminal."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._bar: Any = None
        self._task: Any = None
        self._tenth = -1
        self._started = time.monotonic()

    def __call__(self, event: dict[str, Any]) -> None:
        if event["kind"] != "phase":
            if self._bar is not None:
                self._bar.stop()
            return
        done, total = event.get("done") or 0, event.get("total") or 1
        if sys.stderr.isatty():
            self._draw(done, total, event.get("note") or "")
        elif int(10 * done / total) > self._tenth:
            self._tenth = int(10 * done / total)
            seconds = time.monotonic() - self._started
            print(f"{self._name}: {done / 1e6:,.0f} of {total / 1e6:,.0f} MB after {seconds:.0f} s", file=sys.stderr)

    def _draw(self, done: int, total: int, note: str) -> None:
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
            self._bar = Progress(*columns, TextColumn("{task.fields[note]}"), console=Console(stderr=True))
            self._task = self._bar.add_task(self._name, total=total, note=note)
            self._bar.start()
        self._bar.update(self._task, completed=done, total=total, note=note)


class IndexBar:
    """A bar over files that goes when it is done; nothing where there is no terminal. Leave it as a context manager.

    When all files are read they are linked, with a bar of its own.
    """

    def __init__(self) -> None:
        self._bar: Any = None
        self._reading: Any = None
        self._linking: Any = None

    def __enter__(self) -> IndexBar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, event: dict[str, Any]) -> None:
        if event["kind"] != "phase" or not sys.stderr.isatty():
            return
        done, total, note = event.get("done") or 0, event.get("total") or 0, event.get("note") or ""
        if self._bar is None:
            self._bar = self._made()
            self._reading = self._bar.add_task("indexing", total=None, files="", note="")
            self._linking = self._bar.add_task("linking", total=1, files="", note="", visible=False)
            self._bar.start()
        is_linking = 0 < total <= done
        files = f"{done:,}/{total:,}" if total else ""
        self._bar.update(
            self._reading, completed=done, total=total or None, files=files, note=note, visible=not is_linking
        )
        share = (done - total) / total if is_linking else 0
        self._bar.update(self._linking, completed=share, files=f"{share:.0%}", note=note, visible=is_linking)

    def _made(self) -> Any:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        files = TextColumn("{task.fields[files]}")
        columns = (TextColumn("{task.description:<8}"), BarColumn(), files, TimeRemainingColumn())
        note = TextColumn("{task.fields[note]}", markup=False)
        return Progress(*columns, note, console=Console(stderr=True), transient=True)
