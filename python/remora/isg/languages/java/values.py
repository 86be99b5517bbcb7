"""Expressions of Java: what they stand for, what they call and what they read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from remora.isg.expressions import children
from remora.isg.facts import Expr
from remora.isg.languages.java.types import Types
from remora.isg.languages.walk import MAX_ITEMS

if TYPE_CHECKING:
    import tree_sitter

    from remora.isg.scope import Draft

STRING: Expr = ("k", "String", None)
LITERALS = {
    "decimal_integer_literal": "int",
    "hex_integer_literal": "int",
    "decimal_floating_point_literal": "double",
    "character_literal": "char",
}
# The types of numbers, the widest last: a sum is of the widest among its parts.
NUMBERS = ("byte", "short", "char", "int", "long", "float", "double")
COMPARING = frozenset({"&&", "||", "==", "!=", "<", ">", "<=", ">="})
# Static methods that make a collection of their arguments, or of what is in their only one.
COLLECTING = {("Arrays", "asList"), ("List", "of"), ("Set", "of"), ("Stream", "of"), ("Optional", "of")} | {
    ("Optional", "ofNullable"),
    ("Collections", "singletonList"),
    ("Collections", "singleton"),
    ("EnumSet", "of"),
    ("CompletableFuture", "completedFuture"),
}
# Methods of collections that keep their last argument.
KEEPING = frozenset({"add", "addFirst", "addLast", "offer", "push", "put", "putIfAbsent"})
COPYING = {("Arrays", "stream"), ("List", "copyOf"), ("Set", "copyOf"), ("Collections", "unmodifiableList")} | {
    ("Collections", "unmodifiableSet"),
    ("Collections", "unmodifiableCollection"),
    ("Collections", "synchronizedList"),
}


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
        self.add_call(expr, "", self.shown(node).partition("(")[0] or name, self.place(node), self.scope)
        made = (self.text_at(of), name) if of is not None and of.type == "identifier" else None
        if made in COLLECTING:
            return ("l", "array", expr[2])
        if made == ("Map", "of"):
            return (
                "m",
                tuple((key or ("any",), value) for key, value in zip(expr[2][::2], expr[2][1::2], strict=False)),
            )
        if name in KEEPING and of is not None and expr[2]:
            self.kept(of, expr[2][-1], node.start_point[0])
        if made in COPYING and len(expr[2]) == 1:
            return ("l", "array", (("*", expr[2][0]),))
        return expr

    def kept(self, of: tree_sitter.Node, item: Expr, row: int) -> None:
        """A collection in a field of the class keeps something; only what may be a function is followed."""
        if item is None or item[0] not in "dna":
            return
        name = self.text_at(of.child_by_field_name("field") if of.type == "field_access" else of)
        here: Draft | None = self.scope
        while here is not None and (here.kind != "class" or name not in here.names):
            if of.type == "identifier" and here.kind != "class" and name in here.names:
                return
            here = here.around
        parameters = {one.name for one in self.scope.owner().parameters}
        if here is not None and (item[0] != "n" or item[1] in parameters):
            here.attribute(name, self.scope.number, ("l", "array", (item,)), row)

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
        """Long ones nest to the left. With a string among them a sum is a string."""
        spine: list[tree_sitter.Node] = []
        here: tree_sitter.Node | None = node
        while here is not None and here.type == "binary_expression":
            spine.append(here)
            here = here.child_by_field_name("left")
        found = [self.visit(here), *(self.visit(one.child_by_field_name("right")) for one in reversed(spine))]
        operators = {child.type for child in node.children if not child.is_named}
        if operators & COMPARING:
            return ("k", "boolean", None)
        kinds = [one[1] if one is not None and one[0] == "k" else "" for one in found]
        if "+" in operators and "String" in kinds:
            return STRING
        if not all(kind in NUMBERS for kind in kinds):
            return None
        return ("k", max("int", *kinds, key=NUMBERS.index), None)

    def unary(self, node: tree_sitter.Node) -> Expr:
        value = self.visit(node.child_by_field_name("operand"))
        if any(child.type == "!" for child in node.children):
            return ("k", "boolean", None)
        return value if value is not None and value[0] == "k" else None

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
        kind = LITERALS.get(node.type, "boolean")
        last = chr(self.source[node.end_byte - 1])
        if kind == "int" and last in "lL":
            kind = "long"
        elif node.type.startswith("decimal") and last in "fF":
            kind = "float"
        return ("k", kind, None)

    def class_literal(self, node: tree_sitter.Node) -> Expr:
        for one in children(node):
            self.type(one)
        return ("k", "Class", None)

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


def method_name(name: str) -> str:
    """Methods have names of their own: a variable or a field of the same name is something else."""
    return f"{name}()"


def rooted(expr: Expr) -> bool:
    """Whether a chain of fields starts with a name or a call."""
    while expr and expr[0] == "a":
        expr = expr[1]
    return bool(expr) and expr[0] in ("n", "A", "c")
