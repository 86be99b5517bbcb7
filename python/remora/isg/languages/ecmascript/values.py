"""Expressions of JavaScript and TypeScript: what they stand for, what they call and what they read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.facts import Expr
from remora.isg.languages.ecmascript.types import Types, first_named
from remora.isg.languages.walk import MAX_ITEMS

if TYPE_CHECKING:
    import tree_sitter

    from remora.isg.scope import Draft

# Strings matter as keys; texts for people would only make the facts heavy.
MAX_STRING = 40
FUNCTIONS = frozenset({"arrow_function", "function_expression", "generator_function", "function"})
CLASSES = frozenset({"class"})
# Around an expression without a meaning of their own; the first named child is what they mean.
TRANSPARENT = frozenset({"parenthesized_expression", "non_null_expression"})
CAST = frozenset({"as_expression", "satisfies_expression"})
OF_FUNCTIONS = frozenset({"bind", "call", "apply"})
CONSTANTS = {"template_string": "String", "regex": "RegExp"}
MODULE: Expr = ("n", "module")
EXPORTS: Expr = ("n", "exports")
OBJECT_CREATE: Expr = ("a", ("n", "Object"), "create")
# What these give depends on nothing that they are given, and tests are full of them.
OPAQUE = frozenset({"expect", "assert", "String", "Number", "Boolean", "parseInt"})


class Values(Types):
    """Each method reads one syntax and gives its expression."""

    def function_value(self, node: tree_sitter.Node) -> Expr:
        raise NotImplementedError

    def property_value(self, pair: tree_sitter.Node, key: tree_sitter.Node | None, holder: Draft, this: Expr) -> Expr:
        raise NotImplementedError

    def call_of_module(self, node: tree_sitter.Node, callee: tree_sitter.Node) -> tuple[Expr] | None:
        raise NotImplementedError

    def call_of_test(self, node: tree_sitter.Node, callee: tree_sitter.Node) -> bool:
        raise NotImplementedError

    # ---- names

    def identifier(self, node: tree_sitter.Node) -> Expr:
        expr = ("n", self.text_at(node))
        self.refer("read", expr, self.place(node), self.scope)
        return expr

    def this(self, node: tree_sitter.Node) -> Expr:
        return self.this_value()

    def this_value(self) -> Expr:
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
            if here.type == "member_expression":
                names.append(self.text_at(here.child_by_field_name("property")))
                here = here.child_by_field_name("object")
            elif here.type == "non_null_expression":
                here = first_named(here)
            else:
                break
        if here is None:
            return None
        expr = ("n", self.text_at(here)) if here.type == "identifier" else self.visit(here)
        for name in reversed(names):
            expr = ("a", expr, name) if expr != MODULE or name != "exports" else EXPORTS
        return expr

    def subscript(self, node: tree_sitter.Node) -> Expr:
        index = node.child_by_field_name("index")
        of = self.visit(node.child_by_field_name("object"))
        key = self.visit(index)
        if key is not None and key[0] == "k" and key[1] == "String" and str(key[2] or "").isidentifier():
            return ("a", of, key[2])
        return ("s", of, key) if of is not None else None

    # ---- calls

    def call(self, node: tree_sitter.Node) -> Expr:
        function = node.child_by_field_name("function")
        arguments = node.child_by_field_name("arguments")
        if function is None or arguments is None:
            return None
        known = self.call_of_module(node, function)
        if known is not None:
            return known[0]
        if self.call_of_test(node, function):
            return None
        kind = function.type
        if kind == "member_expression" and self.text_at(function.child_by_field_name("property")) in OF_FUNCTIONS:
            return self.call_of_function(node, function, arguments)
        callee = self.callee(function)
        given = self.arguments(arguments)
        if kind == "identifier" and callee is not None and callee[1] in OPAQUE:
            given = ()
        expr = ("c", callee, given, ())
        self.add_call(expr, "", self.callee_text(callee, function), self.place(node), self.scope)
        if callee == OBJECT_CREATE:  # an object that has what its prototype has
            return ("m", ((None, given[0]),) if given else ())
        return expr

    def callee_text(self, callee: Expr, node: tree_sitter.Node) -> str:
        """What is called, for people: of the result of another call the method alone."""
        if callee is not None and callee[0] == "a" and not rooted(callee):
            return f".{callee[2]}"
        return self.shown(node)

    def callee(self, node: tree_sitter.Node) -> Expr:
        """What is called: a name is no reference of its own, what a method is called on is read."""
        kind = node.type
        while kind in TRANSPARENT and (inner := first_named(node)) is not None:
            node, kind = inner, inner.type
        if kind == "identifier":
            return ("n", self.text_at(node))
        if kind == "member_expression":
            of = node.child_by_field_name("object")
            if of is None:
                return None
            # The linker reads the members in between by itself.
            base = self.chain(of) if of.type == "member_expression" else self.visit(of)
            return ("a", base, self.text_at(node.child_by_field_name("property")))
        return self.visit(node)

    def call_of_function(self, node: tree_sitter.Node, function: tree_sitter.Node, arguments: tree_sitter.Node) -> Expr:
        """`f.call(object, …)` calls f, `f.apply(object, list)` too, and `f.bind(object)` is f."""
        of = function.child_by_field_name("object")
        given = self.arguments(arguments)
        if of is None:
            return None
        how = self.text_at(function.child_by_field_name("property"))
        root = of.child_by_field_name("object") if of.type == "member_expression" else None
        if not given or of.type not in ("identifier", "member_expression") or self.text_at(root) == "Array.prototype":
            expr: Expr = ("c", ("a", self.visit(of), how), given, ())
        elif how == "bind":
            return self.visit(of)
        else:
            expr = ("c", self.callee(of), given[1:] if how == "call" else (("*", given[-1]),), ())
        self.add_call(expr, "", self.shown(function), self.place(node), self.scope)
        return expr

    def arguments(self, node: tree_sitter.Node | None) -> tuple[Expr, ...]:
        if node is None:
            return ()
        if node.type == "template_string":
            self.visit(node)
            return ()
        found = [self.visit(one) for one in node.named_children if one.type != "comment"]
        while found and (found[-1] is None or (found[-1][0] == "k" and found[-1][2] is None)):
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

    # ---- made of others

    def same(self, node: tree_sitter.Node) -> Expr:
        """Around an expression, or before it; when there are several, the last one counts."""
        found: Expr = None
        for one in node.named_children:
            found = self.visit(one)
        return found

    def awaited(self, node: tree_sitter.Node) -> Expr:
        inner = self.visit(first_named(node))
        return ("w", inner) if inner is not None else None

    def cast(self, node: tree_sitter.Node) -> Expr:
        """`x as T`; `x as const` and `x satisfies T` stay x."""
        children = [one for one in node.named_children if one.type != "comment"]
        value = self.visit(children[0]) if children else None
        declared = self.type(children[-1]) if len(children) > 1 else None
        return ("A", declared) if declared is not None and node.type == "as_expression" else value

    def old_cast(self, node: tree_sitter.Node) -> Expr:
        """`<T>x`"""
        children = node.named_children
        declared = self.type(first_named(children[0])) if children else None
        value = self.visit(children[-1]) if len(children) > 1 else None
        return ("A", declared) if declared is not None else value

    def conditional(self, node: tree_sitter.Node) -> Expr:
        self.visit(node.child_by_field_name("condition"))
        self.branch += 1
        found = [self.visit(node.child_by_field_name(name)) for name in ("consequence", "alternative")]
        self.branch -= 1
        return one_of(found)

    def binary(self, node: tree_sitter.Node) -> Expr:
        """`a || b` is one of them; other operators give something of a built-in type. Long ones nest to the left."""
        chosen: list[Expr] = []
        here: tree_sitter.Node | None = node
        spine: list[tree_sitter.Node | None] = []
        while here is not None and here.type == "binary_expression":
            spine.append(here)
            here = here.child_by_field_name("left")
        chooses = self.text_at(node.child_by_field_name("operator")) in ("||", "&&", "??")
        chosen.append(self.visit(here))
        for one in reversed(spine):
            chosen.append(self.visit(one.child_by_field_name("right") if one is not None else None))
        return one_of(chosen[:MAX_ITEMS]) if chooses else None

    def string(self, node: tree_sitter.Node) -> Expr:
        text = self.text_at(node)
        key = text[1:-1]
        return ("k", "String", key if len(key) <= MAX_STRING and is_key(key) else None)

    def number(self, node: tree_sitter.Node) -> Expr:
        text = self.text_at(node)
        return ("k", "Number", int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None)

    def constant(self, node: tree_sitter.Node) -> Expr:
        self.visit_all(node.named_children)
        return ("k", CONSTANTS.get(node.type, "Boolean"), None)

    def array(self, node: tree_sitter.Node) -> Expr:
        found = [self.visit(one) for one in node.named_children if one.type != "comment"]
        if all(one is None or one[0] == "k" for one in found):
            return ("l", "Array", ())
        return ("l", "Array", tuple(found[:MAX_ITEMS]))

    def spread(self, node: tree_sitter.Node) -> Expr:
        inner = self.visit(first_named(node))
        return ("*", inner) if inner is not None else None

    def object(self, node: tree_sitter.Node) -> Expr:
        return self.object_of(node, self.scope, None)

    def object_of(self, node: tree_sitter.Node, holder: Draft, this: Expr) -> Expr:
        """An object literal.

        Args:
            holder: what its functions belong to: they are named by their keys below it.
            this: what `this` means in its methods, when that has a name.
        """
        pairs: list[tuple[Expr, Expr]] = []
        for one in node.named_children:
            kind = one.type
            if kind == "pair" or kind == "method_definition":
                key = one.child_by_field_name("key" if kind == "pair" else "name")
                value = self.property_value(one, key, holder, this)
                if value is not None and value[0] != "k":
                    pairs.append((self.key_expr(key), value))
            elif kind == "shorthand_property_identifier":
                pairs.append((("k", "String", self.text_at(one)), self.identifier(one)))
            elif kind == "spread_element":
                pairs.append((None, self.visit(first_named(one))))
        return ("m", tuple(pairs[:MAX_ITEMS]))

    def key_expr(self, key: tree_sitter.Node | None) -> Expr:
        if key is None:
            return None
        if key.type == "computed_property_name":
            return self.visit(first_named(key))
        return ("k", "String", self.key_text(key))

    def key_text(self, key: tree_sitter.Node | None) -> str:
        """The name of a property; "" for one that is computed."""
        if key is None:
            return ""
        text = self.text_at(key)
        if key.type == "string":
            return text[1:-1]
        if key.type == "computed_property_name":
            return text if text.startswith("[Symbol.") else ""
        return text


def rooted(expr: Expr) -> bool:
    """Whether a chain of members starts with a name."""
    while expr and expr[0] == "a":
        expr = expr[1]
    return bool(expr) and expr[0] in ("n", "A")


def one_of(found: list[Expr]) -> Expr:
    known = tuple(dict.fromkeys(one for one in found if one is not None and one[0] != "k"))
    return known[0] if len(known) == 1 else ("o", known) if known else None


def is_key(text: str) -> bool:
    return text.replace("-", "_").replace(".", "_").replace(":", "_").replace("/", "_").isidentifier()


def is_tag(node: tree_sitter.Node) -> bool:
    return node.type in ("jsx_opening_element", "jsx_closing_element")
