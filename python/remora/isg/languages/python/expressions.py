"""Expressions of Python: read once, in the order of the text; what is called and used on the way is noted.

Each function takes the reader, a syntax node and how deep it stands, and gives the expression of `remora.isg.facts`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from remora.isg.facts import Expr
from remora.isg.languages.python.plain import (
    MAX_CALLEE,
    MAX_PLAIN,
    UNKNOWN_STRING,
    call_fact,
    plain_argument,
    plain_call,
    reference,
)
from remora.isg.languages.python.state import MAX_CHAIN, MAX_DEPTH, PURE_CHAIN, State
from remora.isg.languages.python.syntax import (
    ARGUMENTS,
    ATTRIBUTE,
    BINARY,
    BOOLEAN,
    COMMENT,
    DICTIONARY_SPLAT,
    FORMAT,
    IDENTIFIER,
    INTERPOLATION,
    NAMED_ARGUMENT,
    PAIR,
    PARENTHESES,
    SLICE,
    Handler,
    code,
    pair,
)

if TYPE_CHECKING:
    import tree_sitter


MAX_CONSTANT = 80
MAX_ITEMS = 300
QUOTES = frozenset("\"'")

NAME_BEGINNING = re.compile(r"[A-Za-z_]\w{1,40}")


def anything(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    """An operator, or what has no meaning of its own: only what is used in it is noted."""
    if depth > MAX_DEPTH:
        self.deep = True
        return None
    for child in node.named_children:
        self.expressions[child.kind_id](self, child, depth + 1)
    return None


def nothing(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    return None


def identifier(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    start = node.start_byte
    name = self.raw[start : node.end_byte]
    found = self.reads.get(name)
    if found is not None:
        return found[1]
    if not self.ascii:
        name = self.between(start, node.end_byte)
    expr = ("n", self.mangled(name) if "__" in name else name)
    self.reads[name] = (start, expr)
    return expr


def attribute(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    start, end = node.start_byte, node.end_byte
    if end - start <= MAX_CHAIN:
        text = self.raw[start:end]
        found = self.reads.get(text)
        if found is not None:
            return found[1]
        if text in self.chains or PURE_CHAIN.fullmatch(text):
            return self.read_chain(text, start)
    return loose_attribute(self, node, depth)


def loose_attribute(self: State, node: tree_sitter.Node, depth: int, *, used: bool = True) -> Expr:
    """An attribute of something that is no chain of names."""
    parts = pair(node)
    if depth > MAX_DEPTH or len(parts) != 2:
        return anything(self, node, depth)
    of = self.expressions[parts[0].kind_id](self, parts[0], depth + 1)
    name = self.at(parts[1])
    expr = ("a", of, self.mangled(name) if "__" in name else name)
    key = (self.scope.number, "read", expr)
    if used and key not in self.references:
        self.references[key] = reference((*key, self.place_of(node.start_byte, node.end_byte)))
    return expr


def callee(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    """What is called: its receiver is used, it itself is not."""
    kind = node.kind_id
    if kind == IDENTIFIER:
        name = self.raw[node.start_byte : node.end_byte] if self.ascii else self.at(node)
        return ("n", self.mangled(name) if "__" in name else name)
    if kind != ATTRIBUTE:
        return self.expressions[kind](self, node, depth)
    start, end = node.start_byte, node.end_byte
    if end - start <= MAX_CHAIN:
        text = self.raw[start:end]
        known = self.chains.get(text)
        if known is not None or PURE_CHAIN.fullmatch(text):
            of = text.rpartition(".")[0]
            if of not in self.reads:
                self.reads[of] = (start, self.chain(of))
            return known or self.chain(text)
    return loose_attribute(self, node, depth, used=False)


def call(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    start, end = node.start_byte, node.end_byte
    if end - start <= MAX_PLAIN and self.ascii:
        expr = plain_call(self, self.raw[start:end], start)
        if expr is not None:
            return expr
    parts = node.named_children
    if len(parts) != 2:
        parts = code(node)
    if depth > MAX_DEPTH or len(parts) != 2:
        return anything(self, node, depth)
    function, given = parts
    called = callee(self, function, depth + 1)
    kind = given.kind_id
    if kind == ARGUMENTS:
        args, named = arguments(self, given, depth + 1)
    else:  # f(x for x in y)
        args, named = (self.expressions[kind](self, given, depth + 1),), ()
    expr = ("c", called, args, named)
    function_end = function.end_byte
    if function_end - start > 4 * MAX_CALLEE:
        function_end = start + 4 * MAX_CALLEE
    text = self.raw[start:function_end] if self.ascii else self.between(start, function_end)
    if len(text) > MAX_CALLEE or "\n" in text:
        text = " ".join(text.split())[:MAX_CALLEE]
    self.calls.append(call_fact((self.scope.number, expr, "", text, self.place_of(start, end))))
    return expr


def arguments(self: State, node: tree_sitter.Node, depth: int) -> tuple[tuple, tuple]:
    """(positional, named) of an argument list."""
    args: list[Expr] = []
    named: list[tuple[str, Expr]] = []
    for child in node.named_children:
        kind = child.kind_id
        if kind == NAMED_ARGUMENT:
            if self.ascii and (found := plain_argument(self, child.start_byte, child.end_byte)) is not None:
                named.append(found)
                continue
            parts = pair(child)
            if len(parts) == 2:
                value = parts[1]
                named.append((self.at(parts[0]), self.expressions[value.kind_id](self, value, depth + 1)))
        elif kind == DICTIONARY_SPLAT:
            for value in code(child):
                named.append(("**", self.expressions[value.kind_id](self, value, depth + 1)))
        elif kind != COMMENT:
            args.append(self.expressions[kind](self, child, depth + 1))
    return tuple(args[:MAX_ITEMS]), tuple(named[:MAX_ITEMS])


def subscript(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    parts = code(node)
    if depth > MAX_DEPTH or len(parts) < 2:
        return anything(self, node, depth)
    of = self.expressions[parts[0].kind_id](self, parts[0], depth + 1)
    keys = [self.expressions[one.kind_id](self, one, depth + 1) for one in parts[1:]]
    if len(keys) > 1:
        return ("s", of, ("l", "tuple", tuple(keys)))
    if parts[1].kind_id == SLICE:
        return ("sl", of, slice_start(self, parts[1], depth))
    return ("s", of, keys[0])


def slice_start(self: State, node: tree_sitter.Node, depth: int) -> int | None:
    """Where a slice starts: 0 for `[:n]`, None when that is no plain number or it takes steps."""
    text = self.at(node).strip()
    first, colon, rest = text.partition(":")
    if not colon or ":" in rest or not (first.strip() or "0").isdigit():
        return None
    return int(first.strip() or 0)


def string(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    start, end = node.start_byte, node.end_byte
    if self.raw[start] not in QUOTES:
        prefix = self.raw[start : start + 2].lower()
        if "f" in prefix or "t" in prefix:
            return formatted(self, node, depth)
        if "b" in prefix:
            return ("k", "bytes", None)
        return UNKNOWN_STRING if end - start > MAX_CONSTANT else ("k", "str", unquoted(self.between(start, end)))
    if end - start > MAX_CONSTANT:
        return UNKNOWN_STRING
    text = self.raw[start:end] if self.ascii else self.between(start, end)
    return ("k", "str", unquoted(text) if "\\" in text or text[1:2] == text[0] else text[1:-1])


def unquoted(text: str) -> str | None:
    """The value of a short string literal; None when an escape would change it."""
    raw = "r" in text[:2].lower()
    body = text.lstrip("rRuUbBfFtT")
    width = 3 if body[:3] in ('"""', "'''") and len(body) >= 6 else 1
    body = body[width:-width]
    return None if "\\" in body and not raw else body


def formatted(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    for child in node.named_children:
        if child.kind_id == INTERPOLATION:
            interpolated(self, child, depth + 1)
    text = self.between(node.start_byte, min(node.end_byte, node.start_byte + MAX_CONSTANT))
    return beginning(text.lstrip("rRfFtT").lstrip("\"'").partition("{")[0])


def beginning(text: str) -> Expr:
    """A string of which only the first part is known."""
    return ("f", text) if NAME_BEGINNING.fullmatch(text) else UNKNOWN_STRING


def interpolated(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    if depth > MAX_DEPTH:
        self.deep = True
        return None
    for child in node.named_children:
        if child.kind_id in FORMAT:
            interpolated(self, child, depth + 1)
        else:
            self.expressions[child.kind_id](self, child, depth + 1)
    return None


def joined_strings(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    for child in node.named_children:
        if child.kind_id != COMMENT:
            self.expressions[child.kind_id](self, child, depth + 1)
    return UNKNOWN_STRING


def integer(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    text = self.raw[node.start_byte : node.end_byte]
    return ("k", "int", int(text) if len(text) < 19 and text.isdigit() else None)


def unary(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    parts = code(node)
    if depth > MAX_DEPTH or len(parts) != 1:
        return anything(self, node, depth)
    value = self.expressions[parts[0].kind_id](self, parts[0], depth + 1)
    if value is not None and value[0] == "k" and self.raw[node.start_byte] == "-":
        return ("k", value[1], -value[2]) if isinstance(value[2], int) else value
    return None


def binary(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    """`a + b + c …` leans to the left; it is walked without going deeper. A sum of lists is one of them."""
    rights: list[tree_sitter.Node] = []
    while node.kind_id == BINARY:
        parts = code(node)
        if not parts:
            return None
        rights.append(parts[-1])
        node = parts[0]
    first = self.expressions[node.kind_id](self, node, depth + 1) if depth <= MAX_DEPTH else None
    found = [
        first,
        *(self.expressions[one.kind_id](self, one, depth + 1) for one in reversed(rights) if depth <= MAX_DEPTH),
    ]
    if any(one is not None and one[0] == "l" for one in found):
        return ("o", tuple(found[:MAX_ITEMS]))
    if first is not None and first[0] == "k" and isinstance(first[2], str):  # "visit_" + name, "visit_%s" % name
        return beginning(first[2].partition("%")[0])
    return None


def boolean(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    rights: list[tree_sitter.Node] = []
    while node.kind_id == BOOLEAN:
        parts = code(node)
        if not parts:
            return None
        rights.append(parts[-1])
        node = parts[0]
    if depth > MAX_DEPTH:
        return anything(self, node, depth)
    found = [self.expressions[one.kind_id](self, one, depth + 1) for one in (node, *reversed(rights))]
    known = tuple(one for one in found if one is not None)
    return ("o", known[:MAX_ITEMS]) if len(known) > 1 else known[0] if known else None


def conditional(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    parts = code(node)
    if depth > MAX_DEPTH or len(parts) != 3:
        return anything(self, node, depth)
    found = [self.expressions[one.kind_id](self, one, depth + 1) for one in parts]
    return ("o", (found[0], found[2]))


def listed(kind: str) -> Handler:
    def read(self: State, node: tree_sitter.Node, depth: int) -> Expr:
        if depth > MAX_DEPTH:
            return anything(self, node, depth)
        found = [
            self.expressions[one.kind_id](self, one, depth + 1) for one in node.named_children if one.kind_id != COMMENT
        ]
        return ("l", kind, tuple(found[:MAX_ITEMS]))

    return read


def dictionary(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    if depth > MAX_DEPTH:
        return anything(self, node, depth)
    items: list[tuple[Expr, Expr]] = []
    for child in node.named_children:
        parts = pair(child)
        if child.kind_id == PAIR and len(parts) == 2:
            key = self.expressions[parts[0].kind_id](self, parts[0], depth + 1)
            items.append((key, self.expressions[parts[1].kind_id](self, parts[1], depth + 1)))
        elif child.kind_id != COMMENT:
            for one in parts:
                items.append((None, self.expressions[one.kind_id](self, one, depth + 1)))
    return ("m", tuple(items[:MAX_ITEMS]))


def of_first(tag: str) -> Handler:
    """An expression of the first child, with a tag around it; "" for none."""

    def read(self: State, node: tree_sitter.Node, depth: int) -> Expr:
        parts = code(node)
        if depth > MAX_DEPTH or len(parts) != 1:
            return anything(self, node, depth)
        found = self.expressions[parts[0].kind_id](self, parts[0], depth + 1)
        return (tag, found) if tag else found

    return read


def parenthesised(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    while node.kind_id == PARENTHESES:
        parts = code(node)
        if len(parts) != 1:
            return anything(self, node, depth)
        node = parts[0]
    return self.expressions[node.kind_id](self, node, depth + 1) if depth <= MAX_DEPTH else anything(self, node, depth)
