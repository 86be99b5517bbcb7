"""A definition's header in one spelling, so that reformatting does not change an interface."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tree_sitter

OPENING = frozenset("([{")
CLOSING = frozenset(")]}")
TIGHT_BEFORE = CLOSING | {",", ":", ".", ";"}
TIGHT_AFTER = OPENING | {".", "@"}
TIGHT_EQUALS = frozenset({"default_parameter", "keyword_argument"})
PREFIXES = {
    "*": frozenset({"list_splat_pattern", "list_splat"}),
    "**": frozenset({"dictionary_splat_pattern", "dictionary_splat"}),
    "-": frozenset({"unary_operator"}),
    "+": frozenset({"unary_operator"}),
    "~": frozenset({"unary_operator"}),
}
WORDS_BEFORE_BRACKETS = frozenset({"and", "or", "not", "in", "is", "if", "else", "lambda", "await"})

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)'", re.S)
INSIDE_BRACKETS = re.compile(r"(?<=[(\[]) | (?=[)\],;])|,? ?(?=[)\]])")


def collapsed(header: str) -> str:
    """A header's text on one line: comments with slashes and trailing commas are gone, blanks are one at most."""
    text = COMMENT.sub(lambda found: " " if found[0].startswith("/") else found[0], header)
    return INSIDE_BRACKETS.sub("", " ".join(text.split())).strip(" {;=")


def signature(definition: tree_sitter.Node) -> str:
    """`async def f(a, *, b: int = 1) -> str` or `class C(Base)`: no comments, no trailing comma, one space at most."""
    out, before, parent_before = "", "", ""
    for text, parent in header_tokens(definition):
        if text in CLOSING and before == ",":
            out = out.removesuffix(",")
            before = ""
            tight = True
        else:
            tight = is_tight(before, parent_before, text, parent)
        out += text if tight else f" {text}"
        before, parent_before = text, parent
    return out.removesuffix("()") if definition.type == "class_definition" else out


def is_tight(before: str, parent_before: str, text: str, parent: str) -> bool:
    """Whether nothing stands between two tokens."""
    if not before or before in TIGHT_AFTER or text in TIGHT_BEFORE:
        return True
    if "=" in (before, text):
        return (parent if text == "=" else parent_before) in TIGHT_EQUALS
    if before in PREFIXES:
        return parent_before in PREFIXES[before]
    if text in OPENING:
        return before not in WORDS_BEFORE_BRACKETS and (before[-1].isalnum() or before[-1] in "_)]")
    return False


def header_tokens(definition: tree_sitter.Node) -> Iterator[tuple[str, str]]:
    """(token, type of the node it stands in) up to the body; a string is one token. No recursion: headers nest."""
    body = definition.child_by_field_name("body")
    children = [child for child in definition.children if child != body]
    if children and children[-1].type == ":":
        children.pop()
    waiting = [(child, definition.type) for child in reversed(children)]
    while waiting:
        node, parent = waiting.pop()
        if node.type == "comment" or node.is_error:
            continue
        if node.child_count and node.type != "string":
            waiting += [(child, node.type) for child in reversed(node.children)]
        elif text := (node.text or b"").decode("utf-8", "replace"):
            yield text if node.type == "string" else " ".join(text.split()), parent
