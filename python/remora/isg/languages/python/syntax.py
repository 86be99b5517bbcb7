"""Kinds of Python's syntax nodes, by the numbers that the grammar gives them, and their children."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from remora.isg.facts import Expr
from remora.isg.parse import grammar

if TYPE_CHECKING:
    import tree_sitter

ERROR_KIND = 0xFFFF
Handler = Callable[..., Expr]


def kinds(*names: str) -> frozenset[int]:
    """Ids of the syntax nodes with these names; the grammar has several ids for some."""
    language = grammar("python")
    wanted = set(names)
    return frozenset(
        number
        for number in range(language.node_kind_count)
        if language.node_kind_is_named(number) and language.node_kind_for_id(number) in wanted
    )


def only_kind(name: str) -> int:
    """The id of the syntax nodes with this name, when there is one only."""
    (number,) = kinds(name)
    return number


def dispatch(handlers: dict[str, Handler], default: Handler) -> dict[int, Handler]:
    """By id of a syntax node's kind: what reads it."""
    language = grammar("python")
    found = dict.fromkeys([*range(language.node_kind_count), ERROR_KIND], default)
    for number in range(language.node_kind_count):
        name = language.node_kind_for_id(number)
        if name in handlers and language.node_kind_is_named(number):
            found[number] = handlers[name]
    return found


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


ALIASED = kinds("aliased_import")
ARGUMENTS = only_kind("argument_list")
AS_PATTERN = kinds("as_pattern")
AS_TARGET = kinds("as_pattern_target")
ATTRIBUTE = only_kind("attribute")
BINARY = only_kind("binary_operator")
BLOCK = kinds("block")
BOOLEAN = only_kind("boolean_operator")
CALL = kinds("call")
CASE = kinds("case_clause")
COMMENT = only_kind("comment")
DICTIONARY_SPLAT = only_kind("dictionary_splat")
DOTTED = kinds("dotted_name")
FORMAT = kinds("format_specifier", "format_expression")
FOR_IN = kinds("for_in_clause")
IDENTIFIER = only_kind("identifier")
IF_CLAUSE = kinds("if_clause")
INTERPOLATION = only_kind("interpolation")
NAMED_ARGUMENT = only_kind("keyword_argument")
PAIR = only_kind("pair")
PARENTHESES = only_kind("parenthesized_expression")
PATTERNS = kinds("pattern_list", "tuple_pattern", "list_pattern", "tuple", "list", "expression_list")
SLICE = only_kind("slice")
SPLAT_PATTERN = kinds("list_splat_pattern", "list_splat")
STRING = kinds("string")
SUBSCRIPT = only_kind("subscript")
TUPLE = kinds("tuple")
TYPE = kinds("type")
WILDCARD = kinds("wildcard_import")
