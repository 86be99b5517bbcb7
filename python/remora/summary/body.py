"""What the facts of a definition plainly show: whether something comes back, and bodies that do one thing."""

from __future__ import annotations

from typing import Literal, NamedTuple

from remora.isg.facts import Expr
from remora.summary.subject import WRITTEN_ON, Subject
from remora.summary.words import split

NOTHING = frozenset({"", "none", "void", "()", "undefined", "null", "never", "noreturn", "!", "nothing", "unit"})
UNTYPED = frozenset({"python", "javascript", "typescript", "tsx"})
TRUTHS = frozenset({"bool", "boolean", "true", "false"})

Gives = Literal["value", "nothing", "unknown"]


class Body(NamedTuple):
    """Attributes:
    gives: whether calling it hands something back.
    truth: what it hands back is a truth value; None when that cannot be told.
    getter: the attribute of its object that is all it returns; "".
    constant: the number, truth value or None that is all it returns, as text; "".
    setter: the attribute that is all it assigns, from its one parameter; "".
    identity: the parameter that is all it returns, in a body of a line; "".
    delegate: the last name of the only call it makes; "".
    is_abstract: it is declared, or raises that it is not implemented, and does nothing.
    """

    gives: Gives
    truth: bool | None
    getter: str
    constant: str
    setter: str
    identity: str
    delegate: str
    is_abstract: bool


def body_of(subject: Subject) -> Body:
    calls = tuple(call for call in subject.calls if call.rpartition(".")[2] not in ("NotImplementedError", "super"))
    only_refuses = "NotImplementedError" in subject.raises and not calls and not subject.sets
    is_abstract = "abstract" in subject.flags or only_refuses
    gives = _gives(subject, is_abstract)
    returned = subject.gives
    getter = constant = setter = identity = delegate = ""
    if len(returned) == 1 and not subject.sets and not subject.yields:
        one = returned[0]
        if not calls and _is_own_attribute(one):
            getter = one[2]
        elif not calls and one and one[0] == "k" and (isinstance(one[2], int) or one[1] in ("None", "null")):
            constant = _constant(one)
        elif not calls and one and one[0] == "n" and subject.end_row - subject.row <= 3 + subject.doc.count("\n"):
            identity = one[1] if any(one[1] == name for name, _ in subject.parameters) else ""
    if not returned and not calls and len(subject.sets) == 1 and len(subject.parameters) == 1 and not subject.raises:
        setter = subject.sets[0]
    if len(calls) == 1 and not subject.sets and not subject.yields and len(returned) <= 1 and not subject.raises:
        delegate = calls[0]
    return Body(gives, _truth(subject), getter, constant, setter, identity, delegate, is_abstract)


def plain_type(returns: str) -> str:
    """A declared type in small letters, without quotes and without the promise around it."""
    text = returns.strip().strip("\"'").strip()
    for outer in ("Promise<", "Awaitable[", "Coroutine["):
        if text.startswith(outer):
            text = text[len(outer) : -1].rpartition(",")[2].strip()
    return text.lower()


def _gives(subject: Subject, is_abstract: bool) -> Gives:
    if subject.returns:
        return "nothing" if plain_type(subject.returns) in NOTHING else "value"
    if subject.yields:
        return "value"
    if any(not _is_nothing(one) for one in subject.gives):
        return "value"
    if is_abstract and subject.lang in UNTYPED:
        return "unknown"
    return "nothing"


def _truth(subject: Subject) -> bool | None:
    if subject.returns:
        declared = plain_type(subject.returns)
        return declared in TRUTHS or " is " in declared or declared.startswith(("typeguard", "typeis", "asserts "))
    known = [one for one in subject.gives if one is not None]
    if any(
        one[0] in ("l", "m", "f") or (one[0] == "k" and not _is_truth(one) and not _is_nothing(one)) for one in known
    ):
        return False
    return True if known and len(known) == len(subject.gives) and all(_is_truth(one) for one in known) else None


def _is_truth(one: Expr) -> bool:
    return bool(one) and one[0] == "k" and str(one[1]).lower() in TRUTHS


def _is_nothing(one: Expr) -> bool:
    return bool(one) and one[0] == "k" and str(one[1]).lower() in NOTHING


def _is_own_attribute(one: Expr) -> bool:
    return bool(one) and one[0] == "a" and bool(one[1]) and one[1][0] == "n" and one[1][1] in WRITTEN_ON


def _constant(one: Expr) -> str:
    kind, value = str(one[1]).lower(), one[2]
    if kind in TRUTHS:
        return ("true" if value else "false") if isinstance(value, int) else ""
    return "" if value is None and kind not in ("none", "null") else str(value).lower()


def names_it(call: str, word: str) -> bool:
    """Whether a called name holds a word: `self._fill_fodder` holds fill."""
    return word in split(call.rpartition(".")[2])
