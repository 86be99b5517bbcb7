"""Syntax nodes to expressions of `remora.isg.facts`, by the table `[expressions]` of a language's lang.toml.

    [expressions]
    name = ["identifier"]                              ("n", text)
    member = { attribute = ["object", "attribute"] }   ("a", object, text of the second)
    call = { call = ["function", "arguments"] }        ("c", …); the arguments are the named children of the second
    call = { call = ["method", "arguments", "receiver"] }       the same, where the callee is a name beside its receiver
    subscript = { subscript = ["value", "subscript"] } ("s", …)
    constant = { string = "str", integer = "int" }     ("k", type, value)
    list = { list = "list", tuple = "tuple" }          ("l", type, named children)
    map = { dictionary = ["pair", "key", "value"] }    ("m", …): of its children of that type, those two fields
    choice = { conditional = ["consequence", "alternative"] }   ("o", those fields); [] means all named children
    same = ["parenthesized_expression"]                means what its first named child means
    same_field = { type_annotation = "type" }          means what that field means
    await = ["await"]                                  ("w", first named child)
    spread = ["list_splat"]                            ("*", first named child), in lists and arguments
    named = { keyword_argument = ["name", "value"] }   an argument with a name
    item = { unary_deref = "" }                        ("i", first named child, or that field)
    instance = { struct_expression = "name" }          ("A", that field)

A field is a field's name, or "@n" for the n-th named child. Types are converted by the same table.
A node that is a definition itself (a lambda, a class expression) is ("d", its number). What is in no table is None.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from remora.isg.facts import Expr, Parameter
from remora.isg.signature import collapsed
from remora.lang import languages

if TYPE_CHECKING:
    import tree_sitter

MAX_DEPTH = 60
MAX_CONSTANT = 80
MAX_ITEMS = 500
COMMENTS = frozenset({"comment", "line_comment", "block_comment"})

Row = tuple[str, tuple[Any, ...]]


@cache
def table_of(lang: str) -> dict[str, Row]:
    """By node type: the name of the converting method and its further arguments."""
    found: dict[str, Row] = {}
    for method, entries in languages()[lang].tables.get("expressions", {}).items():
        if isinstance(entries, list):
            entries = {kind: () for kind in entries}
        for kind, arguments in entries.items():
            found[kind] = (f"expr_{method}", (arguments,) if isinstance(arguments, str) else tuple(arguments))
    return found


def field(node: tree_sitter.Node, name: str) -> tree_sitter.Node | None:
    """A child by its field's name, or by "@n" the n-th named one."""
    if not name.startswith("@"):
        return node.child_by_field_name(name)
    named = children(node)
    return named[int(name[1:])] if int(name[1:]) < len(named) else None


def children(node: tree_sitter.Node) -> list[tree_sitter.Node]:
    """Named children without comments."""
    return [child for child in node.named_children if child.type not in COMMENTS]


class Expressions:
    """Converts expressions and parameters of one file. Deeper than MAX_DEPTH nothing is known."""

    tables: dict[str, Any]
    table: dict[str, Row]
    numbers: dict[int, int]

    def text_at(self, node: tree_sitter.Node | None) -> str:
        raise NotImplementedError

    def expression(self, node: tree_sitter.Node | None, depth: int = 0) -> Expr:
        if node is None or depth > MAX_DEPTH:
            return None
        number = self.numbers.get(node.id)
        if number is not None:
            return ("d", number)
        row = self.table.get(node.type)
        if row is None:
            return self.other_expression(node, depth)
        return getattr(self, row[0])(node, depth + 1, *row[1])

    def other_expression(self, node: tree_sitter.Node, depth: int) -> Expr:
        """What no table knows; for subclasses."""
        return None

    def expr_name(self, node: tree_sitter.Node, depth: int) -> Expr:
        return ("n", self.text_at(node))

    def expr_member(self, node: tree_sitter.Node, depth: int, of: str, name: str) -> Expr:
        return ("a", self.expression(field(node, of), depth), self.text_at(field(node, name)))

    def expr_call(self, node: tree_sitter.Node, depth: int, callee: str, arguments: str, receiver: str = "") -> Expr:
        args, named = self.arguments(field(node, arguments), depth)
        of = field(node, receiver) if receiver else None
        if of is not None:
            return ("c", ("a", self.expression(of, depth), self.text_at(field(node, callee))), args, named)
        return ("c", self.expression(field(node, callee), depth), args, named)

    def arguments(self, node: tree_sitter.Node | None, depth: int) -> tuple[tuple, tuple]:
        """(positional, named) of an argument list."""
        args: list[Expr] = []
        named: list[tuple[str, Expr]] = []
        for child in children(node)[:MAX_ITEMS] if node is not None else ():
            method, fields = self.table.get(child.type, ("", ()))
            if method == "expr_named":
                named.append((self.text_at(field(child, fields[0])), self.expression(field(child, fields[1]), depth)))
            else:
                args.append(self.expression(child, depth))
        return tuple(args), tuple(named)

    def expr_subscript(self, node: tree_sitter.Node, depth: int, of: str, key: str) -> Expr:
        return ("s", self.expression(field(node, of), depth), self.expression(field(node, key), depth))

    def expr_constant(self, node: tree_sitter.Node, depth: int, type_: str) -> Expr:
        return ("k", type_, self.constant(node, type_))

    def constant(self, node: tree_sitter.Node, type_: str) -> str | int | None:
        text = self.text_at(node)
        if type_ == "int":
            return int(text) if len(text) < 19 and text.isascii() and text.isdigit() else None
        if type_ != "str":
            return text[:MAX_CONSTANT]
        return text[1:-1] if 2 <= len(text) <= MAX_CONSTANT else None

    def expr_list(self, node: tree_sitter.Node, depth: int, type_: str) -> Expr:
        return ("l", type_, tuple(self.expression(child, depth) for child in children(node)[:MAX_ITEMS]))

    def expr_map(self, node: tree_sitter.Node, depth: int, pair: str, key: str, value: str) -> Expr:
        pairs = [child for child in children(node)[:MAX_ITEMS] if child.type == pair]
        return (
            "m",
            tuple((self.expression(field(p, key), depth), self.expression(field(p, value), depth)) for p in pairs),
        )

    def expr_choice(self, node: tree_sitter.Node, depth: int, *fields: str) -> Expr:
        chosen = [field(node, name) for name in fields] if fields else children(node)
        return ("o", tuple(self.expression(child, depth) for child in chosen[:MAX_ITEMS] if child is not None))

    def expr_same(self, node: tree_sitter.Node, depth: int) -> Expr:
        return self.expression(field(node, "@0"), depth)

    def expr_same_field(self, node: tree_sitter.Node, depth: int, name: str) -> Expr:
        return self.expression(field(node, name), depth)

    def expr_await(self, node: tree_sitter.Node, depth: int) -> Expr:
        return ("w", self.expression(field(node, "@0"), depth))

    def expr_spread(self, node: tree_sitter.Node, depth: int) -> Expr:
        return ("*", self.expression(field(node, "@0"), depth))

    def expr_named(self, node: tree_sitter.Node, depth: int, name: str, value: str) -> Expr:
        return self.expression(field(node, value), depth)

    def expr_item(self, node: tree_sitter.Node, depth: int, name: str) -> Expr:
        return ("i", self.expression(field(node, name or "@0"), depth))

    def expr_instance(self, node: tree_sitter.Node, depth: int, name: str) -> Expr:
        return ("A", self.expression(field(node, name), depth))

    # ---- parameters, by the tables `[functions]` and `[parameters]`

    def parameter_nodes(self, node: tree_sitter.Node) -> list[tuple[tree_sitter.Node, list[str]]]:
        """Parameters of a function, each with its row of the table `[parameters]`."""
        table = self.tables.get("parameters", {})
        holder = node.child_by_field_name(self.tables.get("functions", {}).get("parameters", "parameters"))
        if holder is None:
            return []
        inner = [holder] if holder.type in table else children(holder)
        return [(child, table[child.type]) for child in inner if child.type in table]

    def parts_of(self, node: tree_sitter.Node, row: list[str]) -> tuple[Any, Any, Any, str]:
        name, type_, default, kind = [*row, "", "", "", ""][:4]
        parts = [node if name == "." else field(node, name) if name else None for name in (name, type_, default)]
        return parts[0], parts[1], parts[2], kind or "p"

    def parameter(self, node: tree_sitter.Node, row: list[str]) -> Parameter:
        name, type_, default, kind = self.parts_of(node, row)
        return Parameter(self.text_at(name), kind, self.expression(default), self.expression(type_))

    def parameter_facet(self, node: tree_sitter.Node, row: list[str]) -> dict[str, str]:
        name, type_, default, _ = self.parts_of(node, row)
        facet = {"name": self.text_at(name)}
        if type_ is not None:
            facet["type"] = collapsed(self.text_at(type_)).removeprefix(":").strip()
        if default is not None:
            facet["default"] = collapsed(self.text_at(default))
        return facet
