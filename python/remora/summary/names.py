"""A function's line from its name: verb and object in any convention, with what the signature adds to them."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from remora.summary.body import Body, names_it
from remora.summary.docs import Phrase
from remora.summary.subject import WRITTEN_ON, Subject
from remora.summary.words import capitalized, imperative, is_telling, lexicon, participle, spelled, split, third_person

PARTS_OF_OWNERS = frozenset({"base", "abstract", "impl", "default", "mixin"})
MOST_PARAMETERS = 3
MAKES_ITS_OWN = frozenset({"static", "classmethod"})
OPTIONS = frozenset(
    {"args", "kwargs", "options", "opts", "compiler", "connection", "indent", "encoding", "errors", "dtype", "copy"}
)
BY_KEY = frozenset(
    {
        "get",
        "find",
        "fetch",
        "load",
        "lookup",
        "look",
        "query",
        "search",
        "read",
        "return",
        "retrieve",
        "pick",
        "select",
        "choose",
    }
)
"""Their parameter is what something is found by, not what is found."""
MANNER_FIRST = frozenset({"while", "until", "if", "when", "unless", "not", "and", "or", "but", "then", "else"})
EVENTS = frozenset({"on", "when"})
OUT_OF = frozenset({"from", "of"})
TEST_NAMES = frozenset({"test", "tests", "should", "it", "spec"})
CHANGING = frozenset({"set", "update", "put", "assign"})


@cache
def dunders() -> dict[str, str]:
    return tomllib.loads((Path(__file__).parent / "dunders.toml").read_text("utf-8"))["lines"]


def by_name(subject: Subject, body: Body) -> Phrase | None:
    """None when the name says nothing: `____`, `a`, or a script without words that we know."""
    words = split(subject.name)
    if is_test(subject):
        return _test(subject, words)
    if subject.kind == "constructor" or "constructor" in subject.flags or subject.name in ("__init__", "constructor"):
        return _constructor(subject)
    if subject.name.startswith("__") and subject.name.endswith("__"):
        line = dunders().get(subject.name.strip("_"))
        confidence = 0.6 if subject.name == "__call__" else 0.85
        return Phrase(line.format(owner=owner_words(subject) or "object"), confidence, "special name") if line else None
    if not words or not any(is_telling(word) for word in words):
        return None
    for rule in (_question, _conversion, _event, _verb, _result):
        if found := rule(subject, body, words):
            return Phrase(capitalized(found.text), found.confidence, found.reason)
    return None


def is_test(subject: Subject) -> bool:
    if subject.kind == "test" or (subject.kind in ("function", "method") and "test" in subject.flags):
        return True
    if subject.kind not in ("function", "method"):
        return False
    first = split(subject.name)[:1]
    is_file = subject.tdd == "TEST_IMPLEMENTATION" or subject.path.endswith("_test.go")
    return is_file and first in (("test",), ("tests",)) and len(split(subject.name)) > 1


def owner_words(subject: Subject) -> str:
    """The class around, in words, without what says nothing: `_BaseRenderer` is renderer."""
    words = split(subject.owner)
    kept = [word for word in words if word not in PARTS_OF_OWNERS] or words
    return spelled(kept) if any(map(is_telling, kept)) else ""


def telling_parameters(subject: Subject) -> tuple[str, ...]:
    """Names of parameters that say what is handled, in words."""
    generic = lexicon().generic
    return tuple(
        spelled(words)
        for name, _ in subject.parameters[:20]
        if name.lstrip("*_") not in generic and len(name) > 2 and (words := split(name)) and name.isidentifier()
    )


# -- kinds of names ---------------------------------------------------------------------------------------------------


def _test(subject: Subject, words: Sequence[str]) -> Phrase | None:
    rest = list(words[1:] if words and words[0] in TEST_NAMES else words)
    telling = [word for word in rest if is_telling(word) and not word.isdigit()]
    if rest[:1] == ["benchmark"] and len(telling) > 1:
        return Phrase(f"Benchmark {spelled(rest[1:])}", 0.85, "test")
    if telling and rest[0] == telling[0] and third_person(rest[0]) and rest[0] not in lexicon().asking:
        return Phrase(f"Test that it {spelled(rest)}", 0.8 if len(telling) > 1 else 0.6, "test")
    if not telling:
        owner = [word for word in split(subject.owner) if word not in ("test", "tests", "case")]
        return Phrase(f"Test {spelled([*owner, *rest])}", 0.6, "test") if any(map(is_telling, owner)) else None
    return Phrase(f"Test {spelled(rest)}", 0.85 if len(telling) > 1 else 0.75, "test")


def _constructor(subject: Subject) -> Phrase | None:
    owner = owner_words(subject)
    if not owner:
        return None
    parameters = telling_parameters(subject)[:MOST_PARAMETERS]
    few = len(subject.parameters) <= MOST_PARAMETERS
    line = f"Initialize {owner}"
    if parameters and few and len(parameters) == len(subject.parameters):
        line += f" with {listed(parameters)}"
    return Phrase(line, 0.85, "constructor")


def _question(subject: Subject, body: Body, words: Sequence[str]) -> Phrase | None:
    asking = lexicon().asking.get(words[0])
    if asking is None or body.gives == "nothing" or (len(words) == 1 and words[0] not in ("exists",)):
        return None
    if imperative(words[0]) and words[0] not in ("need",):
        return None
    rest = spelled(words[1:])
    about = owner_words(subject) if subject.owner and not subject.parameters else ""
    if not subject.owner and len(subject.parameters) == 1:
        about = next(iter(telling_parameters(subject)), "")
    line = f"Check whether {about or 'it'} {asking} {rest}".rstrip()
    if body.truth is False:
        return Phrase(line, 0.3, "question that is not answered with yes or no")
    sure = 0.85 if body.truth or body.gives == "value" else 0.7
    return Phrase(
        line, sure if all(is_telling(word) for word in words[1:] or ("x",)) or len(words) > 2 else 0.6, "question"
    )


def _conversion(subject: Subject, body: Body, words: Sequence[str]) -> Phrase | None:
    first, rest = words[0], words[1:]
    if body.gives == "nothing" or not rest:
        return None
    if first in ("to", "into", "as"):
        source = _converted(subject)
        verb = "Return {0} as {1}" if first == "as" else "Convert {0} to {1}"
        sure = 0.8 if source and any(map(is_telling, rest)) and not _is_option(subject) else 0.65
        return Phrase(verb.format(source or "it", spelled(rest)), sure, "conversion")
    if first == "from":
        made = owner_words(subject)
        if made and (MAKES_ITS_OWN.intersection(subject.flags) or subject.owner in subject.returns):
            other = subject.returns and subject.owner not in subject.returns and "self" not in subject.returns.lower()
            return Phrase(f"Create {made} from {spelled(rest)}", 0.6 if other else 0.85, "conversion")
        return None
    for at, word in enumerate(words[1:-1], 1):
        if word in ("to", "2") and not imperative(first):
            sure = 0.8 if any(map(is_telling, words[:at])) else 0.5
            return Phrase(f"Convert {spelled(words[:at])} to {spelled(words[at + 1 :])}", sure, "conversion")
    return None


def _converted(subject: Subject) -> str:
    """What is converted: the first parameter, or the object itself when there is none."""
    if not subject.parameters:
        return owner_words(subject)
    if subject.owner and all(name.startswith("*") or name in OPTIONS for name, _ in subject.parameters):
        return owner_words(subject)
    first = split(subject.parameters[0][0])
    return spelled(first) if any(map(is_telling, first)) else ""


def _is_option(subject: Subject) -> bool:
    """Whether the first parameter, if any, says how and not what: `toJSON(params)`."""
    return any(name.lstrip("*_") in lexicon().generic | OPTIONS for name, _ in subject.parameters[:1])


def _event(subject: Subject, body: Body, words: Sequence[str]) -> Phrase | None:
    if words[0] in EVENTS and len(words) > 1 and subject.lang in ("javascript", "typescript", "tsx", "java", "python"):
        return Phrase(f"Handle {spelled(words[1:])}", 0.55 if body.gives == "value" else 0.65, "event")
    return None


def _verb(subject: Subject, body: Body, words: Sequence[str]) -> Phrase | None:
    first = lexicon().short_verbs.get(words[0], lexicon().short.get(words[0], words[0]))
    verb = imperative(first)
    if not verb or subject.kind == "property":
        return None
    rest = words[1:]
    generic_object = False
    if not rest or rest[0] in lexicon().prepositions:
        if verb not in lexicon().transitive and rest[:1] != ("with",):
            return Phrase(f"{verb} {spelled(rest)}".strip(), 0.4 if rest else 0.2, "bare verb") if rest else None
        near = {*rest, *spelled(rest).split()}
        named = next((name for name in telling_parameters(subject)[:1] if not near & set(name.split())), "")
        thing = named or (owner_words(subject) if subject.owner else "")
        if not thing:
            return None
        line, confidence = (
            " ".join((verb, thing, spelled(rest))).strip(),
            0.7 if named else 0.65,
        )
        if verb in BY_KEY:
            confidence = 0.45
        generic_object = True
    else:
        line, confidence = f"{verb} {spelled(rest)}", 0.7
        line = _with_object_behind(line, rest, subject)
    return Phrase(line, _confidence(subject, body, verb, rest, confidence, generic_object), "verb")


def _result(subject: Subject, body: Body, words: Sequence[str]) -> Phrase | None:
    """A name without a verb is what comes back."""
    if body.gives != "value" or (subject.yields and subject.kind != "property"):
        return None
    if words[0] in lexicon().prepositions or any(word in ("to", "and", "or", "2") for word in words):
        return None
    is_property = subject.kind == "property" or "property" in subject.flags
    text = f"Return {spelled(words)}"
    telling = all(is_telling(word) for word in words)
    if is_property:
        confidence = 0.8 if telling and not subject.sets else 0.4
    elif body.getter and body.getter.lstrip("_").lower() == subject.name.lower():
        confidence = 0.85
    elif participle(words[0]) and len(words) > 1:
        confidence = 0.65
    else:
        confidence = 0.6 if telling and not subject.parameters else 0.45
    return Phrase(text, confidence, "noun")


# -- how sure -----------------------------------------------------------------------------------------------------------


def _confidence(subject: Subject, body: Body, verb: str, rest: Sequence[str], base: float, guessed: bool) -> float:
    """Raised by what in signature and body agrees with the name, lowered by what does not."""
    lex = lexicon()
    telling = [word for word in rest if is_telling(word)]
    confidence = base
    if verb in lex.vague:
        confidence -= 0.1 if len(telling) > 1 else 0.25
    if (
        rest
        and len(telling) < len(rest)
        and not all(word in lex.prepositions or is_telling(word) or word.isdigit() for word in rest)
    ):
        confidence -= 0.15
    if (
        verb in ("get", "find", "return", "fetch", "compute", "calculate", "make", "create", "build")
        and body.gives == "nothing"
    ):
        confidence -= 0.3 if not body.is_abstract else 0.05
    if verb in lex.also_nouns and rest and not guessed and body.gives == "value" and not _is_done(subject, verb, rest):
        confidence -= 0.2
    if subject.yields and verb not in lex.giving:
        confidence -= 0.1
    if verb == "do":  # an auxiliary: what is done is the next word
        confidence -= 0.2
    if not guessed and _is_supported(subject, verb, rest):
        confidence += 0.1
    if rest and lex.manners.issuperset(rest):
        confidence -= 0.25
    if rest[:1] and rest[0] in MANNER_FIRST:
        confidence -= 0.2
    if any(split(kind.rpartition(".")[2]) == split(subject.name) for _, kind in subject.parameters[:4]):
        confidence -= 0.3  # ImportBin(node *ast.ImportBin): a visitor, which imports nothing
    if verb in CHANGING and body.gives == "value" and not _gives_itself(subject):
        confidence -= 0.15
    if body.truth and verb not in (
        "check",
        "test",
        "validate",
        "verify",
        "ensure",
        "compare",
        "match",
        "contain",
        "equal",
    ):
        confidence -= 0.1
    return round(max(0.1, min(confidence, 0.9)), 2)


def _is_done(subject: Subject, verb: str, rest: Sequence[str]) -> bool:
    """Whether a word that may be a noun is a verb here: it is called, or a parameter is what the name ends in."""
    own = split(subject.name)  # cache_info calls CacheInfo: a noun in both
    if any(names_it(call, verb) and split(call.rpartition(".")[2]) != own for call in subject.calls):
        return True
    return any(split(name)[-1:] == tuple(rest[-1:]) for name, _ in subject.parameters[:20])


def _is_supported(subject: Subject, verb: str, rest: Sequence[str]) -> bool:
    """Whether a called name has the verb, or a parameter, a type or an attribute has a word of the object."""
    own = split(subject.name)  # what calls its namesake tells no more than its name
    calls = [call for call in subject.calls if split(call.rpartition(".")[2]) != own]
    if any(names_it(call, verb) for call in calls):
        return True
    nouns = {word.removesuffix("s") for word in rest if is_telling(word)}
    if not nouns:
        return False
    near = [name for pair in subject.parameters[:20] for name in pair] + [*subject.sets, subject.returns, subject.owner]
    near += [call.rpartition(".")[2] for call in calls]
    return any(word.removesuffix("s") in nouns for text in near for word in split(text))


def _gives_itself(subject: Subject) -> bool:
    """`return self`, or a declared type that is the class around: a chain of calls on one object."""
    own = all(one and one[0] == "n" and one[1] in WRITTEN_ON for one in subject.gives) and bool(subject.gives)
    return (
        own
        or subject.returns in ("this", "Self", "self", "bool", "boolean", "Result<()>", "error")
        or bool(subject.owner and subject.owner in subject.returns)
    )


def _with_object_behind(line: str, rest: Sequence[str], subject: Subject) -> str:
    """`get_item_by_name` is whole; `parse_from` is not."""
    if rest[-1] in lexicon().prepositions and (named := telling_parameters(subject)[:1]):
        return f"{line} {named[0]}"
    return line


def listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
