"""What a name can be where ways through a function join: at the top of a loop, and behind an `if` with an `else`.

Bindings are taken in the order of the text. What that order does not show is added as bindings of its own: those of the
round before stand above the loop, and those of all branches behind the last one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from remora.isg.languages.python.blocks import block, branch
from remora.isg.languages.python.state import MAX_DEPTH, State, binding
from remora.isg.languages.python.syntax import BLOCK, kinds

if TYPE_CHECKING:
    import tree_sitter

    from remora.isg.facts import Binding

CARRIED = frozenset("nacsudiowe")  # what another round can tell more of: no constants, no containers
CONSTANT = frozenset("k")
ELSE = kinds("else_clause")
WAYS = BLOCK | ELSE | kinds("elif_clause")
LEAVING = kinds("return_statement", "raise_statement", "continue_statement", "break_statement")


def repeated(
    self: State, node: tree_sitter.Node, start: int, depth: int, read: Callable[[State, tree_sitter.Node, int], None]
) -> None:
    """Read what a loop repeats: a name that is used before the loop binds it may be bound by the round before."""
    around, self.bound_here = self.bound_here, []
    read(self, node, depth)
    found, self.bound_here = self.bound_here, around
    if around is not None:
        around += found
    first: dict[str, int] = {}
    for name, at, *_ in found:
        first.setdefault(name, at)
    carried = {name for name, at in first.items() if is_used(self.raw, name, start, at)}
    row = self.row(start) - 1
    for name, _, bound, _ in found:
        if name in carried and bound.expr is not None and bound.expr[0] in CARRIED:
            self.scope.names[name].append(binding((bound.expr, row, True)))


def is_used(raw: str, name: str, start: int, at: int) -> bool:
    """Whether a text uses a name before the line ends that binds it at `at`."""
    end = raw.find("\n", at)
    return has_word(raw, name, start, at) or has_word(raw, name, at + len(name), end if end >= 0 else len(raw))


def has_word(raw: str, word: str, start: int, end: int) -> bool:
    """Whether a name stands between two places, other than as an attribute."""
    size = len(word)
    while (at := raw.find(word, start, end)) >= 0:
        before, after = raw[at - 1 : at], raw[at + size : at + size + 1]
        if not (before.isalnum() or before in ("_", ".")) and not (after.isalnum() or after == "_"):
            return True
        start = at + size
    return False


def alternatives(self: State, node: tree_sitter.Node, depth: int) -> None:
    """`if`: a name that every branch binds, or leaves the function by, is none of what it was before."""
    children = node.named_children
    if self.branch or depth > MAX_DEPTH or not children or children[-1].kind_id not in ELSE:
        branch(self, node, depth)
        return
    around = self.bound_here
    ways: list[tuple[tree_sitter.Node, dict[str, Binding]]] = []
    every: list[tuple[str, int, Binding, int]] = []
    for child in children:
        kind = child.kind_id
        self.bound_here = []
        if kind in BLOCK:
            self.branch += 1
            block(self, child, depth)
            self.branch -= 1
        else:
            self.statement_kinds[kind](self, child, depth + 1)
        every += self.bound_here
        if kind in WAYS:
            ways.append((child, {name: bound for name, _, bound, level in self.bound_here if level == 1}))
    self.bound_here = around
    if around is not None:
        around += every
    if not every:
        return
    staying = [bound for child, bound in ways if not leaves(child)]
    names = set(staying[0]).intersection(*staying[1:]) if staying else set()
    if not names:
        return
    row = self.row(node.end_byte)
    for name in sorted(names):
        found = [way[name].expr for way in staying]
        if all(one is not None and one[0] in CARRIED | CONSTANT for one in found):
            given = self.scope.names[name]
            given += [binding((one, row, number > 0)) for number, one in enumerate(found)]


def leaves(node: tree_sitter.Node) -> bool:
    """Whether a branch ends by leaving the function or the round."""
    inner = node if node.kind_id in BLOCK else next((one for one in node.named_children if one.kind_id in BLOCK), None)
    last = inner.named_children[-1:] if inner is not None else []
    return bool(last) and last[0].kind_id in LEAVING
