"""What names, decorators and docstrings say about a definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.draft import MAX_DOC
from remora.isg.facts import Expr
from remora.isg.languages.python.state import State
from remora.isg.languages.python.syntax import COMMENT, kinds

if TYPE_CHECKING:
    import tree_sitter

    from remora.isg.scope import Draft

BUILTIN_CLASSMETHODS = frozenset({"__init_subclass__", "__class_getitem__"})
FLAGS_OF_DECORATOR = {
    "staticmethod": ("static",),
    "classmethod": ("classmethod",),
    "property": ("property",),
    "cached_property": ("property",),
    "setter": ("property",),
    "getter": ("property",),
    "deleter": ("property",),
    "abstractmethod": ("abstract",),
    "abstractproperty": ("abstract", "property"),
    "abstractclassmethod": ("abstract", "classmethod"),
    "abstractstaticmethod": ("abstract", "static"),
    "overload": ("overload",),
    "override": ("override",),
    "final": ("final",),
    "dataclass": ("dataclass",),
    "define": ("dataclass",),
}
FIRST = frozenset("\"'rRuU")
STATEMENT = kinds("expression_statement")
STRINGS = kinds("string", "concatenated_string")


def decorator_flags(expr: Expr) -> tuple[str, ...]:
    """What a decorator makes of a definition, by its last name."""
    if expr is not None and expr[0] == "c":
        expr = expr[1]
    return FLAGS_OF_DECORATOR.get(expr[-1], ()) if expr is not None and expr[0] in "na" else ()


def visibility(name: str, around: str) -> str:
    """By underscores: `__x` in a class is private, `_x` protected; elsewhere `_x` is private."""
    if not name.startswith("_") or (name.startswith("__") and name.endswith("__")):
        return "public"
    return "protected" if around == "class" and not name.startswith("__") else "private"


def docstring(self: State, body: list[tree_sitter.Node]) -> str:
    """The text of a body's first statement when that is a string, without its indentation."""
    for child in body:
        if child.kind_id == COMMENT:
            continue
        if self.raw[child.start_byte] not in FIRST or child.kind_id not in STATEMENT or child.named_child_count != 1:
            return ""
        inner = child.named_children[0]
        if inner.kind_id not in STRINGS:
            return ""
        return cleaned(self.between(inner.start_byte, min(inner.end_byte, inner.start_byte + 4 * MAX_DOC)))
    return ""


def promises(self: State, body: tree_sitter.Node, scope: Draft, around: Draft) -> bool:
    """Whether a method only says what subclasses have: it ends in `raise NotImplementedError`, or is `...` where the
    class is abstract.
    """
    if scope.returns or scope.yields:
        return False
    raising = "NotImplementedError" in self.raises.get(scope.node, ())
    if not raising and "abstract" not in around.flags:
        return False
    start = next((one.start_byte for one in reversed(body.named_children) if one.kind_id != COMMENT), body.end_byte)
    return self.raw.startswith("raise NotImplementedError" if raising else "...", start)


def cleaned(literal: str) -> str:
    body = literal.lstrip("rRuU")
    if body[:1] not in ("'", '"'):
        return ""
    quote = body[:3] if body[:3] in ('"""', "'''") else body[:1]
    body = body[len(quote) :].removesuffix(quote)
    if "\n" not in body:
        return body.strip()[:MAX_DOC]
    first, *rest = body.expandtabs().split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in rest if line.strip()), default=0)
    return "\n".join([first.strip(), *(line[margin:].rstrip() for line in rest)]).strip()[:MAX_DOC]
