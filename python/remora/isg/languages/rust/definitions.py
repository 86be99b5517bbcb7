"""Rust functions, structs and enums: their nodes, scopes and fields."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from remora.isg.facts import Expr
from remora.isg.languages.lexical import spelled
from remora.isg.languages.rust.functions import OPEN_TYPES
from remora.isg.languages.rust.header import Head, attribute_text, generics, visibility
from remora.isg.languages.rust.macros import Macros
from remora.isg.scope import Draft
from remora.isg.signature import collapsed
from remora.isg.values import Kind

if TYPE_CHECKING:
    import tree_sitter

MODIFIERS = frozenset({"async", "const", "unsafe", "extern"})


class Definitions(Macros):
    """Makes the nodes of items; their code is visited on the way."""

    def refer_gates(self, head: Head, node: tree_sitter.Node, draft: Draft) -> None:
        for gate in head.gates:
            self.refer("gate", ("k", "gate", gate), self.place(head.first or node), draft)

    def define(
        self,
        kind: Kind,
        name: str,
        node: tree_sitter.Node,
        head: Head,
        *,
        own: str = "",
        seen: str = "",
        flags: Iterable[str] = (),
        facets: dict[str, object] | None = None,
        end: tree_sitter.Node | None = None,
    ) -> int:
        """Make an item's node. `own`: the last part of its qualname, `end`: what follows its header."""
        first, around = head.first or node, self.scope
        name_node = node.child_by_field_name("name") or node.child_by_field_name("type") or node
        stop = end.start_byte if end is not None else node.end_byte
        own = own or name
        return self.add_node(
            kind,
            name,
            f"{around.qualname}.{own}" if around.qualname else own,
            around,
            collapsed(self.source[node.start_byte : stop].decode("utf-8", "replace")).rstrip(" ,"),
            (*first.start_point, *node.end_point, first.start_byte, node.end_byte),
            self.place(name_node),
            visibility=seen or visibility(node),
            flags=flags,
            doc=self.doc_text(head.docs) if head.docs else "",
            facets={**generics(node), **head.facets(), **(facets or {})},
        )

    def open_item(self, kind: str, number: int, node: tree_sitter.Node, head: Head, body: object = None) -> Draft:
        """The scope of an item, with its gates, type parameters and bounds; the caller enters it."""
        start = getattr(body, "start_byte", node.end_byte)
        draft = self.open_scope(kind, number, node.start_byte, node.end_byte, start)
        draft.qualname, draft.level = self.nodes[number].qualname, self.scope.level + 1
        draft.flags |= set(self.nodes[number].flags)
        self.refer_gates(head, node, draft)
        return draft

    def bind(self, name: str, expr: Expr, node: tree_sitter.Node, head: Head) -> None:
        # A module, a type and a function may share a name: none of them hides another.
        self.scope.bind(name, expr, self.row(node), True)

    def function(self, node: tree_sitter.Node, head: Head) -> None:
        name, body = self.text_at(node.child_by_field_name("name")), node.child_by_field_name("body")
        around = self.scope
        member = around.kind == "class"
        parameters = node.child_by_field_name("parameters")
        given = parameters.named_children if parameters is not None else []
        flags = {"test"} if head.is_test else set()
        for child in node.children:
            if child.type == "function_modifiers":
                flags |= {word for word in self.text_at(child).split() if word in MODIFIERS}
        if member and not any(child.type == "self_parameter" or self.is_self(child) for child in given):
            flags.add("static")
        if body is None and member:
            flags.add("abstract")
        returns = node.child_by_field_name("return_type")
        facets: dict[str, object] = {"parameters": tuple(self.parameter_facet(one) for one in given)} if given else {}
        if returns is not None:
            facets["returns"] = spelled(self.text_at(returns))
        seen = "public" if member and "public" in around.flags else ""
        kind: Kind = "method" if member else "function"
        number = self.define(kind, name, node, head, seen=seen, flags=flags, facets=facets, end=body)
        self.bind(name, ("d", number), node, head)
        draft = self.open_item("function", number, node, head, body)
        with self.within(draft):
            self.type_frames.append(self.type_frame(node))
            self.refer_bounds(node, draft)
            self.parameters(given)
            if returns is not None:
                draft.result = self.type_expr(returns)
                self.refer_type("returns", returns, draft.result, draft)
            if body is not None:
                value = self.code(body)
                if value is not None:
                    draft.returns.append(value)
                if draft.result is not None and self.declared_kind(returns, OPEN_TYPES) == "/":
                    draft.returns.clear()  # the declared type says all there is
            self.type_frames.pop()

    def is_self(self, node: tree_sitter.Node) -> bool:
        pattern = node.child_by_field_name("pattern")
        return pattern is not None and pattern.type == "self"

    def parameter_facet(self, node: tree_sitter.Node) -> dict[str, str]:
        pattern, type_ = node.child_by_field_name("pattern"), node.child_by_field_name("type")
        if pattern is None:
            return {"name": "self", "type": spelled(self.text_at(node))}
        return {"name": spelled(self.text_at(pattern)), "type": spelled(self.text_at(type_))}

    def struct(self, node: tree_sitter.Node, head: Head) -> None:
        name, body = self.text_at(node.child_by_field_name("name")), node.child_by_field_name("body")
        flags = ("union",) if node.type == "union_item" else ()
        number = self.define("struct", name, node, head, flags=flags, end=body)
        self.bind(name, ("d", number), node, head)
        draft = self.open_item("class", number, node, head, body)
        self.derive(head, draft)
        with self.within(draft):
            self.type_frames.append(self.struct_frame(node))
            self.refer_bounds(node, draft)
            self.fields(body, draft)
            self.type_frames.pop()

    def derive(self, head: Head, draft: Draft) -> None:
        """The compiler writes an impl block for each derived trait."""
        if derives := head.derives:
            written = self.open_scope("class", draft.node, draft.start_byte, draft.start_byte)
            written.self_type = ("d", draft.node)
            for text in derives:
                first, *more = text.split("::")
                written.bases.append(self.path_of(first, more))

    def fields(self, body: tree_sitter.Node | None, draft: Draft) -> None:
        """Named fields are nodes; those of a tuple are known by their number."""
        if body is None:
            return
        head = Head()
        for child in body.children:
            if child.type == "attribute_item":
                head.attributes.append(attribute_text(self.text_at(child)))
                head.first = head.first or child
            elif child.type == "line_comment" and child.child_by_field_name("outer") is not None:
                head.docs.append(self.text_at(child))
            elif child.type == "field_declaration":
                self.field(child, head, draft)
                head = Head()
        if body.type == "ordered_field_declaration_list":
            for count, child in enumerate(body.children_by_field_name("type")):
                self.bind_field(str(count), child, child, draft)

    def gated(self, number: int, node: tree_sitter.Node, head: Head) -> None:
        """A definition without code of its own gets a scope when a gate hangs on it."""
        if head.gates:
            self.open_item("block", number, node, head)

    def field(self, node: tree_sitter.Node, head: Head, draft: Draft) -> None:
        name, type_ = self.text_at(node.child_by_field_name("name")), node.child_by_field_name("type")
        seen = "public" if self.nodes[draft.node].kind == "constant" else ""
        number = self.define("field", name, node, head, seen=seen, facets={"returns": spelled(self.text_at(type_))})
        self.bind_field(name, type_, node, draft)
        self.gated(number, node, head)

    def bind_field(self, name: str, type_node: tree_sitter.Node | None, node: tree_sitter.Node, draft: Draft) -> None:
        type_ = self.type_expr(type_node)
        draft.bind(name, ("A", type_) if type_ is not None else None, self.row(node))
        self.refer_type("type", type_node, type_, draft)

    def enum(self, node: tree_sitter.Node, head: Head) -> None:
        name, body = self.text_at(node.child_by_field_name("name")), node.child_by_field_name("body")
        number = self.define("enum", name, node, head, end=body)
        self.bind(name, ("d", number), node, head)
        draft = self.open_item("class", number, node, head, body)
        self.derive(head, draft)
        with self.within(draft):
            self.type_frames.append(self.struct_frame(node))
            self.refer_bounds(node, draft)
            above = Head()
            for child in body.children if body is not None else ():
                if child.type == "attribute_item":
                    above.attributes.append(attribute_text(self.text_at(child)))
                    above.first = above.first or child
                elif child.type == "line_comment" and child.child_by_field_name("outer") is not None:
                    above.docs.append(self.text_at(child))
                elif child.type == "enum_variant":
                    self.variant(child, above, number)
                    above = Head()
            self.type_frames.pop()

    def variant(self, node: tree_sitter.Node, head: Head, enum: int) -> None:
        """A variant is a class whose values are the enum's."""
        name, body = self.text_at(node.child_by_field_name("name")), node.child_by_field_name("body")
        seen = self.nodes[enum].visibility
        number = self.define("constant", name, node, head, seen=seen, flags=("variant",), end=body)
        self.bind(name, ("d", number), node, head)
        draft = self.open_item("class", number, node, head, body)
        draft.extra["variant_of"] = enum
        with self.within(draft):
            self.fields(body, draft)
            self.code(node.child_by_field_name("value"))
