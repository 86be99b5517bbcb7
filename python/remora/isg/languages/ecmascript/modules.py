"""Imports and exports: ES modules, CommonJS and TypeScript's `import … = require(…)`.

What `module.exports` or `export =` is goes by the name "export=" among the exports; `require(…)` takes that name, a
default import "default", a namespace import "" and a star "*".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.facts import Expr, ImportFact
from remora.isg.languages.ecmascript.calls import EXPORTS
from remora.isg.languages.ecmascript.definitions import Definitions
from remora.isg.languages.ecmascript.types import first_named
from remora.isg.languages.ecmascript.values import CLASSES, FUNCTIONS

if TYPE_CHECKING:
    import tree_sitter

    from remora.isg.scope import Draft

WHOLE = "export="


class Modules(Definitions):
    # ---- imports

    def imported(self, module: str, name: str, alias: str, node: tree_sitter.Node) -> Expr:
        """Note one imported name; the expression is what it stands for."""
        self.imports.append(ImportFact(self.scope.number, module, name, alias, "", self.place(node)))
        return ("I", len(self.imports) - 1)

    def bind_import(self, module: str, name: str, alias: tree_sitter.Node | None, node: tree_sitter.Node) -> None:
        text = self.text_at(alias)
        self.scope.bind(text, self.imported(module, name, text, node), node.start_point[0])

    def import_statement(self, node: tree_sitter.Node) -> Expr:
        source = node.child_by_field_name("source")
        clause = first_named(node)
        if clause is not None and clause.type == "import_require_clause":
            source = clause.child_by_field_name("source")
            self.bind_import(self.key_text(source), WHOLE, first_named(clause), node)
            return None
        module = self.key_text(source)
        if clause is None or clause.type != "import_clause":
            self.imported(module, "", "", node)
            return None
        for part in clause.named_children:
            if part.type == "identifier":
                self.bind_import(module, "default", part, node)
            elif part.type == "namespace_import":
                self.bind_import(module, "", first_named(part), node)
            elif part.type == "named_imports":
                self.named_imports(part, module, node)
        return None

    def named_imports(self, clause: tree_sitter.Node, module: str, node: tree_sitter.Node) -> None:
        if clause.named_child_count == 0:
            self.imported(module, "", "", node)
        for one in clause.named_children:
            name = one.child_by_field_name("name")
            if one.type == "import_specifier" and name is not None:
                self.bind_import(module, self.key_text(name), one.child_by_field_name("alias") or name, node)

    def import_alias(self, node: tree_sitter.Node) -> Expr:
        """`import A = N.B`"""
        parts = node.named_children
        if len(parts) == 2:
            expr = self.qualified(parts[1])
            self.scope.bind(self.text_at(parts[0]), expr, node.start_point[0])
        return None

    def call_of_module(self, node: tree_sitter.Node, callee: tree_sitter.Node) -> tuple[Expr] | None:
        """`require("…")` and `import("…")`; None for any other call."""
        what = callee.type
        if what != "import" and not (what == "identifier" and self.text_at(callee) == "require"):
            return None
        arguments = node.child_by_field_name("arguments")
        given = first_named(arguments) if arguments is not None else None
        if given is None or given.type != "string":
            if what == "import":
                self.visit(arguments)
                return (None,)
            return None
        module = self.key_text(given)
        # Where it stands in another expression, a name for it that no program has: what is kept of an expression
        # names imports and does not count them.
        plain = node.parent is not None and node.parent.type in ("variable_declarator", "expression_statement")
        alias = "" if plain else f"<{what} {module}>"
        expr = self.imported(module, "" if what == "import" else WHOLE, alias, node)
        if alias:
            self.scope.bind(alias, expr, node.start_point[0])
        return (expr,)

    def call_of_define(self, node: tree_sitter.Node, callee: tree_sitter.Node) -> bool:
        """`define(["./a"], function (a) { … })`: the function is called with the modules and gives the exports."""
        arguments = node.child_by_field_name("arguments")
        given = [one for one in arguments.named_children if one.type != "comment"] if arguments is not None else []
        if not given or given[-1].type not in FUNCTIONS or self.scope is not self.module:
            return False
        names = next((one.named_children for one in given[:-1] if one.type == "array"), [])
        modules = [self.imported(self.key_text(one), WHOLE, "", node) for one in names if one.type == "string"]
        expr = ("c", self.visit(given[-1]), tuple(modules), ())
        self.add_call(expr, "", "define", self.place(node), self.scope)
        self.seen_exports.setdefault(WHOLE, expr)
        return True

    # ---- exports

    def export(self, name: str, expr: Expr, row: int) -> None:
        """Note what importers see under a name; the first one of a name counts for a module."""
        if self.namespace is not None:
            bound = self.scope.names.get(name)
            self.namespace.bind(name, bound[-1].expr if bound else expr, row, name in self.namespace.names)
        else:
            self.seen_exports.setdefault(name, expr)

    def export_statement(self, node: tree_sitter.Node) -> Expr:
        source = node.child_by_field_name("source")
        declaration, value = node.child_by_field_name("declaration"), node.child_by_field_name("value")
        row = node.start_point[0]
        if source is not None:
            self.re_export(node, self.key_text(source))
        elif declaration is not None:
            is_default = any(child.type == "default" for child in node.children)
            self.outer = node
            expr = self.visit(declaration)
            self.outer = None
            for name in self.declared_names(declaration):
                self.export(name, ("n", name), row)
                if is_default:
                    self.export("default", ("n", name), row)
            if is_default and expr is not None and declaration.child_by_field_name("name") is None:
                self.export("default", expr, row)
        elif value is not None:
            self.export("default", self.default_value(node, value), row)
        else:
            self.other_export(node, row)
        return None

    def default_value(self, node: tree_sitter.Node, value: tree_sitter.Node) -> Expr:
        """A default export without a name of its own is named "default"."""
        if value.type in FUNCTIONS:
            name = value.child_by_field_name("name")
            text = self.text_at(name) if name is not None else "default"
            body = value.child_by_field_name("body")
            signature = self.collapsed_text(node.start_byte, body.start_byte if body is not None else node.end_byte)
            number = self.function(
                value, "function", text, name or value.children[0], first=node, last=node,
                signature=signature.removesuffix("=>").rstrip(), doc=self.doc_above(node),
            )  # fmt: skip
        elif value.type in CLASSES:
            name = value.child_by_field_name("name")
            number = self.klass(
                value, self.text_at(name) if name is not None else "default", name, first=node, last=node
            )
        else:
            return self.visit(value)
        made = self.nodes[number]
        if made.name != "default":
            self.scope.bind(made.name, ("d", number), node.start_point[0])
        return ("d", number)

    def declared_names(self, declaration: tree_sitter.Node) -> list[str]:
        """Names that a declaration binds."""
        if declaration.type in ("lexical_declaration", "variable_declaration"):
            found: list[str] = []
            for one in declaration.named_children:
                if one.type == "variable_declarator" and (name := one.child_by_field_name("name")) is not None:
                    found += self.pattern_names(name)
            return found
        if declaration.type == "ambient_declaration":
            inner = first_named(declaration)
            return self.declared_names(inner) if inner is not None else []
        name = declaration.child_by_field_name("name")
        text = self.text_at(name).split(".")[0]
        return [text] if text and name is not None and name.type != "string" else []

    def pattern_names(self, pattern: tree_sitter.Node) -> list[str]:
        found: list[str] = []
        waiting = [pattern]
        while waiting:
            one = waiting.pop()
            if one.type in ("identifier", "shorthand_property_identifier_pattern"):
                found.append(self.text_at(one))
            elif one.type == "pair_pattern":
                waiting += [child for child in (one.child_by_field_name("value"),) if child is not None]
            elif one.type in ("assignment_pattern", "object_assignment_pattern"):
                waiting += [child for child in (one.child_by_field_name("left"),) if child is not None]
            elif one.type in ("object_pattern", "array_pattern", "rest_pattern"):
                waiting.extend(reversed(one.named_children))
        return found

    def re_export(self, node: tree_sitter.Node, module: str) -> None:
        row = node.start_point[0]
        clause = next((child for child in node.named_children if child.type == "export_clause"), None)
        whole = next((child for child in node.named_children if child.type == "namespace_export"), None)
        if whole is not None:
            self.export(self.key_text(first_named(whole)), self.imported(module, "", "", node), row)
        elif clause is not None:
            for one in clause.named_children:
                name = one.child_by_field_name("name")
                alias = one.child_by_field_name("alias") or name
                if one.type == "export_specifier":
                    self.export(self.key_text(alias), self.imported(module, self.key_text(name), "", node), row)
        else:
            self.stars += 1
            self.export(f"*{self.stars}", self.imported(module, "*", "", node), row)

    def other_export(self, node: tree_sitter.Node, row: int) -> None:
        """`export { a as b }` and `export = x`"""
        for child in node.named_children:
            if child.type == "export_clause":
                for one in child.named_children:
                    name = one.child_by_field_name("name")
                    alias = one.child_by_field_name("alias") or name
                    if one.type == "export_specifier":
                        self.export(self.key_text(alias), ("n", self.text_at(name)), row)
            elif child.type != "comment":
                self.export(WHOLE, self.visit(child), row)

    def export_of_module(self, target: Expr, node: tree_sitter.Node, right: tree_sitter.Node) -> bool:
        """`module.exports = …`, `exports.a = …` and `module.exports.a = …`; False for any other assignment."""
        if target is None or self.namespace is not None:
            return False
        row = node.start_point[0]
        if target == EXPORTS:
            while right.type == "assignment_expression" and (inner := right.child_by_field_name("right")) is not None:
                self.visit(right.child_by_field_name("left"))
                right = inner
            expr = self.whole_export(node, right)
            self.seen_exports[WHOLE] = expr
            return True
        if target[0] != "a" or target[1] != EXPORTS:
            return False
        left = node.child_by_field_name("left")
        name = left.child_by_field_name("property") if left is not None else None
        if name is None:
            return False
        expr = self.named_value(right, target[2], name, self.scope, first=node)
        if expr is not None and expr[0] == "d":
            self.scope.bind(target[2], expr, row, target[2] in self.scope.names)
        self.seen_exports[target[2]] = expr
        return True

    def whole_export(self, node: tree_sitter.Node, right: tree_sitter.Node) -> Expr:
        if right.type == "object":
            expr = self.object_of(right, self.scope, EXPORTS)
            for key, value in expr[1] if expr is not None else ():
                if key is not None and key[0] == "k" and key[2]:
                    self.seen_exports[f"{key[2]}=" if value[0] == "set" else key[2]] = value
            return expr
        name = right.child_by_field_name("name")
        if right.type in FUNCTIONS | CLASSES and name is not None:
            expr = self.named_value(right, self.text_at(name), name, self.scope, first=node)
            self.scope.bind(self.text_at(name), expr, node.start_point[0], self.text_at(name) in self.scope.names)
            return expr
        return self.visit(right)

    seen_exports: dict[str, Expr]
    stars: int

    # ---- named by what they are assigned to

    def named_value(
        self,
        node: tree_sitter.Node,
        name: str,
        name_node: tree_sitter.Node,
        holder: Draft,
        first: tree_sitter.Node | None = None,
        this: Expr = None,
    ) -> Expr:
        """The value of an assignment or a property: a function or a class takes its name from there."""
        if node.type in FUNCTIONS:
            kind = "method" if holder.kind in ("class", "object") else "function"
            start = first or name_node
            body = node.child_by_field_name("body")
            signature = self.collapsed_text(start.start_byte, body.start_byte if body is not None else node.end_byte)
            number = self.function(
                node, kind, name, name_node, holder=holder, this=this, first=start, last=node, doc=self.doc_above(start),
                signature=signature.removesuffix("=>").rstrip(),
            )  # fmt: skip
            return ("d", number)
        if node.type in CLASSES:
            return ("d", self.klass(node, name, name_node, holder, first=first or name_node, last=node))
        return self.visit(node)

    def property_value(self, pair: tree_sitter.Node, key: tree_sitter.Node | None, holder: Draft, this: Expr) -> Expr:
        """The value of a member of an object literal."""
        name = self.key_text(key)
        if pair.type == "method_definition":
            words = {child.type for child in pair.children}
            kind = "property" if words & {"get", "set"} else "method"
            number = self.function(
                pair, kind, name or self.counted("lambda", holder), key, holder=holder, this=this,
                doc=self.doc_above(pair),
            )  # fmt: skip
            if kind == "property":  # reading it gives what its function returns
                return ("set", ("d", number)) if "set" in words else ("c", ("d", number), (), ())
            return ("d", number)
        value = pair.child_by_field_name("value")
        if value is None:
            return None
        if value.type in FUNCTIONS and name and key is not None:
            body = value.child_by_field_name("body")
            signature = self.collapsed_text(key.start_byte, body.start_byte if body is not None else value.end_byte)
            number = self.function(
                value, "method", name, key, holder=holder, this=this, first=pair, last=pair,
                signature=signature.removesuffix("=>").rstrip(), doc=self.doc_above(pair),
            )  # fmt: skip
            return ("d", number)
        if value.type == "object" and name and key is not None and holder.kind in ("object", "class"):
            inner = self.holder(holder.node)
            inner.qualname = f"{holder.qualname}.{name}"
            return self.object_of(value, inner, ("a", this, name) if this is not None else None)
        return self.visit(value)

    def signature_of_member(self, name: tree_sitter.Node, function: tree_sitter.Node) -> str:
        """`Name.prototype.method = function (a)`"""
        whole, body = name.parent or name, function.child_by_field_name("body")
        end = body.start_byte if body is not None else function.end_byte
        return self.collapsed_text(whole.start_byte, end).removesuffix("=>").rstrip()

    def method_of_prototype(self, draft: Draft, right: tree_sitter.Node, name: tree_sitter.Node) -> Expr:
        """`Name.prototype.method = function …` defines a method of the class that the function makes."""
        text = self.text_at(name)
        if right.type not in FUNCTIONS:
            expr = self.visit(right)
        else:
            number = self.function(
                right,
                "method",
                text,
                name,
                holder=draft,
                around=draft,
                first=name,
                last=right,
                signature=self.signature_of_member(name, right),
                doc=self.doc_above(name),
            )
            expr = ("d", number)
        if text != "constructor":  # `Name.prototype.constructor = Name` is how it is anyway
            draft.bind(text, expr, name.start_point[0])
        return expr
