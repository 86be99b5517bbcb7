"""Type annotations of Python, also those written as strings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.facts import Expr, PlaceT
from remora.isg.languages.python.state import MAX_CHAIN, MAX_DEPTH, PURE_CHAIN, State, binding
from remora.isg.languages.python.syntax import (
    ATTRIBUTE,
    BINARY,
    COMMENT,
    IDENTIFIER,
    PARENTHESES,
    STRING,
    SUBSCRIPT,
    TYPE,
    code,
    kinds,
)
from remora.isg.parse import parse

if TYPE_CHECKING:
    import tree_sitter

    from remora.isg.scope import Draft

CONSTRAINED = kinds("constrained_type")
GENERIC = kinds("generic_type")
SPLAT = kinds("splat_type")
MEMBER = kinds("member_type")
UNION = kinds("union_type")
TYPE_ARGUMENTS = kinds("type_parameter")
NONE = kinds("none")
SEQUENCE = kinds("list", "tuple", "expression_list")
MAX_STRING = 400

Uses = list[tuple[Expr, PlaceT]]


def annotation(self: State, node: tree_sitter.Node, role: str, scope: Draft) -> Expr:
    """A type expression; what it names is referred to from `scope`, which may be another than the one at hand."""
    uses: Uses = []
    found = type_expression(self, node, uses, 0)
    for expr, place in uses:
        self.refer(role, expr, place, scope)
    return found


def type_expression(self: State, node: tree_sitter.Node, uses: Uses, depth: int) -> Expr:
    kind = node.kind_id
    while kind in TYPE or kind == PARENTHESES:
        parts = code(node)
        if len(parts) != 1:
            return None
        node, kind = parts[0], parts[0].kind_id
    if depth > MAX_DEPTH:
        self.deep = True
        return None
    if kind == IDENTIFIER:
        name = self.mangled(self.at(node))
        if name in self.type_parameters:
            return self.type_parameters[name]
        expr = named(self, ("n", name), node, uses)
        return self.type_variables.get(name, expr)
    if kind == ATTRIBUTE:
        text = self.at(node)
        if len(text) <= MAX_CHAIN and PURE_CHAIN.fullmatch(text):
            return named(self, self.chain(text), node, uses)
        return None
    if kind in STRING:
        return quoted(self, node, uses, depth)
    if kind in GENERIC or kind == SUBSCRIPT:
        return generic(self, node, uses, depth)
    if kind == BINARY or kind in UNION:
        parts = [type_expression(self, one, uses, depth + 1) for one in code(node)]
        return ("o", tuple(parts))
    if kind in SEQUENCE:
        return ("l", "list", tuple(type_expression(self, one, uses, depth + 1) for one in code(node)))
    if kind in NONE:
        return ("k", "None", None)
    if kind in MEMBER:
        parts = code(node)
        of = type_expression(self, parts[0], uses, depth + 1)
        return ("a", of, self.at(parts[-1]))
    for one in node.named_children:
        if one.kind_id != COMMENT:
            type_expression(self, one, uses, depth + 1)
    return None


def named(self: State, expr: Expr, node: tree_sitter.Node, uses: Uses) -> Expr:
    uses.append((expr, self.place_of(node.start_byte, node.end_byte)))
    return expr


def generic(self: State, node: tree_sitter.Node, uses: Uses, depth: int) -> Expr:
    """`list[Cart]`; what stands in Literal is no type, and what follows the first in Annotated neither."""
    parts = code(node)
    if not parts:
        return None
    of = type_expression(self, parts[0], uses, depth + 1)
    given = parts[1:]
    if given and given[0].kind_id in TYPE_ARGUMENTS:
        given = code(given[0])
    word = of[-1] if of is not None and of[0] in "na" else ""
    if word == "Literal":
        return ("s", of, None)
    types = given[:1] if word == "Annotated" else given
    found = [type_expression(self, one, uses, depth + 1) for one in types]
    return ("s", of, found[0] if len(found) == 1 else ("l", "tuple", tuple(found)))


def quoted(self: State, node: tree_sitter.Node, uses: Uses, depth: int) -> Expr:
    """A type in quotes is parsed as one; its names are placed at the string."""
    text = self.at(node)
    body = text.strip("\"'")
    if not body or len(body) > MAX_STRING or len(body) == len(text) or "\\" in body:
        return None
    place = self.place_of(node.start_byte, node.end_byte)
    if PURE_CHAIN.fullmatch(body):
        uses.append((self.chain(body), place))
        return self.chain(body)
    inner = parse(body, "python")
    if inner.has_error or not inner.root.named_children:
        return None
    statement = inner.root.named_children[0]
    before = self.raw, self.ascii, self.starts
    self.ascii = body.isascii()
    self.raw = body if self.ascii else body.encode("utf-8", "surrogatepass").decode("latin-1")
    self.starts = [0, len(self.raw) + 1]
    seen: Uses = []
    parts = code(statement)
    found = type_expression(self, parts[0], seen, depth + 1) if len(parts) == 1 else None
    self.raw, self.ascii, self.starts = before
    uses += [(expr, place) for expr, _ in seen]
    return found


def bounds(self: State, node: tree_sitter.Node, scope: Draft) -> list[str]:
    """Type parameters of a definition (`[T: Cart, *Ts]`): their bounds are referred to; their texts.

    From here on they stand for their bounds in annotations, until the reader leaves the definition.
    """
    texts = []
    self.type_parameters = dict(self.type_parameters)
    for one in code(node):
        texts.append(self.line(one))
        while one.kind_id in TYPE and len(code(one)) == 1:
            one = code(one)[0]
        parts = code(one) if one.kind_id in CONSTRAINED or one.kind_id in SPLAT else [one]
        name = self.at(parts[0]) if parts else ""
        found = [annotation(self, part, "bound", scope) for part in parts[1:]]
        bound = found[0] if found else None
        if bound is not None and bound[0] == "l":
            bound = ("o", bound[2])
        self.type_parameters[name] = bound
        scope.names.setdefault(name, []).append(binding((bound, self.row(node.start_byte), False)))
    return texts


def type_variable(self: State, name: str, called: Expr, start: int, end: int) -> None:
    """`T = TypeVar("T", A, B, bound=C)`: A, B and C are bounds, and T in an annotation of this file is one of them."""
    if called is None or called[0] != "c" or called[1] is None or called[1][-1] not in ("TypeVar", "ParamSpec"):
        return
    place = self.place_of(start, end)
    found: list[Expr] = []
    for expr in (*called[2][1:], *(value for key, value in called[3] if key == "bound")):
        if expr is not None and expr[0] == "k" and expr[1] == "str" and expr[2] and PURE_CHAIN.fullmatch(expr[2]):
            expr = self.chain(expr[2])
        self.refer("bound", expr, place, self.scope)
        found.append(expr)
    if self.scope is self.module:
        self.type_variables[name] = found[0] if len(found) == 1 else ("o", tuple(found)) if found else None
