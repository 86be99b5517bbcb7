"""Statements of Java: what they declare, assign and give back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.expressions import children
from remora.isg.facts import Expr
from remora.isg.languages.java.values import Values, rooted

if TYPE_CHECKING:
    import tree_sitter

    from remora.isg.scope import Draft

CONCRETE = frozenset({"object_creation_expression", "lambda_expression", "method_reference"})
# Classes whose declared type says more than how they were made: `List<Wheel> wheels = new ArrayList<>()`.
COLLECTIONS = frozenset(
    {"ArrayBlockingQueue", "ArrayDeque", "ArrayList", "AtomicReference", "ConcurrentHashMap", "ConcurrentLinkedDeque"}
    | {"ConcurrentLinkedQueue", "ConcurrentSkipListMap", "ConcurrentSkipListSet", "CopyOnWriteArrayList"}
    | {"CopyOnWriteArraySet", "EnumMap", "HashMap", "HashSet", "Hashtable", "IdentityHashMap", "LinkedBlockingDeque"}
    | {"LinkedBlockingQueue", "LinkedHashMap", "LinkedHashSet", "LinkedList", "PriorityQueue", "Stack", "TreeMap"}
    | {"TreeSet", "Vector", "WeakHashMap", "WeakReference", "SoftReference"}
)
DECLARING = frozenset({"local_variable_declaration", "class_declaration", "record_declaration", "enum_declaration"})


FUNCTIONAL = frozenset(
    {"BiConsumer", "BiFunction", "BiPredicate", "BinaryOperator", "BooleanSupplier", "Callable", "Comparator"}
    | {"Consumer", "DoubleBinaryOperator", "DoubleUnaryOperator", "Function", "IntBinaryOperator", "IntConsumer"}
    | {"IntFunction", "IntPredicate", "IntSupplier", "IntUnaryOperator", "LongSupplier", "Predicate", "Runnable"}
    | {"Supplier", "ToDoubleFunction", "ToIntFunction", "ToLongFunction", "UnaryOperator"}
)


class Statements(Values):
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
        if declared is None or (value is not None and value.type in CONCRETE and not self.is_collection(expr)):
            return expr
        if expr is not None and ((expr[0] in ("l", "m") and holds_functions(expr)) or self.is_functional(declared)):
            return ("o", (("A", declared), expr))
        is_array = node.child_by_field_name("dimensions") is not None
        return ("A", ("s", ("n", "Array"), declared) if is_array else declared)

    def is_functional(self, declared: Expr) -> bool:
        """Whether a type is an interface of the standard library for functions: the value says which function."""
        of = declared[1] if declared[0] == "s" else declared
        return of is not None and of[0] == "n" and of[1] in FUNCTIONAL

    def is_collection(self, expr: Expr) -> bool:
        made = expr[1] if expr is not None and expr[0] == "c" else None
        return made is not None and made[0] in ("n", "a") and made[-1] in COLLECTIONS

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
        known = tuple(one for one in (("A", declared), ("i", over)) if one[1] is not None)
        item: Expr = known[0] if len(known) == 1 else ("o", known) if known else None
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


def holds_functions(expr: Expr) -> bool:
    """Whether a lambda or a method reference is among the items of a literal."""
    items = expr[2] if expr[0] == "l" else [value for _, value in expr[1]]
    return any(one is not None and one[0] in "da" for one in items)
