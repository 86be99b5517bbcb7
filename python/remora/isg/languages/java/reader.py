"""The reader of Java: packages, imports, and which method reads which syntax."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from remora.isg.expressions import children
from remora.isg.facts import Expr, ImportFact
from remora.isg.languages.java.members import Members
from remora.isg.languages.java.values import method_name

if TYPE_CHECKING:
    import tree_sitter


class Reader(Members):
    handlers: ClassVar[dict[str, str]] = {
        "identifier": "identifier",
        "this": "this",
        "super": "super_value",
        "field_access": "field_access",
        "array_access": "item",
        "method_invocation": "call",
        "object_creation_expression": "new",
        "explicit_constructor_invocation": "explicit_constructor",
        "method_reference": "method_reference",
        "lambda_expression": "lambda_value",
        "parenthesized_expression": "same",
        "cast_expression": "cast",
        "ternary_expression": "conditional",
        "binary_expression": "binary",
        "unary_expression": "unary",
        "instanceof_expression": "instance_of",
        "type_pattern": "type_pattern",
        "record_pattern_component": "type_pattern",
        "record_pattern": "record_pattern",
        "update_expression": "updated",
        "string_literal": "string",
        "character_literal": "literal",
        "true": "literal",
        "false": "literal",
        "null_literal": "ignore",
        "decimal_integer_literal": "literal",
        "decimal_floating_point_literal": "literal",
        "hex_integer_literal": "literal",
        "class_literal": "class_literal",
        "array_initializer": "array",
        "array_creation_expression": "array_creation",
        "assignment_expression": "assignment",
        "local_variable_declaration": "local_variables",
        "annotation": "annotation",
        "marker_annotation": "annotation",
        "element_value_pair": "element_value",
        "block": "block_statement",
        "constructor_body": "statements",
        "switch_expression": "switch",
        "if_statement": "conditionally",
        "while_statement": "conditionally",
        "for_statement": "scoped",
        "enhanced_for_statement": "loop_over",
        "try_with_resources_statement": "scoped",
        "resource": "resource",
        "catch_clause": "scoped",
        "catch_formal_parameter": "caught",
        "return_statement": "returned",
        "yield_statement": "yielded",
        "throw_statement": "thrown",
        "labeled_statement": "labeled",
        "break_statement": "ignore",
        "continue_statement": "ignore",
        "package_declaration": "package",
        "import_declaration": "import_declaration",
        "module_declaration": "ignore",
        "class_declaration": "class_declaration",
        "record_declaration": "class_declaration",
        "interface_declaration": "class_declaration",
        "enum_declaration": "class_declaration",
        "annotation_type_declaration": "class_declaration",
        "class_body": "statements",
        "interface_body": "statements",
        "annotation_type_body": "statements",
        "enum_body": "enum_body",
        "enum_body_declarations": "statements",
        "enum_constant": "enum_constant",
        "method_declaration": "method",
        "annotation_type_element_declaration": "method",
        "constructor_declaration": "constructor",
        "compact_constructor_declaration": "constructor",
        "field_declaration": "field",
        "constant_declaration": "field",
        "static_initializer": "same",
        "generic_type": "type_node",
        "type_identifier": "type_node",
        "scoped_type_identifier": "type_node",
        "type_arguments": "type_node",
        "line_comment": "ignore",
        "block_comment": "ignore",
        "ERROR": "same",
    }

    def __init__(self, path: str, text: str, repo: str, language: Any) -> None:
        super().__init__(path, text, repo, language)
        self.generics = {}
        self.given = []
        self.parts = {}

    # ---- the file

    def package(self, node: tree_sitter.Node) -> Expr:
        name = next((one for one in children(node) if "identifier" in one.type), None)
        self.data["package"] = "".join(self.text_at(name).split())
        return None

    def import_declaration(self, node: tree_sitter.Node) -> Expr:
        """`import a.B;` takes B from a; `import static a.B.c;` takes c from a.B; a star takes everything."""
        parts = children(node)
        name = "".join(self.text_at(parts[0]).split()) if parts else ""
        if not name:
            return None
        if any(one.type == "asterisk" for one in parts):
            self.imports.append(ImportFact(0, name, "*", "", "", self.place(node)))
            return None
        module, _, last = name.rpartition(".")
        static = any(child.type == "static" for child in node.children)
        self.imports.append(ImportFact(0, module, last, last, "", self.place(node)))
        for each in (last, method_name(last)) if static else (last,):
            self.module.bind(each, ("I", len(self.imports) - 1), node.start_point[0], static)
        return None

    def finish(self) -> None:
        super().finish()
        self.prefer_methods()

    def labeled(self, node: tree_sitter.Node) -> Expr:
        self.visit_all(children(node)[1:])
        return None
