"""Expressions and statements of Java: what they stand for, what they call, read, write and declare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from remora.isg.expressions import children
from remora.isg.facts import Expr
from remora.isg.languages.java.types import Types
from remora.isg.languages.walk import MAX_ITEMS

if TYPE_CHECKING:
    import tree_sitter

    from remora.isg.scope import Draft

CONCRETE = frozenset({"object_creation_expression", "lambda_expression", "method_reference"})
STRING: Expr = ("k", "String", None)
LITERALS = {
    "decimal_integer_literal": "int",
    "hex_integer_literal": "int",
    "decimal_floating_point_literal": "double",
    "character_literal": "char",
}
DECLARING = frozenset({"local_variable_declaration", "class_declaration", "record_declaration", "enum_declaration"})


class Values(Types):
    """Attributes: given: what the rules of the switch at hand give."""

    given: list[Expr]

    def klass(self, node: tree_sitter.Node, kind: Any, name: str, **more: Any) -> int:
        raise NotImplementedError

    # ---- names

    def identifier(self, node: tree_sitter.Node) -> Expr:
        name = self.text_at(node)
        expr = ("n", name)
        is_type = name[:1].isupper() and (len(name) == 1 or not name.isupper())
        self.refer("type" if is_type else "read", expr, self.place(node), self.scope)
        return expr

    def this(self, node: tree_sitter.Node) -> Expr:
        return self.this_value()

    def this_value(self) -> Expr:
        owner = self.scope.owner()
        return ("A", ("d", owner.node)) if owner.kind == "class" else ("n", "this")

    def super_value(self, node: tree_sitter.Node) -> Expr:
        return ("n", "super")

    def field_access(self, node: tree_sitter.Node) -> Expr:
        expr = self.chain(node)
        if rooted(expr):
            self.refer("read", expr, self.place(node), self.scope)
        return expr

    def chain(self, node: tree_sitter.Node) -> Expr:
        """`a.b.c` without a reference to it; `Outer.this` is an instance of Outer."""
        names: list[str] = []
        here: tree_sitter.Node | None = node
        while here is not None and here.type == "field_access":
            names.append(self.text_at(here.child_by_field_name("field")))
            here = here.child_by_field_name("object")
        if here is None:
            return None
        expr = ("n", self.text_at(here)) if here.type == "identifier" else self.visit(here)
        for name in reversed(names):
            if name == "this":
                expr = ("A", expr)
            else:
                expr = ("a", expr, name)
        return expr

    def item(self, node: tree_sitter.Node) -> Expr:
        of = self.visit(node.child_by_field_name("array"))
        self.visit(node.child_by_field_name("index"))
        return ("i", of) if of is not None else None

    # ---- calls

    def call(self, node: tree_sitter.Node) -> Expr:
        name = self.text_at(node.child_by_field_name("name"))
        of = node.child_by_field_name("object")
        for one in node.named_children:
            if one.type == "type_arguments":
                self.type(one)
        if any(child.type == "super" for child in node.children) and of is not None and of.type != "super":
            callee: Expr = ("a", ("A", self.chain(of)), method_name(name))  # `Interface.super.method()`
        elif of is not None:
            callee = ("a", self.visit(of), method_name(name))
        else:
            callee = ("n", method_name(name))
            if self.has_object():  # of a derived class, perhaps, that overrides the method
                callee = ("o", (callee, ("a", ("n", "this"), method_name(name))))
        expr = ("c", callee, self.arguments(node.child_by_field_name("arguments")), ())
        self.add_call(expr, "", self.shown(node).partition("(")[0], self.place(node), self.scope)
        return expr

    def has_object(self) -> bool:
        """Whether the code at hand runs on an object."""
        here: Draft | None = self.scope
        while here is not None and here.kind != "class":
            if "this" in here.names:
                return True
            here = here.around
        return False

    def arguments(self, node: tree_sitter.Node | None) -> tuple[Expr, ...]:
        return tuple(self.visit(one) for one in children(node)[:MAX_ITEMS]) if node is not None else ()

    def new(self, node: tree_sitter.Node) -> Expr:
        """`new T(…)`; with a body it makes an instance of a class without a name."""
        type_node = node.child_by_field_name("type")
        parts = children(node)
        outer = self.visit(parts[0]) if parts and parts[0] is not type_node and parts[0].type not in (
            "type_arguments", "argument_list", "class_body"
        ) and parts[0] != type_node else None  # fmt: skip
        callee = self.base_type(type_node) if type_node is not None else None
        if outer is not None and callee is not None and callee[0] == "n":
            callee = ("a", outer, callee[1])
        arguments = self.arguments(node.child_by_field_name("arguments"))
        body = next((child for child in parts if child.type == "class_body"), None)
        if body is not None:
            number = self.klass(
                node, "class", self.counted("class", self.scope), body=body, base=callee, last=node, name_node=type_node
            )
            callee = ("d", number)
        expr = ("c", callee, arguments, ())
        self.add_call(expr, "new", self.text_at(type_node), self.place(node), self.scope)
        return expr

    def explicit_constructor(self, node: tree_sitter.Node) -> Expr:
        """`this(…)` and `super(…)`"""
        which = node.child_by_field_name("constructor")
        is_this = which is not None and which.type == "this"
        callee: Expr = ("a", ("n", "this"), "<init>") if is_this else ("n", "super")
        expr = ("c", callee, self.arguments(node.child_by_field_name("arguments")), ())
        self.add_call(expr, "", "this" if is_this else "super", self.place(node), self.scope)
        return None

    def method_reference(self, node: tree_sitter.Node) -> Expr:
        parts = children(node)
        of = parts[0] if parts else None
        if of is None:
            return None
        is_new = any(child.type == "new" for child in node.children)
        expr = self.chain(of) if of.type in ("identifier", "field_access") else None
        if expr is None:
            expr = self.base_type(of) if "type" in of.type else self.visit(of)
        if is_new or expr is None:
            if expr is not None:
                self.refer("type", expr, self.place(node), self.scope)
            return expr
        expr = ("a", expr, method_name(self.text_at(parts[-1])))
        self.refer("read", expr, self.place(node), self.scope)
        return expr

    # ---- made of others

    def same(self, node: tree_sitter.Node) -> Expr:
        found: Expr = None
        for one in children(node):
            found = self.visit(one)
        return found

    def cast(self, node: tree_sitter.Node) -> Expr:
        value = self.visit(node.child_by_field_name("value"))
        declared = self.type(node.child_by_field_name("type"))
        return ("A", declared) if declared is not None else value

    def conditional(self, node: tree_sitter.Node) -> Expr:
        self.visit(node.child_by_field_name("condition"))
        self.branch += 1
        found = [self.visit(node.child_by_field_name(name)) for name in ("consequence", "alternative")]
        self.branch -= 1
        known = tuple(dict.fromkeys(one for one in found if one is not None and one[0] != "k"))
        return known[0] if len(known) == 1 else ("o", known) if known else None

    def binary(self, node: tree_sitter.Node) -> Expr:
        """Long ones nest to the left. With a string among them it is a string, or a comparison of them."""
        spine: list[tree_sitter.Node] = []
        here: tree_sitter.Node | None = node
        while here is not None and here.type == "binary_expression":
            spine.append(here)
            here = here.child_by_field_name("left")
        found = [self.visit(here), *(self.visit(one.child_by_field_name("right")) for one in reversed(spine))]
        return STRING if any(one is not None and one[:2] == STRING[:2] for one in found) else None

    def switch(self, node: tree_sitter.Node) -> Expr:
        """As an expression it is what one of its rules gives."""
        self.visit(node.child_by_field_name("condition"))
        outer, self.given = self.given, []
        body = node.child_by_field_name("body")
        for rule in children(body) if body is not None else ():
            with self.inside(self.block(rule)):
                self.branch += 1
                for one in children(rule):
                    if one.type == "expression_statement":
                        self.give(self.visit(one.named_children[0]) if one.named_children else None)
                    else:
                        self.visit(one)
        found, self.given = tuple(dict.fromkeys(self.given)), outer
        return found[0] if len(found) == 1 else ("o", found) if found else None

    def yielded(self, node: tree_sitter.Node) -> Expr:
        for one in children(node):
            self.give(self.visit(one))
        return None

    def give(self, expr: Expr) -> None:
        """Note a value of the switch at hand."""
        if expr is not None and expr[0] != "k":
            self.given.append(("b", self.scope.number, expr))

    def instance_of(self, node: tree_sitter.Node) -> Expr:
        self.visit(node.child_by_field_name("left"))
        declared = self.type(node.child_by_field_name("right"))
        name = node.child_by_field_name("name")
        if name is not None:
            self.scope.bind(self.text_at(name), ("A", declared) if declared else None, node.start_point[0], True)
        pattern = node.child_by_field_name("pattern")
        if pattern is not None:
            self.visit(pattern)
        return None

    def type_pattern(self, node: tree_sitter.Node) -> Expr:
        """`case Circle c` and the parts of a record pattern."""
        parts = [one for one in children(node) if one.type != "modifiers"]
        if len(parts) == 2:
            declared = self.type(parts[0])
            name = self.text_at(parts[1])
            self.scope.bind(name, ("A", declared) if declared else None, node.start_point[0], True)
        return None

    def record_pattern(self, node: tree_sitter.Node) -> Expr:
        for one in children(node):
            if one.type == "record_pattern_body":
                self.visit_all(one.named_children)
            else:
                self.type(one)
        return None

    def string(self, node: tree_sitter.Node) -> Expr:
        return STRING

    def literal(self, node: tree_sitter.Node) -> Expr:
        return ("k", LITERALS.get(node.type, "boolean"), None)

    def class_literal(self, node: tree_sitter.Node) -> Expr:
        for one in children(node):
            self.type(one)
        return None

    def type_node(self, node: tree_sitter.Node) -> Expr:
        self.type(node)
        return None

    def array(self, node: tree_sitter.Node) -> Expr:
        found = [self.visit(one) for one in children(node)]
        known = [one for one in found if one is not None and one[0] != "k"]
        return ("l", "array", tuple(found[:MAX_ITEMS])) if known else None

    def array_creation(self, node: tree_sitter.Node) -> Expr:
        declared = self.type(node.child_by_field_name("type"))
        for one in children(node):
            if one.type in ("dimensions_expr", "array_initializer"):
                self.visit(one)
        return ("A", ("s", ("n", "Array"), declared)) if declared is not None else None

    # ---- assignments and variables

    def assignment(self, node: tree_sitter.Node) -> Expr:
        left = node.child_by_field_name("left")
        plain = self.text_at(node.child_by_field_name("operator")) == "="
        expr = self.visit(node.child_by_field_name("right"))
        if left is None:
            return expr
        row = node.start_point[0]
        if left.type == "identifier":
            name = self.text_at(left)
            self.refer("write", ("n", name), self.place(left), self.scope)
            if plain:
                self.assign_name(name, expr, row)
        elif left.type == "field_access":
            target = self.chain(left)
            if rooted(target):
                self.refer("write", target, self.place(left), self.scope)
            owner = self.own_class() if target is not None and target[1] == ("n", "this") else None
            if owner is not None and target is not None and plain:
                owner.attribute(target[2], self.scope.number, expr, row)
        else:
            self.visit(left)
        return expr

    def assign_name(self, name: str, expr: Expr, row: int) -> None:
        """A local variable gets the value; a field of the class around keeps it for all methods."""
        here: Draft | None = self.scope
        while here is not None and here.kind != "module":
            if name in here.names:
                if here.kind == "class":
                    here.attribute(name, self.scope.number, expr, row)
                else:
                    self.assign(name, expr, row, here)
                return
            here = here.around

    def own_class(self) -> Draft | None:
        here: Draft | None = self.scope
        while here is not None and here.kind != "class":
            here = here.around
        return here

    def updated(self, node: tree_sitter.Node) -> Expr:
        for one in children(node):
            if one.type in ("identifier", "field_access"):
                target = self.chain(one)
                if rooted(target):
                    self.refer("write", target, self.place(one), self.scope)
            else:
                self.visit(one)
        return None

    def local_variables(self, node: tree_sitter.Node) -> Expr:
        declared = self.type(node.child_by_field_name("type"))
        self.annotations(node)
        for one in node.children_by_field_name("declarator"):
            self.variable(one, declared)
        return None

    def variable(self, node: tree_sitter.Node, declared: Expr) -> None:
        """One name of a declaration, in a statement, a loop or a `try`."""
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        expr = self.declared(declared, value, node)
        if name is not None:
            self.bind(self.text_at(name), expr, node.start_point[0])

    def declared(self, declared: Expr, value: tree_sitter.Node | None, node: tree_sitter.Node) -> Expr:
        """What a variable stands for: its first value where that is a certain thing, else its type."""
        expr = self.visit(value)
        if declared is None or (value is not None and value.type in CONCRETE):
            return expr
        is_array = node.child_by_field_name("dimensions") is not None
        return ("A", ("s", ("n", "Array"), declared) if is_array else declared)

    def annotations(self, node: tree_sitter.Node) -> None:
        for one in node.named_children:
            if one.type == "modifiers":
                self.visit_all(child for child in one.named_children)

    def annotation(self, node: tree_sitter.Node) -> Expr:
        self.type(node.child_by_field_name("name"))
        self.visit(node.child_by_field_name("arguments"))
        return None

    def element_value(self, node: tree_sitter.Node) -> Expr:
        self.visit(node.child_by_field_name("value"))
        return None

    # ---- statements

    def block_statement(self, node: tree_sitter.Node) -> Expr:
        if not any(child.type in DECLARING for child in node.named_children):
            self.statements(node)
            return None
        with self.inside(self.block(node)):
            self.statements(node)
        return None

    def scoped(self, node: tree_sitter.Node) -> Expr:
        """A statement whose head declares names."""
        with self.inside(self.block(node)):
            self.conditionally(node)
        return None

    def loop_over(self, node: tree_sitter.Node) -> Expr:
        declared = self.type(node.child_by_field_name("type"))
        over = self.visit(node.child_by_field_name("value"))
        item: Expr = ("A", declared) if declared is not None else ("i", over) if over is not None else None
        with self.inside(self.block(node)) as draft:
            draft.bind(self.text_at(node.child_by_field_name("name")), item, node.start_point[0])
            self.visit(node.child_by_field_name("body"))
        return None

    def resource(self, node: tree_sitter.Node) -> Expr:
        if node.child_by_field_name("name") is None:
            return self.same(node)
        self.variable(node, self.type(node.child_by_field_name("type")))
        return None

    def caught(self, node: tree_sitter.Node) -> Expr:
        """The parameter of a `catch`."""
        types = next((one for one in node.named_children if one.type == "catch_type"), None)
        declared = self.type(types, "except")
        name = self.text_at(node.child_by_field_name("name"))
        self.bind(name, ("A", declared) if declared is not None else None, node.start_point[0])
        return None

    def returned(self, node: tree_sitter.Node) -> Expr:
        for one in children(node):
            self.returns(self.visit(one))
        return None

    def thrown(self, node: tree_sitter.Node) -> Expr:
        for one in children(node):
            made = one.child_by_field_name("type") if one.type == "object_creation_expression" else one
            self.raised(self.short(made)[:80])
            self.visit(one)
        return None


def method_name(name: str) -> str:
    """Methods have names of their own: a variable or a field of the same name is something else."""
    return f"{name}()"


def rooted(expr: Expr) -> bool:
    """Whether a chain of fields starts with a name."""
    while expr and expr[0] == "a":
        expr = expr[1]
    return bool(expr) and expr[0] in ("n", "A")
