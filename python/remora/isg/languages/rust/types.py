"""Rust types and paths as expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.facts import Expr, PlaceT
from remora.isg.languages.lexical import COMMENTS, LexicalReader, named_parts, nth
from remora.isg.languages.rust.header import generic_parts
from remora.isg.scope import Draft

if TYPE_CHECKING:
    import tree_sitter

# They hold one value and lend it out: a method called on one is a method of what it holds.
TRANSPARENT = frozenset({"Arc", "Box", "Cow", "LazyCell", "LazyLock", "ManuallyDrop", "Pin", "Rc", "Ref", "RefMut"}) | {
    "Cycle",  # iterators over another's items
    "Fuse",
    "Peekable",
    "Rev",
    "Skip",
    "StepBy",
    "Take",
}
PRIMITIVE = frozenset({"i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize"}) | {
    "f32",
    "f64",
    "bool",
    "char",
    "str",
    "[]",
    "self",
    "super",
    "crate",
    "tuple",
}
# Types that mean what stands in one of their fields.
INSIDE = {"reference_type": "type", "pointer_type": "type", "dynamic_type": "trait", "abstract_type": "trait"} | {
    "higher_ranked_trait_bound": "type",
    "type_binding": "type",
}
WORDS = frozenset({"identifier", "self", "crate", "super", "metavariable"})
SCOPED = frozenset({"scoped_type_identifier", "scoped_identifier"})
MODULE_ITSELF = "self::"
# Bounds that say what a value can be looked at as.
LOOKING = frozenset({"AsRef", "AsMut", "Borrow", "BorrowMut", "Deref", "DerefMut"})
NO_TYPES = COMMENTS | {"lifetime", "integer_literal", "mutable_specifier", "use_bounds"}


def lent(expr: Expr) -> Expr:
    """A bound `AsRef<Name>` is as good as `Name`."""
    return expr[2] if expr is not None and expr[0] == "s" and expr[1][-1] in LOOKING else expr


class Types(LexicalReader):
    """Names of types: a type parameter means its bounds, `Self` the type at hand.

    Attributes:
        inline: names of the inline modules around.
        asked: by a type's name, what its impl blocks ask of its type parameters.
        twins: names that a `use` takes from a crate of the same name: before "::" they mean the crate.
    """

    twins: set[str]

    asked: dict[str, dict[str, Expr]]

    inline: tuple[str, ...] = ()
    opaque = False  # while references are made: a type parameter is none

    def type_expr(self, node: tree_sitter.Node | None) -> Expr:
        """A type as an expression. References and boxes are looked through."""
        if node is None or self.depth > 100:
            return None
        self.depth += 1
        try:
            return self.type_of(node)
        finally:
            self.depth -= 1

    def refer_type(self, role: str, node: tree_sitter.Node | None, expr: Expr, draft: Draft) -> None:
        """References to the types that are named in a type, whose expression is `expr`."""
        if node is None or node.type == "primitive_type":
            return
        if any(self.type_frames) or (node.type != "type_identifier" and b"Result" in (node.text or b"")):
            self.opaque = True
            expr = self.type_expr(node)
            self.opaque = False
        place = self.place(node)
        for part in named_parts(expr) if role == "returns" else (expr,):
            self.refer(role, part, place, draft)

    def refer(self, role: str, expr: Expr, place: PlaceT, scope: Draft) -> None:
        if expr is not None and not (expr[0] == "n" and expr[1] in PRIMITIVE):
            super().refer(role, expr, place, scope)

    def type_of(self, node: tree_sitter.Node) -> Expr:
        kind = node.type
        if kind == "type_identifier" or kind in WORDS:
            return self.type_name(self.text_at(node))
        if kind == "primitive_type":
            return ("n", self.text_at(node))
        if kind == "generic_type":
            return self.generic(node)
        field = INSIDE.get(kind)
        if field is not None:
            return self.type_expr(node.child_by_field_name(field))
        if kind in SCOPED:
            return self.path_expr(node)
        if kind in ("bounded_type", "trait_bounds"):
            return self.any_of([self.type_expr(child) for child in node.named_children])
        if kind == "array_type":
            return ("s", ("n", "[]"), self.type_expr(node.child_by_field_name("element")))
        if kind == "tuple_type":
            return ("s", ("n", "tuple"), ("l", "tuple", tuple(self.type_expr(child) for child in node.named_children)))
        if kind == "qualified_type":
            return self.type_expr(node.child_by_field_name("type")) or self.type_expr(node.child_by_field_name("alias"))
        if kind == "bracketed_type":
            return self.type_expr(nth(node, 0))
        return None

    @staticmethod
    def any_of(found: list[Expr]) -> Expr:
        known = tuple(one for one in found if one is not None)
        return None if not known else known[0] if len(known) == 1 else ("o", known)

    def type_name(self, name: str) -> Expr:
        if name == "Self":
            return self.self_type()
        for frame in reversed(self.type_frames):
            if name in frame:
                return None if self.opaque else frame[name]
        return None if name == "_" else ("n", name)

    def self_type(self) -> Expr:
        """What `Self` means here."""
        here: Draft | None = self.scope
        while here is not None and here.kind != "class":
            here = here.around
        if here is None:
            return None
        return here.self_type if here.self_type is not None else ("d", here.node)

    def generic(self, node: tree_sitter.Node) -> Expr:
        of = self.type_expr(node.child_by_field_name("type"))
        arguments = node.child_by_field_name("type_arguments")
        inner = [
            self.type_expr(child)
            for child in (arguments.named_children if arguments is not None else ())
            if child.type not in NO_TYPES
        ]
        if of is None:
            return None
        if inner and of[-1] in TRANSPARENT:
            return inner[-1]
        if not inner:
            return of
        if of[-1] == "Result" and not self.opaque:
            return ("s", of, inner[0])  # what `?` and `unwrap` give; the error is another matter
        return ("s", of, inner[0] if len(inner) == 1 else ("l", "tuple", tuple(inner)))

    # ---- paths

    def path_expr(self, node: tree_sitter.Node | None) -> Expr:
        """`crate::cart::Cart::new`: a name and its segments; what stands in angle brackets is a type."""
        if node is None or self.depth > 100:
            return None
        kind = node.type
        if kind in ("scoped_identifier", "scoped_type_identifier"):
            prefix, name = node.child_by_field_name("path"), self.text_at(node.child_by_field_name("name"))
            if prefix is None:
                return ("n", name)
            if prefix.type == "super":
                return ("a", self.above(1), name)
            if prefix.type == "self":
                return ("a", self.above(0), name)
            self.depth += 1
            of = self.above_path(prefix) or self.crate_of(prefix) or self.path_expr(prefix)
            self.depth -= 1
            return ("a", of, name) if of is not None else None
        if kind == "super":
            return self.above(1)
        if kind in ("generic_type", "generic_type_with_turbofish", "bracketed_type"):
            return self.type_of(node) if kind == "bracketed_type" else self.bare(node)
        return self.type_of(node)

    def crate_of(self, node: tree_sitter.Node) -> Expr:
        """`anyhow` in `anyhow::Result` is the crate, though `use anyhow::anyhow` binds the name; None elsewhere."""
        name = self.text_at(node) if self.twins and node.type == "identifier" else ""
        return ("n", f"{name}::") if name in self.twins else None

    def bare(self, node: tree_sitter.Node) -> Expr:
        """A generic type in a path: `Vec::<T>::new` is a path of `Vec`."""
        self.type_expr(node.child_by_field_name("type_arguments"))
        return self.path_expr(node.child_by_field_name("type"))

    def above_path(self, node: tree_sitter.Node) -> Expr:
        """`super::super`, of which each goes one module up; None for another path."""
        count = 0
        here: tree_sitter.Node | None = node
        while here is not None and here.type == "scoped_identifier":
            name = here.child_by_field_name("name")
            if name is None or name.type != "super":
                return None
            count += 1
            here = here.child_by_field_name("path")
        if here is None or here.type not in ("super", "self") or not count:
            return None
        return self.above(count + (here.type == "super"))

    def above(self, count: int) -> Expr:
        """The module so many levels above this place, as a path from the file's own."""
        if count <= len(self.inline):
            of: Expr = ("n", MODULE_ITSELF)
            for name in self.inline[: len(self.inline) - count]:
                of = ("a", of, name)
            return of
        of = ("n", "super")
        for _ in range(count - len(self.inline) - 1):
            of = ("a", of, "super")
        return of

    # ---- type parameters

    def type_frame(self, node: tree_sitter.Node) -> dict[str, Expr]:
        """The type parameters that an item declares, with the bounds of its where clause."""
        bounds: dict[str, list[Expr]] = {}
        if node.child_by_field_name("type_parameters") is None:
            return {}
        for child in generic_parts(node):
            if child.type == "type_parameters":
                for one in child.named_children:
                    if one.type == "type_parameter":
                        name = self.text_at(one.child_by_field_name("name"))
                        bounds.setdefault(name, []).append(self.bound(one.child_by_field_name("bounds")))
            else:
                for one in child.named_children:
                    left = one.child_by_field_name("left")
                    if left is not None and (name := self.text_at(left)) in bounds:
                        bounds[name].append(self.bound(one.child_by_field_name("bounds")))
        return {name: self.any_of(found) for name, found in bounds.items()}

    def bounds_of_blocks(self, nodes: list[tree_sitter.Node]) -> None:
        """What impl blocks ask of type parameters: `struct Loop<H>` seldom says itself that H is a handler."""
        for node in nodes:
            if node.type == "mod_item" and (body := node.child_by_field_name("body")) is not None:
                self.bounds_of_blocks(body.named_children)
            type_ = node.child_by_field_name("type") if node.type == "impl_item" else None
            of = type_.child_by_field_name("type") if type_ is not None and type_.type == "generic_type" else None
            if of is None or node.child_by_field_name("type_parameters") is None:
                continue
            known = self.asked.setdefault(self.text_at(of), {})
            for name, bound in self.type_frame(node).items():
                if bound is not None:
                    known[name] = self.any_of(list(dict.fromkeys((known.get(name), bound))))

    def struct_frame(self, node: tree_sitter.Node) -> dict[str, Expr]:
        """The type parameters of a struct or an enum; one without a bound has those of its impl blocks."""
        asked = self.asked.get(self.text_at(node.child_by_field_name("name")), {})
        return {name: asked.get(name) if bound is None else bound for name, bound in self.type_frame(node).items()}

    def bound(self, node: tree_sitter.Node | None) -> Expr:
        return self.any_of([lent(self.type_expr(child)) for child in self.bounds_in(node)])

    @staticmethod
    def bounds_in(node: tree_sitter.Node | None) -> list[tree_sitter.Node]:
        """The traits of a bound; functions, lifetimes and `?Sized` are none that the graph knows."""
        unknown = COMMENTS | {"lifetime", "function_type", "removed_trait_bound"}
        return [child for child in node.named_children if child.type not in unknown] if node is not None else []

    def refer_bounds(self, node: tree_sitter.Node, draft: Draft) -> None:
        """A "bound" reference for each trait in the type parameters and the where clause of an item."""
        for child in generic_parts(node):
            for one in child.named_children:
                for bound in self.bounds_in(one.child_by_field_name("bounds")):
                    self.refer("bound", self.type_expr(bound), self.place(bound), draft)
