"""Go types as expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.facts import Expr, PlaceT
from remora.isg.languages.lexical import COMMENTS, LexicalReader, named_parts, nth
from remora.isg.scope import Draft

if TYPE_CHECKING:
    import tree_sitter

BASIC = frozenset(
    {"bool", "byte", "complex64", "complex128", "error", "float32", "float64", "int", "int8", "int16", "int32", "int64"}
    | {"rune", "string", "uint", "uint8", "uint16", "uint32", "uint64", "uintptr", "any", "comparable"}
    | {"[]", "map", "chan", "tuple"}
)
STRUCT = ("s", ("n", "struct"))
ANYTHING = frozenset({"any", "comparable"})
LISTS = frozenset({"slice_type", "array_type", "implicit_length_array_type"})


class Types(LexicalReader):
    """Types. A pointer means what it points to; a type parameter means its constraint."""

    opaque = False  # while references are made: a type parameter is none

    def type_expr(self, node: tree_sitter.Node | None) -> Expr:
        if node is None or self.depth > 100:
            return None
        self.depth += 1
        try:
            return self.type_of(node)
        finally:
            self.depth -= 1

    def type_of(self, node: tree_sitter.Node) -> Expr:
        kind = node.type
        if kind == "type_identifier":
            return self.type_name(self.text_at(node))
        if kind == "qualified_type":
            package, name = node.child_by_field_name("package"), node.child_by_field_name("name")
            return ("a", ("n", self.text_at(package)), self.text_at(name))
        if kind in ("pointer_type", "parenthesized_type", "negated_type", "type_elem", "type_constraint"):
            known = [one for child in node.named_children if (one := self.type_expr(child)) is not None]
            return known[0] if len(known) == 1 else ("o", tuple(known)) if known else None
        if kind in LISTS:
            return ("s", ("n", "[]"), self.type_expr(node.child_by_field_name("element")))
        if kind == "map_type":
            key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
            return ("s", ("n", "map"), ("l", "tuple", (self.type_expr(key), self.type_expr(value))))
        if kind == "channel_type":
            return ("s", ("n", "chan"), self.type_expr(node.child_by_field_name("value")))
        if kind == "generic_type":
            return self.generic(node)
        if kind == "parameter_list":
            return self.results(node)
        if kind == "struct_type" and not self.opaque:
            return self.nameless(node)
        return None

    def nameless(self, node: tree_sitter.Node) -> Expr:
        """A struct without a name is like a map by its fields' names."""
        fields: list[tuple[Expr, Expr]] = []
        holder = nth(node, 0)
        for child in holder.named_children if holder is not None else ():
            type_ = self.type_expr(child.child_by_field_name("type"))
            for name in child.children_by_field_name("name"):
                fields.append((("k", "str", self.text_at(name)), ("A", type_) if type_ is not None else None))
        return (*STRUCT, ("m", tuple(fields))) if fields else None

    def generic(self, node: tree_sitter.Node) -> Expr:
        of = self.type_expr(node.child_by_field_name("type"))
        arguments = node.child_by_field_name("type_arguments")
        inner = tuple(self.type_expr(child) for child in (arguments.named_children if arguments is not None else ()))
        if of is None or not inner:
            return of
        return ("s", of, inner[0] if len(inner) == 1 else ("l", "tuple", inner))

    def results(self, node: tree_sitter.Node) -> Expr:
        """Declared results: one type, or a tuple of them."""
        found: list[Expr] = []
        for child in node.named_children:
            if child.type == "parameter_declaration":
                type_ = self.type_expr(child.child_by_field_name("type"))
                found += [type_] * max(1, len(child.children_by_field_name("name")))
        if len(found) == 1:
            return found[0]
        return ("s", ("n", "tuple"), ("l", "tuple", tuple(found))) if found else None

    def type_name(self, name: str) -> Expr:
        for frame in reversed(self.type_frames):
            if name in frame:
                return None if self.opaque else frame[name]
        own = self.local(name)
        return ("n", own or name)

    def refer_type(self, role: str, node: tree_sitter.Node | None, draft: Draft) -> None:
        """References to the types that are named in a type."""
        if node is None:
            return
        self.opaque = True
        expr = self.type_expr(node)
        self.opaque = False
        place = self.place(node)
        for part in named_parts(expr) if role == "returns" else (expr,):
            self.refer(role, part, place, draft)
        if expr is None or node.type in ("function_type", "parameter_list"):
            for child in node.named_children:
                if child.type not in COMMENTS and child.type != "identifier":
                    self.refer_type("type", child, draft)

    def refer(self, role: str, expr: Expr, place: PlaceT, scope: Draft) -> None:
        if expr is not None and not (expr[0] == "n" and expr[1] in BASIC):
            super().refer(role, expr, place, scope)

    # ---- type parameters

    def type_frame(self, node: tree_sitter.Node, draft: Draft) -> dict[str, Expr]:
        """The type parameters that a function or type declares; their constraints are "bound" references."""
        found: dict[str, Expr] = {}
        parameters = node.child_by_field_name("type_parameters")
        for child in parameters.named_children if parameters is not None else ():
            if child.type != "type_parameter_declaration":
                continue
            constraint = child.child_by_field_name("type")
            bound = self.type_expr(constraint)
            if constraint is not None:
                self.refer("bound", bound, self.place(constraint), draft)
            if bound is not None and bound[0] == "n" and bound[1] in ANYTHING:
                bound = None
            for name in child.children_by_field_name("name"):
                found[self.text_at(name)] = bound
        return found

    def receiver_frame(self, node: tree_sitter.Node | None) -> dict[str, Expr]:
        """`func (s *Stack[T]) …`: the names between the brackets are type parameters whose constraints stand elsewhere."""
        inner = nth(node, 0) if node is not None and node.type == "pointer_type" else node
        arguments = inner.child_by_field_name("type_arguments") if inner is not None else None
        return {self.text_at(child): None for child in (arguments.named_children if arguments is not None else ())}
