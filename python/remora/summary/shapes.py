"""A type's or a module's line without a docstring: from its name, its kind, its bases and its members."""

from __future__ import annotations

from collections.abc import Sequence

from remora.summary.docs import Phrase
from remora.summary.names import PARTS_OF_OWNERS, listed
from remora.summary.subject import Subject
from remora.summary.words import capitalized, is_telling, spelled, split

TESTS = frozenset({"test", "tests", "testcase", "spec", "case", "cases"})
ERRORS = frozenset({"error", "exception", "err", "failure", "fault"})
NO_BASES = frozenset(
    {"object", "abc", "protocol", "generic", "namedtuple", "typeddict", "enum", "intenum", "str", "int", "type"}
)
MOST_MEMBERS = 4
DATA = frozenset({"struct", "interface"})


def by_shape(subject: Subject) -> Phrase | None:
    """None when the name says nothing."""
    if subject.kind == "module":
        return _module(subject)
    words = split(subject.name)
    if not any(is_telling(word) for word in words) or not subject.name.isidentifier():  # <class2> is nobody's name
        return None
    text, confidence = _type(subject, words)
    if not all(is_telling(word) for word in words):
        confidence -= 0.15
    return Phrase(capitalized(text), confidence, "type's name")


def _type(subject: Subject, words: Sequence[str]) -> tuple[str, float]:
    name, several = spelled(words), len(words) > 1
    if subject.tdd == "TEST_IMPLEMENTATION" and (words[0] in TESTS or words[-1] in TESTS):
        about = [word for word in words if word not in TESTS]
        return f"Test {spelled(about)}", 0.8 if about else 0.3
    bases = [split(base.partition("[")[0].partition("<")[0].rpartition(".")[2]) for base in subject.bases]
    if words[-1] in ERRORS and (several or bases):
        return f"Signal {_article(name)} {name}", 0.85 if several else 0.5
    if any(base and base[-1] in ERRORS for base in bases):
        return f"Signal the error {name}", 0.8 if several else 0.65
    members = _members(subject)
    if subject.kind == "enum" and members:
        return f"Enumerate {name}: {listed(members)}", 0.8
    if subject.kind in ("trait", "interface"):
        return f"Define the contract of {_article(name)} {name}" + (f" with {listed(members)}" if members else ""), (
            0.8 if several and members else 0.65
        )
    if subject.kind == "type":
        return f"Define the type {name}", 0.5
    kinds = ([word for word in base if word not in PARTS_OF_OWNERS and len(word) > 1] for base in bases)
    own = {*words, *NO_BASES}
    base = next(
        (spelled(kind) for kind in kinds if kind and "".join(kind) not in NO_BASES and not own.issuperset(kind)), ""
    )
    line = f"Define {_article(name)} {name}"
    if base:
        line += f", a kind of {base}"
    elif members:
        line += f" with {listed(members)}"
    return line, (0.8 if base or members else 0.65) if several else 0.6


def _module(subject: Subject) -> Phrase | None:
    words = (
        split(subject.name)
        if subject.name not in ("__init__", "mod", "index", "lib")
        else split("_".join(subject.place[-2:-1]))
    )
    if not words:
        return None
    if subject.tdd == "TEST_IMPLEMENTATION" and (words[0] in TESTS or words[-1] in TESTS):
        around = subject.place[-1] if subject.parent >= 0 else "_".join(subject.place[-2:-1])
        about = [word for word in words if word not in TESTS] or split(around)
        telling = any(is_telling(word) and word not in TESTS for word in about)
        return Phrase(f"Test {spelled(about)}", 0.75, "module's name") if telling else None
    members = _members(subject)
    if not members:
        return Phrase(f"Provide {spelled(words)}", 0.3, "module's name")
    return Phrase(f"Provide {spelled(words)} with {listed(members)}", 0.55, "module's name")


def _members(subject: Subject) -> tuple[str, ...]:
    """A few public ones, in words, and that there are more."""
    named = [split(name) for name in subject.members if not name.startswith("_") and name != subject.name]
    texts = [spelled(words) for words in named if words and any(is_telling(word) for word in words)]
    texts = [text for text in dict.fromkeys(texts) if text not in ("constructor", "new", "initialize")]
    return (*texts[: MOST_MEMBERS - 1], "more") if len(texts) > MOST_MEMBERS else tuple(texts)


def _article(noun: str) -> str:
    return "an" if noun[:1].lower() in "aeio" else "a"
