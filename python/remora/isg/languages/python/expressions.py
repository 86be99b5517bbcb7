"""Expressions of Python: read once, in the order of the text; what is called and used on the way is noted.

Each function takes the reader, a syntax node and how deep it stands, and gives the expression of `remora.isg.facts`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

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
from remora.isg.languages.python.state import (
    MAX_CHAIN,
    MAX_DEPTH,
    PURE_CHAIN,
    Handler,
    State,
    dispatch,
    kinds,
    only_kind,
)

if TYPE_CHECKING:
    import tree_sitter

    from remora.isg.languages.python.reader import PythonReader
    from remora.isg.scope import Draft

MAX_CONSTANT = 80
MAX_ITEMS = 300
QUOTES = frozenset("\"'")

COMMENT = only_kind("comment")
IDENTIFIER = only_kind("identifier")
ATTRIBUTE = only_kind("attribute")
NAME_BEGINNING = re.compile(r"[A-Za-z_]\w{1,40}")
BINARY = only_kind("binary_operator")
BOOLEAN = only_kind("boolean_operator")
ARGUMENTS = only_kind("argument_list")
NAMED_ARGUMENT = only_kind("keyword_argument")
DICTIONARY_SPLAT = only_kind("dictionary_splat")
PAIR = only_kind("pair")
SLICE = only_kind("slice")
FOR_IN = kinds("for_in_clause")
IF_CLAUSE = kinds("if_clause")
INTERPOLATION = only_kind("interpolation")
FORMAT = kinds("format_specifier", "format_expression")
PATTERNS = kinds("pattern_list", "tuple_pattern", "list_pattern", "tuple", "list", "expression_list")
SPLAT_PATTERN = kinds("list_splat_pattern", "list_splat")
SUBSCRIPT = only_kind("subscript")
PARENTHESES = only_kind("parenthesized_expression")
AS_TARGET = kinds("as_pattern_target")


def expression(self: State, node: tree_sitter.Node, depth: int = 0) -> Expr:
    return EXPRESSIONS[node.kind_id](self, node, depth)


def code(node: tree_sitter.Node) -> list[tree_sitter.Node]:
    """Named children without comments."""
    found = node.named_children
    for child in found:
        if child.kind_id == COMMENT:
            return [child for child in found if child.kind_id != COMMENT]
    return found


def pair(node: tree_sitter.Node) -> list[tree_sitter.Node]:
    """Named children of a node that has two unless comments stand between them."""
    found = node.named_children
    return found if len(found) == 2 else code(node)


def anything(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    """An operator, or what has no meaning of its own: only what is used in it is noted."""
    if depth > MAX_DEPTH:
        self.deep = True
        return None
    for child in node.named_children:
        EXPRESSIONS[child.kind_id](self, child, depth + 1)
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
    of = EXPRESSIONS[parts[0].kind_id](self, parts[0], depth + 1)
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
        return EXPRESSIONS[kind](self, node, depth)
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
        args, named = (EXPRESSIONS[kind](self, given, depth + 1),), ()
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
                named.append((self.at(parts[0]), EXPRESSIONS[value.kind_id](self, value, depth + 1)))
        elif kind == DICTIONARY_SPLAT:
            for value in code(child):
                named.append(("**", EXPRESSIONS[value.kind_id](self, value, depth + 1)))
        elif kind != COMMENT:
            args.append(EXPRESSIONS[kind](self, child, depth + 1))
    return tuple(args[:MAX_ITEMS]), tuple(named[:MAX_ITEMS])


def subscript(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    parts = code(node)
    if depth > MAX_DEPTH or len(parts) < 2:
        return anything(self, node, depth)
    of = EXPRESSIONS[parts[0].kind_id](self, parts[0], depth + 1)
    keys = [EXPRESSIONS[one.kind_id](self, one, depth + 1) for one in parts[1:]]
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
            EXPRESSIONS[child.kind_id](self, child, depth + 1)
    return None


def joined_strings(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    for child in node.named_children:
        if child.kind_id != COMMENT:
            EXPRESSIONS[child.kind_id](self, child, depth + 1)
    return UNKNOWN_STRING


def integer(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    text = self.raw[node.start_byte : node.end_byte]
    return ("k", "int", int(text) if len(text) < 19 and text.isdigit() else None)


def unary(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    parts = code(node)
    if depth > MAX_DEPTH or len(parts) != 1:
        return anything(self, node, depth)
    value = EXPRESSIONS[parts[0].kind_id](self, parts[0], depth + 1)
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
    first = EXPRESSIONS[node.kind_id](self, node, depth + 1) if depth <= MAX_DEPTH else None
    found = [first, *(EXPRESSIONS[one.kind_id](self, one, depth + 1) for one in reversed(rights) if depth <= MAX_DEPTH)]
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
    found = [EXPRESSIONS[one.kind_id](self, one, depth + 1) for one in (node, *reversed(rights))]
    known = tuple(one for one in found if one is not None)
    return ("o", known[:MAX_ITEMS]) if len(known) > 1 else known[0] if known else None


def conditional(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    parts = code(node)
    if depth > MAX_DEPTH or len(parts) != 3:
        return anything(self, node, depth)
    found = [EXPRESSIONS[one.kind_id](self, one, depth + 1) for one in parts]
    return ("o", (found[0], found[2]))


def listed(kind: str) -> Handler:
    def read(self: State, node: tree_sitter.Node, depth: int) -> Expr:
        if depth > MAX_DEPTH:
            return anything(self, node, depth)
        found = [
            EXPRESSIONS[one.kind_id](self, one, depth + 1) for one in node.named_children if one.kind_id != COMMENT
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
            key = EXPRESSIONS[parts[0].kind_id](self, parts[0], depth + 1)
            items.append((key, EXPRESSIONS[parts[1].kind_id](self, parts[1], depth + 1)))
        elif child.kind_id != COMMENT:
            for one in parts:
                items.append((None, EXPRESSIONS[one.kind_id](self, one, depth + 1)))
    return ("m", tuple(items[:MAX_ITEMS]))


def of_first(tag: str) -> Handler:
    """An expression of the first child, with a tag around it; "" for none."""

    def read(self: State, node: tree_sitter.Node, depth: int) -> Expr:
        parts = code(node)
        if depth > MAX_DEPTH or len(parts) != 1:
            return anything(self, node, depth)
        found = EXPRESSIONS[parts[0].kind_id](self, parts[0], depth + 1)
        return (tag, found) if tag else found

    return read


def parenthesised(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    while node.kind_id == PARENTHESES:
        parts = code(node)
        if len(parts) != 1:
            return anything(self, node, depth)
        node = parts[0]
    return EXPRESSIONS[node.kind_id](self, node, depth + 1) if depth <= MAX_DEPTH else anything(self, node, depth)


def walrus(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    parts = code(node)
    if depth > MAX_DEPTH or len(parts) != 2:
        return anything(self, node, depth)
    value = EXPRESSIONS[parts[1].kind_id](self, parts[1], depth + 1)
    inner, self.scope = self.scope, self.scope.owner()
    bind_target(self, parts[0], value if inner is self.scope else in_scope(inner, value), node)
    self.scope = inner
    return value


def in_scope(scope: Draft, value: Expr) -> Expr:
    return ("b", scope.number, value) if value is not None else None


def yielded(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    scope = self.scope.owner()
    if scope.kind == "function":
        scope.flags.add("generator")
    parts = code(node)
    if depth > MAX_DEPTH or not parts:
        return anything(self, node, depth)
    value = EXPRESSIONS[parts[0].kind_id](self, parts[0], depth + 1)
    inner = self.scope
    placed = value if inner is scope else in_scope(inner, value)
    if any(child.type == "from" for child in node.children):
        scope.yields.append(("i", placed))
        iteration(self, value, parts[0])
        return ("y", value)
    scope.yields.append(placed)
    return None


def iteration(
    self: State, value: Expr, node: tree_sitter.Node, how: str = "for", *, asynchronous: bool = False
) -> None:
    """Iterating calls `__iter__`; only names, attributes and calls can have one of the workspace's own."""
    if value is not None and value[0] in "nac":
        method = "__aiter__" if asynchronous else "__iter__"
        expr = ("c", ("a", value, method), (), ())
        self.add_call(
            expr, how, f"{self.line(node)[:64]}.{method}", self.place_of(node.start_byte, node.end_byte), self.scope
        )


def comprehension(kind: str) -> Handler:
    def read(self: State, node: tree_sitter.Node, depth: int) -> Expr:
        if depth > MAX_DEPTH:
            return anything(self, node, depth)
        outer = self.scope
        block = self.open_scope("block", outer.node, node.start_byte, node.end_byte)
        outer_reads, inner_reads = self.reads, {}
        self.all_reads.append((block.number, inner_reads))
        parts = code(node)
        for number, clause in enumerate(one for one in parts if one.kind_id in FOR_IN | IF_CLAUSE):
            inner = code(clause)
            if clause.kind_id in FOR_IN and len(inner) >= 2:
                if number == 0:  # the first iterable is evaluated outside
                    value = EXPRESSIONS[inner[1].kind_id](self, inner[1], depth + 1)
                    iteration(self, value, inner[1])
                    value = in_scope(outer, value)
                    self.scope, self.reads = block, inner_reads
                else:
                    value = EXPRESSIONS[inner[1].kind_id](self, inner[1], depth + 1)
                    iteration(self, value, inner[1])
                bind_target(self, inner[0], ("i", value), clause)
            else:
                for one in inner:
                    EXPRESSIONS[one.kind_id](self, one, depth + 1)
        self.scope, self.reads = block, inner_reads
        body = parts[0] if parts else node
        if kind == "dict" and body.kind_id == PAIR and len(code(body)) == 2:
            key, item = (EXPRESSIONS[one.kind_id](self, one, depth + 1) for one in code(body))
            made = ("m", ((in_scope(block, key), in_scope(block, item)),))
        else:
            item = EXPRESSIONS[body.kind_id](self, body, depth + 1) if parts else None
            made = ("l", kind, (in_scope(block, item),))
        self.scope, self.reads = outer, outer_reads
        return made

    return read


def bind_target(self: State, target: tree_sitter.Node, expr: Expr, statement: tree_sitter.Node, depth: int = 0) -> None:
    """Bind a name, the names in a pattern, an attribute or an item to a value."""
    kind = target.kind_id
    if kind == IDENTIFIER:
        start, end = target.start_byte, target.end_byte
        name = self.between(start, end)
        bind_name(self, name, start, end, expr, statement.start_byte, statement.end_byte)
    elif depth > MAX_DEPTH:
        self.deep = True
    elif kind in PATTERNS:
        parts = code(target)
        spread = next((n for n, one in enumerate(parts) if one.kind_id in SPLAT_PATTERN), len(parts))
        for n, one in enumerate(parts):
            part = ("u", n if n < spread else n - len(parts), expr)
            if n == spread:
                part = ("ur", n, len(parts) - n - 1, expr)
            bind_target(self, one, part if expr is not None else None, statement, depth + 1)
    elif kind in SPLAT_PATTERN or kind == PARENTHESES or kind in AS_TARGET:
        for one in code(target)[:1]:
            bind_target(self, one, expr, statement, depth + 1)
    elif kind == ATTRIBUTE:
        assign_attribute(self, target, expr, statement, depth)
    elif kind == SUBSCRIPT:
        left = subscript(self, target, depth)
        if left is not None:
            self.scope.stores.append((left, expr, self.row(statement.start_byte)))
            if left[1] is not None and left[1][0] in "na":
                self.refer("write", left[1], self.place_of(target.start_byte, target.end_byte), self.scope)
    else:
        EXPRESSIONS[kind](self, target, depth)


def bind_name(self: State, name: str, start: int, end: int, expr: Expr, outer: int, outer_end: int) -> None:
    """Bind a name; what modules and classes bind becomes a node."""
    scope = self.scope
    if scope.kind in ("module", "class") and name not in self.redirects:
        self.spots.setdefault((scope.number, name), (start, end, outer, outer_end))
    self.bind(name, expr, outer)


def bind_chain(self: State, text: str, start: int, expr: Expr, outer: int, outer_end: int) -> None:
    """Bind a name, or assign to an attribute of a chain of names; all of it is ASCII."""
    of, dot, name = text.rpartition(".")
    if not dot:
        bind_name(self, text, start, start + len(text), expr, outer, outer_end)
        return
    self.read_chain(of, start)
    set_attribute(self, self.chain(text), name, expr, start, start + len(text), outer, outer_end)


def assign_attribute(
    self: State, target: tree_sitter.Node, expr: Expr, statement: tree_sitter.Node, depth: int
) -> None:
    left = callee(self, target, depth)
    if left is not None and left[0] == "a":
        name = self.at(code(target)[-1])
        outer, outer_end = statement.start_byte, statement.end_byte
        set_attribute(self, left, name, expr, target.start_byte, target.end_byte, outer, outer_end)


def set_attribute(
    self: State, left: tuple, name: str, expr: Expr, start: int, end: int, outer: int, outer_end: int
) -> None:
    """`self.x = …` belongs to the class, other assignments to attributes to the scope they stand in."""
    scope, of, row = self.scope, left[1], self.row(outer)
    if of is not None and of[0] == "n" and of[1] in self.selves:
        owner = self.selves[of[1]]
        owner.attribute(left[2], scope.number, expr, row)
        name_start = end - len(name.encode())
        self.spots.setdefault((owner.number, name), (name_start, end, outer, outer_end))
    else:
        scope.stores.append((left, expr, row))
    key = (scope.number, "write", left)
    if key not in self.references:
        self.references[key] = reference((*key, self.place_of(start, end)))


def function_of_lambda(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    return cast("PythonReader", self).read_lambda(node, depth)


EXPRESSIONS: dict[int, Handler] = dispatch(
    {
        "identifier": identifier,
        "attribute": attribute,
        "call": call,
        "subscript": subscript,
        "string": string,
        "concatenated_string": joined_strings,
        "integer": integer,
        "float": lambda self, node, depth: ("k", "float", None),
        "true": lambda self, node, depth: ("k", "bool", 1),
        "false": lambda self, node, depth: ("k", "bool", 0),
        "none": lambda self, node, depth: ("k", "None", None),
        "ellipsis": nothing,
        "comment": nothing,
        "unary_operator": unary,
        "binary_operator": binary,
        "boolean_operator": boolean,
        "conditional_expression": conditional,
        "list": listed("list"),
        "tuple": listed("tuple"),
        "expression_list": listed("tuple"),
        "set": listed("set"),
        "dictionary": dictionary,
        "parenthesized_expression": parenthesised,
        "parenthesized_list_splat": of_first(""),
        "list_splat": of_first("*"),
        "await": of_first("w"),
        "named_expression": walrus,
        "yield": yielded,
        "lambda": function_of_lambda,
        "list_comprehension": comprehension("list"),
        "set_comprehension": comprehension("set"),
        "dictionary_comprehension": comprehension("dict"),
        "generator_expression": comprehension("generator"),
        "type": of_first(""),
    },
    anything,
)
