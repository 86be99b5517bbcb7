"""Small turns of English that lines are made with."""

from __future__ import annotations

import re

from remora.summary.validate import LONGEST
from remora.summary.words import lexicon, third_person

DETERMINERS = frozenset(
    "the a an this that these those its their each all any one every some no".split()  # noqa: SIM905
)
AFTER_A_VERB = DETERMINERS | {"it", "them", "itself", "him", "into", "if", "whether"}
CUTS = (
    re.compile(r"\s*(?:;|--|–|—|\s-\s).*$"),
    re.compile(
        r",?\s+(?:so that|in order to|because|since|such that|e\.g\.|i\.e\.|for example|such as|including)\b.*$"
    ),
    re.compile(r",\s+(?:which|where|so|but|as|and|with|using|by|or|while|whereas|thus|if|unless|when|to)\b.*$"),
    re.compile(r":\s.*$"),
    re.compile(r",\s[^,]*$"),
)
COST = (0.0, 0.0, 0.05, 0.1, 0.2)
CHANGES_MEANING = frozenset({"if", "unless", "but", "or"})
AND_VERB = re.compile(
    r"(?P<before>(?:\band|\bor|\bthen|\bbut|,)(?: then| also| optionally)? )(?P<verb>[a-z]+s)(?P<after> (?P<next>[\w'\[]+)|$)"
)


def lowered(text: str) -> str:
    """With a small first letter, unless the first word is a name or an acronym."""
    first = text.split(" ", 1)[0]
    if len(first) > 1 and any(char.isupper() or char in "_." or char.isdigit() for char in first[1:]):
        return text
    return text[:1].lower() + text[1:] if first.isascii() and first != "I" else text


def after_and(line: str) -> str:
    """`parse the text and returns it` with its second verb in the imperative as well."""
    nouns = lexicon().also_nouns

    def turned(found: re.Match[str]) -> str:
        verb = third_person(found["verb"])
        if not verb or (verb in nouns and (found["next"] or "").lower() not in AFTER_A_VERB):
            return found[0]
        return f"{found['before']}{verb}{found['after']}"

    return AND_VERB.sub(turned, line)


def shorter(line: str, most: int = LONGEST) -> tuple[str, float]:
    """A sentence of at most `most` characters, and what cutting it costs in confidence; "" when it cannot be cut well."""
    if len(line) <= most:
        return line, 0.0
    cut = line
    for pattern, cost in zip(CUTS, COST, strict=True):
        found = pattern.search(cut)
        while found:
            mark = found[0].strip(" ,").split(" ", 1)[0].lower()
            cut = cut[: found.start()].rstrip(" ,")
            if len(cut) <= most:
                ok = len(cut.split()) >= 3
                return (cut, cost + (0.15 if mark in CHANGES_MEANING else 0.0)) if ok else ("", 0.0)
            found = pattern.search(cut)
    return "", 0.0
