"""Lines from the lines below: function, class, module, package.

A class or module whose own words say what it is keeps its line; where they do not, what stands in it says it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from remora.summary.rules import SURE, Line
from remora.summary.subject import TYPES, Subject
from remora.summary.validate import LONGEST, check

MADE = 0.7
"""A line from members says what is there, seldom what for: it is never sure."""
_WEAK = ("Define ", "Run ")


def from_members(subject: Subject, own: Line, members: Sequence[tuple[Subject, Line]]) -> Line:
    """The line of a class or a module, given its own one and those of what stands in it, in the order of the text."""
    if own.confidence >= SURE or subject.doc or not (subject.kind in TYPES or subject.kind == "module"):
        return own
    chosen = sorted(members, key=_rank)
    if subject.kind == "module":
        names = _names([one for one, _ in chosen if one.kind in TYPES])
        text = joined("Define ", names) if names else joined("", _clauses(chosen))
    else:
        text = joined("", _clauses(chosen))
    checked = check(text, subject) if text else None
    if checked is None or not checked.ok or own.confidence >= MADE:
        return own
    return Line(checked.text, min(MADE, max(own.confidence, 0.6)), ("members",))


def package_line(modules: Sequence[tuple[str, str, float]]) -> tuple[str, float]:
    """A package's line and its confidence, from (name, line, confidence) of its modules; ("", 0) for none."""
    for name, line, confidence in modules:
        if name in ("__init__", "index", "mod", "lib", "package-info", "doc") and confidence >= SURE:
            return line, confidence
    told = [
        (line, confidence)
        for _, line, confidence in modules
        if line and (confidence >= SURE or not line.startswith(("Define ", "Provide ")))
    ]
    told.sort(key=lambda one: one[1] < SURE)
    if len(told) == 1 == len(modules):
        return told[0]
    text = joined("", [_lowered(_first(line), n) for n, (line, _) in enumerate(told)]) if len(told) > 1 else ""
    text = text or _by_name([name for name, _, _ in modules if not name.startswith("__")])
    return (text, MADE) if text else ("", 0.0)


def _by_name(modules: Sequence[str]) -> str:
    """A package whose modules do not say what they are for is told by their names."""
    if len(modules) == 1:
        return f"Hold the module {modules[0]}"
    for count in range(min(4, len(modules)), 0, -1):
        rest = len(modules) - count
        shown = [*modules[:count], f"{rest} more"] if rest else list(modules)
        text = f"Hold the modules {', '.join(shown[:-1])} and {shown[-1]}"
        if len(text) <= LONGEST:
            return text
    return ""


def joined(start: str, parts: Sequence[str]) -> str:
    """As many parts as fit into a line, with commas between them, and "and" before the last."""
    for count in range(min(len(parts), 4), 0, -1):
        rest = ", ".join(parts[: count - 1])
        text = start + (f"{rest} and {parts[count - 1]}" if rest else parts[count - 1])
        if len(text) <= LONGEST:
            return text
    return ""


def below(subjects: Sequence[Subject]) -> Mapping[int, list[Subject]]:
    """What stands in each class and module, by number; a method of a Go type or an impl belongs to its type."""
    by_number = {one.number: one for one in subjects}
    types = {one.name: one for one in subjects if one.kind in TYPES}
    found: dict[int, list[Subject]] = {}
    for one in subjects:
        if one.kind == "module":
            continue
        around = by_number.get(one.parent)
        if (around is None or around.kind == "module") and one.owner in types and types[one.owner] is not one:
            around = types[one.owner]
        if around is None:
            around = next((two for two in subjects if two.kind == "module"), None)
        if around is not None:
            found.setdefault(around.number, []).append(one)
    return found


def bottom_up(subjects: Sequence[Subject]) -> list[Subject]:
    """Members before what they stand in, else in the order of the text."""
    order: Callable[[Subject], tuple[int, int]] = lambda one: (  # noqa: E731
        2 if one.kind == "module" else 1 if one.kind in TYPES else 0,
        -one.number if one.kind in TYPES else one.number,
    )
    return sorted(subjects, key=order)


def _rank(member: tuple[Subject, Line]) -> tuple[bool, bool, bool, int]:
    subject, line = member
    is_special = subject.name.startswith("__") or subject.kind in ("constructor", "test")
    return subject.visibility == "private", is_special, line.confidence < SURE, subject.number


def _clauses(members: Sequence[tuple[Subject, Line]]) -> list[str]:
    told = [line for one, line in members if line.confidence >= SURE and one.visibility != "private"]
    told = [line for line in told if not line.text.startswith(_WEAK)]
    parts = list(dict.fromkeys(_first(line.text) for line in told))
    short = [part for part in parts if len(part) <= 50]
    return [_lowered(part, n) for n, part in enumerate(short)]


def _names(types: Sequence[Subject]) -> list[str]:
    return [one.name for one in types if one.visibility != "private" and one.name.isidentifier()]


def _first(line: str) -> str:
    return line.partition(";")[0].rstrip(" .")


def _lowered(part: str, number: int) -> str:
    """Within a sentence; an acronym keeps its letters."""
    return part if number == 0 or part[1:2].isupper() else part[:1].lower() + part[1:]
