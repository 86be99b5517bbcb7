"""A reader that walks the tree in the order in which code runs, for languages whose blocks have names of their own.

Each declaration of a local variable gets a name of its own in its function's scope (`total'2` is the second `total`), and
each use is written with the name it means. So a shadowed name, or one of a block that has ended, is never mistaken for
another, and the linker needs no block scopes. An expression is visited once: its calls and references are recorded on
the way, and its value is what the visit gives.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar

from remora.isg.draft import FileDraft
from remora.isg.facts import Binding, Expr, PlaceT
from remora.isg.scope import Draft
from remora.isg.signature import collapsed
from remora.isg.values import FileGraph
from remora.lang import Language

if TYPE_CHECKING:
    import tree_sitter

    from remora.isg.parse import Tree

# Each level takes a few frames of Python's own stack.
MAX_DEPTH = 120
MAX_CONSTANT = 80
MAX_CALLEE_BYTES = 200
MAX_ITEMS = 500
WORD = re.compile(rb"[A-Za-z_]\w*")
COMMENTS = frozenset({"comment", "line_comment", "block_comment"})

Handler = Callable[..., Expr]


def nth(node: tree_sitter.Node, number: int) -> tree_sitter.Node | None:
    """A named child, from the end when the number is negative; None when there are fewer."""
    count = node.named_child_count
    at = number + count if number < 0 else number
    return node.named_child(at) if 0 <= at < count else None


@cache
def visits_of(reader: type[LexicalReader]) -> dict[str, Handler]:
    """By node type, the method of a reader that visits it."""
    return {kind: getattr(reader, name) for kind, name in reader.handlers.items()}


def spelled(text: str) -> str:
    """A piece of a header in one spelling."""
    return text if text.isidentifier() else collapsed(text)


def named_parts(expr: Expr) -> Iterator[Expr]:
    """The named types in a type: of `Result<Vec<Cart>>` all three."""
    if expr is None or expr[0] not in "nasol":
        return
    if expr[0] in "na":
        yield expr
    elif expr[0] == "s":
        yield from named_parts(expr[1])
        yield from named_parts(expr[2])
    else:
        for part in expr[-1]:
            yield from named_parts(part)


class Block:
    """The names that a block of code declares, while it is read."""

    __slots__ = ("frames",)

    def __init__(self, frames: list[dict[str, str]]) -> None:
        self.frames = frames

    def __enter__(self) -> None:
        self.frames.append({})

    def __exit__(self, *error: object) -> None:
        self.frames.pop()


class LexicalReader(FileDraft):
    """One file. Make one, call `read` once.

    Attributes:
        handlers: node type -> name of the method that visits it; what is not there is visited child by child.
        scope: the function, class or module whose code is being read.
        type_frames: type parameters of the items around: name -> its bounds, or None for one without.
        frames: what the blocks around declare, the innermost last: name -> the name it has in its scope.
    """

    handlers: ClassVar[dict[str, str]] = {}
    type_frames: list[dict[str, Expr]]

    def __init__(self, path: str, text: str, repo: str, language: Language) -> None:
        super().__init__(path, text, repo, language)
        self.visits = visits_of(type(self))
        self.scope: Draft
        self.frames: list[dict[str, str]] = [{}]
        self.counts: dict[tuple[int, str], int] = {}
        self.type_frames = []
        self.depth = 0
        # By the byte each line starts at: asking a node for its points makes two objects, and there are many places.
        self.lines = [0, *accumulate(len(line) + 1 for line in self.source.split(b"\n"))]

    def read(self, tree: Tree) -> FileGraph:
        self.scope = self.open_module()
        self.file(tree.root)
        self.finish()
        return self.graph(partial=tree.has_error)

    def file(self, root: tree_sitter.Node) -> None:
        """Read the whole file; for the language."""
        self.each(root)

    def finish(self) -> None:
        """After everything else; for the language."""

    def scope_here(self) -> Draft:
        return self.scope

    def place(self, node: tree_sitter.Node) -> PlaceT:
        start, end = node.start_byte, node.end_byte
        lines = self.lines
        row = bisect_right(lines, start) - 1
        last = row if end < lines[row + 1] else bisect_right(lines, end) - 1
        return row, start - lines[row], last, end - lines[last]

    def row(self, node: tree_sitter.Node) -> int:
        return bisect_right(self.lines, node.start_byte) - 1

    def note(self, role: str, expr: Expr, node: tree_sitter.Node) -> None:
        """A reference, unless the scope has it already."""
        if expr is not None and (self.scope.number, role, expr) not in self.references:
            self.refer(role, expr, self.place(node), self.scope)

    def note_call(self, expr: Expr, how: str, callee: tree_sitter.Node | None, node: tree_sitter.Node) -> None:
        """A call, with what is called as it is written."""
        text = ""
        if callee is not None:
            stop = min(callee.end_byte, callee.start_byte + MAX_CALLEE_BYTES)
            text = self.source[callee.start_byte : stop].decode("utf-8", "ignore")
        self.add_call(expr, how, text, self.place(node), self.scope)

    # ---- visiting

    def code(self, node: tree_sitter.Node | None) -> Expr:
        """Visit a node and give its value; deeper than MAX_DEPTH nothing is read."""
        if node is None or self.depth >= MAX_DEPTH:
            return None
        visit = self.visits.get(node.type)
        self.depth += 1
        try:
            return visit(self, node) if visit is not None else self.each(node)
        finally:
            self.depth -= 1

    def each(self, node: tree_sitter.Node) -> Expr:
        """Visit the named children; nothing is known of the value."""
        for child in node.named_children:
            self.code(child)
        return None

    def nothing(self, node: tree_sitter.Node) -> Expr:
        return None

    def first(self, node: tree_sitter.Node) -> Expr:
        """Means what its first named child means."""
        return self.code(nth(node, 0))

    def values(self, nodes: Iterable[tree_sitter.Node]) -> tuple[Expr, ...]:
        """Visit all, and give the values of the first MAX_ITEMS."""
        found = [self.code(node) for node in nodes if node.type not in COMMENTS]
        return tuple(found[:MAX_ITEMS])

    def constant(self, node: tree_sitter.Node, type_: str) -> Expr:
        """A literal; short texts keep their value."""
        size = node.end_byte - node.start_byte
        return ("k", type_, self.text_at(node).strip("\"'`") if type_ == "str" and size <= MAX_CONSTANT else None)

    def binary(self, node: tree_sitter.Node) -> Expr:
        """Both sides; long sums nest to the left, so this goes down without recursion."""
        waiting = []
        kind = node.type
        here: tree_sitter.Node | None = node
        while here is not None and here.type == kind:
            waiting.append(here.child_by_field_name("right"))
            here = here.child_by_field_name("left")
        self.code(here)
        for right in reversed(waiting):
            self.code(right)
        return None

    def declared_kind(self, type_node: tree_sitter.Node | None, open_words: frozenset[str]) -> str:
        """The kind of a parameter: "/" when its type says all about it, "p" when a caller may hand over more.

        Args:
            open_words: words in a type that leave it open, as `dyn` does.
        """
        if type_node is None:
            return "p"
        words = set(WORD.findall(type_node.text or b""))
        names = {name.encode() for frame in self.type_frames for name in frame}
        return "p" if words & names or words & {word.encode() for word in open_words} else "/"

    # ---- names of blocks

    def block(self) -> Block:
        """A block with names of its own."""
        return Block(self.frames)

    @contextmanager
    def within(self, draft: Draft, *, sees_locals: bool = False) -> Generator[None]:
        """The code of a function, class or module; a closure sees the locals around it, a function of its own does not."""
        before, frames = self.scope, self.frames
        self.scope, self.frames = draft, [*frames, {}] if sees_locals else [{}]
        try:
            yield
        finally:
            self.scope, self.frames = before, frames

    def local(self, name: str) -> str:
        """The name under which a local is bound in its scope; "" when no block around declares it."""
        for frame in reversed(self.frames):
            if name in frame:
                return frame[name]
        return ""

    def declare(self, name: str, expr: Expr, row: int) -> None:
        """A new local variable of the innermost block."""
        if not name or name == "_":
            return
        count = self.counts[self.scope.number, name] = self.counts.get((self.scope.number, name), 0) + 1
        own = f"{name}'{count}"
        self.frames[-1][name] = own
        self.scope.bind(own, expr, row)

    def declare_parameter(self, name: str, number: int, row: int) -> None:
        """A parameter keeps its name: it is there in the whole function."""
        self.frames[-1][name] = name
        self.scope.bind(name, ("p", number), row)

    def assign(self, name: str, expr: Expr, row: int) -> bool:
        """One more value of a local variable, seen in its own scope; False when it is no local."""
        own = self.local(name)
        if own and expr is not None and own in self.scope.names and not self.is_typed(own):
            self.scope.names[own].append(Binding(expr, row, True))
        return bool(own)

    def is_typed(self, own: str) -> bool:
        """Whether a local was declared as a collection of something: what is assigned to it adds nothing."""
        expr = self.scope.names[own][0].expr
        return expr is not None and expr[0] == "A" and expr[1] is not None and expr[1][0] == "s"

    def grow(self, of: Expr, item: Expr, row: int) -> None:
        """A local collection gets one more item."""
        if of is not None and item is not None and of[0] == "n" and of[1] in self.scope.names and "'" in of[1]:
            bound = self.scope.names[of[1]]
            if len(bound) < MAX_ITEMS and not self.is_typed(of[1]):
                bound.append(Binding(("l", "[]", (item,)), row, True))

    def open_lambda(
        self,
        node: tree_sitter.Node,
        signature: str,
        body: tree_sitter.Node | None,
        last: tree_sitter.Node | None = None,
    ) -> Draft:
        """Node and scope of a function without a name, numbered in the node around it. `last`: where it ends."""
        around = self.scope
        count = self.lambda_counts[around.node] = self.lambda_counts.get(around.node, 0) + 1
        name = f"<lambda{count}>"
        qualname = f"{around.qualname}.{name}" if around.qualname else name
        start, last = self.place(node)[:2], last or node
        span = (*start, *self.place(last)[2:], node.start_byte, last.end_byte)
        number = self.add_node("lambda", name, qualname, around, signature, span, (*start, *start))
        body_byte = body.start_byte if body is not None else last.end_byte
        draft = self.open_scope("function", number, node.start_byte, last.end_byte, body_byte)
        draft.qualname, draft.level = qualname, around.level + 1
        return draft
