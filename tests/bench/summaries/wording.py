"""Does a one-line summary say a claim? Words are compared by their stems, verbs where a line begins.

A claim is a string of alternatives, any of which will do:

    total | price sum       one word, or several that all occur, in any order
    in_place                words side by side; "a", "an" and "the" are not counted
    min*                    any word that begins so
    @get                    any word of the class `get` in words.toml
    verb: @get | count      one of these begins the line
    <returns>               the line ends in "returns X", X not "nothing"; <returns nothing>, <returns bool>: X is that
    <yields>  <async>       the line says that it is a generator, or asynchronous
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import takewhile
from pathlib import Path

NOTHING = frozenset({"none", "nothing", "void", "unit", "undefined", "null"})
PROMISES = frozenset({"promise", "awaitable", "coroutine", "future"})
TRUTH = frozenset({"bool", "boolean", "true"})

_ARTICLES = frozenset({"a", "an", "the"})
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_]+")
_QUALIFIER = re.compile(r"[;,]\s*(?:returns?|yields|raises|async)\b", re.I)
_VOWEL = re.compile("[aeiouy]")
_BRITISH = re.compile(r"(?<=\w{3})is(e|es|ed|ing|er|ers)$")
_OPENERS = frozenset({"that", "which", "to", "generator", "function", "method", "helper", "coroutine", "decorator"})
"""What may stand before the verb, beside adverbs: "Generator which yields …", "Lazily yield …"."""


@cache
def stem(word: str) -> str:
    """A word without its ending; only ever compared with another stem, so it need not be a word."""
    word = _BRITISH.sub(r"iz\1", word)
    if len(word) <= 3:
        return word
    if word.endswith(("ies", "ied")):
        word = word[:-3] + "y"
    elif word.endswith("es") and word[:-2].endswith(("s", "x", "z", "ch", "sh")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 1 and _VOWEL.search(rest):
            word = rest
            break
    word = word.removesuffix("e")
    if len(word) > 2 and word[-1] == word[-2]:
        word = word[:-1]
    if len(word) > 2 and word[-1] == "y" and word[-2] not in "aeiou":
        word = word[:-1] + "i"
    return word


def _opens(word: str) -> bool:
    return word in _OPENERS or (word.endswith("ly") and not word.endswith("ply"))


@cache
def classes() -> dict[str, tuple[str, ...]]:
    text = (Path(__file__).parent / "words.toml").read_text("utf-8")
    return {name: tuple(words) for name, words in tomllib.loads(text).items()}


class Line:
    """A summary as words: identifiers are split, lower case, articles are left out."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = tuple(w for w in (m.lower() for m in _WORD.findall(text)) if w not in _ARTICLES)
        self.stems = tuple(map(stem, self.words))
        openers = takewhile(_opens, self.words)
        self._verb_at = min(sum(1 for _ in openers), len(self.words) - 1)
        self.names = frozenset(name.lower() for name in re.findall(r"\w+", text))
        """Identifiers as they stand, for what the splitting tears apart: "reST", "sysRoot"."""

    def says(self, claim: str) -> bool:
        leads = claim.startswith("verb:")
        return any(self._says_all(items.split(), leads) for items in claim.removeprefix("verb:").split("|"))

    def unknown(self, claims: Iterable[str], also: str) -> tuple[str, ...]:
        """Words, qualifiers aside, that neither `claims` nor the text `also` nor the plain words of words.toml hold."""
        allowed = {word for claim in claims for word in re.findall(r"[@\w]+\*?", claim)}
        for name in [word[1:] for word in allowed if word.startswith("@")]:
            allowed.update(classes()[name])
        parts = [part for word in allowed for part in word.split("_")]
        beginnings = tuple(part[:-1] for part in parts if part.endswith("*"))
        roots = {stem(word) for word in (*parts, *classes()["plain"], *Line(also).words)}

        def is_known(word: str) -> bool:
            return len(word) == 1 or stem(word) in roots or word.startswith(beginnings or ("\0",))

        names = re.findall(r"\w+", _QUALIFIER.split(self.text)[0])
        parted = {name.lower(): Line(name).words for name in names}
        return tuple(n for n, words in parted.items() if not (is_known(n) or all(map(is_known, words))))

    def _says_all(self, items: Sequence[str], leads: bool) -> bool:
        """Whether all items occur, the first of them as the verb when it `leads`."""
        text = " ".join(items)
        if text.startswith("<"):
            return self._has_form(text.strip("<>").split())
        first, *rest = items
        anywhere = range(len(self.words))
        where = range(self._verb_at, self._verb_at + 1) if leads else anywhere
        return self._occurs(first, where) and all(self._occurs(item, anywhere) for item in rest)

    def _occurs(self, item: str, where: range) -> bool:
        if item.startswith("@"):
            return any(self._occurs(word, where) for word in classes()[item[1:]])
        if item in self.names and len(where) == len(self.words):
            return True
        parts = item.split("_")
        return any(self._stands(parts, at) for at in where)

    def _stands(self, parts: Sequence[str], at: int) -> bool:
        """Whether neighbouring words, the first of them word `at`, are these."""
        if at + len(parts) > len(self.words):
            return False
        return all(
            word.startswith(part[:-1]) if part.endswith("*") else root == stem(part)
            for part, word, root in zip(parts, self.words[at:], self.stems[at:], strict=False)
        )

    def _has_form(self, form: Sequence[str]) -> bool:
        name, *wanted = form
        if name == "returns":
            found = re.search(r"[;,]\s*returns?\s+(.*?)(?:;|$)", self.text, re.I)
            given = {word.lower() for word in _WORD.findall(found[1])} if found else set()
            if given & NOTHING:
                given -= PROMISES
            if not wanted:
                return bool(given) and not given <= NOTHING
            if wanted == ["nothing"]:
                return bool(given) and given <= NOTHING
            return bool(given & (TRUTH if wanted == ["bool"] else set(wanted)))
        if name == "yields":
            return re.search(r"[;,]\s*yields\b|^yield\b|\bgenerator\b", self.text, re.I) is not None
        if name == "async":
            return re.search(r"[;,]\s*async\b|^async\b|\basynchronously\b", self.text, re.I) is not None
        raise ValueError(f"no form <{' '.join(form)}>")

    def raised(self) -> tuple[str, ...]:
        """Names of exceptions in "; raises X or Y", without their modules."""
        found = re.search(r"[;,]\s*raises\s+(.*?)(?:;|\b(?:if|when|unless|for|on)\b|$)", self.text, re.I)
        names = re.findall(r"[A-Za-z_][\w.:]*", found[1]) if found else []
        return tuple(re.split(r"[.:]", name)[-1] for name in names if name not in {"a", "an", "or", "and"})
