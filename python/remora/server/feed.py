"""The events of one request, kept as its present state, so that a slow or returning client costs no queue.

```
emit ──► state (phase, text, terminal) ──► each follower sends what changed since it last did, ~30 times a second
```
"""

from __future__ import annotations

import asyncio
from typing import Any

FRAME_S = 1 / 30


class Feed:
    """What is known of one request. `seq` grows with every change; followers skip numbers that were merged."""

    def __init__(self, request: str) -> None:
        self.request = request
        self.seq = 0
        self.place: dict[str, Any] = {}
        self.phase: dict[str, Any] = {}
        self.text = ""
        self.terminal: dict[str, Any] | None = None
        self._phase_seq = 0
        self._text_seq = 0
        self._reset_seq = 0
        self._changed = asyncio.Event()

    def emit(self, kind: str, **fields: Any) -> None:
        """Called from the loop's own thread. After the terminal event nothing counts."""
        if self.terminal is not None:
            return
        self.seq += 1
        if kind == "phase":
            fields = {key: value for key, value in fields.items() if value is not None}
            self.place |= {key: fields.pop(key) for key in ("node", "path", "span") if key in fields}
            self.phase, self._phase_seq = fields, self.seq
            if fields.get("phase") == "retrying":
                self.seq += 1
                self.text, self._text_seq, self._reset_seq = "", self.seq, self.seq
        elif kind == "text":
            self.text, self._text_seq = fields["text"], self.seq
        else:
            self.terminal = {"kind": kind, **fields}
        self._changed.set()

    def since(self, seq: int, shown: str) -> tuple[list[dict[str, Any]], int, str]:
        """Events that bring a follower from (`seq`, `shown` text) to now; then the new `seq` and shown text."""
        events: list[dict[str, Any]] = []
        if self._phase_seq > seq:
            events.append({"kind": "phase", "seq": self._phase_seq, **self.place, **self.phase})
        is_anew = self._reset_seq > seq  # the follower drops what it shows when it hears of the retry
        if self._text_seq > seq and (is_anew or self.text != shown):
            shown = "" if is_anew else shown
            offset = _common_bytes(shown, self.text)
            events.append(
                {"kind": "text", "seq": self._text_seq, "offset": offset, "text": self.text.encode()[offset:].decode()}
            )
        events.sort(key=lambda e: e["seq"])
        if self.terminal is not None:
            events.append({"seq": self.seq, **self.terminal})
        return [{"request": self.request, **event} for event in events], self.seq, self.text

    async def follow(self, send: Any, seq: int = 0, shown: str = "") -> None:
        """Send events until the terminal one. `send(event)` waits while its client is slow; ConnectionError ends it."""
        while True:
            self._changed.clear()
            events, seq, shown = self.since(seq, shown)
            for event in events:
                await send(event)
            if self.terminal is not None:
                return
            await self._changed.wait()
            if self.terminal is None:
                await asyncio.sleep(FRAME_S)


def _common_bytes(before: str, after: str) -> int:
    """The length in UTF-8 bytes of the longest common start, never inside a character."""
    count = 0
    for a, b in zip(before, after, strict=False):
        if a != b:
            break
        count += 1
    return len(after[:count].encode())
