"""The base reader: captures of a language's `isg.scm`, in the order of the text, to nodes and facts.

A language with a lang.toml and an isg.scm is read by it as it is; `remora.isg.languages.<name>.READER` may be a subclass
that overrides the methods below where tables are not enough. Nothing here raises because of what a text holds.

Captures of isg.scm:

    @definition.KIND   a node of that kind (`values.Kind`); it has a scope when SCOPE_OF knows the kind
    @outer             wraps the next definition: its span starts here (a decorated definition, an export statement)
    @attribute         a decorator, attribute or annotation: above a definition or in its header; -> `decorators`
    @doc               a comment that documents; it counts when a definition follows in the next row
    @base              a base class, trait or interface in a header; -> `bases`
    @result            the declared result type in a header; -> `result` and a "returns" reference
    @scope             a block with names of its own
    @branch            a branch, loop or handler: what is bound in it is conditional
    @call  @call.HOW   a call; its node type is in the table `call` of `[expressions]`
    @import            for `import_`; the base reader does nothing with it
    @export            for `export`; the same
    @assign            binds names; its node type is in the table `[assignments]`
    @binding           a name that is bound to something unknown
    @return  @yield    with the value as its first named child
    @reference.ROLE    an expression that is used: `facts.Reference`; a type, a bound, a read …
    @error             raised: its first named child; -> the facet `raises`

Tables of lang.toml beside `[expressions]` (remora.isg.expressions), all of them optional:

    [names]        node type = field with the name; otherwise "name"
    [bodies]       node type = field with the body; otherwise "body"
    [functions]    parameters, type_parameters = fields; receiver = field
    [parameters]   node type = [name field, type field, default field, kind]; kind as in `facts.Parameter`, "" is "p";
                   a field that is "" is not there; "." is the node itself
    [assignments]  node type = [target field, value field, type field]
    [patterns]     tuple = [types that unpack], rest = [types that take the rest]
    [flags]        type of a token in a header = flag; they stand in the header or in a child of a type in `modifiers`
    [visibility]   type of a token in a header = visibility; default = "public"
    modifiers      = [types]
    imports        = [types of the statements that stand in the run of imports at a file's top]
    self_names     = ["this"]: `this.x = …` is an attribute of the class around it
    [tests]        files, folders, names = glob patterns; a file or folder name, and a function's

Facets and `extra` hold tuples, not lists: that is what they are after a journey through msgpack.
Reading is done twice over the captures: first definitions and scopes, so that every definition has its number, then
all the rest. `self.scope` is the scope that runs the code at hand, `self.header` the definition whose header it is in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from remora.isg.draft import FileDraft
from remora.isg.expressions import Expressions, children, field, table_of
from remora.isg.facts import Expr
from remora.isg.scope import Draft
from remora.isg.signature import collapsed
from remora.isg.values import FileGraph
from remora.lang import Language

if TYPE_CHECKING:
    import tree_sitter

    from remora.isg.parse import Tree

SCOPE_OF = {
    **dict.fromkeys(("class", "interface", "trait", "struct", "enum", "impl"), "class"),
    **dict.fromkeys(("function", "method", "constructor", "property", "lambda", "test"), "function"),
    "module": "module",
}
CALLABLE = frozenset({"function", "method", "constructor", "property", "lambda", "test"})

Event = tuple[int, int, str, "tree_sitter.Node"]
PENDING = ("attribute", "doc", "outer")


class Reader(FileDraft, Expressions):
    """One file. Make one, call `read` once."""

    def __init__(self, path: str, text: str, repo: str, language: Language) -> None:
        super().__init__(path, text, repo, language)
        self.query = language.graph_query
        self.tables: dict[str, Any] = dict(language.tables)
        self.table = table_of(language.name)
        self.numbers: dict[int, int] = {}  # by the syntax node's id: number of the node it became
        self.drafts: dict[int, Draft] = {}  # by the syntax node's id: the scope it opened
        self.stack: list[Draft] = []
        self.scope: Draft
        self.header: Draft | None = None
        self.branches: list[tuple[int, int]] = []  # (end byte, number of the scope it stands in)
        self.pending: dict[str, list[tree_sitter.Node]] = {}
        self.attributes_of: dict[int, list[tree_sitter.Node]] = {}  # by the node's number

    def read(self, tree: Tree) -> FileGraph:
        self.stack = [self.open_module()]
        events = self.events(tree)
        for event in events:
            self.enter(event[0])
            self.first(*event)
        self.stack = [self.module]
        self.pending = {}
        for event in events:
            self.enter(event[0])
            self.second(*event)
        self.finish()
        self.drop_local_names()
        return self.graph(partial=tree.has_error)

    def events(self, tree: Tree) -> list[Event]:
        """Captures in the order of the text, the longer first."""
        captures = tree.captures(self.query)
        found = [(node.start_byte, -node.end_byte, name, node) for name, nodes in captures.items() for node in nodes]
        found.sort(key=lambda event: event[:2])
        return found

    def enter(self, start: int) -> None:
        """Make `scope` and `header` what holds at a byte."""
        stack = self.stack
        while len(stack) > 1 and start >= stack[-1].end_byte:
            stack.pop()
        while self.branches and start >= self.branches[-1][0]:
            self.branches.pop()
        scope = stack[-1]
        self.header = scope if start < scope.body_byte else None
        while scope.around is not None and start < scope.body_byte:
            scope = scope.around
        self.scope = scope

    # ---- definitions and scopes

    def first(self, start: int, end: int, name: str, node: tree_sitter.Node) -> None:
        if name.startswith("definition."):
            self.define(name.removeprefix("definition."), node)
        elif name == "scope":
            draft = self.open_scope("block", self.stack[-1].node, node.start_byte, node.end_byte)
            self.drafts[node.id] = draft
            self.stack.append(draft)
        elif name in PENDING:
            self.wait(name, node)

    def wait(self, name: str, node: tree_sitter.Node) -> None:
        """Keep what belongs to a definition that follows; an attribute in a header belongs to that one."""
        if name == "attribute" and self.header is not None and self.header.node:
            self.attributes_of.setdefault(self.header.node, []).append(node)
            return
        waiting = self.pending.setdefault(name, [])
        if name == "outer" or (name == "doc" and waiting and waiting[-1].end_point[0] + 1 < node.start_point[0]):
            waiting.clear()
        waiting.append(node)

    def define(self, kind: str, node: tree_sitter.Node) -> int | None:
        """Make a definition's node, and its scope when it has one; None when it has no name."""
        around = self.scope
        name_node = self.name_node(node)
        kind = self.kind_of(kind, node, around)
        name = self.name_of(kind, node, name_node)
        if not name:
            return None
        first = self.first_node(node)
        attributes = self.pending.pop("attribute", [])
        docs = self.pending.pop("doc", [])
        qualname = self.qualname_of(kind, name, node, around)
        end = self.end_of(node)
        number = self.add_node(
            kind,  # ty: ignore[invalid-argument-type]
            name,
            qualname,
            around,
            self.signature_of(kind, node),
            (*first.start_point, *end[:2], first.start_byte, end[2]),
            self.place(name_node) if name_node is not None else (*node.start_point, *node.start_point),
            visibility=self.visibility_of(kind, name, node),
            flags=self.flags_of(kind, name, node, attributes),
            doc=self.doc_of(docs, first, node),
            facets=self.facets_of(kind, node, attributes),
        )
        self.numbers[node.id] = number
        self.attributes_of[number] = attributes
        if kind in SCOPE_OF:
            body = self.body_of(node)
            body_byte = body.start_byte if body is not None else node.end_byte
            draft = self.open_scope(SCOPE_OF[kind], number, node.start_byte, node.end_byte, body_byte, around)
            draft.qualname = qualname
            draft.level = around.level + 1
            self.drafts[node.id] = draft
            self.stack.append(draft)
        return number

    def first_node(self, node: tree_sitter.Node) -> tree_sitter.Node:
        """Where a definition's span starts: at its wrapper, its first attribute, or itself."""
        for outer in self.pending.pop("outer", []):
            if outer.start_byte <= node.start_byte and node.end_byte <= outer.end_byte:
                return outer
        above = self.pending.get("attribute", [])
        return above[0] if above else node

    def kind_of(self, kind: str, node: tree_sitter.Node, around: Draft) -> str:
        """A function in a class is a method."""
        return "method" if kind == "function" and around.kind == "class" else kind

    def scope_here(self) -> Draft:
        return self.scope

    def name_node(self, node: tree_sitter.Node) -> tree_sitter.Node | None:
        return node.child_by_field_name(self.tables.get("names", {}).get(node.type, "name"))

    def name_of(self, kind: str, node: tree_sitter.Node, name_node: tree_sitter.Node | None) -> str:
        if kind == "lambda" and name_node is None:
            return self.lambda_name()
        return " ".join(self.text_at(name_node).split())

    def lambda_name(self) -> str:
        count = self.lambda_counts[self.scope.node] = self.lambda_counts.get(self.scope.node, 0) + 1
        return f"<lambda{count}>"

    def qualname_of(self, kind: str, name: str, node: tree_sitter.Node, around: Draft) -> str:
        return f"{around.qualname}.{name}" if around.qualname else name

    def body_of(self, node: tree_sitter.Node) -> tree_sitter.Node | None:
        return node.child_by_field_name(self.tables.get("bodies", {}).get(node.type, "body"))

    def end_of(self, node: tree_sitter.Node) -> tuple[int, int, int]:
        """Row, column and byte where the definition ends."""
        return (*node.end_point, node.end_byte)

    def signature_of(self, kind: str, node: tree_sitter.Node) -> str:
        """The header in one spelling: blanks collapsed, no comments, no body."""
        body = self.body_of(node)
        end = body.start_byte if body is not None else node.end_byte
        return collapsed(self.source[node.start_byte : end].decode("utf-8", "replace"))

    def words_of(self, node: tree_sitter.Node) -> list[str]:
        """Types of the tokens in a header that may be flags or say who sees it."""
        modifiers = self.tables.get("modifiers", ())
        found = []
        for child in node.children:
            found.append(child.type)
            if child.type in modifiers:
                found += [word for inner in child.children for word in (inner.type, self.text_at(inner))]
        return found

    def flags_of(
        self, kind: str, name: str, node: tree_sitter.Node, attributes: list[tree_sitter.Node]
    ) -> frozenset[str]:
        table = self.tables.get("flags", {})
        found = {table[word] for word in self.words_of(node) if word in table} if table else set()
        if kind in CALLABLE and self.is_test_name(name):
            found.add("test")
        return frozenset(found)

    def visibility_of(self, kind: str, name: str, node: tree_sitter.Node) -> str:
        table = self.tables.get("visibility", {})
        return next((table[word] for word in self.words_of(node) if word in table), table.get("default", "public"))

    def doc_of(self, docs: list[tree_sitter.Node], first: tree_sitter.Node, node: tree_sitter.Node) -> str:
        """The comments right above it."""
        near = docs and first.start_point[0] <= docs[-1].end_point[0] + 1
        return self.doc_text([self.text_at(one) for one in docs]) if near else ""

    def facets_of(self, kind: str, node: tree_sitter.Node, attributes: list[tree_sitter.Node]) -> dict[str, object]:
        facets: dict[str, object] = {}
        if attributes:
            facets["attributes"] = tuple(" ".join(self.text_at(one).split()) for one in attributes)
        fields = self.tables.get("functions", {})
        generics = node.child_by_field_name(fields.get("type_parameters", "type_parameters"))
        if generics is not None:
            facets["generics"] = " ".join(self.text_at(generics).split())
        if kind in CALLABLE and (found := self.parameter_nodes(node)):
            facets["parameters"] = tuple(self.parameter_facet(one, row) for one, row in found)
        return facets

    # ---- everything else

    def second(self, start: int, end: int, name: str, node: tree_sitter.Node) -> None:
        """Hand a capture to its method; scopes and branches are entered here too."""
        what, _, detail = name.partition(".")
        draft = self.drafts.get(node.id) if what in ("definition", "scope") else None
        if what == "definition":
            number = self.numbers.get(node.id)
            if number is not None:
                self.defined(number, detail, node, draft)
        elif what == "branch":
            self.branches.append((node.end_byte, self.scope.number))
        elif what not in PENDING and (method := getattr(self, f"on_{what}", None)) is not None:
            method(node, detail)
        if draft is not None:
            self.stack.append(draft)

    def conditional(self) -> bool:
        return bool(self.branches) and self.branches[-1][1] == self.scope.number

    def defined(self, number: int, kind: str, node: tree_sitter.Node, draft: Draft | None) -> None:
        """Bind a definition's name in the scope around it, and fill its own scope."""
        made = self.nodes[number]
        if made.kind not in ("impl", "lambda") and kind != "test":
            self.scope.bind(made.name, ("d", number), node.start_point[0], self.conditional())
        if draft is None:
            return
        draft.flags |= set(made.flags)
        draft.decorators += [self.expression(field(one, "@0")) for one in self.attributes_of.get(number, [])]
        if made.kind in CALLABLE:
            for n, (one, row) in enumerate(self.parameter_nodes(node)):
                parameter = self.parameter(one, row)
                draft.parameters.append(parameter)
                draft.bind(parameter.name, ("p", n), one.start_point[0])
                if parameter.annotation is not None:
                    self.refer("type", parameter.annotation, self.place(field(one, row[1]) or one), draft)

    def on_base(self, node: tree_sitter.Node, detail: str) -> None:
        if self.header is not None:
            self.header.bases.append(self.expression(node))
            self.add_facet("bases", self.text_at(node), self.header)

    def on_result(self, node: tree_sitter.Node, detail: str) -> None:
        if self.header is not None:
            self.header.result = self.expression(node)
            self.nodes[self.header.node].facets["returns"] = collapsed(self.text_at(node)).lstrip(":-> ")
            self.refer("returns", self.header.result, self.place(node), self.header)

    def on_call(self, node: tree_sitter.Node, how: str) -> None:
        expr = self.expression(node)
        if expr is not None and expr[0] == "c":
            method, fields = self.table.get(node.type, ("", ()))
            callee = field(node, fields[0]) if method == "expr_call" else None
            self.add_call(expr, how, self.text_at(callee), self.place(node), self.scope)

    def on_import(self, node: tree_sitter.Node, detail: str) -> None: ...

    def on_export(self, node: tree_sitter.Node, detail: str) -> None: ...

    def on_assign(self, node: tree_sitter.Node, detail: str) -> None:
        target, value, type_ = [*self.tables.get("assignments", {}).get(node.type, []), "", "", ""][:3]
        expr = self.expression(field(node, value)) if value else None
        declared = self.expression(field(node, type_)) if type_ else None
        if declared is not None:
            self.refer("type", declared, self.place(node), self.scope)
            expr = ("o", (("A", declared), expr)) if expr is not None else ("A", declared)
        if target and (found := field(node, target)) is not None:
            self.bind_target(found, expr, node.start_point[0])

    def bind_target(self, target: tree_sitter.Node, expr: Expr, row: int) -> None:
        """Bind a name, the parts of a pattern, or an attribute of the object."""
        patterns = self.tables.get("patterns", {})
        if target.type in patterns.get("tuple", ()):
            inner = children(target)
            for n, child in enumerate(inner):
                rest = child.type in patterns.get("rest", ())
                part = ("ur", n, len(inner) - n - 1, expr) if rest else ("u", n, expr)
                self.bind_target((field(child, "@0") or child) if rest else child, part, row)
            return
        left = self.expression(target)
        if left is None:
            self.bind_other(target, expr, row)
        elif left[0] == "n":
            self.scope.bind(left[1], expr, row, self.conditional())
        elif left[0] in "as":
            self.store(left, expr, row, self.scope)

    def bind_other(self, target: tree_sitter.Node, expr: Expr, row: int) -> None:
        """A pattern that the tables do not know; for subclasses."""

    def on_binding(self, node: tree_sitter.Node, detail: str) -> None:
        self.scope.bind(self.text_at(node), None, node.start_point[0], self.conditional())

    def on_return(self, node: tree_sitter.Node, detail: str) -> None:
        if (value := field(node, "@0")) is not None:
            self.scope.owner().returns.append(self.expression(value))

    def on_yield(self, node: tree_sitter.Node, detail: str) -> None:
        self.scope.owner().yields.append(self.expression(field(node, "@0")))

    def on_reference(self, node: tree_sitter.Node, role: str) -> None:
        self.refer(role, self.expression(node), self.place(node), self.header or self.scope)

    def on_error(self, node: tree_sitter.Node, detail: str) -> None:
        if (value := field(node, "@0")) is not None:
            self.add_facet("raises", self.text_at(value).partition("(")[0], self.scope)

    def add_facet(self, facet: str, text: str, scope: Draft) -> None:
        """One more of the texts of a facet that is a sequence; each stands in it once."""
        facets, text = self.nodes[scope.node].facets, collapsed(text)
        before = facets.get(facet, ())
        if isinstance(before, tuple) and text not in before:
            facets[facet] = (*before, text)

    def finish(self) -> None:
        """After everything else, before the facts are made; for subclasses."""
