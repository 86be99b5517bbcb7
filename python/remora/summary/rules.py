"""A definition's line by rules: from its name, docstring, signature and what its body plainly does."""

from __future__ import annotations

import re
from typing import NamedTuple

from remora.summary.subject import Subject
from remora.summary.validate import check

VERSION = "1"
"""Changes when the same subject may get another line."""

WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_]+")


class Line(NamedTuple):
    text: str
    confidence: float
    reasons: tuple[str, ...]


def line_of(subject: Subject) -> Line:
    """Never raises; at most 120 characters, one line, without quotes. `reasons` say where it comes from."""
    words = [word.lower() for word in WORD.findall(subject.name)] or ["define", subject.kind]
    text = " ".join(words)
    checked = check(text[:1].upper() + text[1:], subject)
    return Line(checked.text, min(checked.confidence, 0.3), ("name",))
