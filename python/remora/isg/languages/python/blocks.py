"""Runs of statements: blocks, and the clauses that hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.languages.python.state import MAX_DEPTH, State
from remora.isg.languages.python.syntax import BLOCK, COMMENT, kinds

if TYPE_CHECKING:
    import tree_sitter

LEAVES = kinds(
    "expression_statement",
    "return_statement",
    "import_statement",
    "import_from_statement",
    "future_import_statement",
    "pass_statement",
    "break_statement",
    "continue_statement",
    "raise_statement",
    "assert_statement",
    "delete_statement",
    "global_statement",
    "nonlocal_statement",
    "type_alias_statement",
    "print_statement",
    "exec_statement",
    "ERROR",
) | {0xFFFF}


def statements(self: State, children: list[tree_sitter.Node], depth: int) -> None:
    last = None
    for child in children:
        kind = child.kind_id
        if kind != COMMENT:
            self.statement_kinds[kind](self, child, depth + 1)
            last = child, kind
    if last is not None and last[1] in LEAVES:  # others end in a block of their own
        self.last_end = last[0].end_byte


def block(self: State, node: tree_sitter.Node, depth: int) -> None:
    """The statements of a module or a block; `last_end` is kept at the end of the last one."""
    if depth > MAX_DEPTH:
        self.deep = True
        return
    statements(self, node.named_children, depth)


def branch(self: State, node: tree_sitter.Node, depth: int) -> None:
    """A compound statement or one of its clauses: expressions first, then blocks that may not run."""
    if depth > MAX_DEPTH:
        self.deep = True
        return
    for child in node.named_children:
        kind = child.kind_id
        if kind in BLOCK:
            self.branch += 1
            block(self, child, depth)
            self.branch -= 1
        else:
            self.statement_kinds[kind](self, child, depth + 1)


def certain(self: State, node: tree_sitter.Node, depth: int) -> None:
    """`finally`: its block always runs."""
    for child in node.named_children:
        (block if child.kind_id in BLOCK else self.statement_kinds[child.kind_id])(self, child, depth + 1)


def header_end(node: tree_sitter.Node) -> int:
    body = next((one for one in node.named_children if one.kind_id in BLOCK), None)
    return body.start_byte if body is not None else node.end_byte
