"""One file's text to its nodes, calls and imports. It knows no other file and no database, and never raises."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from blake3 import blake3

from remora.isg.imports import imports_of, text_of
from remora.isg.parse import Tree, parse, syntax_error
from remora.isg.scope import Scope, target_of
from remora.isg.signature import signature
from remora.isg.values import MODULE, Call, FileGraph, Import, Kind, Node, Span, key_of
from remora.lang import Language, language_of
from remora.repo.text import body_hash

if TYPE_CHECKING:
    import tree_sitter


@lru_cache(maxsize=16)  # a request asks about the same few texts again and again
def extract(path: str, text: str, repo: str = "") -> FileGraph:
    """A file's share of the graph.

    Args:
        path: from the workspace's root, "/" between the parts; its suffix tells the language.
        text: canonical text.
        repo: the workspace's name; a part of each interface_id.

    Returns:
        At least the module's node. Of a text that the language refuses, `error` is set and what tree-sitter saw is
        there; of a file in an unknown language there is nothing but the module.
    """
    return Extraction(path, text, repo, language_of(path)).run()


class Extraction:
    """The reading of one file: captures in the order of the text, and a stack of the scopes they stand in."""

    def __init__(self, path: str, text: str, repo: str, language: Language | None) -> None:
        self.path = path
        self.text = text
        self.repo = repo
        self.language = language
        self.source = text.encode("utf-8", "surrogatepass")
        self.nodes: list[Node] = []
        self.imports: list[tuple[Scope, Import]] = []
        self.calls: list[tuple[Scope, tree_sitter.Node]] = []
        self.seen: Counter[str] = Counter()
        self.module = self.module_scope()
        self.scopes: list[Scope] = [self.module]
        self.parents: dict[str, Scope] = {}

    def run(self) -> FileGraph:
        error = None
        if self.language is not None:
            self.read(parse(self.text, self.language.name), self.language)
            error = syntax_error(self.text, self.language.name)
        return FileGraph(
            path=self.path,
            text_hash=body_hash(self.text),
            nodes=(self.nodes[0], *map(self.with_rebound, self.nodes[1:])),
            calls=tuple(self.call(scope, node) for scope, node in self.calls),
            imports=tuple(self.with_certainty(scope, one) for scope, one in self.imports),
            error=error,
            lang=self.language.name if self.language else "",
            text=self.text,
        )

    def read(self, tree: Tree, language: Language) -> None:
        captures = tree.captures(language.graph_query)
        # By the byte its inner definition starts at; asking a node for its parent would search the whole tree.
        decorated = {
            inner.start_byte: outer
            for outer in captures.get("decorated", [])
            if (inner := outer.child_by_field_name("definition")) is not None
        }
        events = [(node.start_byte, -node.end_byte, name, node) for name, nodes in captures.items() for node in nodes]
        events.sort(key=lambda event: event[:3])
        for start, _, name, node in events:
            while start >= self.scopes[-1].end_byte and len(self.scopes) > 1:
                self.scopes.pop()
            scope = self.scopes[-1]
            if name in ("function", "class"):
                self.definition(name, node, decorated.get(start))
            elif name == "call":
                self.calls.append((self.scope_of_code(start), node))
            elif name == "import":
                for one in imports_of(node):
                    self.imports.append((scope, one))
                    scope.bind(one.alias.partition(".")[0], one)
            elif name == "binding":
                scope.bind(text_of(node), None)
            elif name == "parameter.first" and scope.kind == "function" and not scope.first_parameter:
                scope.first_parameter = text_of(node)
            elif name == "global":
                for each in self.scopes:  # whichever of them is meant, the name is no longer certain there
                    each.bind(text_of(node), None)
            elif name == "attribute":
                self.attribute(node)

    def module_scope(self) -> Scope:
        stem = PurePosixPath(self.path).stem
        end = len(self.source)
        lines = self.source.split(b"\n")
        span = Span(0, 0, len(lines) - 1, len(lines[-1]), 0, end)
        key = self.add_node("module", stem, MODULE, f"module {stem}", span, level=0)
        return Scope("module", key, "", None, 0, end + 1, 0)

    def definition(self, what: str, node: tree_sitter.Node, decorated: tree_sitter.Node | None) -> None:
        name = text_of(node.child_by_field_name("name"))
        parent = self.scope_of_code(node.start_byte)
        if not name:
            return
        qualname = f"{parent.qualname}.{name}" if parent.qualname else name
        kind: Kind = "class" if what == "class" else "method" if parent.kind == "class" else "function"
        outer = decorated or node
        end_row, end_col, end_byte = last_code(outer)
        span = Span(*outer.start_point, end_row, end_col, outer.start_byte, end_byte)
        level = qualname.count(".") + 1
        key = self.add_node(kind, name, qualname, signature(node), span, level)
        body = node.child_by_field_name("body")
        body_byte = body.start_byte if body else node.end_byte
        scope = Scope(
            "class" if what == "class" else "function", key, qualname, parent, node.start_byte, node.end_byte, body_byte
        )
        decorators = self.source[outer.start_byte : node.start_byte]
        scope.gets_object = kind == "method" and b"staticmethod" not in decorators
        parent.bind(name, scope)
        self.parents[key] = parent
        self.scopes.append(scope)

    def add_node(self, kind: Kind, name: str, qualname: str, signed: str, span: Span, level: int) -> str:
        key = key_of(self.path, qualname)
        self.seen[key] += 1
        if self.seen[key] > 1:
            key = f"{key}~{self.seen[key]}"
        lang = self.language.name if self.language else ""
        interface = "|".join((self.repo, lang, self.path, qualname, signed))
        text = self.source[span.start_byte : span.end_byte]
        self.nodes.append(
            Node(
                key=key,
                interface_id=blake3(interface.encode("utf-8", "surrogatepass")).hexdigest(),
                kind=kind,
                name=name,
                qualname=qualname,
                path=self.path,
                signature=signed,
                span=span,
                level=level,
                body_hash=blake3(text).hexdigest(),
            )
        )
        return key

    def scope_of_code(self, start: int) -> Scope:
        """The scope that runs the code at a byte: defaults, bases and annotations are run outside the definition."""
        scope = self.scopes[-1]
        while scope.parent is not None and start < scope.body_byte:
            scope = scope.parent
        return scope

    def attribute(self, node: tree_sitter.Node) -> None:
        """Remember `self.name = …` in the class whose method it stands in."""
        parts = dotted(node)
        for scope in reversed(self.scopes):
            if parts and len(parts) == 2 and scope.gets_object and scope.first_parameter == parts[0] and scope.parent:
                scope.parent.attributes.add(parts[1])
                return

    def call(self, scope: Scope, node: tree_sitter.Node) -> Call:
        parts = dotted(node.child_by_field_name("function"))
        target = target_of(parts, scope) if parts else None
        return Call(scope.key, ".".join(parts), node.start_point[0], target)

    def with_rebound(self, node: Node) -> Node:
        bindings = self.parents[node.key].bindings[node.name]
        return replace(node, rebound=True) if len(bindings) > 1 else node

    def with_certainty(self, scope: Scope, one: Import) -> Import:
        certain = scope is self.module and len(scope.bindings[one.alias.partition(".")[0]]) == 1
        return one if certain else replace(one, certain=False)


def last_code(node: tree_sitter.Node) -> tuple[int, int, int]:
    """Row, column and byte where a definition's last statement ends: comments that follow are the file's."""
    while True:
        code = next((child for child in reversed(node.children) if child.type != "comment"), None)
        if code is None:
            row, col = node.end_point
            return row, col, node.end_byte
        node = code


def dotted(node: tree_sitter.Node | None) -> list[str]:
    """`a.b.c` as its parts; empty for anything that is not names and dots."""
    parts: list[str] = []
    while node is not None and node.type == "attribute":
        parts.append(text_of(node.child_by_field_name("attribute")))
        node = node.child_by_field_name("object")
    if node is None or node.type != "identifier":
        return []
    return [text_of(node), *reversed(parts)]
