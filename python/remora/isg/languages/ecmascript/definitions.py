"""Classes, interfaces, enums, namespaces and type aliases of JavaScript and TypeScript."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from remora.isg.facts import Expr
from remora.isg.languages.ecmascript.functions import FLAGS
from remora.isg.languages.ecmascript.types import first_named
from remora.isg.languages.ecmascript.values import FUNCTIONS
from remora.isg.languages.ecmascript.variables import Variables

if TYPE_CHECKING:
    import tree_sitter

    from remora.isg.scope import Draft

FIELDS = frozenset({"field_definition", "public_field_definition", "property_signature"})
METHODS = frozenset({"method_definition", "method_signature", "abstract_method_signature"})


class Definitions(Variables):
    """Attributes: see the classes below it."""

    # ---- classes

    def class_declaration(self, node: tree_sitter.Node) -> Expr:
        name = node.child_by_field_name("name")
        if name is None:
            return None
        number = self.klass(node, self.text_at(name), name, first=self.take_outer(node))
        self.bind(self.text_at(name), ("d", number), node.start_point[0])
        return ("d", number)

    def class_value(self, node: tree_sitter.Node) -> Expr:
        name = node.child_by_field_name("name")
        text = self.text_at(name) if name is not None else self.counted("class", self.scope)
        return ("d", self.klass(node, text, name))

    def klass(
        self,
        node: tree_sitter.Node,
        name: str,
        name_node: tree_sitter.Node | None,
        holder: Draft | None = None,
        first: tree_sitter.Node | None = None,
        **more: Any,
    ) -> int:
        body = node.child_by_field_name("body")
        facets: dict[str, object] = {}
        decorators = [child for child in node.children if child.type == "decorator"]
        if first is not None:
            decorators = [child for child in first.children if child.type == "decorator"] + decorators
        flags = {FLAGS[child.type] for child in node.children if child.type in FLAGS}
        doc = self.doc_above(first or node)
        header = name_node or next((one for one in node.children if one.type == "class"), node)
        signature = self.header_text(node, decorators, body)
        number = self.add(
            "class", name, node, header, holder or self.scope, first=first, body=body, signature=signature,
            facets=facets, doc=doc, flags=flags, **more,
        )  # fmt: skip
        own = node.child_by_field_name("name") if node.type == "class" else None
        around = self.block(node) if own is not None else None
        if own is not None and around is not None:  # the name of a class expression is seen inside it alone
            around.bind(self.text_at(own), ("d", number), node.start_point[0])
        draft = self.open_definition("class", number, node, body, around)
        if name in self.constructed:
            self.prototypes.setdefault(name, draft)
        self.decorate(decorators, number, facets)
        generics = self.generics
        self.heritage(node, draft, facets)
        if body is not None:
            with self.inside(draft):
                self.members(body, draft)
        self.generics = generics
        return number

    def header_text(
        self, node: tree_sitter.Node, decorators: list[tree_sitter.Node], body: tree_sitter.Node | None
    ) -> str:
        inner = [one.end_byte for one in decorators if one.start_byte >= node.start_byte]
        end = body.start_byte if body is not None else node.end_byte
        return self.collapsed_text(max(inner, default=node.start_byte), end)

    def decorate(self, decorators: list[tree_sitter.Node], number: int, facets: dict[str, object]) -> None:
        """Applying a decorator calls it, in the scope that holds the definition."""
        if decorators:
            facets["decorators"] = [self.short(one) for one in decorators]
        for one in decorators:
            inner = first_named(one)
            if inner is not None:
                callee = self.callee(inner)
                place = self.place(one)
                self.add_call(("c", callee, (("d", number),), ()), "decorator", self.text_at(inner), place, self.scope)

    def heritage(self, node: tree_sitter.Node, draft: Draft, facets: dict[str, object]) -> None:
        """Type parameters and bases; what a class says it implements counts as a base."""
        generics = node.child_by_field_name("type_parameters")
        shown: list[str] = []
        promised: list[Expr] = []
        outside, self.scope = self.scope, draft
        if generics is not None:
            facets["generics"] = self.short(generics)
            self.type_parameters(generics)
        for child in node.named_children:
            if child.type in ("class_heritage", "extends_type_clause", "extends_clause"):
                for base, expr, promise in self.bases(child, outside):
                    if expr is not None:
                        draft.bases.append(expr)
                    if expr is not None and promise:
                        promised.append(expr)
                    shown.append(self.short(base))
        self.scope = outside
        if shown:
            facets["bases"] = shown
        if promised:
            draft.extra["implements"] = tuple(promised)

    def bases(self, clause: tree_sitter.Node, outside: Draft) -> list[tuple[tree_sitter.Node, Expr, bool]]:
        """(syntax, expression, whether it is only promised) of each base."""
        found: list[tuple[tree_sitter.Node, Expr, bool]] = []
        for child in clause.named_children:
            if child.type == "extends_clause":
                found += self.bases(child, outside)
            elif child.type == "implements_clause":
                found += [(one, self.base_type(one), True) for one in child.named_children if one.type != "comment"]
            elif child.type == "type_arguments":
                self.type_of(child, "type")
            elif clause.type == "extends_type_clause":
                found.append((child, self.base_type(child), False))
            elif child.type != "comment":
                inside, self.scope = self.scope, outside
                found.append((child, self.callee(child), False))
                self.scope = inside
        return found

    def base_type(self, node: tree_sitter.Node) -> Expr:
        expr = self.type(node, "")
        return expr[1] if expr is not None and expr[0] == "s" else expr

    def members(self, body: tree_sitter.Node, draft: Draft) -> None:
        """What stands in the body of a class or an interface."""
        docs: list[tree_sitter.Node] = []
        decorators: list[tree_sitter.Node] = []
        for child in body.named_children:
            kind = child.type
            if kind == "comment":
                docs.append(child)
                continue
            if kind == "decorator":
                decorators.append(child)
                continue
            self.docs = docs
            own = [one for one in child.named_children if one.type == "decorator"]
            if kind in METHODS:
                self.method(child, draft, decorators + own)
            elif kind in FIELDS:
                self.field(child, draft, decorators + own)
            elif kind == "class_static_block":
                self.in_static_block = True
                self.visit(child.child_by_field_name("body"))
                self.in_static_block = False
            else:
                self.signature_member(child)
            docs, decorators = [], []

    def signature_member(self, node: tree_sitter.Node) -> None:
        """What an interface says of calls and subscripts: only its types count."""
        self.other_type(node)
        if node.type == "call_signature":
            self.scope.extra.setdefault("call", self.parameter_types(node.child_by_field_name("parameters")))

    def method(
        self, node: tree_sitter.Node, draft: Draft, decorators: list[tree_sitter.Node], holder: Draft | None = None
    ) -> None:
        name_node = node.child_by_field_name("name")
        name = self.key_text(name_node)
        if name_node is not None and name_node.type == "computed_property_name":
            self.visit(first_named(name_node))
        if name_node is None or (node.type == "method_signature" and self.is_overload(node, name_node)):
            return
        words = {child.type for child in node.children}
        kind = "constructor" if name == "constructor" else "property" if words & {"get", "set"} else "method"
        first = decorators[0] if decorators else None
        facets: dict[str, object] = {}
        flags = ("abstract",) if node.type == "abstract_method_signature" else ()
        number = self.function(
            node, kind, name or self.counted("lambda", draft), name_node, holder=draft, around=draft, flags=flags,
            first=first, facets=facets, visibility=self.visibility(node, name), doc=self.doc_above(first or node),
            signature=self.header_text(node, decorators, node.child_by_field_name("body")),
        )  # fmt: skip
        with self.inside(draft):
            self.decorate(decorators, number, facets)
        if name:  # a setter's name ends in "="
            draft.bind(f"{name}=" if "set" in words else name, ("d", number), node.start_point[0])

    def visibility(self, node: tree_sitter.Node, name: str) -> str:
        if name.startswith("#"):
            return "private"
        modifier = next((child for child in node.children if child.type == "accessibility_modifier"), None)
        return self.text_at(modifier) if modifier is not None else "public"

    def field(self, node: tree_sitter.Node, draft: Draft, decorators: list[tree_sitter.Node]) -> None:
        name_node = node.child_by_field_name("name") or node.child_by_field_name("property")
        name = self.key_text(name_node)
        value = node.child_by_field_name("value")
        if not name or name_node is None:
            self.visit(value)
            return
        first = decorators[0] if decorators else node
        flags = {FLAGS[child.type] for child in node.children if child.type in FLAGS}
        facets: dict[str, object] = {}
        more: dict[str, Any] = {
            "first": first, "last": node, "visibility": self.visibility(node, name), "facets": facets,
            "doc": self.doc_above(first), "flags": tuple(flags),
        }  # fmt: skip
        if value is not None and value.type in FUNCTIONS:
            signature = (
                self.header_text(node, decorators, value.child_by_field_name("body")).removesuffix("=>").rstrip()
            )
            number = self.function(
                value, "method", name, name_node, holder=draft, around=draft, signature=signature, **more
            )
            expr: Expr = ("d", number)
        else:
            declared = node.child_by_field_name("type")
            if declared is not None:
                facets["type"] = self.short(declared).removeprefix(":").strip()
            number = self.add("field", name, node, name_node, draft, **more)
            self.in_static_block = "static" in flags
            type_ = self.type(declared)
            if value is not None and value.type == "object":
                expr = self.object_of(value, self.holder(number), None)
            else:
                expr = self.declared(type_, value)
            self.in_static_block = False
        self.decorate(decorators, number, facets)
        if expr is not None:
            draft.bind(name, expr, node.start_point[0])

    # ---- types

    def interface(self, node: tree_sitter.Node) -> Expr:
        name = node.child_by_field_name("name")
        body = node.child_by_field_name("body")
        if name is None:
            return None
        first = self.take_outer(node)
        facets: dict[str, object] = {}
        number = self.add(
            "interface", self.text_at(name), node, name, self.scope, first=first, body=body, facets=facets,
            doc=self.doc_above(first or node),
        )  # fmt: skip
        draft = self.open_definition("class", number, node, body)
        generics = self.generics
        self.heritage(node, draft, facets)
        if body is not None:
            with self.inside(draft):
                self.members(body, draft)
        self.generics = generics
        self.bind_again(self.text_at(name), number, node)
        return None

    def bind_again(self, name: str, number: int, node: tree_sitter.Node) -> None:
        """Bind a declaration that may be one of several of its name, which are merged."""
        self.scope.bind(name, ("d", number), node.start_point[0], self.branch > 0 or name in self.scope.names)

    def type_alias(self, node: tree_sitter.Node) -> Expr:
        """A name for a type has the members of that type."""
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is None:
            return None
        first = self.take_outer(node)
        facets: dict[str, object] = {}
        number = self.add(
            "type", self.text_at(name), node, name, self.scope, first=first, facets=facets,
            doc=self.doc_above(first or node),
        )  # fmt: skip
        draft = self.open_definition("class", number, node, value)
        generics = self.generics
        with self.inside(draft):
            parameters = node.child_by_field_name("type_parameters")
            if parameters is not None:
                facets["generics"] = self.short(parameters)
                self.type_parameters(parameters)
            if value is not None and value.type == "object_type":
                self.members(value, draft)
            elif value is not None and value.type == "function_type":
                self.type(value)
                draft.extra["call"] = self.parameter_types(value.child_by_field_name("parameters"))
            else:
                expr = self.type(value)
                if expr is not None:
                    draft.bases += [one for one in (expr[1] if expr[0] == "o" else (expr,)) if one and one[0] in "na"]
        self.generics = generics
        self.bind_again(self.text_at(name), number, node)
        return None

    def enum(self, node: tree_sitter.Node) -> Expr:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        if name is None:
            return None
        first = self.take_outer(node)
        number = self.add(
            "enum",
            self.text_at(name),
            node,
            name,
            self.scope,
            first=first,
            body=body,
            doc=self.doc_above(first or node),
        )
        draft = self.open_definition("class", number, node, body)
        with self.inside(draft):
            for child in body.named_children if body is not None else ():
                key = child.child_by_field_name("name") if child.type == "enum_assignment" else child
                text = self.key_text(key)
                if not text or child.type == "comment":
                    continue
                self.add("constant", text, child, key, draft)
                draft.bind(text, ("A", ("d", number)), child.start_point[0])
                if child.type == "enum_assignment":
                    self.visit(child.child_by_field_name("value"))
        self.bind_again(self.text_at(name), number, node)
        return None

    def namespace_declaration(self, node: tree_sitter.Node) -> Expr:
        """A namespace: its body sees all its names, others see those that it exports."""
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        if name is None:
            return None
        first = self.take_outer(node)
        doc = self.doc_above(first or node)
        scope, outer = self.scope, self.namespace
        for part in [self.text_at(name)] if name.type == "string" else self.text_at(name).split("."):
            number = self.add("module", part, node, name, self.scope, first=first, body=body, doc=doc)
            if self.namespace is not None:
                self.namespace.bind(part, ("d", number), node.start_point[0])
            self.bind_again(part, number, node)
            self.namespace = self.open_definition("class", number, node, body)
            self.scope = self.open_scope(
                "block", number, node.start_byte, node.end_byte, node.start_byte, self.namespace
            )
        if body is not None:
            self.statements(body)
        self.scope, self.namespace = scope, outer
        return None
