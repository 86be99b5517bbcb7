"""A reader that walks the tree itself: for languages where what a name means depends on where it stands.

One method per syntax, found by the node's type; it returns the expression that the syntax is, or None. Every node is
visited once. What lies too deep for the stack is put off and visited at the end, in the scope it stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from remora.isg.draft import MAX_CALLEE, FileDraft
from remora.isg.expressions import COMMENTS
from remora.isg.facts import CallFact, Expr, PlaceT
from remora.isg.scope import Draft
from remora.isg.signature import collapsed
from remora.isg.values import FileGraph, Kind

if TYPE_CHECKING:
    from collections.abc import Generator

    import tree_sitter

    from remora.isg.parse import Tree

# Each level of the tree takes up to four frames of Python's stack.
MAX_DEPTH = 120
MAX_ITEMS = 500
MAX_SIGNATURE = 2000

Handler = Callable[[Any, "tree_sitter.Node"], Expr]


class Later(NamedTuple):
    """Something that lies too deep, and where it stands."""

    node: tree_sitter.Node
    scope: Draft
    branch: int


class Assignment(NamedTuple):
    """A name that is assigned to; whose it is shows when all declarations are known. `owner`: when it does before."""

    name: str
    expr: Expr
    row: int
    conditional: bool
    scope: Draft
    owner: Draft | None


class Walk(FileDraft):
    """Reads one file. Make one, call `read` once.

    Attributes:
        scope: the scope that runs the code at hand.
        branch: how many branches, loops and handlers of that scope are open.
        docs: comments that stand right before the statement at hand.
    """

    handlers: ClassVar[dict[str, str]]

    def __init__(self, path: str, text: str, repo: str, language: Any) -> None:
        super().__init__(path, text, repo, language)
        self.scope: Draft
        self.branch = 0
        self.depth = 0
        self.class_counts: dict[int, int] = {}
        self.docs: list[tree_sitter.Node] = []
        self.later: list[Later] = []
        self.assignments: list[Assignment] = []
        self.methods: dict[str, Handler] = {kind: getattr(type(self), name) for kind, name in self.handlers.items()}

    def read(self, tree: Tree) -> FileGraph:
        self.scope = self.open_module()
        self.program(tree.root)
        while self.later:
            one = self.later.pop()
            self.scope, self.branch, self.depth = one.scope, one.branch, 0
            self.visit(one.node)
        self.finish()
        return self.graph(partial=tree.has_error)

    def program(self, root: tree_sitter.Node) -> None:
        self.statements(root)

    def finish(self) -> None:
        """After everything was visited."""
        for one in self.assignments:
            owner = one.owner or self.owner_of(one.name, one.scope)
            here = one.expr is None or owner is one.scope
            expr = one.expr if here else ("b", one.scope.number, one.expr)
            owner.bind(one.name, expr, one.row, one.conditional or owner is not one.scope)

    def scope_here(self) -> Draft:
        return self.scope

    # ---- walking

    def visit(self, node: tree_sitter.Node | None) -> Expr:
        """Read a node in the scope at hand."""
        if node is None:
            return None
        if self.depth >= MAX_DEPTH:
            self.later.append(Later(node, self.scope, self.branch))
            return None
        self.depth += 1
        method = self.methods.get(node.type)
        result = None
        if method is not None:
            result = method(self, node)
        else:
            for child in node.named_children:
                self.visit(child)
        self.depth -= 1
        return result

    def ignore(self, node: tree_sitter.Node) -> Expr:
        return None

    def visit_all(self, nodes: Iterable[tree_sitter.Node]) -> None:
        for node in nodes:
            self.visit(node)

    def conditionally(self, node: tree_sitter.Node) -> Expr:
        """A branch, loop or handler: what it binds may not be bound."""
        self.branch += 1
        self.visit_all(node.named_children)
        self.branch -= 1
        return None

    def statements(self, block: tree_sitter.Node) -> None:
        """Everything in a block; a definition finds the comments above it in `docs`."""
        docs: list[tree_sitter.Node] = []
        for child in block.named_children:
            if child.type in COMMENTS:
                if docs and docs[-1].end_point[0] + 1 < child.start_point[0]:
                    docs = []
                docs.append(child)
            else:
                self.docs = docs
                self.visit(child)
                docs = []
        self.docs = []

    def doc_above(self, first: tree_sitter.Node) -> str:
        """The comments that end right above a definition, or in its row."""
        docs, self.docs = self.docs, []
        if not docs:
            return ""
        start = docs[-1].start_byte
        gap = 2 if self.source.startswith(b"/**", start) else 1  # one that can only be meant for what follows
        if docs[-1].end_point[0] + gap < first.start_point[0]:
            return ""
        if self.source.startswith(b"/*", start):
            docs = docs[-1:]
        return self.doc_text([self.text_at(one) for one in docs])

    @contextmanager
    def inside(self, draft: Draft) -> Generator[Draft]:
        """Read what follows in another scope."""
        scope, branch = self.scope, self.branch
        self.scope, self.branch = draft, 0
        yield draft
        self.scope, self.branch = scope, branch

    def block(self, node: tree_sitter.Node) -> Draft:
        """A scope for names of a block, which belongs to the node around it."""
        return self.open_scope("block", self.scope.node, node.start_byte, node.end_byte, node.start_byte)

    # ---- names

    def bind(self, name: str, expr: Expr, row: int) -> None:
        self.scope.bind(name, expr, row, self.branch > 0)

    def assign(self, name: str, expr: Expr, row: int, owner: Draft | None = None) -> None:
        """An assignment to a name that is declared elsewhere, perhaps below; `owner` when that is known."""
        self.assignments.append(Assignment(name, expr, row, self.branch > 0, self.scope, owner))

    def owner_of(self, name: str, scope: Draft) -> Draft:
        """The scope that declares a name; the module for one that nobody declares."""
        here: Draft | None = scope
        while here is not None:
            if name in here.names and (here.kind != "class" or here is scope):
                return here
            here = here.around
        return self.module

    def seen_from(self, expr: Expr, owner: Draft) -> Expr:
        """An expression of the scope at hand as a scope around it holds it."""
        return expr if expr is None or owner is self.scope else ("b", self.scope.number, expr)

    def returns(self, expr: Expr) -> None:
        """Note what the function around gives back."""
        owner = self.scope.owner()
        if expr is not None:
            owner.returns.append(self.seen_from(expr, owner))

    def yields(self, expr: Expr) -> None:
        owner = self.scope.owner()
        if expr is not None:
            owner.yields.append(self.seen_from(expr, owner))

    def is_local(self, name: str, number: int) -> bool:
        """Whether a name that is used in a scope belongs to a function or a block of one."""
        here: Draft | None = self.scopes[number]
        while here is not None:
            bound = here.names.get(name)
            if bound is not None and (here.kind != "class" or here.number == number):
                defined = any(one.expr and one.expr[0] in ("d", "I") for one in bound)
                return here.kind in ("function", "block") and not defined
            here = here.around
        return False

    def graph(self, *, partial: bool, reason: str = "") -> FileGraph:
        """Reads and writes of names that are local to a function are left out."""
        self.references = {
            key: one
            for key, one in self.references.items()
            if one.role not in ("read", "write") or one.expr[0] != "n" or not self.is_local(one.expr[1], one.scope)
        }
        return super().graph(partial=partial, reason=reason)

    # ---- nodes

    def add_call(self, expr: Expr, how: str, callee: str, place: PlaceT, scope: Draft) -> None:
        if len(callee) > MAX_CALLEE or "\n" in callee:
            callee = " ".join(callee.split())[:MAX_CALLEE]
        self.calls.append(CallFact(scope.number, expr, how, callee, place))

    def add(
        self,
        kind: Kind,
        name: str,
        node: tree_sitter.Node,
        name_node: tree_sitter.Node | None,
        holder: Draft,
        *,
        first: tree_sitter.Node | None = None,
        last: tree_sitter.Node | None = None,
        signature: str | None = None,
        body: tree_sitter.Node | None = None,
        **more: Any,
    ) -> int:
        """Make a definition's node below `holder`.

        `first`, `last`: where its span starts and ends, when `node` is not the whole of it. The signature is the text of
        `node` up to `body`.
        """
        first, last = first or node, last or node
        if signature is None:
            end = body.start_byte if body is not None else node.end_byte
            signature = self.collapsed_text(node.start_byte, end)
        return self.add_node(
            kind,
            name,
            f"{holder.qualname}.{name}" if holder.qualname else name,
            holder,
            signature,
            (*first.start_point, *last.end_point, first.start_byte, last.end_byte),
            self.place(name_node) if name_node is not None else (*node.start_point, *node.start_point),
            **more,
        )

    def open_definition(
        self, kind: str, number: int, node: tree_sitter.Node, body: tree_sitter.Node | None, around: Draft | None = None
    ) -> Draft:
        """The scope of a definition that was just added."""
        start = body.start_byte if body is not None else node.end_byte
        draft = self.open_scope(kind, number, node.start_byte, node.end_byte, start, around or self.scope)
        made = self.nodes[number]
        draft.qualname, draft.level = made.qualname, made.level
        draft.flags |= set(made.flags)
        return draft

    def holder(self, number: int) -> Draft:
        """What stands for a node that has no scope when definitions are put below it; it is not one of the scopes."""
        made = self.nodes[number]
        return Draft(-1, "object", number, self.scope, made.qualname, made.level, 0, 0, 0)

    def counted(self, what: str, holder: Draft) -> str:
        """A name for something that has none: `<lambda1>`, numbered within the node around it."""
        counts = self.lambda_counts if what == "lambda" else self.class_counts
        count = counts[holder.node] = counts.get(holder.node, 0) + 1
        return f"<{what}{count}>"

    def collapsed_text(self, start_byte: int, end_byte: int) -> str:
        text = self.source[start_byte : min(end_byte, start_byte + MAX_SIGNATURE)].decode("utf-8", "replace")
        return collapsed(text).rstrip(" {")

    def shown(self, node: tree_sitter.Node) -> str:
        """The beginning of a node's text, for people."""
        start = node.start_byte
        return self.source[start : min(node.end_byte, start + 2 * MAX_CALLEE)].decode("utf-8", "ignore")

    def short(self, node: tree_sitter.Node | None) -> str:
        """The text of a node on one line."""
        return " ".join(self.text_at(node).split()) if node is not None else ""

    def raised(self, text: str) -> None:
        """Put what a `throw` throws into the facets of the node around it."""
        raised = self.nodes[self.scope.node].facets.setdefault("raises", [])
        if isinstance(raised, list) and text and text not in raised:
            raised.append(text)
