"""Calls so plain that their text says all: `self.add(item, "x", key=None)`.

Making a syntax node costs more than reading such a text, and two calls of three are as plain as this.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from remora.isg.facts import CallFact, Expr, Reference
from remora.isg.languages.python.state import State

if TYPE_CHECKING:
    from remora.isg.languages.python.state import State

MAX_PLAIN = 300
MAX_CALLEE = 80
CHAIN = r"[A-Za-z_]\w*+(?:\.[A-Za-z_]\w*+)*+"
QUOTED = r"'[^'\\\n]*+'|\"[^\"\\\n]*+\""
NUMBER = r"-?\d++(?:\.\d++)?+"
# Possessive: a text that does not fit is given up at once, whatever it holds.
ARGUMENT = rf"(?:(?:[A-Za-z_]\w*+\s*+=\s*+|\*\*?+)?+(?:{CHAIN}|{QUOTED}|{NUMBER})\s*+)"
VALUE = rf"(?:({CHAIN})|({QUOTED})|({NUMBER}))"
CALL = re.compile(rf"({CHAIN})\(\s*+((?:{ARGUMENT}(?:,\s*+{ARGUMENT})*+,?+\s*+)?+)\)", re.ASCII)
EACH = re.compile(rf"(?:([A-Za-z_]\w*+)\s*+=\s*+|(\*\*?+))?+{VALUE}\s*+,?+\s*+", re.ASCII)
ONE = re.compile(VALUE, re.ASCII)
ASSIGNED = re.compile(rf"({CHAIN})\s*+=(?!=)\s*+", re.ASCII)
CONSTANTS: dict[str, Expr] = {
    "None": ("k", "None", None),
    "True": ("k", "bool", 1),
    "False": ("k", "bool", 0),
}
NOT_VALUES = frozenset({"yield", "lambda", "await", "not"})
UNKNOWN_STRING = ("k", "str", None)
# A named tuple made without its Python-level constructor.
call_fact: Callable[[tuple], CallFact] = partial(tuple.__new__, CallFact)
reference: Callable[[tuple], Reference] = partial(tuple.__new__, Reference)


def plain_call(self: State, text: str, start: int) -> Expr:
    """Read a call from its text; None when it is not plain enough, and nothing was noted."""
    found = CALL.fullmatch(text)
    if found is None:
        return None
    name = found[1]
    of, dot, last = name.rpartition(".")
    reads = self.reads
    if dot:
        known = reads.get(of)
        if known is None:
            known = reads[of] = (start, self.chain(of))
        called = ("a", known[1], last if "__" not in last else self.mangled(last))
    else:
        called = ("n", name if "__" not in name else self.mangled(name))
    args: tuple = ()
    named: tuple = ()
    given = found[2]
    if given:
        values: list[Expr] = []
        pairs: list[tuple[str, Expr]] = []
        offset = start + found.start(2)
        for part in EACH.finditer(given):
            keyword, stars, chain, string, number = part.groups()
            known = reads.get(chain)
            value = known[1] if known else value_of(self, chain, string, number, offset + part.start(3))
            if keyword is not None:
                pairs.append((keyword, value))
            elif stars == "**":
                pairs.append((stars, value))
            else:
                values.append(("*", value) if stars else value)
        args, named = tuple(values), tuple(pairs)
    expr = ("c", called, args, named)
    end, starts = start + len(text), self.starts
    row = bisect_right(starts, start) - 1
    first = starts[row]
    place = (row, start - first, row, end - first) if end < starts[row + 1] else self.place_of(start, end)
    self.calls.append(call_fact((self.scope.number, expr, "", name[:MAX_CALLEE], place)))
    return expr


def value_of(self: State, chain: str | None, string: str | None, number: str, start: int) -> Expr:
    """What one of the three kinds of plain values stands for; a chain is noted as used."""
    if chain is not None:
        known = self.reads.get(chain)
        if known is not None:
            return known[1]
        if chain in CONSTANTS:
            return CONSTANTS[chain]
        value = self.chain(chain)
        self.reads[chain] = (start, value)
        return value
    if string is not None:
        return ("k", "str", string[1:-1]) if len(string) <= MAX_CALLEE else UNKNOWN_STRING
    if "." in number:
        return ("k", "float", None)
    return ("k", "int", int(number) if len(number) < 19 else None)


def plain_value(self: State, text: str, start: int) -> Expr:
    """A chain, a string, a number or a plain call; None when it is none of them."""
    if text.endswith(")"):
        return plain_call(self, text, start)
    found = ONE.fullmatch(text)
    if found is None or text in NOT_VALUES:
        return None
    return value_of(self, *found.groups(), start)


def plain_argument(self: State, start: int, end: int) -> tuple[str, Expr] | None:
    """`name=value` with a plain value."""
    if end - start > MAX_PLAIN:
        return None
    found = EACH.fullmatch(self.raw, start, end)
    if found is None or found[1] is None:
        return None
    return found[1], value_of(self, found[3], found[4], found[5], found.start(3))
