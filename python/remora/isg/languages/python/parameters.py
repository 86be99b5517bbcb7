"""Parameters of functions and lambdas."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from remora.isg.facts import Expr, Parameter
from remora.isg.languages.python.annotations import annotation
from remora.isg.languages.python.plain import CHAIN, MAX_PLAIN, NUMBER, QUOTED, VALUE, value_of
from remora.isg.languages.python.state import State, binding
from remora.isg.languages.python.syntax import IDENTIFIER, TYPE, code, kinds

if TYPE_CHECKING:
    import tree_sitter

    from remora.isg.scope import Draft

WITH_DEFAULT = kinds("default_parameter", "typed_default_parameter")
TYPED = kinds("typed_parameter")
STAR = kinds("list_splat_pattern")
STARS = kinds("dictionary_splat_pattern")
SLASH = kinds("positional_separator")
BARE_STAR = kinds("keyword_separator")


PLAIN = re.compile(
    rf"\(\s*+(?:(?:\*{{0,2}}[A-Za-z_]\w*+(?:\s*+=\s*+(?:{CHAIN}|{QUOTED}|{NUMBER}))?+|\*|/)\s*+(?:,\s*+|(?=\))))*+\)",
    re.ASCII,
)
EACH = re.compile(rf"(\*{{0,2}})([A-Za-z_]\w*+)?+(?:\s*+=\s*+{VALUE})?+(/)?+\s*+(?:,\s*+)?+", re.ASCII)


BARE = re.compile(r"\((?:[A-Za-z_]\w*+(?:, [A-Za-z_]\w*+)*+)?+\)", re.ASCII)


@lru_cache(maxsize=4096)  # most functions have the parameters of many others
def bare_parameters(text: str) -> tuple[tuple[Parameter, ...], tuple[dict[str, str], ...]] | None:
    """Names and nothing else: the parameters and the facet; None when there is more."""
    if not BARE.fullmatch(text):
        return None
    names = text[1:-1].split(", ") if len(text) > 2 else []
    return tuple(Parameter(name, "p", None, None) for name in names), tuple({"name": name} for name in names)


def plain_parameters(self: State, text: str, start: int, scope: Draft) -> tuple[dict[str, str], ...]:
    """Parameters without annotations and with plain defaults, read from their text."""
    kind = "p"
    found: list[Parameter] = []
    facets: list[dict[str, str]] = []
    for part in EACH.finditer(text, 1, len(text) - 1):
        stars, name, chain, string, number, slash = part.groups()
        if slash:
            found = [each._replace(kind="/") for each in found]
        elif name is None:
            kind = "k" if stars == "*" else kind
        else:
            own, default = kind, None
            facet = {"name": name}
            if stars:
                own, kind = stars, "k"
            elif chain or string or number:
                default = value_of(self, chain, string, number, start + part.start(3))
                facet["default"] = chain or string or number
            found.append(Parameter(name, own, default, None))
            facets.append(facet)
    named(self, scope, found, start)
    return tuple(facets)


def named(self: State, scope: Draft, found: list[Parameter], start: int) -> None:
    scope.parameters = found
    row = self.row(start)
    for number, each in enumerate(found):
        bound = scope.names.get(each.name)
        if bound is None:
            scope.names[each.name] = [binding((("p", number), row, False))]
        else:
            bound.append(binding((("p", number), row, False)))


def parameters(self: State, node: tree_sitter.Node, scope: Draft, depth: int) -> tuple[dict[str, str], ...]:
    """Fill a function's parameters; defaults are evaluated in the scope at hand. Gives the facet."""
    start, end = node.start_byte, node.end_byte
    if self.ascii and end - start <= MAX_PLAIN and (bare := bare_parameters(self.raw[start:end])) is not None:
        named(self, scope, list(bare[0]), start)
        return bare[1]
    if self.ascii and end - start <= MAX_PLAIN and PLAIN.fullmatch(self.raw, start, end):
        return plain_parameters(self, self.raw[start:end], start, scope)
    kind = "p"
    found: list[Parameter] = []
    facets: list[dict[str, str]] = []
    for one in code(node):
        what = one.kind_id
        if what in SLASH:
            found = [each._replace(kind="/") for each in found]
        elif what in BARE_STAR:
            kind = "k"
        else:
            name_node, type_node, default_node = parts(one)
            own = kind
            if name_node is not None and name_node.kind_id in STAR:
                own, kind = "*", "k"
            elif name_node is not None and name_node.kind_id in STARS:
                own = "**"
            if own in ("*", "**") and name_node is not None:
                name_node = next(iter(code(name_node)), None)
            if name_node is None:
                continue
            name = self.at(name_node)
            facet = {"name": name}
            declared: Expr = None
            if type_node is not None:
                declared = annotation(self, type_node, "type", scope)
                facet["type"] = self.line(type_node)
            default: Expr = None
            if default_node is not None:
                default = self.expressions[default_node.kind_id](self, default_node, depth + 1)
                facet["default"] = self.line(default_node)[:200]
            found.append(Parameter(name, own, default, declared))
            facets.append(facet)
    named(self, scope, found, node.start_byte)
    return tuple(facets)


def parts(node: tree_sitter.Node) -> tuple[tree_sitter.Node | None, tree_sitter.Node | None, tree_sitter.Node | None]:
    """Name, annotation and default of one parameter."""
    kind = node.kind_id
    if kind == IDENTIFIER or kind in STAR or kind in STARS:
        return node, None, None
    inner = code(node)
    if kind in WITH_DEFAULT and len(inner) >= 2:
        declared = inner[1] if inner[1].kind_id in TYPE else None
        default = inner[-1] if inner[-1] is not declared else None
        return inner[0], declared, default
    if kind in TYPED and len(inner) == 2:
        return inner[0], inner[1], None
    return None, None, None
