"""Makes any line, a rule's or a model's, safe to show, and says whether it can be a summary of its subject."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from remora.summary.subject import Subject

LONGEST = 120

ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
LABEL = re.compile(r"^(?:(?:one[- ]line )?summary|answer|description|output|docstring)\s*:\s*", re.I)
MARKS = re.compile(r"^(?:[#>*•–—-]|\d+[.)])\s+|^[/#*\"]+\s*")
QUOTES = dict.fromkeys(map(ord, '"`“”„«»‘‚‹›'))
IDENTIFIER = re.compile(r"[^\W\d]\w*(?:(?:\.|::|->|#)[^\W\d]\w*)*")
PLAIN_WORD = re.compile(r"[A-Z]?[a-z]+(?:['’][a-z]+)?|[A-Z]{1,6}s?|[A-Z]")
CODE = re.compile(r"[{}\\$|;]{2}|\w\(|[{}]|=>|:=|==|!=|&&|\|\||;\s*$|\s=\s")
ADDRESSED = re.compile(
    r"\b(?:ignore (?:all|any|previous|prior|the above)|disregard|system prompt|as an ai|language model|i (?:am|cannot|can't|will)|"
    r"i'm|sorry|you (?:are|must|should)|here (?:is|are)|please)\b",
    re.I,
)
TRUNCATED = re.compile(r"\b(?:a|an|the|of|to|from|in|on|for|with|and|or|by|as|that|which|is|are|returns|raises)$", re.I)


class Checked(NamedTuple):
    text: str
    ok: bool
    confidence: float
    why: tuple[str, ...]


def check(text: str, subject: Subject, code: str = "") -> Checked:
    """The sanitised line, and whether it will do.

    Args:
        code: the text of the definition; a name in the line that neither it nor the subject holds makes the line not ok.

    Returns:
        `text` is one line of at most 120 characters without quotes or control characters, also when it is not ok.
        `confidence`: 0 when not ok. `why`: what is wrong with it, in words.
    """
    line = clean(text)
    why = []
    if not line:
        why.append("it is empty")
    elif not any(char.isalpha() for char in line):
        why.append("it has no words")
    elif len(line.split()) < 2:
        why.append("it is a single word")
    if CODE.search(line):
        why.append("it holds code")
    if ADDRESSED.search(line):
        why.append("it speaks to somebody instead of describing")
    if TRUNCATED.search(line):
        why.append("it ends in the middle of a sentence")
    if code and (strange := unknown_names(line, subject, code)):
        why.append(f"it names {', '.join(strange[:3])}, not in the code")
    return Checked(line, not why, 0.0 if why else 0.7, tuple(why))


def clean(text: str) -> str:
    """The first line that says something, without marks, quotes, escapes or characters that do not show; <= 120."""
    text = ESCAPES.sub("", text[:4000])
    for one in re.split(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", text):
        line = one
        if not (one.isascii() and one.isprintable()):
            line = "".join(char for char in one if char in " \t" or unicodedata.category(char)[0] not in "CZ")
        line = MARKS.sub("", " ".join(line.split()))
        line = LABEL.sub("", line.translate(QUOTES).replace("**", "").replace("’", "'")).strip(" '")
        if any(char.isalnum() for char in line):
            return shortened(line.rstrip(" .:;,"))
    return ""


def shortened(line: str, most: int = LONGEST) -> str:
    """At most `most` characters, cut before the last clause, else the last word, that does not fit."""
    if len(line) <= most:
        return line
    cut = line[: most + 1]
    for mark in ("; ", ", ", " "):
        at = cut.rfind(mark)
        if at > most // 3:
            return cut[:at].rstrip(" .:;,")
    return cut[:most]


def unknown_names(line: str, subject: Subject, code: str) -> list[str]:
    """Names in the line that look like identifiers and stand in neither the code nor the subject."""
    known = set(re.findall(r"\w+", code))
    known.update(
        re.findall(r"\w+", f"{subject.qualname} {subject.signature} {subject.owner} {subject.doc} {subject.path}")
    )
    return [
        name
        for name in dict.fromkeys(IDENTIFIER.findall(line))
        if not PLAIN_WORD.fullmatch(name) and any(part not in known for part in re.findall(r"\w+", name))
    ]
