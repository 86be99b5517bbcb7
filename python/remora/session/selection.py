"""What the user pointed at and said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from remora.errors import UserError


@dataclass(frozen=True)
class Selection:
    """One request. `text` is the buffer's canonical text when it differs from the disk; `path` is relative to the root.

    Exactly one of `key`, `pos` (row, column) and `span` (row, column, row, column) names the place.
    """

    path: str
    request: str
    key: str | None = None
    pos: tuple[int, int] | None = None
    span: tuple[int, int, int, int] | None = None
    text: str | None = None
    refines: str | None = None

    @staticmethod
    def from_wire(params: dict[str, Any], path: str) -> Selection:
        """Raises UserError when the place or the words are missing, or of the wrong shape."""
        request = params.get("request")
        if not isinstance(request, str) or not request.strip():
            raise UserError("Say what should change, for instance :RemoraEdit round half up.", code="usage")
        pos, span, key = params.get("pos"), params.get("span"), params.get("key")
        if not (_numbers(pos, 2) or _numbers(span, 4) or isinstance(key, str)):
            raise UserError("The request names no place. Put the cursor in a function, or select one.", code="usage")
        text = params.get("text")
        if text is not None and not isinstance(text, str):
            raise UserError("The buffer's text did not arrive as text. Save the file and try again.", code="usage")
        return Selection(
            path=path,
            request=request.strip(),
            key=key if isinstance(key, str) else None,
            pos=tuple(pos) if pos else None,
            span=tuple(span) if span else None,
            text=text,
            refines=params.get("refine"),
        )


def _numbers(value: Any, count: int) -> bool:
    return isinstance(value, list | tuple) and len(value) == count and all(type(n) is int and n >= 0 for n in value)
