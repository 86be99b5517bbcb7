"""What stands above and before a Rust item: documentation, attributes, cfg gates, visibility, generics."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from remora.isg.signature import collapsed

if TYPE_CHECKING:
    import tree_sitter

CFG = re.compile(r"^cfg\s*\((.*)\)$", re.S)
CFG_ATTR = re.compile(r"^cfg_attr\s*\((.*)\)$", re.S)
DERIVE = re.compile(r"^derive\s*\((.*)\)$", re.S)
PATH = re.compile(r'^path\s*=\s*"([^"]*)"$')
TEST = re.compile(r"^(?:[\w:]*::)?(?:test|bench|rstest|test_case|quickcheck)\b")
# `all(a, b)` needs each of its parts; the parts of `any` and `not` stay together.
MAX_HEADER = 4000
ALL = re.compile(r"^all\s*\((.*)\)$", re.S)


@dataclass(slots=True)
class Head:
    """What was read above an item; `first` is where the item's span starts."""

    first: tree_sitter.Node | None = None
    attributes: list[str] = field(default_factory=list)
    docs: list[str] = field(default_factory=list)

    @property
    def derives(self) -> list[str]:
        """Derived traits, those under a condition included."""
        texts = list(self.attributes)
        for text in self.attributes:
            if found := CFG_ATTR.match(text):
                texts += split(found[1])[1:]
        return [name for text in texts if (found := DERIVE.match(text)) for name in split(found[1])]

    @property
    def gates(self) -> list[str]:
        """Conditions of its `cfg` attributes, all of which have to hold."""
        if not self.attributes:
            return []
        return [gate for text in self.attributes if (found := CFG.match(text)) for gate in conditions(found[1])]

    @property
    def is_test(self) -> bool:
        return any(TEST.match(text) for text in self.attributes)

    @property
    def path(self) -> str:
        """The file that a `#[path]` attribute names; "" for none."""
        return next((found[1] for text in self.attributes if (found := PATH.match(text))), "")

    def has(self, name: str) -> bool:
        return any(text == name or text.startswith(f"{name}(") for text in self.attributes)

    def facets(self) -> dict[str, object]:
        found: dict[str, object] = {}
        if self.attributes:
            found["attributes"] = tuple(self.attributes)
            if derives := self.derives:
                found["derives"] = tuple(derives)
            if gates := self.gates:
                found["feature_gates"] = tuple(gates)
        return found


def conditions(text: str) -> list[str]:
    """A cfg's condition in one spelling; each part of an `all(…)` for itself."""
    text = " ".join(text.split()).rstrip(", ")
    found = ALL.match(text)
    return [part for inner in split(found[1]) for part in conditions(inner)] if found else [text] if text else []


def split(text: str) -> list[str]:
    """Split at commas that stand in no bracket."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in "([{<") - (char in ")]}>")
        if char == "," and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    parts.append(text[start:])
    return [part for one in parts if (part := " ".join(one.split()))]


def attribute_text(text: str) -> str:
    """`#[derive(Debug)]` or `#![…]` as `derive(Debug)`."""
    return " ".join(text.strip().lstrip("#!").strip().removeprefix("[").removesuffix("]").split())


def visibility(node: tree_sitter.Node) -> str:
    """What a `pub`, or none, says."""
    for child in node.children:
        if child.type == "visibility_modifier":
            text = (child.text or b"").decode("utf-8", "replace")
            return "public" if text == "pub" else "crate" if "crate" in text else "package"
    return "private"


def generics(node: tree_sitter.Node) -> dict[str, object]:
    """The facets `generics` and `where`: one text per parameter or predicate."""
    found: dict[str, object] = {}
    for child in generic_parts(node):
        if child.type in ("type_parameters", "where_clause"):
            texts = tuple(
                collapsed((inner.text or b"").decode("utf-8", "replace"))
                for inner in child.named_children
                if inner.type not in ("line_comment", "block_comment")
            )
            if texts:
                found["generics" if child.type == "type_parameters" else "where"] = texts
    return found


def generic_parts(node: tree_sitter.Node) -> list[tree_sitter.Node]:
    """The type parameters and the where clause of an item, as far as it has them."""
    parameters = node.child_by_field_name("type_parameters")
    found = [parameters] if parameters is not None else []
    if b"where" not in (node.text or b"")[:MAX_HEADER]:
        return found
    # The clause has no field's name; it stands behind everything but the body.
    for number in range(node.named_child_count - 1, max(-1, node.named_child_count - 4), -1):
        child = node.named_child(number)
        if child is not None and child.type == "where_clause":
            found.append(child)
            break
    return found
