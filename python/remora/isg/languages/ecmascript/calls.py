"""Names, members and calls of JavaScript and TypeScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.facts import Binding, Expr, Parameter
from remora.isg.languages.ecmascript.types import Types, first_named
from remora.isg.languages.walk import MAX_ITEMS

if TYPE_CHECKING:
    import tree_sitter

# Around an expression without a meaning of their own; the first named child is what they mean.
TRANSPARENT = frozenset({"parenthesized_expression", "non_null_expression"})
OF_OBJECT = frozenset({"defineProperty", "defineProperties"})
OF_FUNCTIONS = frozenset({"bind", "call", "apply"})
# A function's `call`, `apply` and `bind` are handed an object first.
NO_RECEIVERS = frozenset(
    {"string", "template_string", "number", "true", "false", "regex", "arrow_function", "function_expression", "class"}
)
# `f.bind(object, a)` is written so: no program can have such a name.
BINDING: Expr = ("n", "<bind>")
# What these give depends on nothing that they are given, and tests are full of them.
OPAQUE = frozenset({"expect", "assert", "String", "Number", "Boolean", "parseInt"})
MODULE: Expr = ("n", "module")
EXPORTS: Expr = ("n", "exports")
INHERITING = frozenset({"inherits", "__extends"})
SYMBOL: Expr = ("n", "Symbol")
PROMISE: Expr = ("n", "Promise")
COMPILED = frozenset({"__exportStar", "__export", "__toCommonJS"})
OBJECT_CREATE: Expr = ("a", ("n", "Object"), "create")


class Calls(Types):
    """Children are taken by their place rather than by field, which takes half the time.

    Attributes:
        promised: names of `resolve` and `reject` in the functions of promises around.
        resolved: what those were handed to resolve with.
        in_static_block: code of a class at hand runs once, for the class itself.
    """

    promised: list[tuple[str, ...]]
    resolved: list[list[Expr]]
    in_static_block: bool

    def call_of_module(self, node: tree_sitter.Node, callee: tree_sitter.Node) -> tuple[Expr] | None:
        raise NotImplementedError

    def inherits(self, child: Expr, parent: Expr) -> None:
        raise NotImplementedError

    def call_of_define(self, node: tree_sitter.Node, callee: tree_sitter.Node) -> bool:
        raise NotImplementedError

    def call_of_object(self, node: tree_sitter.Node, function: tree_sitter.Node, how: str) -> Expr:
        raise NotImplementedError

    def call_of_compiler(self, name: str, given: tuple[Expr, ...], node: tree_sitter.Node) -> Expr:
        raise NotImplementedError

    def call_of_test(self, node: tree_sitter.Node, callee: tree_sitter.Node) -> bool:
        raise NotImplementedError

    # ---- names

    def identifier(self, node: tree_sitter.Node) -> Expr:
        name = self.text_at(node)
        if name == "arguments":
            return self.arguments_object()
        expr = ("n", name)
        self.refer("read", expr, self.place(node), self.scope)
        return expr

    def arguments_object(self) -> Expr:
        """`arguments` of the function around: its parameters, and what callers hand over beyond them."""
        owner = self.scope.owner()
        while owner.kind != "module" and "this" not in owner.names and owner.around is not None:
            owner = owner.around.owner()
        if owner.kind != "function":
            return ("n", "arguments")
        known = owner.parameters
        if not any(one.kind == "*" for one in known):
            known.append(Parameter("arguments", "*", None, None))
        own = [n for n, one in enumerate(known) if one.kind == "p" and one.name != "this"]
        rest = next(n for n, one in enumerate(known) if one.kind == "*")
        items = [("b", owner.number, ("p", n)) for n in own]
        return ("l", "Array", (*items, ("*", ("b", owner.number, ("p", rest)))))

    def this(self, node: tree_sitter.Node) -> Expr:
        """In a method, arrow function or plain function `this` is looked up; a class's own code has an instance."""
        owner = self.scope.owner()
        if owner.kind == "class":
            return ("d", owner.node) if self.in_static_block else ("A", ("d", owner.node))
        while owner.kind != "module" and "this" not in owner.names and owner.around is not None:
            owner = owner.around
        bound = owner.names.get("this")
        expr = bound[0].expr if bound else ("k", "", None)
        if bound and (expr is None or expr[0] in ("n", "a", "A")):  # a caller may say what it is: `f.call(object)`
            asked = ("p", len(owner.parameters))
            row = bound[0].row - 1  # before the first statement, which may stand in the same row
            bound[0] = Binding(("o", (expr, asked)) if expr is not None else asked, row, False)
            owner.parameters.append(Parameter("this", "k", None, None))
        return ("n", "this")

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
        if key is not None and key[0] == "a" and key[1] == SYMBOL:
            return ("a", of, f"[Symbol.{key[2]}]")
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
            if self.promised and (resolver := self.call_of_resolver(name, given)) is not None:
                callee = resolver
        elif kind == "import":
            known = self.call_of_module(node, function)
            return known[0] if known is not None else None
        else:
            if self.in_tests and self.call_of_test(node, function):
                return None
            method = self.text_at(function.children[-1]) if kind == "member_expression" else ""
            if method in OF_FUNCTIONS:
                return self.call_of_function(node, function, arguments)
            if method in OF_OBJECT and self.text_at(function.children[0]) in ("Object", "Reflect"):
                made = self.call_of_object(node, function, method)
                if made is not None:
                    return made
            callee = self.callee(function)
            given = self.arguments(arguments)
        if len(parts) > 2:
            self.type_arguments(parts)
        expr = ("c", callee, given, ())
        self.add_call(expr, "", self.callee_text(callee, function), self.place(node), self.scope)
        if callee is not None and callee[-1] in INHERITING and len(given) > 1:
            self.inherits(given[0], given[1])
        if callee is not None and callee[-1] in COMPILED:
            made = self.call_of_compiler(callee[-1], given, node)
            if made is not None:
                return made
        if callee == SYMBOL:  # a key that is like no other
            described = given[0][2] if given and given[0] is not None and given[0][0] == "k" else ""
            return ("k", "Symbol", f"Symbol({described or self.place(node)[0]})")
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
        how = self.text_at(function.children[-1])
        own = self.is_own_method(how, arguments) or self.text_at(of) == "Reflect"
        root = of.children[0] if of.type == "member_expression" else None
        if own or self.text_at(root) == "Array.prototype":
            expr: Expr = ("c", self.callee(function), self.arguments(arguments), ())
        else:
            receiver, *given = (*self.arguments(arguments, whole=True), None)
            this = (("this", receiver),) if receiver is not None else ()
            if how == "bind":
                expr = ("c", BINDING, (self.visit(of), receiver, *given[:-1]), ())
                self.add_call(expr, "", self.shown(function), self.place(node), self.scope)
                return expr
            handed = trimmed(given) if how == "call" else (("*", given[0]),) if given[0] is not None else ()
            expr = ("c", self.callee(of), handed, this)
        self.add_call(expr, "", self.shown(function), self.place(node), self.scope)
        return expr

    def is_own_method(self, how: str, arguments: tree_sitter.Node) -> bool:
        """Whether what a method named `call`, `apply` or `bind` is handed says that it is no function's."""
        given = [one for one in arguments.named_children if one.type != "comment"]
        if not given:
            return True
        return given[0].type in NO_RECEIVERS or (how == "apply" and len(given) == 1 and given[0].type != "this")

    def iterates(self, over: Expr, node: tree_sitter.Node, *, awaits: bool = False) -> None:
        """A loop and a spread ask what they go over for its iterator; literals have none of their own."""
        if over is not None and over[0] not in ("l", "m", "k"):
            callee = ("a", over, "[Symbol.asyncIterator]" if awaits else "[Symbol.iterator]")
            self.add_call(("c", callee, (), ()), "for", "for", self.place(node), self.scope)

    def arguments(self, node: tree_sitter.Node | None, *, whole: bool = False) -> tuple[Expr, ...]:
        """Without those at the end of which nothing is known, unless all are wanted."""
        if node is None:
            return ()
        if node.type == "template_string":  # a tag gets the texts, then what stands between them
            between = [one for one in node.named_children if one.type == "template_substitution"]
            found = [None, *(self.visit(first_named(one)) for one in between)]
        else:
            found = [self.visit(one) for one in node.named_children if one.type != "comment"]
        return tuple(found[:MAX_ITEMS]) if whole else trimmed(found)

    def new(self, node: tree_sitter.Node) -> Expr:
        constructor = node.child_by_field_name("constructor")
        if constructor is None:
            return None
        callee = self.callee(constructor)
        for one in node.named_children:
            if one.type == "type_arguments":
                self.type_of(one, "type")
        arguments = node.child_by_field_name("arguments")
        if callee == PROMISE and arguments is not None:
            return self.promise(node, arguments)
        expr = ("c", callee, self.arguments(arguments), ())
        self.add_call(expr, "new", self.shown(constructor), self.place(node), self.scope)
        return expr

    def promise(self, node: tree_sitter.Node, arguments: tree_sitter.Node) -> Expr:
        """`new Promise((resolve, reject) => …)` stands for what its function hands to `resolve`."""
        executor = first_named(arguments)
        holder = executor.child_by_field_name("parameters") or executor if executor is not None else None
        names = [
            self.text_at(one.child_by_field_name("pattern") or one)
            for one in (holder.named_children if holder is not None else ())
            if one.type in ("identifier", "required_parameter")
        ]
        self.promised.append((*names, "", "")[:2])
        self.resolved.append([])
        expr = ("c", PROMISE, self.arguments(arguments), ())
        self.promised.pop()
        found = self.resolved.pop()
        self.add_call(expr, "new", "Promise", self.place(node), self.scope)
        return ("o", tuple(found[:MAX_ITEMS])) if found else expr

    def call_of_resolver(self, name: str, given: tuple[Expr, ...]) -> Expr:
        """What `resolve` or `reject` of a promise's function is; None for any other name."""
        for depth in range(len(self.promised) - 1, -1, -1):
            if name in self.promised[depth]:
                resolves = name == self.promised[depth][0]
                if resolves and given and given[0] is not None:
                    self.resolved[depth].append(("b", self.scope.number, given[0]))
                return ("a", PROMISE, "resolve" if resolves else "reject")
        return None

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


def trimmed(given: list[Expr]) -> tuple[Expr, ...]:
    """Arguments without those at the end of which nothing is known."""
    while given and ((last := given[-1]) is None or (last[0] == "k" and last[2] is None)):
        given.pop()
    return tuple(given[:MAX_ITEMS])


def rooted(expr: Expr) -> bool:
    """Whether a chain of members starts with a name or a call."""
    while expr and expr[0] == "a":
        expr = expr[1]
    return bool(expr) and expr[0] in ("n", "A", "c")


def is_tag(node: tree_sitter.Node) -> bool:
    return node.type in ("jsx_opening_element", "jsx_closing_element")
