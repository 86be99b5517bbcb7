"""The clauses behind a line: what comes back, what is raised, that it is asynchronous."""

from __future__ import annotations

import re

from remora.summary.body import NOTHING, TRUTHS, Body, plain_type
from remora.summary.subject import Subject

LONGEST_TYPE = 40
MOST_RAISES = 2
SELF = frozenset({"self", "this", "cls"})
OF_NOTHING = re.compile(
    r"(?:io::|fmt::|anyhow::)?Result(?:<\(\)(?:, ?.*)?>)?|Poll<\(\)>|error|\(?error\)?|CompletableFuture<Void>"
)
NOT_WORDS = re.compile(r"[\"'`{}\\$|]|=>|->|\w\(|\s=\s|;|//")
LIFETIME = re.compile(r"'\w+ ?")


def returned(subject: Subject, body: Body, line: str) -> str:
    """ "returns Result<Cfg, Error>"; "" when nothing comes back, nothing is declared, or the line says it already."""
    if subject.kind in ("constructor", "test") or not subject.returns:
        return ""
    if any("contextmanager" in decorator for decorator in subject.decorators):
        return ""  # what is annotated goes to the decorator
    if plain_type(subject.returns) in NOTHING or body.gives == "nothing":
        return ""
    text = type_text(subject.returns)
    if not text or OF_NOTHING.fullmatch(text) or text.lower() in SELF or text.lower() in NOTHING:
        return ""
    said = line.lower()
    if text.lower() in TRUTHS and said.startswith(("check", "return whether", "return true", "test")):
        return ""
    return "" if re.search(rf"\b{re.escape(text.lower())}s?\b", said) else f"returns {text}"


def type_text(returns: str) -> str:
    """A declared type on few characters and without code: `Iterator` for `impl Iterator<Item = T>`; "" when it is too odd."""
    text = " ".join(LIFETIME.sub("", returns.strip().strip("\"'")).split())
    text = re.sub(r"^(?:&mut |&|\*|impl |dyn |asserts )+", "", text.lstrip(": "))
    if re.match(r"\w+ is \w", text):
        return "bool"
    if not text or len(text) > LONGEST_TYPE or NOT_WORDS.search(text):
        outer = re.match(r"[A-Za-z_][\w.:]*(?=[<\[])", text)
        text = outer[0] if outer else ""
    return (
        re.sub(r"\b(?:typing|t|collections\.abc|std::\w+)(?:\.|::)(?=[A-Z])", "", text)
        if len(text) <= LONGEST_TYPE
        else ""
    )


def raised(subject: Subject) -> str:
    """ "raises KeyError or ValueError", of what the definition itself raises or declares."""
    names = [name.rpartition(".")[2] for name in subject.raises]
    names = [name for name in names if name[:1].isupper() and name.isidentifier() and name != "NotImplementedError"]
    return f"raises {' or '.join(names[:MOST_RAISES])}" if names else ""


def qualifiers(subject: Subject) -> tuple[str, ...]:
    """Those that are dropped first stand last."""
    found = []
    if "async" in subject.flags:
        found.append("async")
    if subject.kind not in ("test",) and subject.tdd != "TEST_IMPLEMENTATION" and (clause := raised(subject)):
        found.append(clause)
    return tuple(found)
