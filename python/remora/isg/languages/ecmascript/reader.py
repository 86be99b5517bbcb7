"""The reader of JavaScript, TypeScript and TSX: which method reads which syntax."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from remora.isg.facts import Expr
from remora.isg.languages.ecmascript.properties import Properties
from remora.isg.languages.ecmascript.types import first_named
from remora.isg.languages.ecmascript.values import FUNCTIONS
from remora.isg.languages.walk import MAX_ITEMS

if TYPE_CHECKING:
    import tree_sitter

PROTOTYPE = re.compile(rb"\b([A-Za-z_$][\w$]*)\.prototype\s*(?:=|\.[\w$]+\s*=)")
MADE = re.compile(rb"\bnew\s+([A-Z][\w$]*)")
LEXICAL = frozenset(
    {
        "lexical_declaration", "class_declaration", "function_declaration", "generator_function_declaration",
        "abstract_class_declaration", "enum_declaration", "interface_declaration", "type_alias_declaration",
    }
)  # fmt: skip
MAX_TITLE = 120


class Reader(Properties):
    handlers: ClassVar[dict[str, str]] = {
        "identifier": "identifier",
        "this": "this",
        "super": "super_value",
        "member_expression": "member",
        "subscript_expression": "subscript",
        "call_expression": "call",
        "new_expression": "new",
        "jsx_element": "jsx",
        "jsx_self_closing_element": "jsx",
        "jsx_expression": "same",
        "parenthesized_expression": "same",
        "sequence_expression": "same",
        "non_null_expression": "same",
        "instantiation_expression": "cast",
        "satisfies_expression": "cast",
        "as_expression": "cast",
        "type_assertion": "old_cast",
        "await_expression": "awaited",
        "ternary_expression": "conditional",
        "binary_expression": "binary",
        "unary_expression": "updated",
        "update_expression": "updated",
        "string": "string",
        "template_string": "constant",
        "number": "number",
        "true": "constant",
        "false": "constant",
        "regex": "constant",
        "comment": "ignore",
        "array": "array",
        "object": "object",
        "spread_element": "spread",
        "arrow_function": "function_value",
        "function_expression": "function_value",
        "generator_function": "function_value",
        "class": "class_value",
        "class_declaration": "class_declaration",
        "abstract_class_declaration": "class_declaration",
        "function_declaration": "function_declaration",
        "generator_function_declaration": "function_declaration",
        "function_signature": "function_signature",
        "interface_declaration": "interface",
        "type_alias_declaration": "type_alias",
        "enum_declaration": "enum",
        "internal_module": "namespace_declaration",
        "module": "namespace_declaration",
        "ambient_declaration": "ambient",
        "lexical_declaration": "variable_statement",
        "variable_declaration": "variable_statement",
        "assignment_expression": "assignment",
        "augmented_assignment_expression": "augmented",
        "return_statement": "returned",
        "yield_expression": "yielded",
        "throw_statement": "thrown",
        "import_statement": "import_statement",
        "import_alias": "import_alias",
        "export_statement": "export_statement",
        "statement_block": "statement_block",
        "if_statement": "conditionally",
        "while_statement": "conditionally",
        "do_statement": "same",
        "switch_case": "conditionally",
        "switch_default": "conditionally",
        "switch_body": "statement_block",
        "for_statement": "loop",
        "for_in_statement": "loop_over",
        "try_statement": "tried",
        "catch_clause": "handler",
        "type_arguments": "other_type",
        "type_annotation": "type",
        "type_parameters": "ignore",
        "property_identifier": "ignore",
        "statement_identifier": "ignore",
        "undefined": "ignore",
        "null": "ignore",
        "decorator": "ignore",
    }

    def __init__(self, path: str, text: str, repo: str, language: Any) -> None:
        super().__init__(path, text, repo, language)
        self.generics = {}
        self.outer = None
        self.documented = {}
        self.namespace = None
        self.prototypes = {}
        self.promised, self.resolved = [], []
        self.in_static_block = False
        self.thrown_here, self.caught = [], None
        self.constructed = frozenset()
        self.fields_seen = {}
        self.variables = {}
        self.seen_exports = {}
        self.stars = 0
        tests: dict[str, Any] = language.tables.get("tests", {})
        self.test_calls = frozenset(tests.get("calls", ()))

    def program(self, root: tree_sitter.Node) -> None:
        source = self.source
        made = {*PROTOTYPE.findall(source)} if b".prototype" in source else set()
        if b"this" in source:
            made.update(MADE.findall(source))
        self.constructed = frozenset(name.decode() for name in made)
        super().program(root)

    def finish(self) -> None:
        super().finish()
        self.exports = self.seen_exports
        self.mark_exported()
        declared = {(node.parent, node.name) for node in self.nodes}
        for (parent, name), (node, owner) in self.fields_seen.items():
            if (parent, name) not in declared:
                name_node = node.child_by_field_name("property")
                private = "private" if name.startswith("#") else "public"
                self.add("field", name, node, name_node, owner, visibility=private)

    def mark_exported(self) -> None:
        """Give what importers see the flag "export"."""
        exported = [expr for expr in self.seen_exports.values() if expr and expr[0] in ("n", "d")]
        names = {expr[1] for expr in exported if expr[0] == "n"}
        numbers = {expr[1] for expr in exported if expr[0] == "d"}
        for number, node in enumerate(self.nodes):
            if number in numbers or (node.parent == 0 and node.name in names):
                self.nodes[number] = node._replace(flags=tuple(sorted({*node.flags, "export"})))

    # ---- statements

    def statement_block(self, node: tree_sitter.Node) -> Expr:
        if not any(child.type in LEXICAL for child in node.named_children):
            self.statements(node)
            return None
        with self.inside(self.block(node)):
            self.statements(node)
        return None

    def ambient(self, node: tree_sitter.Node) -> Expr:
        """`declare …`: like what it declares."""
        if self.outer is None:
            self.outer = node
        found: Expr = None
        for child in node.named_children:
            if child.type == "statement_block":
                self.outer = None
                self.statements(child)
            elif child.type != "comment":
                found = self.visit(child)
        self.outer = None
        return found

    def loop(self, node: tree_sitter.Node) -> Expr:
        with self.inside(self.block(node)):
            return self.conditionally(node)

    def loop_over(self, node: tree_sitter.Node) -> Expr:
        """`for (x of xs)` and `for (x in xs)`"""
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        over = self.visit(right)
        operator = self.text_at(node.child_by_field_name("operator"))
        item = ("i", over) if over is not None else None  # of an object its keys, which a loop with `in` asks for
        if right is not None and item is not None and operator == "of":
            self.iterates(over, right, awaits=any(child.type == "await" for child in node.children))
        keyword = self.text_at(node.child_by_field_name("kind"))
        self.branch += 1
        with self.inside(self.block(node)) as draft:
            if left is not None:
                into = draft if keyword in ("let", "const") else draft.owner() if keyword == "var" else None
                self.bind_pattern(left, item, node.start_point[0], into)
            body = node.child_by_field_name("body")
            if body is not None:
                self.visit(body)
        self.branch -= 1
        return None

    def tried(self, node: tree_sitter.Node) -> Expr:
        outer, self.thrown_here = self.thrown_here, []
        self.visit(node.child_by_field_name("body"))
        found = tuple(self.thrown_here[:MAX_ITEMS])
        self.thrown_here = outer
        self.caught = ("o", found) if found else None
        self.visit(node.child_by_field_name("handler"))
        self.caught = None
        self.visit(node.child_by_field_name("finalizer"))
        return None

    def handler(self, node: tree_sitter.Node) -> Expr:
        parameter = node.child_by_field_name("parameter")
        with self.inside(self.block(node)) as draft:
            if parameter is not None:
                self.bind_pattern(parameter, self.caught, node.start_point[0], draft)
            self.visit(node.child_by_field_name("body"))
        return None

    # ---- tests

    def call_of_test(self, node: tree_sitter.Node, callee: tree_sitter.Node) -> bool:
        """`describe("title", () => …)`, `it`, `test`, `it.each(…)("title", …)`: a node of the kind "test"."""
        root = callee
        while root.type in ("member_expression", "call_expression"):
            inner = root.child_by_field_name("object" if root.type == "member_expression" else "function")
            if inner is None:
                return False
            root = inner
        if root.type != "identifier" or self.text_at(root) not in self.test_calls:
            return False
        arguments = node.child_by_field_name("arguments")
        given = [one for one in arguments.named_children if one.type != "comment"] if arguments is not None else []
        function = next((one for one in given if one.type in FUNCTIONS), None)
        if function is None or given[0].type not in ("string", "template_string", "identifier", "member_expression"):
            return False
        title = " ".join(self.text_at(given[0]).strip("\"'`").split())[:MAX_TITLE]
        if callee.type == "call_expression":
            self.visit(callee.child_by_field_name("arguments"))
        name = self.callee(root)
        self.add_call(("c", name, (), ()), "", self.text_at(root), self.place(node), self.scope)
        signature = self.collapsed_text(node.start_byte, given[0].end_byte) + ")"
        self.function(
            function, "test", title or "test", given[0], first=node, last=node, signature=signature,
            doc=self.doc_above(node), flags=("test",),
        )  # fmt: skip
        for one in given[1:]:
            if one is not function:
                self.visit(one)
        return True


__all__ = ["Reader", "first_named"]
