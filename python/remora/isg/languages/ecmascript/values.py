"""Expressions of JavaScript and TypeScript: what they stand for, what they call and what they read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.facts import Binding, Expr
from remora.isg.languages.ecmascript.calls import Calls
from remora.isg.languages.ecmascript.types import first_named
from remora.isg.languages.walk import MAX_ITEMS

if TYPE_CHECKING:
    import tree_sitter

    from remora.isg.scope import Draft

# Strings matter as keys; texts for people would only make the facts heavy.
MAX_STRING = 40
MOST_NAMES = 16
FUNCTIONS = frozenset({"arrow_function", "function_expression", "generator_function", "function"})
# `value instanceof Type` is written so; nothing has such a name.
CHECK: Expr = ("n", "<instanceof>")
CLASSES = frozenset({"class"})
CAST = frozenset({"as_expression", "satisfies_expression"})
CONSTANTS = {"template_string": "String", "regex": "RegExp"}


class Values(Calls):
    """Each method reads one syntax and gives its expression."""

    def function_value(self, node: tree_sitter.Node, this: Expr = None) -> Expr:
        raise NotImplementedError

    def property_value(self, pair: tree_sitter.Node, key: tree_sitter.Node | None, holder: Draft, this: Expr) -> Expr:
        raise NotImplementedError

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
        operator = node.children[1].type
        while here is not None and here.type == "binary_expression" and here.children[1].type == operator:
            spine.append(here)
            here = here.children[0]
        chosen.append(self.visit(here))
        for one in reversed(spine):
            chosen.append(self.visit(one.children[-1] if one is not None else None))
        if operator == "+" and all(one is not None and one[:2] == ("k", "String") and one[2] for one in chosen):
            return ("k", "String", "".join(one[2] for one in chosen if one is not None)[:MAX_STRING])
        if operator == "instanceof":
            self.checked(node, *chosen[:2])
        if operator == "+" and (first := chosen[0]) is not None and first[0] == "k" and isinstance(first[2], str):
            return ("f", first[2])
        if operator == "&&":
            return chosen[-1]
        return one_of(chosen[:MAX_ITEMS]) if operator in ("||", "??") else None

    def checked(self, node: tree_sitter.Node, value: Expr, type_: Expr) -> None:
        """`value instanceof Type` says what a name is from there on."""
        here: Draft | None = self.scope if value is not None and value[0] == "n" and type_ is not None else None
        while here is not None and value[1] not in here.names:
            here = here.around
        if here is not None:
            self.add_call(("c", CHECK, (value, type_), ()), "for", "instanceof", self.place(node), here)

    def string(self, node: tree_sitter.Node) -> Expr:
        text = self.text_at(node)
        key = text[1:-1]
        return ("k", "String", key if len(key) <= MAX_STRING and is_key(key) else None)

    def number(self, node: tree_sitter.Node) -> Expr:
        text = self.text_at(node)
        return ("k", "Number", int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None)

    def constant(self, node: tree_sitter.Node) -> Expr:
        parts = node.named_children
        self.visit_all(parts)
        if len(parts) > 1 and parts[0].type == "string_fragment" and is_key(text := self.text_at(parts[0])):
            return ("f", text)
        return ("k", CONSTANTS.get(node.type, "Boolean"), None)

    def array(self, node: tree_sitter.Node) -> Expr:
        found = [self.visit(one) for one in node.named_children if one.type != "comment"]
        if all(one is None or one[0] == "k" for one in found):
            names = all(one is not None and one[1] == "String" and one[2] for one in found)  # keys of something else
            return ("l", "Array", tuple(found) if names and len(found) <= MOST_NAMES else ())
        return ("l", "Array", tuple(found[:MAX_ITEMS]))

    def spread(self, node: tree_sitter.Node) -> Expr:
        inner = self.visit(first_named(node))
        if inner is None:
            return None
        self.iterates(inner, node)
        return ("*", inner)

    def object(self, node: tree_sitter.Node) -> Expr:
        return self.object_of(node, self.scope, None)

    def object_of(self, node: tree_sitter.Node, holder: Draft, this: Expr) -> Expr:
        """An object literal.

        Args:
            holder: what its functions belong to: they are named by their keys below it.
            this: what `this` means in its methods, when that has a name.
        """
        pairs: list[tuple[Expr, Expr]] = []
        before = len(self.scopes)
        for one in node.named_children:
            kind = one.type
            if kind == "pair" or kind == "method_definition":
                key = one.children[0] if kind == "pair" else one.child_by_field_name("name")
                value = self.property_value(one, key, holder, this)
                if kind == "pair" and self.text_at(key) == "__proto__":
                    pairs.append((None, value))
                    continue
                if value is not None and (value[0] != "k" or value[1] == "Symbol"):
                    pairs.append((self.key_expr(key), value))
            elif kind == "shorthand_property_identifier":
                pairs.append((("k", "String", self.text_at(one)), self.identifier(one)))
            elif kind == "spread_element":
                pairs.append((None, self.visit(first_named(one))))
        made: Expr = ("m", tuple(pairs[:MAX_ITEMS]))
        if this is None and len(self.scopes) > before:
            self.give_this(made, before)
        return made

    def give_this(self, made: Expr, before: int) -> None:
        """`this` in the methods of an object without a name is that object, unless a caller says otherwise."""
        nodes = {value[1] for _, value in made[1] if value is not None and value[0] == "d"}
        for draft in self.scopes[before:]:
            if draft.kind == "function" and draft.node in nodes and (bound := draft.names.get("this")):
                asked = bound[0].expr
                if asked is not None and asked[0] == "p" and draft.parameters[asked[1]].kind == "k":
                    bound[0] = Binding(("o", (("b", self.scope.number, made), asked)), bound[0].row, False)

    def key_expr(self, key: tree_sitter.Node | None) -> Expr:
        if key is None:
            return None
        if key.type == "computed_property_name" and not self.key_text(key):
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
            return text if text.startswith("[Symbol.") else self.constant_text(first_named(key))
        return text

    def constant_text(self, node: tree_sitter.Node | None) -> str:
        """The text that a computed key always is: a literal, or a constant of the scopes around."""
        if node is None or node.type == "string":
            return self.text_at(node)[1:-1]
        here: Draft | None = self.scope if node.type == "identifier" else None
        while here is not None:
            bound = here.names.get(self.text_at(node))
            if bound:
                expr = bound[0].expr
                return str(expr[2] or "") if len(bound) == 1 and expr and expr[:2] == ("k", "String") else ""
            here = here.around
        return ""


def one_of(found: list[Expr]) -> Expr:
    known = tuple(dict.fromkeys(one for one in found if one is not None and one[0] != "k"))
    return known[0] if len(known) == 1 else ("o", known) if known else None


def is_key(text: str) -> bool:
    return text.replace("-", "_").replace(".", "_").replace(":", "_").replace("/", "_").isidentifier()
