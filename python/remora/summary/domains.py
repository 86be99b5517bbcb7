"""Lines of things that a whole domain writes alike: handlers, fixtures, commands, migrations (templates/*.toml).

A file holds `[[template]]` tables. All conditions that one names must hold:

    names       the name is one of these, as written
    decorators  a pattern that occurs in the decorators or attributes
    bases       a pattern that occurs in the bases
    owners      a pattern that occurs in the name of the class or impl around
    place       the folder or the file is named so
    kinds, langs
    parameters  a pattern that occurs in the parameters' names and types

`line` is filled with {name}, the name in words; {owner}; {object}, the name without its first word when that is a verb or
`drop`, and without its last words when they are in `drop`; {first}, the first telling parameter; {module}.
A template whose line needs what is not there is passed over.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, NamedTuple

from remora.summary.docs import Phrase
from remora.summary.names import owner_words, telling_parameters
from remora.summary.subject import TYPES, Subject
from remora.summary.words import imperative, is_telling, spelled, split


class Template(NamedTuple):
    domain: str
    line: str
    confidence: float
    needs: tuple[str, ...]
    names: frozenset[str]
    kinds: frozenset[str]
    langs: frozenset[str]
    place: frozenset[str]
    drop: frozenset[str]
    decorators: re.Pattern[str] | None
    bases: re.Pattern[str] | None
    owners: re.Pattern[str] | None
    parameters: re.Pattern[str] | None


class Templates(NamedTuple):
    """By the condition that is the quickest to look up."""

    by_name: dict[str, tuple[Template, ...]]
    by_decorator: tuple[Template, ...]
    by_base: tuple[Template, ...]
    by_owner: tuple[Template, ...]


@cache
def templates() -> Templates:
    names: dict[str, list[Template]] = defaultdict(list)
    decorators, bases, owners = [], [], []
    for file in sorted((Path(__file__).parent / "templates").glob("*.toml")):
        for row in tomllib.loads(file.read_text("utf-8"))["template"]:
            one = _template(file.stem, row)
            for name in one.names:
                names[name].append(one)
            if one.names:
                continue
            (decorators if one.decorators else bases if one.bases else owners).append(one)
    return Templates(
        {name: tuple(found) for name, found in names.items()}, tuple(decorators), tuple(bases), tuple(owners)
    )


def by_domain(subject: Subject) -> Phrase | None:
    """The line of the first template that fits."""
    for template in _candidates(subject):
        if _fits(template, subject):
            values = _values(template, subject)
            if all(values[need] for need in template.needs):
                return Phrase(template.line.format(**values), template.confidence, f"{template.domain} template")
    return None


def _candidates(subject: Subject) -> Iterator[Template]:
    known = templates()
    yield from known.by_name.get(subject.name, ())
    if subject.decorators:
        yield from known.by_decorator
    if subject.bases:
        yield from known.by_base
    if subject.owner:
        yield from known.by_owner


def _fits(one: Template, subject: Subject) -> bool:
    if (one.kinds and subject.kind not in one.kinds) or (one.langs and subject.lang not in one.langs):
        return False
    if one.place and not one.place.intersection(subject.place):
        return False
    if one.decorators and not one.decorators.search(" ".join(subject.decorators)[:500]):
        return False
    if one.bases and not one.bases.search(" ".join(subject.bases)[:500]):
        return False
    if one.owners and not one.owners.search(subject.owner):
        return False
    return not one.parameters or bool(
        one.parameters.search(" ".join(" ".join(pair) for pair in subject.parameters[:8])[:500])
    )


def _values(one: Template, subject: Subject) -> dict[str, str]:
    words = split(subject.name)
    rest = _object(words, one.drop, subject.kind not in TYPES)
    return {
        "name": spelled(words) if any(map(is_telling, words)) else "",
        "owner": owner_words(subject),
        "object": spelled(rest) if any(map(is_telling, rest)) else "",
        "first": next(iter(telling_parameters(subject)), ""),
        "module": spelled(split(subject.place[-1].lstrip("0123456789_-"))),
    }


def _object(words: Sequence[str], drop: frozenset[str], has_verb: bool) -> Sequence[str]:
    if len(words) > 1 and ((has_verb and imperative(words[0])) or words[0] in drop):
        words = words[1:]
    while words and words[-1] in drop:
        words = words[:-1]
    return words


def _template(domain: str, row: dict[str, Any]) -> Template:
    def pattern(name: str) -> re.Pattern[str] | None:
        return re.compile(row[name]) if name in row else None

    def words(name: str) -> frozenset[str]:
        return frozenset(row.get(name, ()))

    line = row["line"]
    return Template(
        domain,
        line,
        row["confidence"],
        tuple(field for _, field, _, _ in Formatter().parse(line) if field),
        words("names"),
        words("kinds"),
        words("langs"),
        words("place"),
        words("drop"),
        pattern("decorators"),
        pattern("bases"),
        pattern("owners"),
        pattern("parameters"),
    )
