"""Types of Java, and their members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from remora.isg.expressions import children
from remora.isg.facts import Expr, Parameter
from remora.isg.languages.java.statements import Statements
from remora.isg.languages.java.values import method_name
from remora.isg.languages.walk import MAX_ITEMS

if TYPE_CHECKING:
    import tree_sitter

    from remora.isg.scope import Draft

VISIBILITY = ("public", "protected", "private")
TESTS = frozenset({"Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "TestTemplate", "Property"})
PARAMETERS = frozenset({"formal_parameter", "spread_parameter", "receiver_parameter"})
INIT = "<init>"


def giving(declared: Expr) -> Expr:
    """A method that the language adds without anybody writing it: there is no node, but what it gives is known."""
    return ("A", ("s", ("n", "(given)"), ("l", "tuple", (declared,))))


class Members(Statements):
    """Attributes: parts: (name, type, its text) of each component of a record, by the number of the record's scope."""

    parts: dict[int, list[tuple[str, Expr, str]]]

    # ---- types

    def class_declaration(self, node: tree_sitter.Node) -> Expr:
        name = node.child_by_field_name("name")
        if name is None:
            return None
        kind = {"interface_declaration": "interface", "annotation_type_declaration": "interface"}.get(node.type)
        kind = kind or ("enum" if node.type == "enum_declaration" else "class")
        text = self.text_at(name)
        number = self.klass(node, kind, text, body=node.child_by_field_name("body"), name_node=name)
        self.bind(text, ("d", number), node.start_point[0])
        return None

    def klass(
        self,
        node: tree_sitter.Node,
        kind: Any,
        name: str,
        *,
        body: tree_sitter.Node | None = None,
        base: Expr = None,
        name_node: tree_sitter.Node | None = None,
        last: tree_sitter.Node | None = None,
        **more: object,
    ) -> int:
        """A type's node, its bases and its members."""
        facets: dict[str, object] = {}
        words, decorators = self.modifiers(node, facets)
        flags = words - set(VISIBILITY)
        if node.type in ("record_declaration", "annotation_type_declaration"):
            flags.add(node.type.removesuffix("_declaration").removesuffix("_type"))
        number = self.add(
            kind, name, node, name_node, self.scope, last=last, signature=self.signature(node, body), facets=facets,
            doc=self.doc_above(node), flags=flags, visibility=self.visibility(words),
        )  # fmt: skip
        outside = self.scope
        draft = self.open_definition("class", number, node, body)
        generics = self.generics
        with self.inside(draft):
            self.visit_all(decorators)
            parameters = node.child_by_field_name("type_parameters")
            if parameters is not None:
                facets["generics"] = self.short(parameters)
                self.type_parameters(parameters)
            if base is not None:
                draft.bases.append(base)
            if base is not None and outside is not None:
                facets["bases"] = [self.short(name_node)]
            self.heritage(node, draft, facets)
            self.components(node, draft, facets)
            if body is not None:
                self.visit(body)
        self.generics = generics
        return number

    def heritage(self, node: tree_sitter.Node, draft: Draft, facets: dict[str, object]) -> None:
        shown: list[str] = []
        promised: list[Expr] = []
        for clause in node.named_children:
            if clause.type not in ("superclass", "super_interfaces", "extends_interfaces"):
                continue
            for one in children(clause):
                for base in children(one) if one.type == "type_list" else [one]:
                    expr = self.base_type(base)
                    shown.append(self.short(base))
                    if expr is not None:
                        draft.bases.append(expr)
                    if expr is not None and clause.type == "super_interfaces":
                        promised.append(expr)
        if shown:
            facets["bases"] = shown
        if promised:
            draft.extra["implements"] = tuple(promised)

    def components(self, node: tree_sitter.Node, draft: Draft, facets: dict[str, object]) -> None:
        """What a record consists of: fields."""
        holder = node.child_by_field_name("parameters") if node.type == "record_declaration" else None
        shown: list[dict[str, str]] = []
        for one in children(holder) if holder is not None else ():
            if one.type not in PARAMETERS:
                continue
            name, declared, facet = self.parameter_parts(one)
            if name is None:
                continue
            shown.append(facet)
            text, row = self.text_at(name), one.start_point[0]
            self.add("field", text, one, name, draft, visibility="private", facets={"type": facet.get("type", "")})
            draft.bind(text, ("A", declared) if declared is not None else None, row)
            if declared is not None:
                draft.bind(method_name(text), giving(declared), row, True)
            self.parts.setdefault(draft.number, []).append((text, declared, facet.get("type", "")))
        if shown:
            facets["parameters"] = shown

    def enum_body(self, node: tree_sitter.Node) -> Expr:
        own, row = ("d", self.scope.node), node.start_point[0]
        self.scope.bind(method_name("values"), giving(("s", ("n", "Array"), own)), row, True)
        self.scope.bind(method_name("valueOf"), giving(own), row, True)
        self.statements(node)
        return None

    def enum_constant(self, node: tree_sitter.Node) -> Expr:
        """A constant is an instance; one with a body is of a class of its own."""
        name = node.child_by_field_name("name")
        if name is None:
            return None
        owner = self.scope
        number = self.add("constant", self.text_at(name), node, name, owner, doc=self.doc_above(node))
        body = node.child_by_field_name("body")
        made: Expr = ("d", owner.node)
        if body is not None:
            inner = self.klass(node, "class", self.counted("class", owner), body=body, base=made, name_node=name)
            made = ("d", inner)
        arguments = self.arguments(node.child_by_field_name("arguments"))
        self.add_call(("c", made, arguments, ()), "new", self.nodes[owner.node].name, self.place(node), owner)
        owner.bind(self.nodes[number].name, ("A", made), node.start_point[0])
        return None

    # ---- members

    def modifiers(self, node: tree_sitter.Node, facets: dict[str, object]) -> tuple[set[str], list[tree_sitter.Node]]:
        """The words before a declaration, and its annotations."""
        holder = next((one for one in node.named_children if one.type == "modifiers"), None)
        if holder is None:
            return set(), []
        found = [one for one in holder.named_children if one.type.endswith("annotation")]
        if found:
            facets["decorators"] = [self.short(one) for one in found]
        return {one.type for one in holder.children if not one.is_named}, found

    def visibility(self, words: set[str]) -> str:
        named = next((word for word in VISIBILITY if word in words), None)
        if named is None and self.nodes[self.scope.node].kind == "interface":
            return "public"
        return named or "package"

    def signature(self, node: tree_sitter.Node, body: tree_sitter.Node | None) -> str:
        """The header without annotations."""
        start = node.start_byte
        for holder in node.named_children:
            if holder.type == "modifiers":
                annotated = [one for one in holder.children if one.type.endswith("annotation")]
                if annotated:
                    start = annotated[-1].end_byte
                break
        return self.collapsed_text(start, body.start_byte if body is not None else node.end_byte)

    def method(self, node: tree_sitter.Node) -> Expr:
        name = node.child_by_field_name("name")
        if name is not None:
            self.function(node, "method", self.text_at(name), name)
        return None

    def constructor(self, node: tree_sitter.Node) -> Expr:
        name = node.child_by_field_name("name")
        if name is not None:
            self.function(node, "constructor", self.text_at(name), name)
        return None

    def function(self, node: tree_sitter.Node, kind: Any, name: str, name_node: tree_sitter.Node | None) -> int:
        body = node.child_by_field_name("body")
        owner = self.scope
        facets: dict[str, object] = {}
        words, decorators = self.modifiers(node, facets)
        flags = words - set(VISIBILITY)
        in_interface = self.nodes[owner.node].kind == "interface"
        if in_interface and body is None and kind == "method":
            flags.add("abstract")
        if kind == "constructor":
            flags.add("constructor")
        if self.in_tests and kind == "method" and self.is_test_name(name):
            flags.add("test")
        if any(self.short(one.child_by_field_name("name")).rpartition(".")[2] in TESTS for one in decorators):
            flags.add("test")
        number = self.add(
            kind, name, node, name_node, owner, signature=self.signature(node, body), facets=facets,
            doc=self.doc_above(node), flags=flags, visibility=self.visibility(words),
        )  # fmt: skip
        draft = self.open_definition("function", number, node, body)
        row = node.start_point[0]
        generics = self.generics
        with self.inside(draft):
            if "static" not in flags and owner.kind == "class":
                draft.parameters.append(Parameter("this", "p", None, None))
                draft.bind("this", ("p", 0), row)
            self.visit_all(decorators)
            self.header(node, draft, facets)
            if node.type == "compact_constructor_declaration":
                self.compact(draft, owner, row)
            if body is not None:
                self.statements(body)
        self.generics = generics
        # Overloads are all of one name; which one is meant shows at the call.
        owner.bind(INIT if kind == "constructor" else method_name(name), ("d", number), row, True)
        return number

    def compact(self, draft: Draft, owner: Draft, row: int) -> None:
        """A record's constructor without parameters of its own takes the components."""
        components = self.parts.get(owner.number, [])
        for name, declared, _ in components:
            draft.bind(name, ("p", len(draft.parameters)), row)
            draft.parameters.append(Parameter(name, "p", None, declared))
        draft.extra["types"] = tuple(text.partition("<")[0] for _, _, text in components)

    def header(self, node: tree_sitter.Node, draft: Draft, facets: dict[str, object]) -> None:
        parameters = node.child_by_field_name("type_parameters")
        if parameters is not None:
            facets["generics"] = self.short(parameters)
            self.type_parameters(parameters)
        shown: list[dict[str, str]] = []
        holder = node.child_by_field_name("parameters")
        for one in children(holder)[:MAX_ITEMS] if holder is not None else ():
            self.parameter(one, draft, shown)
        if shown:
            facets["parameters"] = shown
            draft.extra["types"] = tuple(one.get("type", "").partition("<")[0] for one in shown)
        result = node.child_by_field_name("type")
        if result is not None and node.type != "lambda_expression":
            facets["returns"] = self.short(result)
            draft.result = self.type(result, "returns")
        for one in node.named_children:
            if one.type == "throws":
                facets["raises"] = [self.short(each) for each in children(one)]
                for each in children(one):
                    self.type(each)

    def parameter(self, node: tree_sitter.Node, draft: Draft, shown: list[dict[str, str]]) -> None:
        if node.type == "identifier":  # of a lambda
            name, declared, facet = node, None, {"name": self.text_at(node)}
        elif node.type in PARAMETERS:
            name, declared, facet = self.parameter_parts(node)
        else:
            return
        if name is None or node.type == "receiver_parameter":
            return
        self.annotations(node)
        shown.append(facet)
        text, rest = self.text_at(name), node.type == "spread_parameter"
        given: Expr = ("p", len(draft.parameters))
        if rest and declared is not None:
            given = ("o", (given, ("A", ("s", ("n", "Array"), declared))))
        draft.bind(text, given, node.start_point[0])
        draft.parameters.append(Parameter(text, "*" if rest else "p", None, declared))

    def parameter_parts(self, node: tree_sitter.Node) -> tuple[tree_sitter.Node | None, Expr, dict[str, str]]:
        """Name, type and facet of a parameter."""
        name, type_node = node.child_by_field_name("name"), node.child_by_field_name("type")
        if node.type == "spread_parameter":
            parts = [one for one in children(node) if one.type != "modifiers"]
            type_node = parts[0] if parts else None
            name = parts[-1].child_by_field_name("name") if parts else None
        declared = self.type(type_node)
        return name, declared, {"name": self.text_at(name), "type": self.short(type_node)}

    def field(self, node: tree_sitter.Node) -> Expr:
        facets: dict[str, object] = {}
        words, decorators = self.modifiers(node, facets)
        owner = self.scope
        self.visit_all(decorators)
        type_node = node.child_by_field_name("type")
        declared = self.type(type_node)
        facets["type"] = self.short(type_node)
        constant = node.type == "constant_declaration" or {"static", "final"} <= words
        found = node.children_by_field_name("declarator")
        doc = self.doc_above(node)
        for one in found:
            name = one.child_by_field_name("name")
            if name is None:
                continue
            text = self.text_at(name)
            alone = len(found) == 1
            start = node.start_byte if alone else one.start_byte
            self.add(
                "constant" if constant else "field", text, one, name, owner, first=node if alone else one,
                last=node if alone else one, signature=self.collapsed_text(start, name.end_byte), facets=dict(facets),
                doc=doc, flags=words - set(VISIBILITY), visibility=self.visibility(words),
            )  # fmt: skip
            owner.bind(text, self.declared(declared, one.child_by_field_name("value"), one), node.start_point[0])
        return None

    def lambda_value(self, node: tree_sitter.Node) -> Expr:
        body = node.child_by_field_name("body")
        facets: dict[str, object] = {}
        number = self.add(
            "lambda", self.counted("lambda", self.scope), node, None, self.scope, facets=facets,
            signature=self.collapsed_text(node.start_byte, body.start_byte if body is not None else node.end_byte),
        )  # fmt: skip
        draft = self.open_definition("function", number, node, body)
        with self.inside(draft):
            single = node.child_by_field_name("parameters")
            if single is not None and single.type == "identifier":
                self.parameter(single, draft, [])
            else:
                self.header(node, draft, facets)
            if body is not None and body.type == "block":
                self.statements(body)
            elif body is not None:
                self.returns(self.visit(body))
        return ("d", number)
