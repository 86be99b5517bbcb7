"""Go statements and expressions: what they call, use and are worth."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from remora.isg.facts import Expr, Parameter
from remora.isg.languages.go.literals import Literals
from remora.isg.languages.go.types import BASIC
from remora.isg.languages.lexical import COMMENTS, nth
from remora.isg.signature import collapsed

if TYPE_CHECKING:
    import tree_sitter

TYPE_NODES = frozenset(
    {"slice_type", "array_type", "map_type", "channel_type", "pointer_type", "qualified_type", "generic_type"}
    | {"type_identifier", "struct_type", "interface_type", "function_type", "implicit_length_array_type"}
)


OPEN_TYPES = frozenset({"func", "interface"})
# What the local of a rest parameter ends in.
REST = "'0"


class Code(Literals):
    """Visits the code of function bodies and initialisers."""

    handlers: ClassVar[dict[str, str]] = {
        "identifier": "name",
        "selector_expression": "member",
        "index_expression": "item",
        "slice_expression": "sliced",
        "call_expression": "call",
        "type_conversion_expression": "conversion",
        "type_assertion_expression": "conversion",
        "composite_literal": "composite",
        "func_literal": "closure",
        "binary_expression": "binary",
        "unary_expression": "unary",
        "parenthesized_expression": "first",
        "variadic_argument": "first",
        "expression_list": "listed",
        "literal_element": "first",
        "expression_statement": "first",
        "short_var_declaration": "assignment",
        "assignment_statement": "assignment",
        "receive_statement": "assignment",
        "inc_statement": "step",
        "dec_statement": "step",
        "var_spec": "variables",
        "const_spec": "variables",
        "type_spec": "local_type",
        "type_alias": "local_type",
        "return_statement": "return_",
        "block": "body",
        "if_statement": "body",
        "for_statement": "body",
        "range_clause": "range_clause",
        "expression_switch_statement": "body",
        "type_switch_statement": "type_switch",
        "expression_case": "body",
        "default_case": "body",
        "communication_case": "body",
        "interpreted_string_literal": "string",
        "raw_string_literal": "string",
        "int_literal": "integer",
        "float_literal": "decimal",
        "imaginary_literal": "nothing",
        "rune_literal": "nothing",
        "true": "boolean",
        "false": "boolean",
        **dict.fromkeys(("comment", "nil", "iota", "label_name", "break_statement", "continue_statement"), "nothing"),
        **dict.fromkeys(("goto_statement", "fallthrough_statement", "empty_statement"), "nothing"),
        **dict.fromkeys(TYPE_NODES, "type_value"),
    }

    # ---- names and literals

    def name(self, node: tree_sitter.Node) -> Expr:
        name = self.text_at(node)
        own = self.local(name)
        if own:
            return ("n", own)
        if name == "_":
            return None
        self.note("read", ("n", name), node)
        return ("n", name)

    def type_value(self, node: tree_sitter.Node) -> Expr:
        """A type where a value may stand: an argument of `new` and `make`, a method expression."""
        self.refer_type("type", node, self.scope)
        return self.type_expr(node)

    def string(self, node: tree_sitter.Node) -> Expr:
        return self.constant(node, "str")

    def integer(self, node: tree_sitter.Node) -> Expr:
        return ("k", "int", None)

    def decimal(self, node: tree_sitter.Node) -> Expr:
        return ("k", "float64", None)

    def boolean(self, node: tree_sitter.Node) -> Expr:
        return ("k", "bool", None)

    def listed(self, node: tree_sitter.Node) -> Expr:
        found = self.values(node.named_children)
        return found[0] if len(found) == 1 else ("l", "tuple", found)

    # ---- expressions

    def callee(self, node: tree_sitter.Node | None) -> Expr:
        """What is called, without a reference to it."""
        if node is None:
            return None
        if node.type == "identifier":
            name = self.text_at(node)
            return ("n", self.local(name) or name)
        if node.type == "selector_expression":
            of = self.code(node.child_by_field_name("operand"))
            return ("a", of, self.text_at(node.child_by_field_name("field")))
        if node.type == "index_expression":  # a generic function with its types, or a function in a table
            of = self.callee(node.child_by_field_name("operand"))
            index = self.code(node.child_by_field_name("index"))
            return ("o", (of, ("s", of, index))) if of is not None else None
        if node.type == "parenthesized_expression" and (inner := nth(node, 0)) is not None:
            return self.callee(inner)
        return self.code(node)

    def call(self, node: tree_sitter.Node) -> Expr:
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        callee = self.callee(function)
        if (types := node.child_by_field_name("type_arguments")) is not None:
            for child in types.named_children:
                if not self.local(self.text_at(child).partition(".")[0]):
                    self.refer_type("type", child, self.scope)
            callee = in_table(callee) if types.named_child_count == 1 else callee
        inner = arguments.named_children if arguments is not None else []
        if callee in (("n", "new"), ("n", "make")) and inner:
            return self.made(node, callee, inner)
        args = self.values(inner)
        if arguments is not None and args and self.source[arguments.end_byte - 4 : arguments.end_byte] == b"...)":
            args = (*args[:-1], ("*", args[-1]))
        expr: Expr = ("c", callee, args, ())
        self.note_call(expr, "", function, node)
        if callee == ("n", "append") and len(args) > 1:
            whole = tuple(one for one in args[1:] if one is not None)
            return ("o", (args[0], ("l", "[]", whole))) if args[0] is not None else ("l", "[]", whole)
        return expr

    def made(self, node: tree_sitter.Node, callee: tuple, inner: list[tree_sitter.Node]) -> Expr:
        """`new(T)` makes a T; `make([]T, n)` an empty collection."""
        type_ = self.type_expr(inner[0]) if inner[0].type != "identifier" else self.callee(inner[0])
        self.values(inner)
        self.add_call(("c", callee, (), ()), "", str(callee[1]), self.place(node), self.scope)
        if callee[1] == "new" and type_ is not None and type_[0] in "nas":
            of = type_[1] if type_[0] == "s" else type_
            self.add_call(("c", of, (), ()), "new", self.text_at(inner[0]), self.place(node), self.scope)
        return ("A", type_) if type_ is not None else None

    def conversion(self, node: tree_sitter.Node) -> Expr:
        operand = self.code(node.child_by_field_name("operand"))
        type_node = node.child_by_field_name("type")
        if node.type == "type_conversion_expression" and type_node is not None and type_node.type == "generic_type":
            return self.generic_call(node, type_node, operand)
        self.refer_type("type", type_node, self.scope)
        type_ = self.type_expr(type_node)
        return ("A", type_) if type_ is not None else None

    def generic_call(self, node: tree_sitter.Node, type_node: tree_sitter.Node, operand: Expr) -> Expr:
        """`Largest[Cart](x)` looks like a conversion, whether `Largest` is a type, a function or a table of functions."""
        of = type_node.child_by_field_name("type")
        if (arguments := type_node.child_by_field_name("type_arguments")) is not None:
            for child in arguments.named_children:
                if not self.local(self.text_at(child).partition(".")[0]):
                    self.refer_type("type", child, self.scope)
        callee = self.type_expr(of)
        if arguments is None or arguments.named_child_count == 1:
            callee = in_table(callee)
        expr: Expr = ("c", callee, (operand,), ())
        self.add_call(expr, "", self.text_at(of), self.place(node), self.scope)
        return expr

    def member(self, node: tree_sitter.Node) -> Expr:
        expr = self.callee(node)
        self.note("read", expr, node)
        return expr

    def item(self, node: tree_sitter.Node) -> Expr:
        of = self.code(node.child_by_field_name("operand"))
        return ("s", of, self.code(node.child_by_field_name("index")))

    def sliced(self, node: tree_sitter.Node) -> Expr:
        of = self.code(node.child_by_field_name("operand"))
        for field in ("start", "end", "capacity"):
            self.code(node.child_by_field_name(field))
        return of

    def unary(self, node: tree_sitter.Node) -> Expr:
        value = self.code(node.child_by_field_name("operand"))
        operator = self.source[node.start_byte : node.start_byte + 2]
        if operator == b"<-":
            return ("i", value) if value is not None else None
        return value if operator[:1] in (b"&", b"*") else None

    # ---- functions

    def closure(self, node: tree_sitter.Node) -> Expr:
        body = node.child_by_field_name("body")
        end = body.start_byte if body is not None else node.end_byte
        header = collapsed(self.source[node.start_byte : end].decode("utf-8", "replace"))
        draft = self.open_lambda(node, header, body)
        with self.within(draft, sees_locals=True):
            self.signature(node)
            self.code(body)
        return ("d", draft.node)

    def signature(self, node: tree_sitter.Node) -> None:
        """Parameters and results of a function, in its scope."""
        parameters = node.child_by_field_name("parameters")
        self.parameters(parameters.named_children if parameters is not None else ())
        result = node.child_by_field_name("result")
        if result is None:
            return
        draft = self.scope
        draft.result = self.type_expr(result)
        if result.type != "parameter_list":
            self.refer_type("returns", result, draft)
            return
        for child in result.named_children:
            type_node = child.child_by_field_name("type")
            self.refer_type("returns", type_node, draft)
            type_ = self.type_expr(type_node)
            for name in child.children_by_field_name("name"):
                self.declare(self.text_at(name), ("A", type_) if type_ else None, self.row(child))

    def parameters(self, nodes: Iterable[tree_sitter.Node]) -> None:
        draft = self.scope
        for node in nodes:
            if node.type not in ("parameter_declaration", "variadic_parameter_declaration"):
                continue
            type_node = node.child_by_field_name("type")
            type_ = self.type_expr(type_node)
            self.refer_type("type", type_node, draft)
            rest = node.type == "variadic_parameter_declaration"
            if rest:
                type_ = ("s", ("n", "[]"), type_)
            for name_node in node.children_by_field_name("name") or [None]:
                name = self.text_at(name_node)
                number = len(draft.parameters)
                known = name not in ("", "_")
                draft.parameters.append(Parameter(name if known else f"({number})", "*" if rest else "p", None, type_))
                if known and rest:
                    self.declare_rest(name, number, type_, self.row(node))
                elif known:
                    self.declare_parameter(name, number, self.row(node))

    def parameter_kind(self, type_node: tree_sitter.Node | None) -> str:
        """A type's bare name may be an interface's or a function type's: callers say more."""
        if type_node is not None and type_node.type in ("type_identifier", "qualified_type", "generic_type"):
            return "/" if self.text_at(type_node) in BASIC else "p"
        return self.declared_kind(type_node, OPEN_TYPES)

    def declare_rest(self, name: str, number: int, type_: Expr, row: int) -> None:
        """`xs ...T`: what callers hand over, and the declared type of it."""
        own = f"{name}{REST}"
        self.frames[-1][name] = own
        self.scope.bind(name, ("p", number), row)
        self.scope.bind(own, ("o", (("n", name), ("A", type_))), row)

    def return_(self, node: tree_sitter.Node) -> Expr:
        value = self.code(nth(node, 0)) if node.named_child_count else None
        if value is not None:
            self.scope.owner().returns.append(value)
        return None

    # ---- statements

    def body(self, node: tree_sitter.Node) -> Expr:
        with self.block():
            for child in node.named_children:
                self.code(child)
        return None

    def range_clause(self, node: tree_sitter.Node) -> Expr:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        value = self.code(right)
        names = left.named_children if left is not None else []
        item: Expr = ("i", value) if value is not None else None
        parts = [None, item] if len(names) > 1 else [item]
        declares = b":=" in self.source[node.start_byte : right.start_byte if right is not None else node.end_byte]
        for name, part in zip(names, parts, strict=False):
            self.bind_target(name, part, declares=declares)
        return None

    def type_switch(self, node: tree_sitter.Node) -> Expr:
        """In each case with one type the name is of that type."""
        alias, value_node = node.child_by_field_name("alias"), node.child_by_field_name("value")
        name = self.text_at(nth(alias, 0)) if alias is not None and alias.named_child_count else ""
        with self.block():
            self.code(node.child_by_field_name("initializer"))
            value = self.code(value_node)
            for child in node.named_children:
                if child.type not in ("type_case", "default_case"):
                    continue
                types = child.children_by_field_name("type")
                for one in types:
                    self.refer_type("type", one, self.scope)
                type_ = self.type_expr(types[0]) if len(types) == 1 else None
                with self.block():
                    if name:
                        self.declare(name, ("A", type_) if type_ is not None else value, self.row(child))
                    for inner in child.named_children:
                        if inner.type in ("statement_list", "comment") or inner not in types:
                            self.code(inner)
        return None

    def assignment(self, node: tree_sitter.Node) -> Expr:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        declares = node.type == "short_var_declaration"
        if node.type == "receive_statement" and right is not None:
            declares = b":=" in self.source[node.start_byte : right.start_byte]
        self.bind_all(left.named_children if left is not None else [], right, declares=declares)
        return None

    def bind_all(self, targets: list[tree_sitter.Node], right: tree_sitter.Node | None, *, declares: bool) -> None:
        """Assign values to targets: one each, or the parts of one call."""
        targets = [one for one in targets if one.type not in COMMENTS]
        for target, value in zip(targets, self.parts_of(right, len(targets)), strict=False):
            self.bind_target(target, value, declares=declares)

    def parts_of(self, right: tree_sitter.Node | None, count: int) -> list[Expr]:
        if right is None:
            return [None] * count
        values = self.values(right.named_children) if right.type == "expression_list" else (self.code(right),)
        if len(values) == 1 and count > 1:
            one = values[0]
            # `v, ok := m[k]`, `x.(T)` and `<-c` give the value itself first; a call gives its results.
            if one is not None and one[0] != "c":
                return [one, *[None] * (count - 1)]
            return [("u", n, one) if one is not None else None for n in range(count)]
        return [*values, *[None] * max(0, count - len(values))]

    def bind_target(self, target: tree_sitter.Node, value: Expr, *, declares: bool) -> None:
        row = self.row(target)
        if target.type == "identifier":
            name = self.text_at(target)
            if declares and name not in self.frames[-1]:
                self.declare(name, value, row)
            elif name != "_" and not self.assign(name, value, row):
                self.refer("write", ("n", name), self.place(target), self.scope)
        elif target.type == "selector_expression":
            expr = self.callee(target)
            self.refer("write", expr, self.place(target), self.scope)
            if expr is not None and value is not None and value[0] in "dna":  # it may be a function
                self.store(expr, value, row, self.scope)
            elif expr is not None and (functions := self.appended(value)):
                self.store(expr, ("l", "[]", functions), row, self.scope)
        else:
            self.code(target)

    @staticmethod
    def appended(value: Expr) -> tuple[Expr, ...]:
        """What `append` adds that may be a function: a closure, a parameter or a name of the package."""
        if value is None or value[0] != "o" or len(value[1]) != 2 or value[1][1][:2] != ("l", "[]"):
            return ()
        return tuple(one for one in value[1][1][2] if may_be_function(one[1] if one[0] == "*" else one))

    def step(self, node: tree_sitter.Node) -> Expr:
        if (target := nth(node, 0)) is not None:
            self.bind_target(target, None, declares=False)
        return None

    def variables(self, node: tree_sitter.Node) -> Expr:
        """`var x, y T = …` and `const x = …` in a function."""
        type_node, right = node.child_by_field_name("type"), node.child_by_field_name("value")
        names = [one for one in node.children_by_field_name("name") if one.type == "identifier"]
        type_ = self.type_expr(type_node)
        self.refer_type("type", type_node, self.scope)
        for name, value in zip(names, self.parts_of(right, len(names)), strict=False):
            expr: Expr = value
            if type_ is not None:  # a named type may be an interface, which the value says more about
                more = value is not None and self.parameter_kind(type_node) == "p"
                expr = ("o", (("A", type_), value)) if more else ("A", type_)
            self.declare(self.text_at(name), expr, self.row(name))
        return None

    def local_type(self, node: tree_sitter.Node) -> Expr:
        raise NotImplementedError


def in_table(callee: Expr) -> Expr:
    """`handlers[name](x)` looks like a call of a generic function with its type."""
    return ("o", (callee, ("s", callee, None))) if callee is not None and callee[0] in "na" else callee


def may_be_function(expr: Expr) -> bool:
    """Whether a value is a closure, a parameter or a name of the package."""
    if expr is None:
        return False
    return expr[0] == "d" or (expr[0] == "n" and ("'" not in expr[1] or expr[1].endswith(REST)))
