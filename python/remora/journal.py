"""The journal: an append-only record of each session, so that it can be read, replayed and forgotten.

One JSON-lines file per session, mode 0600, in the workspace's state folder. Each line is `{at, kind, ...}`; the kinds are
`request`, `prompt`, `answer`, `verdict`, `proposal`, `decision`, `approve`, `failed`.
Values that look like secrets are masked before they are written.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from remora.errors import UserError

_SECRET = re.compile(
    r"""(?x)
    (?P<head>(?i:[\w-]*(?:api[_-]?key|secret|token|passw(?:or)?d|authorization)[\w-]*)["']?\s*[:=]\s*["']?(?:Bearer\s+)?)
    (?P<value>[A-Za-z0-9+/_.=-]{12,})
    | (?P<bare>\b(?:sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|AKIA[0-9A-Z]{16}|xox[baprs]-[A-Za-z0-9-]{10,}
        |eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{5,}|hf_[A-Za-z0-9]{20,})\b)
    """
)
_MASK = "«masked»"


def mask(text: str) -> str:
    """`text` with every value that looks like a secret replaced by a mark. Names and the rest of the line stay."""
    return _SECRET.sub(lambda m: (m["head"] or "") + _MASK, text)


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {key: _masked(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(item) for item in value]
    return value


class Record:
    """One session's open record."""

    def __init__(self, session: str, path: Path | None) -> None:
        self.session = session
        self._path = path

    def add(self, kind: str, **fields: Any) -> None:
        """Append one line. A full disk loses the line, never the session."""
        if self._path is None:
            return
        line = json.dumps({"at": round(time.time(), 3), "kind": kind, **_masked(fields)}, ensure_ascii=False) + "\n"
        try:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as out:
                out.write(line)
        except OSError:
            self._path = None


class Journal:
    """All records of one workspace.

    Args:
        folder: made (0700) when the first record opens.
        max_bytes, max_seconds: the oldest records go when either is passed; checked when a record opens.
    """

    def __init__(self, folder: Path, *, enabled: bool, max_bytes: int, max_seconds: float) -> None:
        self._folder = folder
        self._enabled = enabled
        self._max_bytes = max_bytes
        self._max_seconds = max_seconds

    def open(self, session: str) -> Record:
        if not self._enabled:
            return Record(session, None)
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._trim()
        except OSError:  # a full or read-only disk: the session goes on without a record
            return Record(session, None)
        return Record(session, self._folder / f"{session}.jsonl")

    def sessions(self) -> list[dict[str, Any]]:
        """Newest first: `{id, at, request, node, outcome, bytes}`."""
        found = []
        for path in self._paths():
            lines = list(_lines(path))
            request = next((x for x in lines if x["kind"] == "request"), {})
            last = lines[-1]["kind"] if lines else "empty"
            found.append(
                {
                    "id": path.stem,
                    "at": lines[0]["at"] if lines else path.stat().st_mtime,
                    "request": request.get("request", ""),
                    "node": request.get("node", ""),
                    "outcome": last,
                    "bytes": path.stat().st_size,
                }
            )
        return found

    def read(self, session: str) -> list[dict[str, Any]]:
        """Every line of one session, oldest first.

        Raises:
            UserError: there is no such session.
        """
        path = self._folder / f"{session}.jsonl"
        if not re.fullmatch(r"[\w-]{1,64}", session) or not path.is_file():
            raise UserError(f"There is no session {session!r} in the journal. `remora journal list` shows them.")
        return list(_lines(path))

    def forget(self, session: str | None = None) -> int:
        """Delete one session's record, or all of them; returns how many."""
        paths = self._paths() if session is None else [p for p in self._paths() if p.stem == session]
        for path in paths:
            path.unlink(missing_ok=True)
        return len(paths)

    def _paths(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        return sorted(self._folder.glob("*.jsonl"), key=lambda p: (p.stat().st_mtime_ns, p.name), reverse=True)

    def _trim(self) -> None:
        total, now = 0, time.time()
        for path in self._paths():
            stat = path.stat()
            total += stat.st_size
            if total > self._max_bytes or now - stat.st_mtime > self._max_seconds:
                path.unlink(missing_ok=True)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            try:
                yield json.loads(line)
            except json.JSONDecodeError:  # a line that a crash cut off
                continue
