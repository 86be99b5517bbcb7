"""Parameters of Rust functions and closures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from remora.isg.facts import Expr, Parameter
from remora.isg.languages.lexical import COMMENTS, nth
from remora.isg.languages.rust.patterns import Patterns
from remora.isg.scope import Draft
from remora.isg.signature import collapsed

if TYPE_CHECKING:
    import tree_sitter

# A type with one of these may be of many kinds: what callers hand over says more.
OPEN_TYPES = frozenset({"dyn", "impl", "Fn", "FnMut", "FnOnce", "fn"})


class Functions(Patterns):
    """Opens the scopes of closures and declares parameters."""

    def closure(self, node: tree_sitter.Node, given: Expr = None) -> Expr:
        parameters, body = node.child_by_field_name("parameters"), node.child_by_field_name("body")
        end = body.start_byte if body is not None else node.end_byte
        header = self.source[node.start_byte : end].decode("utf-8", "replace")
        draft = self.open_lambda(node, collapsed(header), body)
        if header.lstrip().startswith("async"):
            draft.flags.add("async")
        with self.within(draft, sees_locals=True):
            self.parameters(parameters.named_children if parameters is not None else (), given)
            draft.result = self.type_expr(node.child_by_field_name("return_type"))
            draft.returns.append(self.code(body))
        return ("d", draft.node)

    def parameters(self, nodes: Iterable[tree_sitter.Node], given: Expr = None) -> None:
        """Declare a function's or closure's parameters in its scope; `given`: what the first gets when nobody says."""
        draft = self.scope
        for node in nodes:
            number, row = len(draft.parameters), self.row(node)
            if node.type in ("self_parameter", "variadic_parameter"):
                name = "self" if node.type == "self_parameter" else "..."
                draft.parameters.append(Parameter(name, self.self_kind(draft), None, None))
                self.declare_parameter(name, number, row)
                continue
            if node.type in COMMENTS or node.type == "attribute_item":
                continue
            pattern = node.child_by_field_name("pattern") if node.type == "parameter" else node
            annotation = node.child_by_field_name("type") if node.type == "parameter" else None
            type_ = self.type_expr(annotation)
            if annotation is not None:
                self.refer_type("type", annotation, type_, draft)
                if annotation.type == "abstract_type":
                    self.refer("bound", type_, self.place(annotation), draft)
            if pattern is not None and pattern.type == "mut_pattern":
                pattern = nth(pattern, -1)
            plain = pattern is not None and pattern.type in ("identifier", "self")
            name = self.text_at(pattern) if plain else f"({number})"
            if name == "self":  # whatever box it comes in, it is the receiver
                draft.parameters.append(Parameter(name, self.self_kind(draft), None, None))
            else:
                kind = self.declared_kind(annotation, OPEN_TYPES)
                draft.parameters.append(Parameter(name, kind, given if number == 0 else None, type_))
            self.declare_parameter(name, number, row)
            if pattern is not None and not plain:
                self.bind_pattern(pattern, ("p", number))

    def macro_call(self, node: tree_sitter.Node) -> Expr:
        raise NotImplementedError

    def self_kind(self, draft: Draft) -> str:
        """In a block for one type the receiver is of that type; in a trait it may be of many."""
        owner = draft.around
        known = owner is not None and owner.self_type is not None and owner.self_type[0] in "na"
        return "/" if known and "blanket" not in owner.flags else "p"
