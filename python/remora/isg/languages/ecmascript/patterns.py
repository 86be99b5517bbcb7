"""Names that are declared, taken apart and assigned to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.facts import Expr
from remora.isg.languages.ecmascript.calls import TRANSPARENT, rooted
from remora.isg.languages.ecmascript.types import first_named
from remora.isg.languages.ecmascript.values import FUNCTIONS, Values

if TYPE_CHECKING:
    import tree_sitter

    from remora.isg.scope import Draft


class Patterns(Values):
    """Attributes:
    prototypes: functions with a prototype, by name: the class that each makes.
    constructed: names of functions whose prototype the text mentions.
    fields_seen: where an attribute of the object is assigned to first: by (number of the class's node, name).
    """

    prototypes: dict[str, Draft]
    constructed: frozenset[str]
    fields_seen: dict[tuple[int, str], tuple[tree_sitter.Node, Draft]]

    def export_of_module(self, target: Expr, node: tree_sitter.Node, right: tree_sitter.Node) -> bool:
        raise NotImplementedError

    def named_value(
        self,
        node: tree_sitter.Node,
        name: str,
        name_node: tree_sitter.Node,
        holder: Draft,
        first: tree_sitter.Node | None = None,
        this: Expr = None,
    ) -> Expr:
        raise NotImplementedError

    def bind_pattern(self, pattern: tree_sitter.Node, expr: Expr, row: int, into: Draft | None) -> None:
        """Bind the names of a pattern in a scope; None: they are declared elsewhere."""
        kind = pattern.type
        if kind in ("identifier", "shorthand_property_identifier_pattern"):
            name = self.text_at(pattern)
            if into is None:
                self.assign(name, expr, row)
                self.refer("write", ("n", name), self.place(pattern), self.scope)
            else:
                into.bind(name, expr, row, self.branch > 0)
        elif kind == "object_pattern":
            for one in pattern.named_children:
                self.bind_property(one, expr, row, into)
        elif kind == "array_pattern":
            self.bind_items(pattern, expr, row, into)
        elif kind in ("assignment_pattern", "object_assignment_pattern"):
            left, right = pattern.child_by_field_name("left"), pattern.child_by_field_name("right")
            default = self.visit(right)
            if left is not None:
                both = tuple(one for one in (expr, default) if one is not None)
                self.bind_pattern(left, ("o", both) if len(both) == 2 else both[0] if both else None, row, into)
        elif kind == "rest_pattern":
            inner = first_named(pattern)
            if inner is not None:
                self.bind_pattern(inner, expr, row, into)
        elif kind in ("member_expression", "subscript_expression"):
            self.assign_member(pattern, expr, row)

    def bind_property(self, one: tree_sitter.Node, expr: Expr, row: int, into: Draft | None) -> None:
        if one.type == "shorthand_property_identifier_pattern":
            self.bind_pattern(one, part_of(expr, self.text_at(one)), row, into)
        elif one.type == "pair_pattern":
            key, value = one.child_by_field_name("key"), one.child_by_field_name("value")
            if key is not None and key.type == "computed_property_name":
                self.visit(key)
            if value is not None:
                self.bind_pattern(value, part_of(expr, self.key_text(key)), row, into)
        elif one.type == "object_assignment_pattern":
            left = one.child_by_field_name("left")
            default = self.visit(one.child_by_field_name("right"))
            if left is not None:
                taken = part_of(expr, self.text_at(left))
                both = tuple(each for each in (taken, default) if each is not None)
                self.bind_pattern(left, ("o", both) if len(both) == 2 else both[0] if both else None, row, into)
        elif one.type == "rest_pattern":
            self.bind_pattern(one, expr, row, into)

    def bind_items(self, pattern: tree_sitter.Node, expr: Expr, row: int, into: Draft | None) -> None:
        at = 0
        for child in pattern.children:
            if child.type == ",":
                at += 1
            elif child.type == "rest_pattern":
                self.bind_pattern(child, ("ur", at, 0, expr) if expr is not None else None, row, into)
            elif child.is_named and child.type != "comment":
                self.bind_pattern(child, ("u", at, expr) if expr is not None else None, row, into)

    # ---- assignments

    def assignment(self, node: tree_sitter.Node) -> Expr:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return None
        while left.type in TRANSPARENT and (inner := first_named(left)) is not None:
            left = inner
        row = node.start_point[0]
        if left.type == "identifier":
            name = self.text_at(left)
            if right.type == "object":
                known = self.known_node(name)
                expr = self.object_of(right, self.holder(known) if known is not None else self.scope, ("n", name))
            else:
                expr = self.named_value(right, name, left, self.scope)
            self.assign(name, expr, row)
            self.refer("write", ("n", name), self.place(left), self.scope)
            return expr
        if left.type == "subscript_expression" and right.type in FUNCTIONS:
            expr = self.function_of_object(right, left.child_by_field_name("object"))
            self.bind_pattern(left, expr, row, None)
            return expr
        if left.type != "member_expression":
            expr = self.visit(right)
            self.bind_pattern(left, expr, row, None)
            return expr
        target = self.chain(left)
        if self.export_of_module(target, node, right):
            return None
        expr = self.value_of_member(target, left, right)
        self.stored(target, left, expr, row)
        return expr

    def augmented(self, node: tree_sitter.Node) -> Expr:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        expr = self.visit(right)
        if left is None:
            return None
        self.written(left)
        operator = self.text_at(node.child_by_field_name("operator"))
        if operator in ("||=", "&&=", "??="):
            self.branch += 1
            self.bind_pattern(left, expr, node.start_point[0], None)
            self.branch -= 1
        return expr

    def updated(self, node: tree_sitter.Node) -> Expr:
        """`x++` and `delete x.y`"""
        argument = node.child_by_field_name("argument")
        operator = self.text_at(node.child_by_field_name("operator"))
        if argument is None:
            return None
        if node.type == "update_expression" or operator == "delete":
            self.written(argument)
            return None
        self.visit(argument)
        return ("k", "String", None) if operator == "typeof" else None

    def written(self, node: tree_sitter.Node) -> None:
        """A place that is written to and keeps what it may stand for."""
        if node.type == "identifier":
            self.refer("write", ("n", self.text_at(node)), self.place(node), self.scope)
        elif node.type == "member_expression":
            expr = self.chain(node)
            if rooted(expr):
                self.refer("write", expr, self.place(node), self.scope)
        else:
            self.visit(node)

    def assign_member(self, node: tree_sitter.Node, expr: Expr, row: int) -> None:
        if node.type == "member_expression":
            self.stored(self.chain(node), node, expr, row)
            return
        target = self.visit(node)
        if target is not None and expr is not None:
            self.store_elsewhere(target, expr, row)

    def stored(self, target: Expr, node: tree_sitter.Node, expr: Expr, row: int) -> None:
        """`object.name = value`: of the object at hand an attribute of its class, of others a store."""
        if target is None or target[0] != "a":
            return
        if rooted(target):
            self.refer("write", target, self.place(node), self.scope)
        owner = self.this_class() if target[1] in (("n", "this"), ("A", ("d", self.scope.owner().node))) else None
        if owner is not None:
            owner.attribute(target[2], self.scope.number, expr, row)
            self.fields_seen.setdefault((owner.node, target[2]), (node, owner))
        elif expr is not None:
            self.store_elsewhere(target, expr, row)

    def store_elsewhere(self, target: Expr, expr: Expr, row: int) -> None:
        self.scope.stores.append((target, expr, row))

    def this_class(self) -> Draft | None:
        """The class whose object `this` is, seen through arrow functions and blocks."""
        here: Draft | None = self.scope
        while here is not None and here.kind != "class":
            bound = here.names.get("this")
            if bound is not None and (bound[0].expr != ("p", 0) or here.parameters[0].kind == "k"):
                return None
            if here.kind == "module":
                return None
            here = here.around
        return here

    def value_of_member(self, target: Expr, left: tree_sitter.Node, right: tree_sitter.Node) -> Expr:
        """What is assigned to a member; a function is named after it."""
        name = left.child_by_field_name("property")
        of = left.child_by_field_name("object")
        if target is None or target[0] != "a" or name is None or of is None:
            return self.visit(right)
        if target[2] == "prototype" and target[1] and target[1][0] == "n" and target[1][1] in self.prototypes:
            return self.prototype_object(self.prototypes[target[1][1]], right)
        owner = self.this_class() if of.type == "this" else None
        if owner is not None:
            return self.named_value(right, self.text_at(name), name, owner)
        prototype = target[1][1] if target[1] and target[1][0] == "a" and target[1][2] == "prototype" else None
        if prototype is not None and prototype[0] == "n" and prototype[1] in self.prototypes:
            return self.method_of_prototype(self.prototypes[prototype[1]], right, name)
        if of.type == "identifier" and (known := self.known_node(self.text_at(of))) is not None:
            this = ("n", self.text_at(of))
            return self.named_value(right, self.text_at(name), name, self.holder(known), this=this)
        if right.type in FUNCTIONS and of.type == "identifier":
            return self.function_of_object(right, of)
        return self.visit(right)

    def function_of_object(self, node: tree_sitter.Node, of: tree_sitter.Node | None) -> Expr:
        """A function that is stored into an object; the object is its `this`."""
        this: Expr = None
        if of is not None and of.type == "identifier":
            this = ("n", self.text_at(of))
        elif of is not None and of.type == "member_expression":
            chain = self.chain(of)
            if chain is not None and chain[0] == "a" and chain[2] == "prototype":
                this = ("A", chain[1])
        return self.function_value(node, this)

    def method_of_prototype(self, draft: Draft, right: tree_sitter.Node, name: tree_sitter.Node) -> Expr:
        raise NotImplementedError

    def inherits(self, child: Expr, parent: Expr) -> None:
        """`util.inherits(Child, Parent)`: of functions that make classes."""
        draft = self.prototypes.get(child[1]) if child is not None and child[0] == "n" else None
        if draft is not None and parent is not None:
            draft.bases.append(parent)

    def prototype_object(self, draft: Draft, right: tree_sitter.Node) -> Expr:
        """`Name.prototype = {…}` or `= Object.create(Base.prototype)`: the members, or a base, of the class Name makes."""
        if right.type != "object":
            expr = self.visit(right)
            made_of = expr[1] if expr is not None and expr[0] == "m" else ()
            draft.bases += [one[1] for _, one in made_of if one and one[0] == "a" and one[2] == "prototype"]
            return expr
        expr = self.object_of(right, draft, ("A", ("d", draft.node)))
        for key, value in expr[1] if expr is not None else ():
            if key is not None and key[0] == "k" and key[2] and key[2] != "constructor":
                draft.bind(*self.member_of_literal(key[2], value), right.start_point[0])
        return expr

    def member_of_literal(self, name: str, value: Expr) -> tuple[str, Expr]:
        """A pair of an object literal as a class binds it: accessors themselves, a setter's name ends in "="."""
        if value is not None and value[0] == "set":
            return f"{name}=", value[1]
        is_getter = value is not None and value[0] == "c" and value[1] is not None and value[1][0] == "d"
        return name, value[1] if is_getter and "property" in self.nodes[value[1][1]].flags else value

    def known_node(self, name: str) -> int | None:
        """The node of a name that the module or the scope at hand declares."""
        for draft in (self.scope, self.module):
            for one in draft.names.get(name, ()):
                if one.expr is not None and one.expr[0] == "d":
                    return one.expr[1]
        return self.variables.get(name)

    variables: dict[str, int]


def part_of(expr: Expr, name: str) -> Expr:
    return ("a", expr, name) if expr is not None and name else None
