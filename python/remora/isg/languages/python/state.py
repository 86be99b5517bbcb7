"""What the parts of the Python reader share: the text, the scope at hand, and what was read in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar

from remora.isg.draft import FileDraft
from remora.isg.facts import Binding, Expr, PlaceT
from remora.isg.languages.python.syntax import Handler
from remora.isg.scope import Draft

if TYPE_CHECKING:
    import tree_sitter

    from remora.lang import Language

# Deeper than this nothing is read: no person nests so deep, and Python's own stack ends somewhere.
MAX_DEPTH = 120
MAX_CHAIN = 160
PURE_CHAIN = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*", re.ASCII)

# Named tuples made without their Python-level constructors.
binding: Callable[[tuple], Binding] = partial(tuple.__new__, Binding)


def line_starts(source: bytes) -> list[int]:
    """The byte at which each row starts, and one behind the end."""
    if b"\r" in source:  # a row ends at a line feed only
        return list(accumulate((len(line) + 1 for line in source.split(b"\n")), initial=0))
    starts = list(accumulate(map(len, source.splitlines(keepends=True)), initial=0))
    return [*starts, starts[-1] + 1] if source.endswith(b"\n") or not source else [*starts[:-1], starts[-1] + 1]


class State(FileDraft):
    """A Python file while it is read, one statement after the other.

    Attributes:
        raw: the text with one character per byte, so that byte offsets index it.
        scope: the scope that runs the code at hand.
        reads: by text: (start byte, expression) of the first use of a name or a dotted chain in `scope`.
        all_reads: (scope number, its reads).
        branch: how many branches, loops and handlers of this scope the code at hand stands in.
        gate: why the code at hand may not run: "TYPE_CHECKING", …
        selves: names that mean the object or the class of a class draft, in the function at hand and around it.
        redirects: names that are declared global or nonlocal in the function at hand: their scope.
        type_parameters: of the definitions around: what they are bound to.
        type_variables: the same for the module's TypeVars.
        class_name: of the class around, without leading underscores, for the mangling of private names.
        bound_here: (name, where, binding, branch) of what the loop or `if` around binds; None outside them.
        last_end: where the last statement that was read ends.
        raises: by number of a node: names of what it raises.
        expressions, statement_kinds: by kind of a syntax node, the function that reads it.
        spots: (scope number, name) of a bound name: its own bytes and its statement's bytes.
    """

    def __init__(self, path: str, text: str, repo: str, language: Language | None) -> None:
        super().__init__(path, text, repo, language)
        self.ascii = len(self.source) == len(text)
        self.raw = text if self.ascii else self.source.decode("latin-1")
        self.starts = line_starts(self.source)
        self.chains: dict[str, Expr] = {}
        self.reads: dict[str, tuple[int, Expr]] = {}
        self.all_reads: list[tuple[int, dict[str, tuple[int, Expr]]]] = []
        self.branch = 0
        self.gate = ""
        self.selves: dict[str, Draft] = {}
        self.redirects: dict[str, Draft] = {}
        self.type_parameters: dict[str, Expr] = {}
        self.type_variables: dict[str, Expr] = {}
        self.class_name = ""
        self.bound_here: list[tuple[str, int, Binding, int]] | None = None
        self.last_end = 0
        self.spots: dict[tuple[int, str], tuple[int, int, int, int]] = {}
        self.deep = False
        self.open_module()
        self.scope = self.module
        self.all_reads.append((0, self.reads))

    expressions: ClassVar[dict[int, Handler]] = {}
    statement_kinds: ClassVar[dict[int, Handler]] = {}
    raises: dict[int, dict[str, None]]

    def read_lambda(self, node: tree_sitter.Node, depth: int) -> Expr:
        raise NotImplementedError

    def define(
        self,
        node: tree_sitter.Node,
        outer: tree_sitter.Node,
        decorators: list[tuple[Expr, tree_sitter.Node]],
        depth: int,
    ) -> None:
        raise NotImplementedError

    def decorated(self, node: tree_sitter.Node, depth: int) -> None:
        raise NotImplementedError

    def type_alias(self, node: tree_sitter.Node) -> None:
        raise NotImplementedError

    def exported_call(self, value: Expr) -> None:
        raise NotImplementedError

    def exported_names(self, value: Expr, *, more: bool) -> None:
        raise NotImplementedError

    def scope_here(self) -> Draft:
        return self.scope

    # ---- text and places

    def at(self, node: tree_sitter.Node) -> str:
        """The text of a syntax node."""
        return self.between(node.start_byte, node.end_byte)

    def between(self, start: int, end: int) -> str:
        text = self.raw[start:end]
        return text if self.ascii or text.isascii() else text.encode("latin-1").decode("utf-8", "replace")

    def line(self, node: tree_sitter.Node) -> str:
        """The text of a syntax node on one line."""
        text = self.at(node)
        return " ".join(text.split()) if "\n" in text else text

    def row(self, start: int) -> int:
        return bisect_right(self.starts, start) - 1

    def place_of(self, start: int, end: int) -> PlaceT:
        starts = self.starts
        row = bisect_right(starts, start) - 1
        first = starts[row]
        if end < starts[row + 1]:
            return (row, start - first, row, end - first)
        last = bisect_right(starts, end) - 1
        return (row, start - first, last, end - starts[last])

    # ---- names

    def mangled(self, name: str) -> str:
        """A private name as the class around turns it."""
        if self.class_name and name.startswith("__") and not name.endswith("__"):
            return f"_{self.class_name}{name}"
        return name

    def chain(self, text: str) -> Expr:
        """`a.b.c` as an expression; the text is names and dots only."""
        found = self.chains.get(text)
        if found is None:
            of, dot, name = text.rpartition(".")
            found = ("a", self.chain(of), self.mangled(name)) if dot else ("n", self.mangled(text))
            if "__" not in text:
                self.chains[text] = found
        return found

    def read_chain(self, text: str, start: int) -> Expr:
        """A use of a chain, remembered once per scope."""
        found = self.reads.get(text)
        if found is None:
            found = self.reads[text] = (start, self.chain(text))
        return found[1]

    def bind(self, name: str, expr: Expr, start: int) -> None:
        """Bind a name in the scope at hand, or in the one it is declared to belong to."""
        scope = self.scope
        if "__" in name and scope.kind == "class":
            name = self.mangled(name)
        if self.redirects and name in self.redirects:
            where = self.redirects[name]
            expr = ("b", scope.number, expr) if expr is not None else None
            where.names.setdefault(name, []).append(Binding(expr, self.row(start), True))
            self.refer("write", ("n", name), self.place_of(start, start + len(name.encode())), scope)
            return
        bound = binding((expr, bisect_right(self.starts, start) - 1, self.branch > 0))
        if self.bound_here is not None and scope.kind != "block":
            self.bound_here.append((name, start, bound, self.branch))
        found = scope.names.get(name)
        if found is None:
            scope.names[name] = [bound]
        else:
            found.append(bound)

    def swap(self, scope: Draft) -> tuple:
        """Enter a function, class or lambda; `restore` what this gives to leave it."""
        before = (
            self.scope,
            self.reads,
            self.branch,
            self.selves,
            self.redirects,
            self.class_name,
            self.bound_here,
        )
        self.scope = scope
        self.bound_here = None
        self.reads = {}
        self.all_reads.append((scope.number, self.reads))
        self.branch = 0
        return before

    def restore(self, before: tuple) -> None:
        (
            self.scope,
            self.reads,
            self.branch,
            self.selves,
            self.redirects,
            self.class_name,
            self.bound_here,
        ) = before
