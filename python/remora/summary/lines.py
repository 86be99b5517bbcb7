"""The lines of one file as they can be told at once: by rules, and what a model has said before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from remora.isg.values import FileGraph
from remora.summary.prompt import prompt_hash
from remora.summary.pyramid import below, bottom_up, from_members
from remora.summary.records import Provenance, Stored, SummaryRecords
from remora.summary.rules import Line, line_of
from remora.summary.subject import TYPES, Subject, subjects


class Told(NamedTuple):
    """One subject's line.

    Attributes:
        rule: what rules say of it.
        members: lines of what stands in it, for a class or a module; what a model is told in place of its code.
        prompt: the hash of what a model would be told.
        stored: what a model said of exactly this, or why it could not; None when it was not asked.
        stale: what a model said of the node before it changed.
    """

    subject: Subject
    rule: Line
    members: tuple[str, ...]
    prompt: str
    stored: Stored | None = None
    stale: Stored | None = None

    @property
    def text(self) -> str:
        return self._best[0]

    @property
    def confidence(self) -> float:
        return self._best[1]

    @property
    def provenance(self) -> Provenance:
        return self._best[2]

    @property
    def is_stale(self) -> bool:
        return self._best[3]

    @property
    def _best(self) -> tuple[str, float, Provenance, bool]:
        if self.stored is not None and self.stored.provenance == "llm_assisted":
            return self.stored.summary, self.stored.confidence, "llm_assisted", False
        if self.stale is not None:
            return self.stale.summary, self.stale.confidence, "llm_assisted", True
        failed = self.stored is not None and self.stored.is_settled
        return self.rule.text, self.rule.confidence, "rule_based_insufficient" if failed else "rule_based", False


def file_lines(
    graph: FileGraph,
    records: SummaryRecords,
    model: str = "",
    sure: float | None = None,
) -> list[Told]:
    """Every subject of a file with its line, in the order of the text.

    Args:
        model: only what this one said counts.
        sure: a rule's line of this confidence or more keeps what a model said before from being shown as stale.
    """
    found = subjects(graph)
    rules = ruled(found)
    told: dict[int, Told] = {}
    inside = below(found)
    # Of functions first: what is told of a class and of a module holds their lines.
    for level in _levels(bottom_up(found)):
        asked = []
        for one in level:
            members = tuple(
                member_line(told[each.number]) for each in inside.get(one.number, ()) if each.number in told
            )
            members = members if one.kind in TYPES or one.kind == "module" else ()
            asked.append(Told(one, rules[one.number], members, prompt_hash(one, members)))
        stored = records.by_prompt({(_body(one), one.prompt) for one in asked}, model)
        for one in asked:
            told[one.subject.number] = one._replace(stored=stored.get((_body(one), one.prompt)))
    return _with_stale([told[one.number] for one in found], records, sure)


def ruled(found: Sequence[Subject], make: Callable[[Subject], Line] = line_of) -> dict[int, Line]:
    """The rules' lines by number, those of classes and modules made from what stands in them where that says more."""
    rules: dict[int, Line] = {one.number: make(one) for one in found}
    inside = below(found)
    for one in bottom_up(found):
        if one.number in inside and (one.kind in TYPES or one.kind == "module"):
            members = [(each, rules[each.number]) for each in inside[one.number]]
            rules[one.number] = from_members(one, rules[one.number], members)
    return rules


def member_line(told: Told) -> str:
    return f"{told.subject.name}: {told.text}"


def _body(told: Told) -> str:
    """A class's line is made from its members' lines and stays while they do."""
    return body_of(told.subject, told.members)


def body_of(subject: Subject, members: Sequence[str]) -> str:
    return "" if members else subject.body_hash


def _levels(ordered: Sequence[Subject]) -> list[list[Subject]]:
    """Runs of subjects whose members all stand in earlier runs; types go one by one, since one may hold another."""
    levels: list[list[Subject]] = []
    for one in ordered:
        is_leaf = not (one.kind in TYPES or one.kind == "module")
        if is_leaf and levels:
            levels[0].append(one)
        else:
            levels.append([one])
    return levels


def _with_stale(told: list[Told], records: SummaryRecords, sure: float | None) -> list[Told]:
    changed = [one for one in told if one.stored is None and (sure is None or one.rule.confidence < sure)]
    last = records.last_of([one.subject.key for one in changed]) if changed else {}
    return [
        one._replace(stale=last[one.subject.key][1])
        if one.stored is None and one.subject.key in last and last[one.subject.key][1].provenance == "llm_assisted"
        else one
        for one in told
    ]
