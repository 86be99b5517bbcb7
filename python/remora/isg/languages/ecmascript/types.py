"""Types of TypeScript: to expressions, and to references of the names in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.facts import Expr
from remora.isg.languages.walk import MAX_DEPTH, MAX_ITEMS, Walk

if TYPE_CHECKING:
    import tree_sitter

# Generic types of the standard library that are used like what they hold.
TRANSPARENT = frozenset({"Promise", "PromiseLike", "Awaited", "Readonly", "Partial", "Required", "NonNullable"})
NAMES = frozenset({"type_identifier", "identifier"})
QUALIFIED = frozenset({"nested_type_identifier", "nested_identifier", "member_expression"})
# Their first named child is the type itself.
WRAPPERS = frozenset(
    {
        "type_annotation",
        "parenthesized_type",
        "readonly_type",
        "optional_type",
        "rest_type",
        "constraint",
        "default_type",
    }
)
CHOICES = frozenset({"union_type", "intersection_type"})


class Types(Walk):
    """Attributes: generics: type parameters in sight, each with what bounds it."""

    generics: dict[str, Expr]

    def type(self, node: tree_sitter.Node | None, role: str = "type") -> Expr:
        """A type as an expression; a type parameter is its bound.

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
            return self.named_type(node, role)
        if kind == "predefined_type" or kind == "literal_type":
            return None
        if kind in WRAPPERS:
            return self.type(first_named(node), role)
        if kind in QUALIFIED:
            return self.used(self.qualified(node), role, node)
        if kind == "generic_type":
            return self.generic_type(node, role)
        if kind == "array_type":
            inner = self.type(first_named(node), role if role == "returns" else "type")
            return ("s", ("n", "Array"), inner) if inner is not None else None
        if kind in CHOICES:
            return self.choice(node, role)
        if kind == "type_query":
            self.visit(first_named(node))
            return None
        if kind == "this_type":
            return None
        return self.other_type(node)

    def other_type(self, node: tree_sitter.Node) -> Expr:
        """A type that stands for no class: only the names in it count."""
        waiting = [node]
        while waiting:
            one = waiting.pop()
            if one is not node and (one.type in NAMES or one.type in QUALIFIED or one.type == "generic_type"):
                if one.type != "identifier":  # the name of a parameter in a function type
                    self.type(one)
            elif one.type not in ("property_identifier", "string", "comment"):
                waiting.extend(reversed(one.named_children))
        return None

    def named_type(self, node: tree_sitter.Node, role: str) -> Expr:
        name = self.text_at(node)
        if name in self.generics:
            return self.generics[name]
        return self.used(("n", name), role, node)

    def used(self, expr: Expr, role: str, node: tree_sitter.Node) -> Expr:
        if role:
            self.refer(role, expr, self.place(node), self.scope)
        return expr

    def qualified(self, node: tree_sitter.Node) -> Expr:
        names: list[str] = []
        here: tree_sitter.Node | None = node
        while here is not None and here.type in QUALIFIED and len(parts := here.named_children) > 1:
            names.append(self.text_at(parts[-1]))
            here = parts[0]
        expr: Expr = ("n", self.text_at(here))
        for name in reversed(names):
            expr = ("a", expr, name)
        return expr

    def generic_type(self, node: tree_sitter.Node, role: str) -> Expr:
        children = node.named_children
        base, arguments = children[0], children[-1]
        inner = role if role == "returns" else "type"
        given = (
            [self.type(one, inner) for one in arguments.named_children] if arguments.type == "type_arguments" else []
        )
        name = self.text_at(base)
        if name in TRANSPARENT and name not in self.generics:
            return given[0] if given else None
        expr = self.type(base, role)
        if expr is None or not given:
            return expr
        return ("s", expr, given[0] if len(given) == 1 else ("l", "tuple", tuple(given)))

    def choice(self, node: tree_sitter.Node, role: str) -> Expr:
        """A union or an intersection; long ones nest to the left."""
        found: list[Expr] = []
        here = node
        while here.type in CHOICES:
            left, *rest = here.named_children or [here]
            found += [self.type(one, role) for one in reversed(rest) if len(found) < MAX_ITEMS]
            if left is here:
                break
            here = left
        found.append(self.type(here, role) if here is not node else None)
        known = tuple(one for one in reversed(found) if one is not None)
        return known[0] if len(known) == 1 else ("o", known) if known else None

    def type_parameters(self, node: tree_sitter.Node | None) -> None:
        """Take type parameters into sight; a bound is a reference of the definition at hand."""
        if node is None:
            return
        parameters = [one for one in node.named_children if one.type == "type_parameter"]
        names = [self.text_at(one.child_by_field_name("name")) for one in parameters]
        self.generics = {**self.generics, **dict.fromkeys(names)}
        for name, one in zip(names, parameters, strict=True):
            self.generics[name] = self.type(one.child_by_field_name("constraint"), "bound")
            self.type(one.child_by_field_name("value"))


def first_named(node: tree_sitter.Node) -> tree_sitter.Node | None:
    return next((child for child in node.named_children if child.type != "comment"), None)
