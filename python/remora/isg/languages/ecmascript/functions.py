"""Functions of JavaScript and TypeScript: their nodes, parameters and results."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from remora.isg.facts import Expr, Parameter
from remora.isg.languages.ecmascript import jsdoc
from remora.isg.languages.ecmascript.patterns import Patterns
from remora.isg.languages.ecmascript.types import first_named
from remora.isg.languages.walk import MAX_ITEMS
from remora.isg.values import Kind

if TYPE_CHECKING:
    import tree_sitter

    from remora.isg.scope import Draft

FLAGS = {
    "async": "async",
    "*": "generator",
    "static": "static",
    "abstract": "abstract",
    "override_modifier": "override",
    "readonly": "readonly",
    "get": "property",
    "set": "property",
}
GENERATORS = frozenset({"generator_function", "generator_function_declaration"})
SETS_THIS = re.compile(rb"\bthis\.[\w$]+\s*=[^=]")


class Functions(Patterns):
    """Attributes:
    outer: a statement around the next definition (`export …`, `declare …`) that its span begins with.
    documented: types of the parameters at hand that the comment above gives.
    thrown_here: what the `try` around throws by itself; `caught`: the same for its handler.
    """

    outer: tree_sitter.Node | None
    documented: dict[str, Expr]
    thrown_here: list[Expr]
    caught: Expr

    def function_value(self, node: tree_sitter.Node, this: Expr = None) -> Expr:
        """A function that is not bound to a name by what stands around it."""
        name = node.child_by_field_name("name")
        if name is None:
            number = self.function(node, "lambda", self.counted("lambda", self.scope), None, this=this)
        else:
            number = self.function(node, "function", self.text_at(name), name, this=this)
        return ("d", number)

    def function_declaration(self, node: tree_sitter.Node) -> Expr:
        name = node.child_by_field_name("name")
        if name is None:
            return None
        text = self.text_at(name)
        outer = self.take_outer(node)
        if self.constructs(text, node):
            number = self.constructor_function(node, name, outer)
        else:
            number = self.function(node, "function", text, name, first=outer, doc=self.doc_above(outer or node))
        self.bind(text, ("d", number), node.start_point[0])
        return ("d", number)

    def constructs(self, name: str, node: tree_sitter.Node) -> bool:
        """Whether a function makes objects: it has a prototype, is called with `new`, or has the name and the body for it."""
        if name in self.constructed:
            return True
        return name[:1].isupper() and SETS_THIS.search(self.source, node.start_byte, node.end_byte) is not None

    def callbacks(self, declared: tree_sitter.Node | None, name: str, draft: Draft) -> None:
        """Note the parameter types of a function type: they are those of a function that a caller hands over."""
        inner = first_named(declared) if declared is not None else None
        while inner is not None and inner.type in ("parenthesized_type", "optional_type"):
            inner = first_named(inner)
        if inner is None or inner.type != "function_type":
            return
        found = self.parameter_types(inner.child_by_field_name("parameters"))
        if any(one is not None for one in found):
            known = draft.extra.setdefault("callbacks", {})
            if isinstance(known, dict):
                known[name] = found

    def parameter_types(self, holder: tree_sitter.Node | None) -> tuple[Expr, ...]:
        """The types of the parameters of a function type, without references."""
        found: list[Expr] = []
        for one in holder.named_children if holder is not None else ():
            if one.type in ("required_parameter", "optional_parameter"):
                found.append(self.type(one.child_by_field_name("type"), ""))
        return tuple(found[:MAX_ITEMS])

    def function_signature(self, node: tree_sitter.Node) -> Expr:
        """A declaration without a body; an overload is not one when another declaration follows."""
        name = node.child_by_field_name("name")
        if name is None or self.is_overload(node, name):
            return None
        return self.function_declaration(node)

    def is_overload(self, node: tree_sitter.Node, name: tree_sitter.Node) -> bool:
        """Whether the next declaration has the same name."""
        here = self.outer if self.outer is not None else node
        after = here.next_named_sibling
        while after is not None and after.type in ("comment", "ERROR"):
            after = after.next_named_sibling
        if after is not None and after.type in ("export_statement", "ambient_declaration"):
            after = after.child_by_field_name("declaration") or first_named(after)
        if after is None or ("function" not in after.type and "method" not in after.type):
            return False
        return self.text_at(after.child_by_field_name("name")) == self.text_at(name)

    def constructor_function(
        self,
        node: tree_sitter.Node,
        name: tree_sitter.Node,
        outer: tree_sitter.Node | None,
        last: tree_sitter.Node | None = None,
    ) -> int:
        """A function with a prototype is a class, and its constructor."""
        text = self.text_at(name)
        body = node.child_by_field_name("body")
        doc = self.doc_above(outer or node)
        number = self.add(
            "class", text, node, name, self.scope, first=outer, last=last, body=body, doc=doc, flags=("function",)
        )
        draft = self.open_definition("class", number, node, body)
        self.prototypes[text] = draft
        inner = self.function(node, "constructor", "constructor", name, holder=draft, around=draft)
        draft.bind("constructor", ("d", inner), node.start_point[0])
        return number

    def take_outer(self, node: tree_sitter.Node) -> tree_sitter.Node | None:
        """The statement around a definition, once."""
        outer, self.outer = self.outer, None
        return outer if outer is not None and outer.end_byte >= node.end_byte else None

    def function(
        self,
        node: tree_sitter.Node,
        kind: Kind,
        name: str,
        name_node: tree_sitter.Node | None,
        *,
        holder: Draft | None = None,
        around: Draft | None = None,
        this: Expr = None,
        flags: tuple[str, ...] = (),
        facets: dict[str, object] | None = None,
        **more: Any,
    ) -> int:
        """Make a function's node and read it.

        Args:
            holder: what the node belongs to; the scope at hand, when None.
            around: the scope around the function's, when it is not the one at hand.
            this: what `this` is in it, when the function says so and no class around it does.
        """
        body = node.child_by_field_name("body")
        holder = holder or self.scope
        around = around or self.scope
        facets = facets if facets is not None else {}
        words = {FLAGS[child.type] for child in node.children if child.type in FLAGS} | set(flags)
        if node.type in GENERATORS:
            words.add("generator")
        if kind == "constructor":
            words.add("constructor")
        number = self.add(kind, name, node, name_node, holder, body=body, flags=words, facets=facets, **more)
        if node.type == "arrow_function":
            self.trim_arrow(number)
        draft = self.open_definition("function", number, node, body, around)
        if body is None:
            draft.flags.add("declared")
        generics = self.generics
        with self.inside(draft):
            self.receiver(node, draft, this)
            doc: str = more.get("doc", "")
            self.documented = jsdoc.parameters(doc) if "@" in doc else {}
            if "@return" in doc:
                draft.result = jsdoc.result(doc)
            if node.type == "function_expression" and name_node is not None:
                draft.bind(self.text_at(node.child_by_field_name("name")), ("d", number), node.start_point[0])
            self.header(node, draft, facets)
            if body is not None and body.type == "statement_block":
                self.statements(body)
            elif body is not None:
                self.returns(self.visit(body))
        self.generics = generics
        return number

    def receiver(self, node: tree_sitter.Node, draft: Draft, this: Expr) -> None:
        """What `this` is: the first parameter of a method; an arrow function sees that of what stands around it."""
        around = draft.around
        if around is not None and around.kind == "class":
            if "static" in draft.flags:
                draft.flags = (draft.flags - {"static"}) | {"classmethod"}
            draft.parameters.append(Parameter("this", "p", None, None))
            draft.bind("this", ("p", 0), node.start_point[0])
        elif node.type != "arrow_function":
            draft.bind("this", this, node.start_point[0])

    def trim_arrow(self, number: int) -> None:
        made = self.nodes[number]
        if made.signature.endswith("=>"):
            self.nodes[number] = made._replace(signature=made.signature[:-2].rstrip())

    def header(self, node: tree_sitter.Node, draft: Draft, facets: dict[str, object]) -> None:
        """Type parameters, parameters and the declared result of a function."""
        generics = node.child_by_field_name("type_parameters")
        if generics is not None:
            facets["generics"] = self.short(generics)
            self.type_parameters(generics)
        single = node.child_by_field_name("parameter")
        holder = node.child_by_field_name("parameters")
        items = [single] if single is not None else holder.named_children if holder is not None else []
        shown: list[dict[str, str]] = []
        for item in items[:MAX_ITEMS]:
            if item.type != "comment":
                self.parameter(item, draft, shown)
        if shown:
            facets["parameters"] = shown
        result = node.child_by_field_name("return_type")
        if result is not None:
            facets["returns"] = self.short(result).removeprefix(":").strip()
            draft.result = self.type(result, "returns")

    def parameter(self, node: tree_sitter.Node, draft: Draft, shown: list[dict[str, str]]) -> None:
        """Both forms: JavaScript's bare pattern, and TypeScript's with a type."""
        if node.type == "identifier" and not self.documented:
            name = self.text_at(node)
            draft.bind(name, ("p", len(draft.parameters)), node.start_point[0])
            draft.parameters.append(Parameter(name, "p", None, None))
            shown.append({"name": name})
            return
        pattern: tree_sitter.Node | None = node
        declared = default = None
        typed = node.type in ("required_parameter", "optional_parameter")
        if typed:
            pattern = node.child_by_field_name("pattern")
            declared, default = node.child_by_field_name("type"), node.child_by_field_name("value")
        if pattern is not None and pattern.type == "assignment_pattern":
            default = default or pattern.child_by_field_name("right")
            pattern = pattern.child_by_field_name("left")
        kind = "p"
        if pattern is not None and pattern.type == "rest_pattern":
            kind, pattern = "*", first_named(pattern)
        if pattern is None:
            return
        annotation = self.type(declared)
        if declared is None and pattern.type == "identifier":
            annotation = self.documented.get(self.text_at(pattern))
        if pattern.type == "this":
            draft.names.pop("this", None)
            draft.bind("this", ("A", annotation) if annotation is not None else None, node.start_point[0])
            return
        position = len(draft.parameters)
        is_name = pattern.type == "identifier"
        if is_name and declared is not None:
            self.callbacks(declared, self.text_at(pattern), draft)
        name = self.text_at(pattern) if is_name else f"<{len(shown)}>"
        given = self.visit(default)
        draft.parameters.append(Parameter(name, kind, given, annotation))
        facet = {"name": self.short(pattern)}
        if declared is not None:
            facet["type"] = self.short(declared).removeprefix(":").strip()
        if default is not None:
            facet["default"] = self.short(default)
        shown.append(facet)
        row = node.start_point[0]
        if is_name:
            draft.bind(name, ("p", position), row)
        else:
            self.bind_pattern(pattern, ("p", position), row, draft)
        if typed and any(child.type in ("accessibility_modifier", "readonly") for child in node.children):
            self.parameter_property(node, pattern, annotation, draft)

    def parameter_property(
        self, node: tree_sitter.Node, pattern: tree_sitter.Node, annotation: Expr, draft: Draft
    ) -> None:
        """`constructor(private name: T)` declares a field and assigns it."""
        owner = draft.around
        if owner is None or owner.kind != "class" or pattern.type != "identifier":
            return
        name = self.text_at(pattern)
        modifier = next((child for child in node.children if child.type == "accessibility_modifier"), None)
        visibility = self.text_at(modifier) if modifier is not None else "public"
        self.add("field", name, node, pattern, owner, visibility=visibility)
        owner.attribute(name, draft.number, ("n", name), node.start_point[0])

    # ---- inside functions

    def returned(self, node: tree_sitter.Node) -> Expr:
        value = first_named(node)
        if value is not None:
            self.returns(self.visit(value))
        return None

    def yielded(self, node: tree_sitter.Node) -> Expr:
        expr = self.visit(first_named(node))
        delegates = any(child.type == "*" for child in node.children)
        self.yields(("y", expr) if delegates and expr is not None else expr)
        return None

    def thrown(self, node: tree_sitter.Node) -> Expr:
        value = first_named(node)
        if value is not None:
            called = value.child_by_field_name("constructor") if value.type == "new_expression" else value
            self.raised(self.short(called)[:80])
            expr = self.visit(value)
            if expr is not None:
                self.thrown_here.append(("b", self.scope.number, expr))
        return None
