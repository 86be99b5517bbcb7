"""What a model is asked about one definition. What stands in a repository is data: fenced, and never followed.

The hash of a prompt is taken of everything that is said of the definition and not of its path, so that the same code
in another file has the same line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from importlib import resources
from string import Template

from remora.engine.protocol import Message, estimate_tokens
from remora.summary.subject import Subject

VERSION = "2"
"""Changes when the same definition is asked about in other words."""
ANSWER_TOKENS = 40
TEMPERATURE = 0.2
STOP = ("\n\n", "\n#")
GRAMMAR = 'root ::= [A-Z] [^\\n\\r`"]{4,150}'
"""One line that begins with a capital, for engines that keep to a grammar."""

MOST_DOC = 400
MOST_MEMBERS = 24
MOST_COLUMNS = 160
# The words of chat templates: in a repository's text they would end our message and begin another one.
TEMPLATE_MARKS = re.compile(r"<(?=\||/?s>|/?\w*_of_\w+>|/?think)|\[(?=/?INST\]|/?SYS)|(?<=\|)>")


def params_hash(temperature: float = TEMPERATURE) -> str:
    """Of how a model is asked."""
    return _hash(("params", VERSION, ANSWER_TOKENS, temperature, STOP))


def prompt_hash(subject: Subject, members: Sequence[str] = ()) -> str:
    """Of all that a prompt says.

    Args:
        members: the lines of what stands in a class or a module.
    """
    said = (subject.lang, subject.kind, subject.qualname, subject.signature, subject.doc, subject.bases)
    # A class changes with every method; its line depends on what is said of them.
    text = members if members else subject.body_hash
    return _hash((VERSION, *said, text))


def messages(
    subject: Subject, code: str, members: Sequence[str] = (), most_tokens: int = 1024, refused: str = ""
) -> tuple[Message, ...]:
    """The question.

    Args:
        code: the definition's text; as much of it is sent as `most_tokens` leave room for, beginning and end first.
        members: lines of what stands in it, in place of its code.
        refused: why the answer before this one would not do.
    """
    lines = list(members[:MOST_MEMBERS]) if members else _rows(code)
    while True:
        asked = _asked(subject, lines, bool(members), refused)
        if len(lines) <= 2 or sum(estimate_tokens(one.content) for one in asked) + ANSWER_TOKENS <= most_tokens:
            return asked
        middle = len(lines) * 2 // 3
        lines = [*lines[: max(1, middle - 1)], *lines[middle + 1 :]]


def _asked(subject: Subject, lines: Sequence[str], is_members: bool, refused: str) -> tuple[Message, ...]:
    about = [f"{subject.kind} {subject.qualname}", subject.signature]
    if subject.doc:
        about.append(f"documentation: {' '.join(subject.doc.split())[:MOST_DOC]}")
    about.append("what stands in it:" if is_members else "code:")
    data = tame("\n".join((*about, *lines)))
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", data)), default=0))
    words = Template(_file("user.txt")).substitute(
        lang=subject.lang, kind=subject.kind, fence=fence, data=data, again=f"\n{_again(refused)}" if refused else ""
    )
    return (Message("system", _file("system.txt").strip()), Message("user", words.strip()))


def tame(text: str) -> str:
    """A text in which no chat template sees one of its own marks."""
    return TEMPLATE_MARKS.sub(lambda found: " >" if found[0] == ">" else f"{found[0]} ", text).replace("\0", "")


def _again(refused: str) -> str:
    return f"An earlier answer would not do: {tame(refused)[:200]}. Answer in other words."


def _rows(code: str) -> list[str]:
    return [line.rstrip()[:MOST_COLUMNS] for line in code.split("\n") if line.strip()]


def _hash(value: object) -> str:
    return blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@cache
def _file(name: str) -> str:
    return resources.files("remora.summary").joinpath("prompts", name).read_text(encoding="utf-8")
