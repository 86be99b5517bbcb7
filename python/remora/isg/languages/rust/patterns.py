"""What Rust patterns bind, and to which part of the value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.facts import Binding, Expr
from remora.isg.languages.lexical import COMMENTS, nth
from remora.isg.languages.rust.types import Types

if TYPE_CHECKING:
    import tree_sitter

INNER = frozenset({"ref_pattern", "mut_pattern", "reference_pattern", "box_pattern", "match_pattern"})


class Patterns(Types):
    """Binds the names in patterns as locals of the innermost block."""

    # While the second and later sides of `a | b` are read: they bind the names of the first again.
    merging = False

    def bind_pattern(self, node: tree_sitter.Node | None, expr: Expr) -> None:
        if node is None or self.depth > 100:
            return
        self.depth += 1
        self.bind_inner(node, expr)
        self.depth -= 1

    def bind_inner(self, node: tree_sitter.Node, expr: Expr) -> None:
        kind = node.type
        if kind in ("identifier", "shorthand_field_identifier"):
            self.bind_name(node, expr)
        elif kind == "match_pattern":
            self.bind_pattern(nth(node, 0), expr)
            self.code(node.child_by_field_name("condition"))
        elif kind in INNER:
            self.bind_pattern(nth(node, -1), expr)
        elif kind == "tuple_pattern":
            self.bind_parts(self.parts(node), expr)
        elif kind == "tuple_struct_pattern":
            self.bind_variant(node, expr)
        elif kind == "struct_pattern":
            self.bind_fields(node)
        elif kind == "slice_pattern":
            for child in self.parts(node):
                self.bind_pattern(child, expr if child.type == "captured_pattern" else item_of(expr))
        elif kind == "captured_pattern":
            self.bind_pattern(nth(node, 0), expr)
            self.bind_pattern(nth(node, 1), expr)
        elif kind == "or_pattern":
            before = self.merging
            for child in node.named_children:
                self.bind_pattern(child, expr)
                self.merging = True
            self.merging = before
        elif kind == "scoped_identifier":
            self.refer("read", self.path_expr(node), self.place(node), self.scope)

    def bind_name(self, node: tree_sitter.Node, expr: Expr) -> None:
        """A name with a capital is a constant or a variant, which a pattern compares with."""
        name = self.text_at(node)
        if name[:1].isupper() and node.type == "identifier":
            if name != "None":
                self.note("read", ("n", name), node)
            return
        own = self.frames[-1].get(name, "") if self.merging else ""
        if own in self.scope.names:
            self.scope.names[own].append(Binding(expr, self.row(node), True))
        else:
            self.declare(name, expr, self.row(node))

    @staticmethod
    def parts(node: tree_sitter.Node) -> list[tree_sitter.Node]:
        """The patterns in a pattern, and a `..` between them; `_` has no node that is named."""
        return [child for child in node.children if child.is_named or child.type == "_"]

    def bind_parts(self, parts: list[tree_sitter.Node], expr: Expr) -> None:
        """Part n of the value; what follows a `..` is counted from the end."""
        parts = [one for one in parts if one.type not in COMMENTS]
        rest = False
        for n, child in enumerate(parts):
            if child.type == "remaining_field_pattern":
                rest = True
            else:
                at = n - len(parts) if rest else n
                self.bind_pattern(child, ("u", at, expr) if expr is not None else None)

    def bind_variant(self, node: tree_sitter.Node, expr: Expr) -> None:
        """`Some(x)` binds what is in the option; another variant's parts are fields by number."""
        name = node.child_by_field_name("type")
        last = self.text_at(name).rpartition("::")[2]
        parts = [child for child in self.parts(node) if name is None or child.start_byte >= name.end_byte]
        if last in ("Some", "Ok"):
            for child in parts:
                self.bind_pattern(child, item_of(expr))
            return
        type_ = None if last == "Err" or name is None else self.path_expr(name)
        if name is not None and type_ is not None:
            self.refer("read", type_, self.place(name), self.scope)
        for n, child in enumerate(parts):
            self.bind_pattern(child, ("a", ("A", type_), str(n)) if type_ is not None else None)

    def bind_fields(self, node: tree_sitter.Node) -> None:
        name = node.child_by_field_name("type")
        type_ = self.path_expr(name)
        if name is not None and type_ is not None:
            self.refer("read", type_, self.place(name), self.scope)
        for child in node.named_children:
            if child.type != "field_pattern":
                continue
            field, pattern = child.child_by_field_name("name"), child.child_by_field_name("pattern")
            expr: Expr = ("a", ("A", type_), self.text_at(field)) if type_ is not None else None
            self.bind_pattern(pattern if pattern is not None else field, expr)


def item_of(expr: Expr) -> Expr:
    return ("i", expr) if expr is not None else None
