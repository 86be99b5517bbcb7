"""A definition's header in one spelling, so that reformatting does not change an interface."""

from __future__ import annotations

import re
from functools import lru_cache

SLASH_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)'", re.S)
INSIDE_BRACKETS = re.compile(r"(?<=[(\[]) | (?=[)\],;])|,? ?(?=[)\]])")


def collapsed(header: str) -> str:
    """A header's text on one line: comments with slashes and trailing commas are gone, blanks are one at most."""
    text = SLASH_COMMENT.sub(lambda found: " " if found[0].startswith("/") else found[0], header)
    return INSIDE_BRACKETS.sub("", " ".join(text.split())).strip(" {;=")


TOKEN = re.compile(
    r"(?P<string>[rRbBuUfF]{0,2}(?:\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''"
    r"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'))"
    r"|(?P<skip>#[^\n]*|\\\n|\s+)"
    r"|\d(?:[\w.]|(?<=[eE])[+-])*|\w+|->|\*\*|//|<<|>>|:=|[=!<>]=|\.\.\.|.",
    re.S,
)
CLOSING = frozenset(")]}")
TIGHT_BEFORE = frozenset(")]},:.;")
TIGHT_AFTER = frozenset("([{.@~")
WORDS = frozenset({"and", "or", "not", "in", "is", "if", "else", "lambda", "await", "for", "return", "yield"})
PREFIXES = frozenset({"*", "**", "-", "+"})
BEFORE_A_PREFIX = frozenset({"", ",", "=", ":", "->", "*", "/", "%", "+", "-", "|", "&", "==", "<", ">", "**"})


SIMPLE = re.compile(r"def \w+\((?:\w+(?:, \w+)*+)?+\):|class \w+(?:\([\w.]+(?:, [\w.]+)*+\))?+:")


@lru_cache(maxsize=4096)  # `def setUp(self)` stands in a thousand classes
def python_signature(header: str, is_class: bool) -> str:
    """`async def f(a, *, b: int = 1) -> str` or `class C(Base)`: no comments, no trailing comma, one space at most.

    Args:
        header: from the first word to the body, the colon with it.
    """
    header = header.rstrip()
    if SIMPLE.fullmatch(header):
        return header[:-1]
    tokens = [found[0] for found in TOKEN.finditer(header) if found.lastgroup != "skip"]
    if tokens and tokens[-1] == ":":
        tokens.pop()
    out: list[str] = []
    before = ""
    depth, lambdas, annotated, prefixed = 0, 0, False, False
    for token in tokens:
        if token in CLOSING:
            if before == ",":
                out.pop()
            tight = True
            depth -= 1
        elif token in TIGHT_BEFORE or before in TIGHT_AFTER or not before or prefixed:
            tight = True
        elif "=" in (before, token):
            tight = not (depth == 1 and annotated)
        elif token in "([{":
            tight = before not in WORDS and (before[-1].isalnum() or before[-1] in "_)]")
        else:
            tight = False
        if not tight:
            out.append(" ")
        out.append(token)
        prefixed = token in PREFIXES and (before in BEFORE_A_PREFIX or before in TIGHT_AFTER or before in WORDS)
        if token in "([{" and token:
            depth += 1
        elif token == "lambda":
            lambdas += 1
        elif token == ":" and lambdas:
            lambdas -= 1
        elif depth == 1 and token == ":":
            annotated = True
        elif depth == 1 and token == ",":
            annotated = False
        before = token
    text = "".join(out)
    return text.removesuffix("()") if is_class else text
