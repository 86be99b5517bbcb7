"""Composite literals of Go: `Cart{…}`, `[]Item{{…}}`, `map[string]Item{…}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.facts import Expr
from remora.isg.languages.go.types import STRUCT, Types
from remora.isg.languages.lexical import COMMENTS, MAX_DEPTH, MAX_ITEMS, nth

if TYPE_CHECKING:
    import tree_sitter


class Literals(Types):
    """Values of composite literals, and the instances they make."""

    def composite(self, node: tree_sitter.Node) -> Expr:
        type_node, body = node.child_by_field_name("type"), node.child_by_field_name("body")
        type_ = self.type_expr(type_node)
        if type_node is not None and type_node.type not in ("type_identifier", "qualified_type", "struct_type"):
            self.refer_type("type", type_node, self.scope)
        elif type_node is not None and type_node.type == "struct_type":
            self.code(type_node)
        return self.literal_of(node, type_, self.text_at(type_node), body)

    def literal_of(self, node: tree_sitter.Node, type_: Expr, text: str, body: tree_sitter.Node | None) -> Expr:
        """A literal of a type: a list, a map, or an instance with its fields."""
        if self.depth >= MAX_DEPTH:
            return None
        self.depth += 1
        try:
            return self.literal_inside(node, type_, text, body)
        finally:
            self.depth -= 1

    def literal_inside(self, node: tree_sitter.Node, type_: Expr, text: str, body: tree_sitter.Node | None) -> Expr:
        elements = [one for one in body.named_children if one.type not in COMMENTS] if body is not None else []
        if type_ is not None and type_[0] == "s" and type_[1] in (("n", "[]"), ("n", "map")):
            inner = type_[2][2][-1] if type_[1] == ("n", "map") and type_[2] else type_[2]
            pairs = [self.element(one, inner) for one in elements]
            if type_[1] == ("n", "map"):
                return ("m", tuple(pairs[:MAX_ITEMS]))
            return ("l", "[]", tuple(value for _, value in pairs[:MAX_ITEMS]))
        if type_ is not None and type_[:2] == STRUCT:
            return self.nameless_literal(type_[2][1], elements)
        of = type_[1] if type_ is not None and type_[0] == "s" else type_
        args, named = [], []
        for one in elements:
            if one.type == "keyed_element":
                key = self.text_at(one.child_by_field_name("key"))
                named.append((key, self.value_of(one.child_by_field_name("value"), None)))
            else:
                args.append(self.value_of(one, None))
        expr: Expr = ("c", of, tuple(args[:MAX_ITEMS]), tuple(named[:MAX_ITEMS]))
        if of is not None:
            self.add_call(expr, "new", text, self.place(node), self.scope)
            return expr
        return None

    def nameless_literal(self, fields: tuple[tuple[Expr, Expr], ...], elements: list[tree_sitter.Node]) -> Expr:
        """A literal of a struct without a name: its fields, each with what is given or else its type."""
        given: dict[Expr, Expr] = {}
        for n, one in enumerate(elements):
            if one.type == "keyed_element":
                key: Expr = ("k", "str", self.text_at(one.child_by_field_name("key")))
                value_node = one.child_by_field_name("value")
            else:
                key, value_node = fields[n][0] if n < len(fields) else None, one
            declared = next((type_[1] for name, type_ in fields if name == key and type_ is not None), None)
            given[key] = self.value_of(value_node, declared)
        found: list[tuple[Expr, Expr]] = []
        for name, type_ in fields:
            value = given.get(name)
            known = tuple(one for one in (type_, value) if one is not None and one[0] != "k")
            found.append((name, known[0] if len(known) == 1 else ("o", known) if known else None))
        return ("m", tuple(found))

    def element(self, node: tree_sitter.Node, inner: Expr) -> tuple[Expr, Expr]:
        """Key and value of an element of a list or map, whose literals may leave out their type."""
        if node.type != "keyed_element":
            return None, self.value_of(node, inner)
        return (
            self.value_of(node.child_by_field_name("key"), None) or ("any",),
            self.value_of(node.child_by_field_name("value"), inner),
        )

    def value_of(self, node: tree_sitter.Node | None, type_: Expr) -> Expr:
        if node is None:
            return None
        inner = nth(node, 0) if node.type == "literal_element" else node
        if inner is not None and inner.type == "literal_value":
            return self.literal_of(inner, type_, str(type_[-1]) if type_ is not None else "", inner)
        return self.code(inner)
