"""Names, members and calls of JavaScript and TypeScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.facts import Expr
from remora.isg.languages.ecmascript.types import Types, first_named
from remora.isg.languages.walk import MAX_ITEMS

if TYPE_CHECKING:
    import tree_sitter

# Around an expression without a meaning of their own; the first named child is what they mean.
TRANSPARENT = frozenset({"parenthesized_expression", "non_null_expression"})
OF_FUNCTIONS = frozenset({"bind", "call", "apply"})
# What these give depends on nothing that they are given, and tests are full of them.
OPAQUE = frozenset({"expect", "assert", "String", "Number", "Boolean", "parseInt"})
MODULE: Expr = ("n", "module")
EXPORTS: Expr = ("n", "exports")
INHERITING = frozenset({"inherits", "__extends"})
OBJECT_CREATE: Expr = ("a", ("n", "Object"), "create")


class Calls(Types):
    """Children are taken by their place rather than by field, which takes half the time."""

    def call_of_module(self, node: tree_sitter.Node, callee: tree_sitter.Node) -> tuple[Expr] | None:
        raise NotImplementedError

    def inherits(self, child: Expr, parent: Expr) -> None:
        raise NotImplementedError

    def call_of_define(self, node: tree_sitter.Node, callee: tree_sitter.Node) -> bool:
        raise NotImplementedError

    def call_of_test(self, node: tree_sitter.Node, callee: tree_sitter.Node) -> bool:
        raise NotImplementedError

    # ---- names

    def identifier(self, node: tree_sitter.Node) -> Expr:
        expr = ("n", self.text_at(node))
        self.refer("read", expr, self.place(node), self.scope)
        return expr

    def this(self, node: tree_sitter.Node) -> Expr:
        """In a method, arrow function or plain function `this` is looked up; a class's own code has an instance."""
        owner = self.scope.owner()
        return ("A", ("d", owner.node)) if owner.kind == "class" else ("n", "this")

    def super_value(self, node: tree_sitter.Node) -> Expr:
        return ("n", "super")

    def member(self, node: tree_sitter.Node) -> Expr:
        expr = self.chain(node)
        if rooted(expr):
            self.refer("read", expr, self.place(node), self.scope)
        return expr

    def chain(self, node: tree_sitter.Node) -> Expr:
        """`a.b.c` without a reference to it; what it starts with is read when it is more than a name."""
        names: list[str] = []
        here: tree_sitter.Node | None = node
        while here is not None:
            kind = here.type
            if kind == "member_expression":
                parts = here.children
                names.append(self.text_at(parts[-1]))
                here = parts[0]
            elif kind == "non_null_expression":
                here = first_named(here)
            else:
                break
        if here is None:
            return None
        expr = ("n", self.text_at(here)) if here.type == "identifier" else self.visit(here)
        for name in reversed(names):
            expr = ("a", expr, name) if name != "exports" or expr != MODULE else EXPORTS
        return expr

    def subscript(self, node: tree_sitter.Node) -> Expr:
        of = self.visit(node.child_by_field_name("object"))
        key = self.visit(node.child_by_field_name("index"))
        if key is not None and key[0] == "k" and key[1] == "String" and str(key[2] or "").isidentifier():
            return ("a", of, key[2])
        return ("s", of, key) if of is not None else None

    # ---- calls

    def call(self, node: tree_sitter.Node) -> Expr:
        parts = node.children
        function, arguments = parts[0], parts[-1]
        kind = function.type
        if function is arguments:
            return None
        if kind == "identifier":
            name = self.text_at(function)
            if name == "require" and (known := self.call_of_module(node, function)) is not None:
                return known[0]
            if name == "define" and self.call_of_define(node, function):
                return None
            if self.in_tests and self.call_of_test(node, function):
                return None
            callee: Expr = ("n", name)
            given = self.arguments(arguments) if name not in OPAQUE else self.arguments(arguments)[:0]
        elif kind == "import":
            known = self.call_of_module(node, function)
            return known[0] if known is not None else None
        else:
            if self.in_tests and self.call_of_test(node, function):
                return None
            if kind == "member_expression" and self.text_at(function.children[-1]) in OF_FUNCTIONS:
                return self.call_of_function(node, function, arguments)
            callee = self.callee(function)
            given = self.arguments(arguments)
        if len(parts) > 2:
            self.type_arguments(parts)
        expr = ("c", callee, given, ())
        self.add_call(expr, "", self.callee_text(callee, function), self.place(node), self.scope)
        if callee is not None and callee[-1] in INHERITING and len(given) > 1:
            self.inherits(given[0], given[1])
        if callee == OBJECT_CREATE:  # an object that has what its prototype has
            return ("m", ((None, given[0]),) if given else ())
        return expr

    def type_arguments(self, parts: list[tree_sitter.Node]) -> None:
        for one in parts:
            if one.type == "type_arguments":
                self.other_type(one)

    def callee_text(self, callee: Expr, node: tree_sitter.Node) -> str:
        """What is called, for people: of the result of another call the method alone."""
        names: list[str] = []
        while callee is not None and callee[0] == "a":
            names.append(callee[2])
            callee = callee[1]
        if callee is not None and callee[0] == "n":
            return ".".join([callee[1], *reversed(names)]) if names else callee[1]
        return f".{names[0]}" if names else self.shown(node)

    def callee(self, node: tree_sitter.Node) -> Expr:
        """What is called: a name is no reference of its own, what a method is called on is read."""
        kind = node.type
        while kind in TRANSPARENT and (inner := first_named(node)) is not None:
            node, kind = inner, inner.type
        if kind == "identifier":
            return ("n", self.text_at(node))
        if kind == "member_expression":
            parts = node.children
            of = parts[0]
            # The linker reads the members in between by itself.
            base = self.chain(of) if of.type == "member_expression" else self.visit(of)
            return ("a", base, self.text_at(parts[-1]))
        return self.visit(node)

    def call_of_function(self, node: tree_sitter.Node, function: tree_sitter.Node, arguments: tree_sitter.Node) -> Expr:
        """`f.call(object, …)` calls f, `f.apply(object, list)` too, and `f.bind(object)` is f."""
        of = function.children[0]
        given = self.arguments(arguments)
        how = self.text_at(function.children[-1])
        root = of.children[0] if of.type == "member_expression" else None
        if not given or of.type not in ("identifier", "member_expression") or self.text_at(root) == "Array.prototype":
            expr: Expr = ("c", ("a", self.visit(of), how), given, ())
        elif how == "bind":
            return self.visit(of)
        else:
            expr = ("c", self.callee(of), given[1:] if how == "call" else (("*", given[-1]),), ())
        self.add_call(expr, "", self.shown(function), self.place(node), self.scope)
        return expr

    def arguments(self, node: tree_sitter.Node | None) -> tuple[Expr, ...]:
        """Without those at the end of which nothing is known."""
        if node is None:
            return ()
        if node.type == "template_string":
            self.visit(node)
            return ()
        found = [self.visit(one) for one in node.named_children if one.type != "comment"]
        while found and ((last := found[-1]) is None or (last[0] == "k" and last[2] is None)):
            found.pop()
        return tuple(found[:MAX_ITEMS])

    def new(self, node: tree_sitter.Node) -> Expr:
        constructor = node.child_by_field_name("constructor")
        if constructor is None:
            return None
        callee = self.callee(constructor)
        for one in node.named_children:
            if one.type == "type_arguments":
                self.type_of(one, "type")
        expr = ("c", callee, self.arguments(node.child_by_field_name("arguments")), ())
        self.add_call(expr, "new", self.shown(constructor), self.place(node), self.scope)
        return expr

    def jsx(self, node: tree_sitter.Node) -> Expr:
        """A component's element calls the component with its attributes; elements in small letters are the page's own."""
        opening = node.child_by_field_name("open_tag") or node
        name = opening.child_by_field_name("name")
        properties: list[tuple[Expr, Expr]] = []
        for one in opening.named_children:
            if one.type == "jsx_attribute":
                parts = one.named_children
                value = self.visit(parts[1]) if len(parts) > 1 else None
                properties.append((("k", "String", self.text_at(parts[0])), value))
            elif one.type == "jsx_expression":
                self.visit(one)
        if opening is not node:
            inside = [self.visit(one) for one in node.named_children if one.type.startswith("jsx_") and not is_tag(one)]
            properties.append((("k", "String", "children"), next((one for one in inside if one is not None), None)))
        if name is None or name.type == "jsx_namespace_name":
            return None
        if name.type == "identifier" and self.text_at(name)[:1].islower():
            return None
        expr = ("c", self.chain(name), (("m", tuple(properties)),), ())
        self.add_call(expr, "jsx", self.shown(name), self.place(opening), self.scope)
        return expr


def rooted(expr: Expr) -> bool:
    """Whether a chain of members starts with a name or a call."""
    while expr and expr[0] == "a":
        expr = expr[1]
    return bool(expr) and expr[0] in ("n", "A", "c")


def is_tag(node: tree_sitter.Node) -> bool:
    return node.type in ("jsx_opening_element", "jsx_closing_element")
