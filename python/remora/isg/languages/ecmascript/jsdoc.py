"""Types that a documentation comment gives: `@param {Type} name`, `@returns {Type}`, `@type {Type}`."""

from __future__ import annotations

import re

from remora.isg.facts import Expr

PARAMETER = re.compile(r"@(?:param|arg|argument)\s*\{([^{}]{1,200})\}\s*\[?([A-Za-z_$][\w$]*)")
RESULT = re.compile(r"@returns?\s*\{([^{}]{1,200})\}")
TYPE = re.compile(r"@type\s*\{([^{}]{1,200})\}")
NAME = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*")
ARRAY = re.compile(r"(?:Array\.?<\s*(.+?)\s*>|(.+?)\[\])$")
PROMISE = re.compile(r"Promise\.?<\s*(.+?)\s*>$")
PLAIN = frozenset(
    {
        "any",
        "bigint",
        "boolean",
        "function",
        "null",
        "number",
        "object",
        "string",
        "symbol",
        "undefined",
        "unknown",
        "void",
    }
)


def parameters(doc: str) -> dict[str, Expr]:
    """Types of parameters by name."""
    return {name: found for text, name in PARAMETER.findall(doc) if (found := type_expression(text)) is not None}


def result(doc: str) -> Expr:
    found = RESULT.search(doc)
    return type_expression(found[1]) if found else None


def declared(doc: str) -> Expr:
    """The type of a variable or a field."""
    found = TYPE.search(doc)
    return type_expression(found[1]) if found else None


def type_expression(text: str) -> Expr:
    """A written type as an expression; None when it names no class."""
    found: list[Expr] = []
    for part in text.strip(" ()").split("|"):
        part = part.strip(" ?!=.()")
        if promise := PROMISE.match(part):
            part = promise[1].strip(" ?!=")
        array = ARRAY.match(part)
        name = (array[1] or array[2]).strip(" ?!()") if array else part
        if not NAME.fullmatch(name) or name in PLAIN or name.lower() in PLAIN:
            continue
        expr: Expr = None
        for piece in name.split("."):
            expr = ("n", piece) if expr is None else ("a", expr, piece)
        found.append(("s", ("n", "Array"), expr) if array else expr)
    return found[0] if len(found) == 1 else ("o", tuple(found)) if found else None
