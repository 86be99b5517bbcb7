"""Rust statements and expressions: what they call, use and are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from remora.isg.facts import Expr
from remora.isg.languages.lexical import COMMENTS, MAX_ITEMS, WORD, nth
from remora.isg.languages.rust.functions import OPEN_TYPES, Functions
from remora.isg.scope import Draft

if TYPE_CHECKING:
    import tree_sitter

# A value in one of these is what an item of the whole is.
WRAPPING = {"Some": "Option", "Ok": "Result"}
PLAIN = frozenset({"Err", "None"})
# `Box::new(x)` is looked through, as its type is.
LENDING = frozenset({"Arc", "Box", "Cow", "LazyLock", "Pin", "Rc"})
# Methods that hand each item of a collection, an option or a result to the closure they are given.
GIVING_ITEMS = frozenset(
    {"all", "and_then", "any", "chunk_by", "dedup_by_key", "filter", "filter_map", "find", "find_map", "flat_map"}
    | {"for_each", "inspect", "is_ok_and", "is_some_and", "map", "map_or", "map_or_else", "map_while", "max_by"}
    | {"max_by_key", "min_by", "min_by_key", "partition", "position", "retain", "skip_while", "sort_by", "sort_by_key"}
    | {"sort_unstable_by", "sort_unstable_by_key", "take_while", "try_for_each"}
)
HOLDING = frozenset({"Cell", "Mutex", "RefCell", "RwLock", "OnceCell"})
# They give what they are called on, or a look at it, where nobody says otherwise.
SAME = frozenset({"as_mut", "as_ref", "borrow", "borrow_mut", "by_ref", "clone", "deref", "deref_mut", "to_owned"})
GROWING = {"push": 0, "push_back": 0, "push_front": 0, "insert": -1, "extend": 0, "append": 0}


class Code(Functions):
    """Visits the code of function bodies and initialisers."""

    handlers: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("identifier", "metavariable"), "name"),
        "self": "itself",
        **dict.fromkeys(("scoped_identifier", "generic_function"), "path_value"),
        "call_expression": "call",
        "field_expression": "member",
        "index_expression": "item",
        "macro_invocation": "macro_call",
        "struct_expression": "literal_struct",
        "closure_expression": "closure",
        "binary_expression": "binary",
        "assignment_expression": "assignment",
        "compound_assignment_expr": "compound",
        "let_declaration": "let",
        "let_condition": "let_condition",
        "if_expression": "if_",
        "while_expression": "while_",
        "loop_expression": "loop",
        "for_expression": "for_",
        "match_expression": "match",
        "block": "body",
        **dict.fromkeys(("unsafe_block", "async_block", "const_block", "try_block", "gen_block"), "inner_block"),
        "expression_statement": "first",
        "parenthesized_expression": "first",
        "reference_expression": "reference",
        "unary_expression": "unary",
        "try_expression": "try_",
        "await_expression": "await_",
        "return_expression": "return_",
        "type_cast_expression": "cast",
        "tuple_expression": "tuple_value",
        "array_expression": "array",
        "string_literal": "string",
        "raw_string_literal": "string",
        "char_literal": "character",
        "boolean_literal": "boolean",
        "integer_literal": "integer",
        "float_literal": "decimal",
        **dict.fromkeys(("line_comment", "block_comment", "attribute_item", "lifetime", "label"), "nothing"),
        **dict.fromkeys(("token_tree", "unit_expression", "empty_statement", "inner_attribute_item"), "nothing"),
        "type_arguments": "types",
    }

    # ---- names and literals

    def name(self, node: tree_sitter.Node) -> Expr:
        return self.named(self.text_at(node), node)

    def named(self, name: str, node: tree_sitter.Node) -> Expr:
        """The value of a name; one that is no local is a reference."""
        own = self.local(name)
        if own:
            return ("n", own)
        if name in PLAIN:
            return None
        self.note("read", ("n", name), node)
        return ("n", name)

    def itself(self, node: tree_sitter.Node) -> Expr:
        return ("n", "self")

    def path_value(self, node: tree_sitter.Node) -> Expr:
        expr = self.callee(node)
        if expr is not None:
            self.note("read", expr, node)
        return expr

    def types(self, node: tree_sitter.Node) -> Expr:
        for child in node.named_children:
            self.refer_type("type", child, self.type_expr(child), self.scope)
        return None

    def string(self, node: tree_sitter.Node) -> Expr:
        return self.constant(node, "str")

    def character(self, node: tree_sitter.Node) -> Expr:
        return ("k", "char", None)

    def boolean(self, node: tree_sitter.Node) -> Expr:
        return ("k", "bool", None)

    def integer(self, node: tree_sitter.Node) -> Expr:
        return ("k", "i32", None)

    def decimal(self, node: tree_sitter.Node) -> Expr:
        return ("k", "f64", None)

    # ---- calls

    def callee(self, node: tree_sitter.Node | None) -> Expr:
        """What is called, without a reference to it."""
        if node is None:
            return None
        if node.type == "generic_function":
            if (arguments := node.child_by_field_name("type_arguments")) is not None:
                self.types(arguments)
            return self.callee(node.child_by_field_name("function"))
        if node.type in ("identifier", "metavariable"):
            name = self.text_at(node)
            own = self.local(name)
            return ("n", own) if own else self.self_type() if name == "Self" else ("n", name)
        if node.type in ("scoped_identifier", "scoped_type_identifier"):
            return self.path_expr(node)
        if node.type == "field_expression":
            return ("a", self.code(node.child_by_field_name("value")), self.text_at(node.child_by_field_name("field")))
        return self.code(node)

    def call(self, node: tree_sitter.Node) -> Expr:
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if function is None:
            return None
        callee = self.callee(function)
        inner = arguments.named_children if arguments is not None else []
        if callee is not None and callee[0] == "n" and callee[1] in WRAPPING:
            return ("l", WRAPPING[callee[1]], self.values(inner))
        if callee is not None and callee[0] == "n" and callee[1] in PLAIN:
            self.values(inner)
            return None
        args = self.arguments(callee, inner)
        expr: Expr = ("c", callee, args, ())
        self.note_call(expr, "", function, node)
        if callee is None or callee[0] != "a":
            return expr
        of, name = callee[1], callee[2]
        if not args:
            return ("o", (expr, of)) if name in SAME and of is not None else expr
        if name in ("new", "pin") and of is not None and len(args) == 1:
            if of[-1] in LENDING:
                return args[0]
            if of[-1] in HOLDING:
                return ("l", of[-1], args)
        if name in GROWING:
            self.kept(of, args[GROWING[name]], self.row(node))
        if name in ("replace", "swap", "take") and of is not None and of[-1] == "mem":
            return args[0]
        if name == "clone" and of is not None and of[-1] in LENDING and len(args) == 1:
            return args[0]
        return expr

    def kept(self, of: Expr, item: Expr, row: int) -> None:
        """A collection gets one more item; of one in a field only functions are followed."""
        if of is not None and of[0] == "a" and item is not None and self.may_be_called(item):
            self.store(of, ("l", "[]", (item,)), row, self.scope)
        else:
            self.grow(of, item, row)

    def may_be_called(self, item: Expr) -> bool:
        """Whether a value is a closure, a parameter or a name of the module."""
        return item is not None and (item[0] == "d" or (item[0] == "n" and "'" not in item[1]))

    def arguments(self, callee: Expr, inner: list[tree_sitter.Node]) -> tuple[Expr, ...]:
        """Values of arguments; a closure that gets the items of what it is called on knows their type."""
        of = callee[1] if callee is not None and callee[0] == "a" and callee[2] in GIVING_ITEMS else None
        found: list[Expr] = []
        for child in inner[:MAX_ITEMS]:
            kind = child.type
            if kind == "closure_expression":
                found.append(self.closure(child, ("i", of) if of is not None else None))
            elif kind not in COMMENTS:
                found.append(self.code(child))
        return tuple(found)

    def member(self, node: tree_sitter.Node) -> Expr:
        expr: Expr = (
            "a",
            self.code(node.child_by_field_name("value")),
            self.text_at(node.child_by_field_name("field")),
        )
        self.note("read", expr, node)
        return expr

    def item(self, node: tree_sitter.Node) -> Expr:
        of = self.code(nth(node, 0))
        return ("s", of, self.code(nth(node, 1)))

    def literal_struct(self, node: tree_sitter.Node) -> Expr:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        type_ = self.bare(name) if name is not None and name.type.startswith("generic") else self.path_expr(name)
        named: list[tuple[str, Expr]] = []
        for child in body.named_children if body is not None else ():
            if child.type == "field_initializer":
                field = self.text_at(child.child_by_field_name("field"))
                named.append((field, self.code(child.child_by_field_name("value"))))
            elif child.type == "shorthand_field_initializer":
                inner = nth(child, -1)
                named.append((self.text_at(inner), self.code(inner)))
            else:
                self.each(child)
        expr: Expr = ("c", type_, (), tuple(named))
        self.note_call(expr, "new", name, node)
        return expr

    # ---- values of other expressions

    def reference(self, node: tree_sitter.Node) -> Expr:
        return self.code(node.child_by_field_name("value"))

    def unary(self, node: tree_sitter.Node) -> Expr:
        value = self.code(nth(node, 0))
        return value if self.source[node.start_byte : node.start_byte + 1] == b"*" else None

    def try_(self, node: tree_sitter.Node) -> Expr:
        value = self.code(nth(node, 0))
        return ("i", value) if value is not None else None

    def await_(self, node: tree_sitter.Node) -> Expr:
        value = self.code(nth(node, 0))
        return ("w", value) if value is not None else None

    def return_(self, node: tree_sitter.Node) -> Expr:
        if node.named_child_count and (value := self.code(nth(node, 0))) is not None:
            self.owner().returns.append(value)
        return None

    def owner(self) -> Draft:
        return self.scope.owner()

    def cast(self, node: tree_sitter.Node) -> Expr:
        self.code(node.child_by_field_name("value"))
        type_node = node.child_by_field_name("type")
        type_ = self.type_expr(type_node)
        if type_node is not None:
            self.refer_type("type", type_node, type_, self.scope)
        return ("A", type_) if type_ is not None else None

    def tuple_value(self, node: tree_sitter.Node) -> Expr:
        return ("l", "tuple", self.values(node.named_children))

    def array(self, node: tree_sitter.Node) -> Expr:
        return ("l", "[]", self.values(node.named_children))

    # ---- statements

    def body(self, node: tree_sitter.Node) -> Expr:
        with self.block():
            return self.statements(node.named_children)

    def inner_block(self, node: tree_sitter.Node) -> Expr:
        block = nth(node, -1)
        return self.code(block)

    def statements(self, nodes: list[tree_sitter.Node]) -> Expr:
        """The value of the last, when it has no semicolon."""
        raise NotImplementedError

    def let(self, node: tree_sitter.Node) -> Expr:
        value, type_node = node.child_by_field_name("value"), node.child_by_field_name("type")
        expr = self.code(value)
        if type_node is not None:
            type_ = self.type_expr(type_node)
            self.refer_type("type", type_node, type_, self.scope)
            if type_ is not None and b"_" not in WORD.findall(type_node.text or b""):
                # What is written beside `dyn Shape` says which shape it is.
                open_ = expr is not None and self.declared_kind(type_node, OPEN_TYPES) == "p"
                expr = ("o", (("A", type_), expr)) if open_ else ("A", type_)
        if (alternative := node.child_by_field_name("alternative")) is not None:
            self.code(alternative)
        self.bind_pattern(node.child_by_field_name("pattern"), expr)
        return None

    def let_condition(self, node: tree_sitter.Node) -> Expr:
        value = self.code(node.child_by_field_name("value"))
        self.bind_pattern(node.child_by_field_name("pattern"), value)
        return None

    def if_(self, node: tree_sitter.Node) -> Expr:
        with self.block():
            self.code(node.child_by_field_name("condition"))
            yes = self.code(node.child_by_field_name("consequence"))
        alternative = node.child_by_field_name("alternative")
        no = self.first(alternative) if alternative is not None else None
        return self.any_of([yes, no])

    def while_(self, node: tree_sitter.Node) -> Expr:
        with self.block():
            self.code(node.child_by_field_name("condition"))
            self.code(node.child_by_field_name("body"))
        return None

    def loop(self, node: tree_sitter.Node) -> Expr:
        self.code(node.child_by_field_name("body"))
        return None

    def for_(self, node: tree_sitter.Node) -> Expr:
        value_node = node.child_by_field_name("value")
        value = self.code(value_node)
        if value is not None and value_node is not None:
            for method in ("into_iter", "next"):
                made: Expr = ("c", ("a", value, method), (), ())
                self.note_call(made, "for", value_node, value_node)
        with self.block():
            items: Expr = ("o", (("c", ("a", value, "into_iter"), (), ()), value))
            self.bind_pattern(node.child_by_field_name("pattern"), ("i", items) if value is not None else None)
            self.code(node.child_by_field_name("body"))
        return None

    def match(self, node: tree_sitter.Node) -> Expr:
        value = self.code(node.child_by_field_name("value"))
        body = node.child_by_field_name("body")
        found = []
        for arm in body.named_children if body is not None else ():
            if arm.type != "match_arm":
                continue
            with self.block():
                self.bind_pattern(arm.child_by_field_name("pattern"), value)
                found.append(self.code(arm.child_by_field_name("value")))
        return self.any_of(found[:MAX_ITEMS])

    def assignment(self, node: tree_sitter.Node) -> Expr:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        value = self.code(right)
        self.written(left, value)
        return None

    def compound(self, node: tree_sitter.Node) -> Expr:
        self.code(node.child_by_field_name("right"))
        self.written(node.child_by_field_name("left"), None)
        return None

    def written(self, left: tree_sitter.Node | None, value: Expr) -> None:
        """An assignment to a local, a field, an item or a static."""
        if left is None:
            return
        if left.type == "identifier":
            name = self.text_at(left)
            if not self.assign(name, value, self.row(left)):
                self.refer("write", ("n", name), self.place(left), self.scope)
        elif left.type == "field_expression":
            target = self.callee(left)
            self.refer("write", target, self.place(left), self.scope)
            inner = value[2] if value is not None and value[0] == "l" else (value,)
            if target is not None and any(self.may_be_called(one) for one in inner):
                self.store(target, value, self.row(left), self.scope)
        elif left.type == "tuple_expression":
            for n, child in enumerate(left.named_children):
                self.written(child, ("u", n, value) if value is not None else None)
        else:
            self.code(left)
