"""Variables of JavaScript and TypeScript, and the functions and classes that take their names from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from remora.isg.facts import Expr
from remora.isg.languages.ecmascript.calls import TRANSPARENT
from remora.isg.languages.ecmascript.functions import Functions
from remora.isg.languages.ecmascript.types import first_named
from remora.isg.languages.ecmascript.values import CAST, CLASSES, FUNCTIONS

if TYPE_CHECKING:
    import tree_sitter

    from remora.isg.scope import Draft

PLAIN_FUNCTIONS = frozenset({"function_expression", "function"})
TYPES = frozenset({"interface", "type", "module"})
CONCRETE = frozenset({"new_expression", "object"}) | FUNCTIONS | CLASSES


class Variables(Functions):
    """Attributes: namespace: the class scope that stands for the namespace at hand."""

    namespace: Draft | None
    seen_exports: dict[str, Expr]

    def klass(
        self,
        node: tree_sitter.Node,
        name: str,
        name_node: tree_sitter.Node | None,
        holder: Draft | None = None,
        first: tree_sitter.Node | None = None,
        **more: Any,
    ) -> int:
        raise NotImplementedError

    def declared(self, type_: Expr, value: tree_sitter.Node | None) -> Expr:
        """What a variable with a type and a first value stands for: the value where that is a certain thing."""
        expr = self.visit(value)
        if type_ is None or (expr is not None and value is not None and value.type in CONCRETE):
            return expr
        if expr is not None and expr[0] == "l" and value is not None:
            # What it holds is known by its type and by what is put into it, unless all of it is written out.
            written = all(one.type in CONCRETE for one in value.named_children) and value.named_child_count > 0
            return expr if written else ("o", (expr, ("A", type_)))
        return ("A", type_)

    def variable_statement(self, node: tree_sitter.Node) -> Expr:
        keyword = self.text_at(node.child_by_field_name("kind")) or "var"
        declarators = [child for child in node.named_children if child.type == "variable_declarator"]
        outer = self.take_outer(node)
        whole = (outer or node) if len(declarators) == 1 else None
        for one in declarators:
            self.declarator(one, keyword, whole, node)
        return None

    def declarator(
        self, node: tree_sitter.Node, keyword: str, whole: tree_sitter.Node | None, statement: tree_sitter.Node
    ) -> None:
        name_node, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name_node is None:
            return
        row = node.start_point[0]
        into = self.scope.owner() if keyword == "var" else self.scope
        if name_node.type != "identifier":
            expr = self.declared(self.type(node.child_by_field_name("type")), value)
            self.bind_pattern(name_node, expr, row, into)
            return
        name = self.text_at(name_node)
        raw = self.behind_exports(value)
        inner = raw
        while inner is not None and (inner.type in TRANSPARENT or inner.type in CAST):
            inner = first_named(inner)
        first = whole or node
        start = statement.start_byte if whole is not None else node.start_byte
        if inner is not None and inner.type in PLAIN_FUNCTIONS and self.constructs(name, inner):
            expr: Expr = ("d", self.constructor_function(inner, name_node, first, first))
        elif inner is not None and inner.type in FUNCTIONS:
            body = inner.child_by_field_name("body")
            signature = self.collapsed_text(start, body.start_byte if body is not None else inner.end_byte)
            number = self.function(
                inner, "function", name, name_node, first=first, last=first, doc=self.doc_above(first),
                signature=signature.removesuffix("=>").rstrip(),
            )  # fmt: skip
            self.type(node.child_by_field_name("type"))
            expr = ("d", number)
        elif inner is not None and inner.type in CLASSES:
            expr = ("d", self.klass(inner, name, name_node, first=first, last=first))
        else:
            expr = self.plain_variable(node, name, name_node, keyword, first, start, inner, raw)
        if raw is not value:
            self.seen_exports["export="] = ("n", name)
        if into is self.scope:
            # An interface of the same name is a type of its own beside the variable.
            into.bind(name, expr, row, self.branch > 0 or self.is_type(into, name))
        else:
            into.names.setdefault(name, [])
            self.assign(name, expr, row, into)

    def behind_exports(self, value: tree_sitter.Node | None) -> tree_sitter.Node | None:
        """The value of `var name = exports = module.exports = value`."""
        here = value
        while here is not None and here.type == "parenthesized_expression":
            here = first_named(here)
        while here is not None and here.type == "assignment_expression":
            if self.text_at(here.child_by_field_name("left")) not in ("exports", "module.exports"):
                return value
            here = here.child_by_field_name("right")
        return here

    def is_type(self, scope: Draft, name: str) -> bool:
        """Whether a scope binds a name to a type so far."""
        bound = scope.names.get(name, ())
        return any(one.expr and one.expr[0] == "d" and self.nodes[one.expr[1]].kind in TYPES for one in bound)

    def plain_variable(
        self,
        node: tree_sitter.Node,
        name: str,
        name_node: tree_sitter.Node,
        keyword: str,
        first: tree_sitter.Node,
        start: int,
        value: tree_sitter.Node | None,
        raw: tree_sitter.Node | None,
    ) -> Expr:
        """A variable; one of a module or a namespace is a node, and functions in its object belong to it."""
        declared = node.child_by_field_name("type")
        holder = self.scope
        at_top = self.scope is self.module or (self.namespace is not None and self.scope.around is self.namespace)
        if at_top and not self.is_require(value):
            end = declared.end_byte if declared is not None else name_node.end_byte
            signature = self.collapsed_text(start, end)
            kind = "constant" if keyword == "const" else "variable"
            facets = {"type": self.short(declared).removeprefix(":").strip()} if declared is not None else {}
            number = self.add(
                kind, name, node, name_node, self.scope, first=first, last=first, signature=signature, facets=facets,
                doc=self.doc_above(first),
            )  # fmt: skip
            self.variables.setdefault(name, number)
            holder = self.holder(number)
        elif value is not None and value.type == "object":
            holder = self.holder(self.scope.node)
            holder.qualname = f"{self.scope.qualname}.{name}".lstrip(".")
        type_ = self.type(declared)
        if value is not None and value.type == "object":
            return self.object_of(value, holder, ("n", name))
        return self.declared(type_, raw)

    def is_require(self, value: tree_sitter.Node | None) -> bool:
        return value is not None and self.source[value.start_byte : value.start_byte + 8] == b"require("
