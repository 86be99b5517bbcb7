"""A definition's line by rules: its docstring, what its domain says, its name, and what its body plainly does.

Form: `verb object[; qualifiers][; returns …]`, at most 120 characters; qualifiers are dropped first, then what is returned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from remora.summary.body import Body, body_of
from remora.summary.docs import Phrase, phrase
from remora.summary.domains import by_domain
from remora.summary.names import CHANGING, by_name, is_test, telling_parameters
from remora.summary.phrases import shorter
from remora.summary.returns import qualifiers, returned
from remora.summary.shapes import by_shape
from remora.summary.subject import TYPES, Subject
from remora.summary.validate import LONGEST, check
from remora.summary.words import capitalized, is_telling, spelled, split, verb_of

VERSION = "2"
"""Changes when the same subject may get another line."""
VAGUE_OBJECT = re.compile(r"\b(?:this|that|these|those) (?:kind|type|sort|thing|stuff|case)s?\b")
ABOUT_CODE = re.compile(
    r"(?:Create|Define|Make|Declare|Add|Set up|Build) (?:a |an |the )?(?:\w+ )?(?:function|method|helper|callback)\b"
)
IDENTIFIER = re.compile(r"(?<!\w)[A-Za-z]\w*_\w*[A-Za-z]\w*")
GIVEN_BACK = re.compile(r"\b(?:return\w*|new|copy|result)\b")
SURE = 0.75
LEAST = 0.1
GIVES_BACK = frozenset({"return", "get", "yield", "retrieve", "fetch"})


class Line(NamedTuple):
    """`confidence` is the share of lines like this one that are right. `reasons` say where it comes from."""

    text: str
    confidence: float
    reasons: tuple[str, ...]


def line_of(subject: Subject) -> Line:
    """Never raises; at most 120 characters, one line, without quotes."""
    body = body_of(subject)
    best: Line | None = None
    for found in _candidates(subject, body):
        if best is None or found.confidence > best.confidence:
            checked = check(_with_clauses(found.text, subject, body), subject)
            if checked.ok:
                best = Line(checked.text, round(found.confidence, 2), (found.reason,))
                if best.confidence >= SURE:
                    break
    return best or Line(check(_plain(subject), subject).text, LEAST, ("kind",))


def _candidates(subject: Subject, body: Body) -> Iterator[Phrase]:
    """Best sources first; a later one is asked when none before is sure."""
    is_type = subject.kind in TYPES or subject.kind == "module"
    if (found := phrase(subject, body.gives != "nothing")) and (found := _compared(found, subject, body)):
        yield found
    if found := by_domain(subject):
        yield found
    if found := by_shape(subject) if is_type else by_name(subject, body):
        yield found
    if not is_type and (found := _by_body(subject, body)):
        yield found


def _compared(found: Phrase, subject: Subject, body: Body) -> Phrase | None:
    """A docstring's line, less sure when the code seems to do something else."""
    words = [word.lower() for word in found.text.split()]
    verb = verb_of(words[0]) or (verb_of(words[1]) if len(words) > 1 else "")
    if words[0] in ("define", "provide") and _repeats_the_name(found.text, subject):
        return found._replace(confidence=0.6)  # a heading in a comment
    if is_test(subject):
        return found if verb in ("test", "check", "verify", "ensure", "assert") else None
    confidence = found.confidence
    is_type = subject.kind in TYPES or subject.kind == "module"
    if verb in GIVES_BACK and body.gives == "nothing" and not body.is_abstract:
        confidence -= 0.4
    if words[:2] == ["check", "whether"] and (body.truth is False or body.gives == "nothing"):
        confidence -= 0.4
    if verb == "check" and body.truth is False:
        confidence -= 0.2
    if body.identity:
        confidence -= 0.3
    if len(words) < 7 and not _shares_a_word(found.text, subject):
        confidence -= 0.2
    if subject.kind in ("function", "method") and ABOUT_CODE.match(found.text):
        confidence -= 0.3  # a remark on the statement that defines it
    if verb in CHANGING and not subject.owner and body.gives == "value" and not GIVEN_BACK.search(found.text):
        confidence -= 0.2  # what it changes may be a copy
    if is_type and verb in ("create", "construct", "initialize", "instantiate"):
        confidence -= 0.2  # its constructor's comment
    if not is_type and _names_unknown(found.text, subject):
        confidence -= 0.2  # an identifier of older code
    if VAGUE_OBJECT.search(found.text):
        confidence -= 0.3
    if words[1:] in (["it"], ["this"], ["that"], ["them"]):
        confidence -= 0.4
    return found._replace(confidence=max(LEAST, round(confidence, 2)))


def _shares_a_word(text: str, subject: Subject) -> bool:
    """Whether the docstring speaks of something that the name, the class or a parameter names as well."""
    said = {_stem(word) for word in split(text.replace(" ", "_"))}
    near = [subject.name, subject.owner, *telling_parameters(subject)]
    return any(_stem(word) in said for name in near for word in (*split(name), *split(spelled(split(name)))))


def _names_unknown(text: str, subject: Subject) -> bool:
    """Whether it has an identifier in snake case that the definition does not."""
    near = (subject.signature, subject.owner, *subject.calls, *subject.sets, *subject.raises, *subject.members)
    known = " ".join(near).lower()
    return any(name.lower() not in known for name in IDENTIFIER.findall(text))


def _repeats_the_name(text: str, subject: Subject) -> bool:
    """Whether a line about a type says no word after its verb that its name does not say."""
    own = {_stem(word) for word in (*split(subject.name), *split(spelled(split(subject.name))))}
    said = text.split()[1:]
    return {_stem(word) for word in split("_".join(said)) if word not in ("a", "an", "the")} <= own


def _stem(word: str) -> str:
    return verb_of(word) or word.removesuffix("s")


def _by_body(subject: Subject, body: Body) -> Phrase | None:
    """What a body that does one thing does."""
    if body.getter:
        words = split(body.getter)
        return Phrase(f"Return {spelled(words)}", 0.8, "getter") if any(map(is_telling, words)) else None
    if body.setter and (words := split(body.setter)) and any(map(is_telling, words)):
        return Phrase(f"Set {spelled(words)}", 0.7, "setter")
    if body.constant and subject.end_row - subject.row <= 3 and not subject.doc:
        return Phrase(f"Return {body.constant}", 0.6, "constant")
    if body.identity:
        words = split(body.identity)
        named = spelled(words) if all(map(is_telling, words)) else "the argument"
        return Phrase(f"Return {named} unchanged", 0.8, "identity")
    if body.delegate and (words := split(body.delegate.rpartition(".")[2])) and any(map(is_telling, words)):
        return Phrase(f"Call {spelled(words)}", 0.5, "delegate")
    return None


def _with_clauses(text: str, subject: Subject, body: Body) -> str:
    """The clauses that fit; the first qualifiers are dropped last, and what is returned after them."""
    gives = returned(subject, body, text)
    kept = list(qualifiers(subject))
    while True:
        line = "; ".join((text, *kept, *((gives,) if gives else ())))
        if len(line) <= LONGEST:
            return line
        if kept:
            kept.pop()
        elif gives:
            gives = ""
        else:
            return shorter(text)[0] or text


def _plain(subject: Subject) -> str:
    """What is left to say of `____` and of minified names: the kind, and how much of it there is."""
    number = len(subject.parameters)
    kind = {"type": "type", "module": "module"}.get(subject.kind, subject.kind)
    words = split(subject.name)
    name = f" {spelled(words)}" if words else ""
    if subject.kind in TYPES or subject.kind == "module":
        return capitalized(f"define the {kind}{name}")
    few = f" with {number} parameter{'s' * (number != 1)}" if number else ""
    return capitalized(f"run the {kind}{name}{few}")
