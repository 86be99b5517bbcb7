"""Types of Java: to expressions, and to references of the names in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.expressions import children
from remora.isg.facts import Expr
from remora.isg.languages.walk import MAX_DEPTH, Walk

if TYPE_CHECKING:
    import tree_sitter

PRIMITIVE = frozenset({"integral_type", "floating_point_type", "boolean_type", "void_type"})
NAMES = frozenset({"type_identifier", "identifier"})
QUALIFIED = frozenset({"scoped_type_identifier", "scoped_identifier", "field_access"})
# Generic types that are used like what they hold.
TRANSPARENT = frozenset({"Mono"})


class Types(Walk):
    """Attributes: generics: type parameters in sight, each with what bounds it."""

    generics: dict[str, Expr]

    def type(self, node: tree_sitter.Node | None, role: str = "type") -> Expr:
        """A type as an expression; a type parameter is its bound, a primitive type a constant of it, `var` is None.

        Args:
            role: of the references to the types that it consists of; "" makes none, except to type arguments.
        """
        if node is None or self.depth >= MAX_DEPTH:
            return None
        self.depth += 1
        found = self.type_of(node, role)
        self.depth -= 1
        return found

    def type_of(self, node: tree_sitter.Node, role: str) -> Expr:
        kind = node.type
        if kind in NAMES:
            name = self.text_at(node)
            if name in self.generics:
                return self.generics[name]
            return self.used(("n", name), role, node) if name != "var" else None
        if kind in PRIMITIVE:
            return None if kind == "void_type" else ("k", self.text_at(node), None)
        if kind == "generic_type":
            return self.generic_type(node, role)
        if kind == "array_type":
            inner = self.type(node.child_by_field_name("element"), role)
            return ("s", ("n", "Array"), inner) if inner is not None else None
        if kind in QUALIFIED:
            return self.used(self.qualified(node), role, node)
        if kind == "wildcard":  # `? extends T`
            inner = [child for child in children(node) if not child.type.endswith("annotation")]
            return self.type(inner[-1], role) if inner and inner[-1].type != "super" else None
        if kind == "annotated_type":
            found: Expr = None
            for child in children(node):
                found = self.visit(child) if child.type.endswith("annotation") else self.type(child, role)
            return found
        if kind in ("catch_type", "type_list", "type_bound", "type_arguments"):
            known = tuple(one for one in (self.type(child, role) for child in children(node)) if one is not None)
            return known[0] if len(known) == 1 else ("o", known) if known else None
        return None

    def used(self, expr: Expr, role: str, node: tree_sitter.Node) -> Expr:
        if role:
            self.refer(role, expr, self.place(node), self.scope)
        return expr

    def qualified(self, node: tree_sitter.Node) -> Expr:
        names: list[str] = []
        here: tree_sitter.Node | None = node
        while here is not None and here.type in QUALIFIED and len(parts := children(here)) > 1:
            names.append(self.text_at(parts[-1]))
            here = parts[0]
        if here is not None and here.type == "generic_type":
            here = here.named_children[0]
        expr: Expr = ("n", self.text_at(here))
        for name in reversed(names):
            expr = ("a", expr, name)
        return expr

    def generic_type(self, node: tree_sitter.Node, role: str) -> Expr:
        base, *rest = children(node)
        given = [self.type(one) for part in rest if part.type == "type_arguments" for one in children(part)]
        name = self.text_at(base)
        if name in TRANSPARENT and name not in self.generics:
            return given[0] if given else None
        expr = self.type(base, role)
        if expr is None or not any(one is not None for one in given):
            return expr
        return ("s", expr, given[0] if len(given) == 1 else ("l", "tuple", tuple(given)))

    def base_type(self, node: tree_sitter.Node) -> Expr:
        """What a class extends or implements, without its type arguments."""
        expr = self.type(node, "")
        return expr[1] if expr is not None and expr[0] == "s" else expr

    def type_parameters(self, node: tree_sitter.Node | None) -> None:
        """Take type parameters into sight; a bound is a reference of the definition at hand."""
        if node is None:
            return
        found = [one for one in node.named_children if one.type == "type_parameter"]
        named: list[tuple[str, tree_sitter.Node]] = []
        for one in found:
            name = next((child for child in one.named_children if child.type in NAMES), None)
            named.append((self.text_at(name), one))
        self.generics = {**self.generics, **dict.fromkeys(name for name, _ in named)}
        for name, one in named:
            bound = next((child for child in one.named_children if child.type == "type_bound"), None)
            self.generics[name] = self.type(bound, "bound")
