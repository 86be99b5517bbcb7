"""A docstring's first sentence as a line: without markup, turned into the imperative, or refused."""

from __future__ import annotations

import re
from typing import NamedTuple

from remora.summary.phrases import DETERMINERS, after_and, lowered, shorter
from remora.summary.subject import TYPES, Subject
from remora.summary.validate import CODE
from remora.summary.words import capitalized, gerund, imperative, lexicon, participle, split, third_person

READ = 1500
"""Characters of a docstring that are looked at."""


class Phrase(NamedTuple):
    """`confidence` is in the line being right, before the code is compared with it. `reason` says how it was made."""

    text: str
    confidence: float
    reason: str


SECTION = re.compile(
    r"^\s*(?:[:@\\]\w+|(?:args|arguments|params|parameters|returns?|yields?|raises?|throws|examples?|usage|notes?|see also"
    r"|attributes|warning|todo|synopsis|since|version)\s*:?\s*$|(?:args|arguments|params|parameters|returns?|raises?|examples?|usage)\s*:"
    r"|>>>|\.\. |```|~~~|\$ |[-*+•]\s|\d+[.)]\s|\||#+\s)",
    re.I,
)
GIVEN = re.compile(r"^\s*(?:[:@\\]returns?:?|returns?:)\s+(?:\{[^}]*\}\s*)?(\S.*)$", re.I | re.M)
BRIEF = re.compile(r"^\s*[@\\](?:brief|summary|description|desc|classdesc)\s+", re.I)
UNDERLINE = re.compile(r"^\s*([=\-~*#^\"'`+_.])\1{2,}\s*$")
SIGNATURE = re.compile(r"^[\w.]+\(.*\)\s*(?:(?:->|=>|=|:|-{1,2}|→)\s*.*)?$")
BAD = re.compile(
    r"\b(?:todo|fixme|xxx|hack|deprecated|copyright|licen[cs]e|licensed|auto(?:matically)?[- ]?(?:created|generated)"
    r"|do not (?:edit|use|call)|eslint|tslint|noqa|pylint|pragma|nolint|inherit\w*doc|overrid(?:den|es)|not implemented"
    r"|^export\s\w+$|^go:\w+|unused|legacy|internal use|see (?:also|above|below|the)|https?|docstring|backwards? compatib\w+|as above|ditto"
    r"|we|you|your|i|my|our|me)\b|[?]$|@ts-|//\s|^\W*$|\bsame as\b|^not?\b",
    re.I,
)
MARKUP = (
    (
        re.compile(r"\{@(?:link|linkplain|code|literal|value)\s+([^}|\s]*)(?:[\s|]+([^}]*))?\}"),
        lambda m: m[2] or m[1].replace("#", " ").strip(),
    ),
    (re.compile(r":[\w:+-]+:`~?!?([^`<]*?)(?:\s*<[^`]*>)?`"), lambda m: m[1].rpartition(".")[2]),
    (re.compile(r"!?\[([^\]\[]+)\]\([^)\s]*\)"), lambda m: m[1]),
    (re.compile(r"(?<!\w)\[`?([\w:.!<>]+(?:\(\))?)`?\](?:\[[^\]]*\])?"), lambda m: m[1]),
    (re.compile(r"<https?:[^>]*>|</?(?:p|b|i|em|strong|code|tt|pre|a|br|ul|li|ol|h\d|span|div|var|kbd)\b[^>]*>", re.I), lambda m: " "),
    (re.compile(r"``?`?([^`]*)`?``?_{0,2}"), lambda m: m[1]),
    (re.compile(r"(?<![\w*])(?:\*{1,3}([^*\s](?:[^*]*[^*\s])?)\*{1,3}|_([^_\s](?:[^_]*[^_\s])?)_)(?![\w*])"), lambda m: m[1] or m[2]),
    (re.compile(r"&(?:lt|gt|amp|quot|nbsp|#\d+);"), lambda m: " "),
    (re.compile(r"(\w)\(\s*\)"), lambda m: m[1]),
    (re.compile(r"\s+\([^()]*(?:\([^()]*\)[^()]*)*\)"), lambda m: ""),
    (re.compile(r"(?<=\s)[@#](?=\w)|[\"“”«»]"), lambda m: ""),
)  # fmt: skip
END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bvs)(?<!\bcf)(?<!\bresp)(?<!\bapprox)(?<!\ba\.k\.a)(?<!\bincl)[.!?](?:\s+(?=[^a-z])|$)"
)
PREAMBLE = re.compile(
    r"^(?:(?:this|the|an?)\s+)?(?:(?:simple|small|little|internal|private|public|convenience|convenient|static|async|asynchronous|generic|main|abstract|shared|utility|helper|class|factory)\s+)*"
    r"(?:function|method|class|constructor|helper|utility|decorator|coroutine|generator|routine|hook|callback|interface|struct|trait|enum|type|module|mixin|package|file|test|macro|property|field|getter|setter|component)?s?\s*"
    r"(?:(?:that|which)\s+(?:(?:can|will|may)\s+(?:be\s+used\s+to\s+)?|is\s+used\s+to\s+)?|(?:can\s+be|is|are)?\s*used\s+(?:internally\s+)?to\s+|(?:is\s+)?responsible\s+for\s+|for\s+(?=\w+ing\b)|to\s+|will\s+|simply\s+|just\s+)",
    re.I,
)
THIS = re.compile(
    r"^(?:this(?:\s+(?:\w+\s+)?(?:function|method|class|constructor|interface|struct|trait|module|file|test|decorator|enum|helper|property|generator|package))?|it|here)\s+",
    re.I,
)
FINITE = re.compile(
    r"^(?:(?!that|which|who|whose|where|when|for\b|to\b)\S+\s+){1,6}?(?:is|are|was|were|will|must|should|cannot|can|may|has|have|does|do|needs|shall)\b",
    re.I,
)
QUESTION = re.compile(
    r"^(?:returns?\s+)?(?:whether(?:\s+or\s+not)?|true\s+(?:if|when|iff)(?:f)?|is\s+true\s+(?:if|when))\s+", re.I
)
THROWN = re.compile(
    r"^(?:(?:an?\s+)?(?:error|exception)\s+(?:that\s+is\s+|which\s+is\s+)?)?(?:is\s+)?(?:thrown|raised)\s+(?:when|if|whenever)\s+",
    re.I,
)
SINGULAR = re.compile(
    r"^(?!information|data|metadata|support|configuration|storage|state|content|text|code|documentation|input|output|access)[A-Z]?[a-z]+(?<!s)\s+(?:for|of|that|which|to|with|in|used|representing|containing|holding)\b"
)
CALLED = re.compile(
    r"^(?:is\s+)?(?:called|invoked|triggered|fired|executed|run)\s+(?=(?:when|whenever|before|after|if|once|on|at|for|during|every|each)\b)",
    re.I,
)
SUBJECT_OF_GIVEN = frozenset({"function", "method", "property", "macro"})
RELATION = re.compile(
    r"^(?:the\s+|an?\s+)?(?:reverse|opposite|inverse|alias|shortcut|shorthand|equivalent|counterpart|variant|version|like|similar|analog\w*|see|synonym|wrapper|helper|implementation|part|convenience|work-?around)\b(?:\s+(?:of|for|to|around|as)\b|$)",
    re.I,
)
NOT_A_VERB_BEFORE = frozenset(
    {"of", "for", "that", "which", "is", "are", "was", "to", "from", "in", "on", "with", "and", "or", "by"}
)
NEEDS_A_DETERMINER = DETERMINERS | {"all", "any", "every", "each", "both", "if", "whether", "up", "out"}


def phrase(subject: Subject, gives: bool) -> Phrase | None:
    """The line that the docstring has for its subject; None when it has none that can be used.

    Args:
        gives: something can come back from calling it, so that a noun alone may stand for what it returns.
    """
    if not subject.doc:
        return None
    text = sentence(subject.doc, subject.name)
    if not text:
        return _from_return_section(subject) if gives else None
    if BAD.search(text) or (not text.isascii() and sum(not char.isascii() for char in text) * 4 > len(text)):
        return None
    if text.count("(") != text.count(")") or RELATION.match(text):
        return None
    found = _formed(_without_name(text, subject), subject, gives)
    if found is None or len(found.text.split()) < 2:
        return None
    line, penalty = shorter(found.text)
    if not line or CODE.search(line):
        return None
    return Phrase(capitalized(line), found.confidence - penalty, found.reason)


def sentence(doc: str, name: str = "") -> str:
    """The first sentence of a docstring, as plain words; "" when the docstring begins with something else."""
    lines = doc[:READ].splitlines()
    taken: list[str] = []
    for line in lines:
        plain = BRIEF.sub("", line).strip().strip("*").strip()
        if not plain or UNDERLINE.match(plain):
            if taken:
                break
            continue
        if SECTION.match(plain):
            break
        if not taken and name and SIGNATURE.match(plain) and name in plain.partition("(")[0]:
            continue
        taken.append(plain)
        if END.search(plain):
            break
    text = " ".join(taken)
    for pattern, replacement in MARKUP:
        text = pattern.sub(replacement, text)
    text = " ".join(text.split())
    if end := END.search(text):
        if end[0][0] == "?":
            return ""
        text = text[: end.start()]
    text = re.sub(r"(?:,?\s*(?:for example|e\.g\.|i\.e\.|such as|like|as follows))?\s*:$", "", text)
    return text.strip(" .:;,-–—*")


def _from_return_section(subject: Subject) -> Phrase | None:
    """What `@return the total` alone says."""
    found = GIVEN.search(subject.doc[:READ])
    text = sentence(found[1]) if found else ""
    if not text or BAD.search(text) or subject.kind not in SUBJECT_OF_GIVEN:
        return None
    first = text.split()[0].lower()
    if QUESTION.match(text) or first in DETERMINERS:
        line = f"Return {lowered(text)}"
    else:
        return None
    line, penalty = shorter(line)
    # A setter may say whether it worked, and that is not what it is for.
    asks = split(subject.name)[:1] and split(subject.name)[0] in lexicon().asking
    confidence = 0.8 if asks or not QUESTION.match(text) else 0.6
    return Phrase(line, confidence - penalty, "docstring's return") if line and not CODE.search(line) else None


def _without_name(text: str, subject: Subject) -> str:
    """Without the subject's own name in front, as Go has it: `Total returns the total`."""
    first, _, rest = text.partition(" ")
    if not rest or first.strip("*`:").lower().rpartition(".")[2] != subject.name.lower():
        return text
    word = rest.split()[0].lower()
    if third_person(word) or word in ("is", "are", "will", "can", "represents"):
        return re.sub(r"^(?:is|are)\s+(?:used\s+to\s+)?|^(?:will|can)\s+(?:be\s+used\s+to\s+)?", "", rest, flags=re.I)
    return rest.lstrip("-–—: ") if rest[:1] in "-–—:" else text


def _formed(text: str, subject: Subject, gives: bool) -> Phrase | None:
    """The sentence with a verb in the imperative in front."""
    is_type = subject.kind in TYPES or subject.kind == "module"
    text = THIS.sub("", text) if THIS.match(text) else text
    if found := QUESTION.match(text):
        return Phrase(f"Check whether {lowered(text[found.end() :])}", 0.9, "docstring") if not is_type else None
    if found := CALLED.match(text):
        return Phrase(f"Run {text[found.end() :]}", 0.6, "docstring") if not is_type else None
    # A property that is a "function used to sort" returns that function, it does not sort.
    stripped = PREAMBLE.sub("", text, count=1) if subject.kind != "property" else text
    for number, one in enumerate(dict.fromkeys((text, stripped))):
        line = _with_verb(one, subject, is_type, stripped=number > 0)
        if line:
            return Phrase(line, 0.9, "docstring")
    first = text.split()[0]
    if (
        FINITE.match(text)
        or (participle(first.lower()) and not THROWN.match(text))
        or (
            first.lower()
            in {
                "if",
                "when",
                "for",
                "with",
                "by",
                "as",
                "in",
                "on",
                "like",
                "and",
                "but",
                "so",
                "once",
                "only",
                "there",
                "these",
                "must",
                "should",
                "can",
                "will",
                "may",
                "same",
                "used",
            }
        )
    ):
        return None
    if is_type:
        if thrown := THROWN.match(text):
            return Phrase(f"Signal that {lowered(text[thrown.end() :])}", 0.85, "docstring")
        if subject.kind != "module" and SINGULAR.match(text):
            text = f"{'an' if text[0].lower() in 'aeio' else 'a'} {lowered(text)}"
        verb = "Provide" if subject.kind == "module" or first.lower().endswith("s") else "Define"
        named = re.sub(r"^tests?\s+(?:cases?\s+|suites?\s+|class\s+)?(?:for|of)\s+", "", text, flags=re.I)
        if subject.tdd == "TEST_IMPLEMENTATION" and text.startswith("Testing "):
            named = text.removeprefix("Testing ")
        if named != text:
            return Phrase(f"Test {lowered(named)}", 0.85, "docstring")
        # "Stores jobs" may be meant as a verb.
        return Phrase(f"{verb} {lowered(text)}", 0.65 if third_person(first.lower()) else 0.85, "docstring")
    if subject.kind in ("constructor", "test") or not gives:
        return None
    # "An error handler" says what the function is, "The total" what it returns.
    sure = first.lower() in DETERMINERS - {"a", "an"}
    if subject.kind == "property" or "property" in subject.flags:
        return Phrase(f"Return {lowered(text)}", 0.85, "docstring")
    return Phrase(f"Return {lowered(text)}", 0.8 if sure else 0.65, "docstring")


def _with_verb(text: str, subject: Subject, is_type: bool, stripped: bool) -> str:
    """The sentence in the imperative; "" when it begins with no verb. An adverb may stand before it."""
    words = text.split()
    at = 1 if len(words) > 2 and words[0].lower().endswith("ly") and not imperative(words[0].lower()) else 0
    if len(words) < at + 2:
        return ""
    word, following = words[at].lower().strip(",:"), words[at + 1].lower()
    verb, was_third = imperative(word), False
    if not verb and (verb := third_person(word)):
        was_third = True
    if not verb and stripped and (verb := gerund(word)):
        return _joined(words, at, verb)
    if not verb and not is_type and following in DETERMINERS:
        verb = gerund(word)
    if (
        not verb
        or following in ("is", "are", "was", "which")
        or (following == "that" and verb in lexicon().also_nouns - {"check", "test"})
    ):
        return ""
    noun = verb in lexicon().also_nouns
    if noun and not was_third and following.endswith(("ing", "ed")) and len(following) > 4:
        return ""
    if (
        noun
        and following in NOT_A_VERB_BEFORE
        and not (
            verb in ("return", "test", "check", "wait", "look", "search")
            and following in ("for", "in", "from", "to", "with")
        )
    ):
        return ""
    if (noun or verb not in lexicon().giving) and subject.kind == "property" and following not in NEEDS_A_DETERMINER:
        return ""
    if noun and is_type and following not in NEEDS_A_DETERMINER:
        return ""
    if following.rstrip(",") in ("and", "or") and len(words) > at + 2:  # Get or create
        second = words[at + 2].lower().strip(",")
        other = imperative(second) or third_person(second)
        if other:
            words[at + 2] = other
    line = _joined(words, at, verb)
    return after_and(line) if was_third else line


def _joined(words: list[str], at: int, verb: str) -> str:
    comma = "," if words[at].endswith(",") else ""
    return " ".join((*words[:at], verb + comma, *words[at + 1 :]))
