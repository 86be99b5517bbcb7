"""Words of names: how a name splits, what its abbreviations mean, and which words are verbs (verbs.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import category

LONGEST_NAME = 200
ASCII_WORD = re.compile(r"[aikl]\d{1,2}[nsy](?![a-z])|[A-Z]{2,}s(?![a-z])|[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+")
VOWELS = frozenset("aeiou")
SIBILANTS = ("s", "x", "z", "ch", "sh", "o")
NO_VERBS = frozenset({"name", "file", "space", "structure", "state", "table", "time", "value", "type", "result"})


class Lexicon(NamedTuple):
    """verbs.toml, ready to be asked. `also_nouns` are verbs too."""

    verbs: frozenset[str]
    also_nouns: frozenset[str]
    giving: frozenset[str]
    vague: frozenset[str]
    transitive: frozenset[str]
    prepositions: frozenset[str]
    asking: dict[str, str]
    short: dict[str, str]
    short_verbs: dict[str, str]
    acronyms: frozenset[str]
    glued: frozenset[str]
    manners: frozenset[str]
    generic: frozenset[str]


@cache
def lexicon() -> Lexicon:
    data: dict[str, Any] = tomllib.loads((Path(__file__).parent / "verbs.toml").read_text("utf-8"))

    def words_of(text: str) -> frozenset[str]:
        return frozenset(text.split())

    nouns = words_of(data["also_nouns"])
    return Lexicon(
        words_of(data["plain"]) | nouns - NO_VERBS,
        nouns,
        words_of(data["giving"]),
        words_of(data["vague"]),
        words_of(data["transitive"]),
        words_of(data["prepositions"]),
        data["asking"],
        data["short"],
        data["short_verbs"],
        words_of(data["words"]["acronyms"]),
        words_of(data["words"]["glued"]),
        words_of(data["words"]["manners"]),
        words_of(data["words"]["generic"]),
    )


@lru_cache(maxsize=16384)
def split(name: str) -> tuple[str, ...]:
    """Lower-case words of a name in any convention: `HTTPServer2_x` is http, server2, x; () for `___`."""
    name = name[:LONGEST_NAME]
    if name.isascii():
        return _glue(tuple(word.lower() for word in ASCII_WORD.findall(name)))
    found: list[str] = []
    before = ""
    for char in name:
        if not char.isalnum() and not (before and category(char)[0] == "M"):  # marks belong to the letter before them
            before = ""
            continue
        if found and before and not (char.isupper() and not before.isupper()):
            found[-1] += char
        else:
            found.append(char)
        before = char
    return tuple(word.lower() for word in found)


def _glue(words: tuple[str, ...]) -> tuple[str, ...]:
    """`getvalue` is two words, `setdefault` too; nothing else is guessed at."""
    if words and (first := words[0]) not in lexicon().verbs:
        for verb in ("get", "set", "is", "has", "add", "del", "to", "from", "find", "parse", "make", "read", "write"):
            rest = first[len(verb) :]
            if first.startswith(verb) and rest in lexicon().glued:
                return (verb, rest, *words[1:])
    return words


def spelled(words: Sequence[str]) -> str:
    """Words for people: abbreviations in full, acronyms in capitals."""
    lex = lexicon()
    return " ".join(word.upper() if word in lex.acronyms else lex.short.get(word, word) for word in words)


def verb_of(word: str) -> str:
    """The imperative of a verb in any of its forms: `parses`, `parsing` and `parse` are parse; "" when it is none."""
    return imperative(word) or third_person(word) or gerund(word)


def imperative(word: str) -> str:
    return word if word in lexicon().verbs else ""


@lru_cache(maxsize=4096)
def third_person(word: str) -> str:
    """`returns` is return, `tries` is try, `matches` is match; "" when that is no verb's form."""
    verbs = lexicon().verbs
    if not word.endswith("s") or word.endswith("ss"):
        return ""
    if word.endswith("ies") and word[:-3] + "y" in verbs:
        return word[:-3] + "y"
    if word[:-1] in verbs:
        return word[:-1]
    if word.endswith("es") and word[:-2].endswith(SIBILANTS) and word[:-2] in verbs:
        return word[:-2]
    return ""


@lru_cache(maxsize=4096)
def gerund(word: str) -> str:
    """`parsing` is parse, `getting` is get; "" when that is no verb's form."""
    verbs = lexicon().verbs
    stem = word.removesuffix("ing")
    if stem == word or len(stem) < 2:
        return ""
    if stem + "e" in verbs and stem not in verbs:
        return stem + "e"
    if stem in verbs:
        return stem
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in verbs:
        return stem[:-1]
    return stem + "e" if stem + "e" in verbs else ""


def participle(word: str) -> str:
    """`sorted` is sort, `merged` is merge; "" when that is no verb's form."""
    verbs = lexicon().verbs
    if not word.endswith("ed") or len(word) < 5:
        return ""
    if word[:-1] in verbs:
        return word[:-1]
    if word[:-2] in verbs:
        return word[:-2]
    if word.endswith("ied") and word[:-3] + "y" in verbs:
        return word[:-3] + "y"
    return word[:-3] if word[-3] == word[-4] and word[:-3] in verbs else ""


def is_telling(word: str) -> bool:
    """Whether a word of a name says something by itself, rather than being a letter or two."""
    return len(word) > 2 or word in lexicon().acronyms or word in lexicon().short or not word.isascii()


def capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]
