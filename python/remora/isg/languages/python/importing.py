"""Import statements: what they bind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from remora.isg.facts import ImportFact
from remora.isg.languages.python.state import State
from remora.isg.languages.python.syntax import ALIASED, DOTTED, WILDCARD, code

if TYPE_CHECKING:
    import tree_sitter

FROM = re.compile(
    r"from ([\w.]++) import (?:\(\s*+)?+(\w++(?: as \w++)?+(?:\s*+,\s*+\w++(?: as \w++)?+)*+)\s*+,?+\s*+\)?+", re.ASCII
)


def imported(self: State, node: tree_sitter.Node, depth: int) -> None:
    """`import a.b as c, d`"""
    for one in code(node):
        module, alias = name_and_alias(self, one)
        if module:
            add_import(self, node, module, "", alias or module)


def imported_from(self: State, node: tree_sitter.Node, depth: int) -> None:
    """`from .a import b as c`"""
    start, end = node.start_byte, node.end_byte
    plain = FROM.fullmatch(self.raw, start, end) if self.ascii else None
    if plain is not None:
        for part in plain[2].split(","):
            name, _, alias = part.partition(" as ")
            name = name.strip()
            if name:
                add_import(self, node, plain[1], name, alias.strip() or name)
        return
    parts = code(node)
    if not parts:
        return
    module = "".join(self.at(parts[0]).split())
    for one in parts[1:]:
        if one.kind_id in WILDCARD:
            add_import(self, node, module, "*", "")
        elif one.kind_id in DOTTED or one.kind_id in ALIASED:
            name, alias = name_and_alias(self, one)
            if name:
                add_import(self, node, module, name, alias or name)


def name_and_alias(self: State, node: tree_sitter.Node) -> tuple[str, str]:
    if node.kind_id in ALIASED:
        parts = code(node)
        return ("".join(self.at(parts[0]).split()), self.at(parts[1])) if len(parts) == 2 else ("", "")
    return ("".join(self.at(node).split()), "") if node.kind_id in DOTTED else ("", "")


def add_import(self: State, node: tree_sitter.Node, module: str, name: str, alias: str) -> None:
    number = len(self.imports)
    place = self.place_of(node.start_byte, node.end_byte)
    self.imports.append(ImportFact(self.scope.number, module, name, alias, self.gate, place))
    if alias:
        self.bind(alias.partition(".")[0], ("I", number), node.start_byte)
