"""The Python reader: one walk over the tree, statement after statement.

It does not use `isg.scm`: half of a Python file's syntax nodes matter, and finding them by a query costs more than
walking to them (measured: 1.6 times the walk). The query and the tables serve the base reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.facts import CallFact, Expr
from remora.isg.languages.python.annotations import annotation, bounds
from remora.isg.languages.python.blocks import statements
from remora.isg.languages.python.expressions import callee
from remora.isg.languages.python.finish import BUILTINS, finish, variables
from remora.isg.languages.python.handlers import EXPRESSIONS, STATEMENTS
from remora.isg.languages.python.headers import (
    BUILTIN_CLASSMETHODS,
    decorator_flags,
    docstring,
    promises,
    visibility,
)
from remora.isg.languages.python.parameters import parameters
from remora.isg.languages.python.state import MAX_DEPTH, State
from remora.isg.languages.python.syntax import (
    ARGUMENTS,
    ATTRIBUTE,
    BLOCK,
    COMMENT,
    IDENTIFIER,
    NAMED_ARGUMENT,
    TYPE,
    code,
    kinds,
)
from remora.isg.mending import MAX_MENDED, lost
from remora.isg.parse import parse
from remora.isg.signature import python_signature
from remora.isg.values import FileGraph, Kind

if TYPE_CHECKING:
    import tree_sitter

    from remora.isg.parse import Tree
    from remora.isg.scope import Draft

CLASS = kinds("class_definition")
PARAMETERS = kinds("parameters", "lambda_parameters")
DEFINITIONS = kinds("class_definition", "function_definition")
HEADS = PARAMETERS | {ARGUMENTS}
TYPE_PARAMETERS = kinds("type_parameter")
DECORATOR = kinds("decorator")
ABSTRACT_BASES = frozenset({"ABC", "ABCMeta", "Protocol"})
MAX_FACET = 200

Decorators = list[tuple["Expr", "tree_sitter.Node"]]


class PythonReader(State):
    """One file. Make one, call `read` once."""

    expressions = EXPRESSIONS
    statement_kinds = STATEMENTS

    def read(self, tree: Tree) -> FileGraph:
        self.raises: dict[int, dict[str, None]] = {}
        self.exported: list[str] | None = None
        children = self.soundest(tree).root.named_children
        statements(self, children, 0)
        self.fill_module(docstring(self, children))
        variables(self)
        self.all_names = tuple(dict.fromkeys(self.exported)) if self.exported is not None else None
        finish(self)
        partial = tree.has_error or self.deep
        return self.graph(partial=partial, reason="nested too deeply" if self.deep else "")

    def soundest(self, tree: Tree) -> Tree:
        """The tree, or the one of the mended text when that has fewer errors; places are the same in both."""
        if not tree.has_error:
            return tree
        from remora.isg.languages.python.mending import corrected, mended

        best, least = tree, lost(tree.root)
        for mend in (mended, corrected):
            if least and len(self.raw) < MAX_MENDED and (text := mend(self.raw)) != self.raw:
                other = parse(text.encode("latin-1"), tree.lang)
                if not other.given_up and (count := lost(other.root)) < least:
                    best, least = other, count
        return best

    def fill_module(self, doc: str) -> None:
        facets: dict[str, object] = {"has_doc": True} if doc else {}
        if raises := self.raises.get(0):
            facets["raises"] = tuple(raises)
        self.nodes[0] = self.nodes[0]._replace(doc=doc, facets=facets)

    # ---- definitions

    def decorated(self, node: tree_sitter.Node, depth: int) -> None:
        decorators: Decorators = []
        for child in node.named_children:
            if child.kind_id in DECORATOR:
                for one in code(child)[:1]:
                    kind = one.kind_id
                    read = callee if kind in (IDENTIFIER, ATTRIBUTE) else self.expressions[kind]
                    decorators.append((read(self, one, depth), one))
            elif child.kind_id != COMMENT:
                if child.kind_id in DEFINITIONS:
                    self.define(child, node, decorators, depth)
                else:
                    self.statement_kinds[child.kind_id](self, child, depth)

    def define(self, node: tree_sitter.Node, outer: tree_sitter.Node, decorators: Decorators, depth: int) -> None:
        """A function or class: its node, its scope, what it binds, and its body."""
        name_node = body = given = result = generics = None
        for one in node.named_children:
            what = one.kind_id
            if what in BLOCK:
                body = one
            elif what == IDENTIFIER:
                name_node = name_node or one
            elif what in HEADS:
                given = one
            elif what in TYPE:
                result = one
            elif what in TYPE_PARAMETERS:
                generics = one
        if name_node is None or depth > MAX_DEPTH:
            self.deep = self.deep or depth > MAX_DEPTH
            return
        is_class = node.kind_id in CLASS
        start, end = node.start_byte, node.end_byte
        name_start, name_end = name_node.start_byte, name_node.end_byte
        around, name = self.scope, self.between(name_start, name_end)
        qualname = f"{around.qualname}.{name}" if around.qualname else name
        flags: set[str] = set()
        for expr, _ in decorators:
            flags.update(decorator_flags(expr))
        kind: Kind = "class" if is_class else "function"
        if not is_class:
            if self.raw.startswith("async", start):
                flags.add("async")
            if around.kind == "class":
                kind = self.method_kind(name, flags)
            if self.is_test(name, around):
                flags.add("test")
        number = self.reserve(kind, qualname, around, flags)
        header_end = self.last_end = body.start_byte if body is not None else end
        scope = self.open_scope("class" if is_class else "function", number, start, end, header_end, around)
        scope.qualname, scope.level, scope.flags = qualname, around.level + 1, flags
        facets: dict[str, object] = {}
        name_place = self.place_of(name_start, name_end)
        if decorators:
            scope.decorators = [expr for expr, _ in decorators]
            facets["decorators"] = tuple(self.line(one)[:MAX_FACET] for _, one in decorators)
        if self.gate:
            facets["feature_gates"] = (self.gate,)
            self.refer("gate", ("k", "gate", self.gate), name_place, scope)
        type_parameters = self.type_parameters
        if generics is not None:
            facets["generics"] = tuple(bounds(self, generics, scope))
        if is_class:
            self.class_header(given, scope, facets, depth)
        else:
            if given is not None and (found := parameters(self, given, scope, depth)):
                facets["parameters"] = found
            if result is not None:
                scope.result = annotation(self, result, "returns", scope)
                facets["returns"] = self.line(result)[:MAX_FACET]
        self.bind(name, ("d", number), start)
        for expr, one in decorators:
            call = ("c", expr, (("d", number),), ())
            place = self.place_of(one.start_byte, one.end_byte)
            self.calls.append(CallFact(around.number, call, "decorator", self.line(one)[:80], place))
        doc = self.body(body, scope, name, depth) if body is not None else ""
        self.type_parameters = type_parameters
        if raises := self.raises.get(number):
            facets["raises"] = tuple(raises)
        if not is_class and body is not None and around.kind == "class" and promises(self, body, scope, around):
            scope.extra["promise"] = 1
        self.fill(
            number,
            kind,
            name,
            qualname,
            around,
            python_signature(self.between(start, header_end), is_class),
            self.span(start if outer is node else outer.start_byte, self.last_end),
            name_place,
            visibility(name, around.kind),
            flags,
            doc,
            facets,
        )

    def body(self, body: tree_sitter.Node, scope: Draft, name: str, depth: int) -> str:
        """Read a definition's body in its own scope; gives its docstring."""
        around = self.scope
        before = self.swap(scope)
        if scope.kind == "class":
            self.class_name = name.lstrip("_")
            self.redirects = {}
        else:
            self.redirects = {}
            self.selves = self.selves_in(scope, around)
        children = body.named_children
        statements(self, children, depth + 1)
        self.restore(before)
        return docstring(self, children)

    def selves_in(self, scope: Draft, around: Draft) -> dict[str, Draft]:
        """Names that mean the object or the class in a function: outer ones that no parameter hides, and its first."""
        found: dict[str, Draft] = {}
        if self.selves:
            names = {one.name for one in scope.parameters}
            found = {name: draft for name, draft in self.selves.items() if name not in names}
        if around.kind == "class" and "static" not in scope.flags and scope.parameters:
            found[scope.parameters[0].name] = around
        return found

    def method_kind(self, name: str, flags: set[str]) -> Kind:
        if name == "__init__":
            flags.add("constructor")
        elif name in BUILTIN_CLASSMETHODS:
            flags.add("classmethod")
        return "property" if "property" in flags else "method"

    def is_test(self, name: str, around: Draft) -> bool:
        """`test_…` functions anywhere; `test…` methods in test files and in classes that look like a test case."""
        if not name.startswith("test"):
            return False
        if around.kind != "class":
            return name.startswith("test_") and around.kind == "module"
        return self.in_tests or "test" in around.flags

    def class_header(self, given: tree_sitter.Node | None, scope: Draft, facets: dict[str, object], depth: int) -> None:
        """Bases and keywords, evaluated in the scope around."""
        texts: list[str] = []
        for one in code(given) if given is not None else ():
            kind = one.kind_id
            if kind == NAMED_ARGUMENT:
                continue
            read = callee if kind in (IDENTIFIER, ATTRIBUTE) else self.expressions[kind]
            base = read(self, one, depth)
            scope.bases.append(base)
            text = self.line(one)[:MAX_FACET]
            texts.append(text)
            if base is not None and text not in BUILTINS:
                self.calls.append(
                    CallFact(
                        self.scope.number,
                        ("c", base, (("d", scope.node),), ()),
                        "operator",
                        text[:80],
                        self.place_of(one.start_byte, one.end_byte),
                    )
                )
        if given is not None and any(one.kind_id == NAMED_ARGUMENT for one in given.named_children):
            named = tuple(self.keyword(one, depth) for one in given.named_children if one.kind_id == NAMED_ARGUMENT)
            scope.extra["keywords"] = named
            for key, value in named:
                if key == "metaclass" and value is not None:
                    scope.extra["metaclass"] = value
                    self.called_metaclass(value, scope, given)
        if texts:
            facets["bases"] = tuple(texts)
        words = {text.rpartition(".")[2].partition("[")[0] for text in texts}
        metaclass = scope.extra.get("metaclass")
        if words & ABSTRACT_BASES or (isinstance(metaclass, tuple) and metaclass[-1] in ABSTRACT_BASES):
            scope.flags.add("abstract")
        name = scope.qualname.rpartition(".")[2]
        if name.startswith("Test") or any("TestCase" in word for word in words):
            scope.flags.add("test")

    def called_metaclass(self, value: Expr, scope: Draft, given: tree_sitter.Node) -> None:
        """A class statement calls the metaclass."""
        place = self.place_of(given.start_byte, given.end_byte)
        for method, handed in (("__new__", ()), ("__init__", (("d", scope.node),))):
            call = ("c", ("a", value, method), handed, ())
            self.calls.append(CallFact(self.scope.number, call, "operator", f"metaclass.{method}", place))

    def keyword(self, node: tree_sitter.Node, depth: int) -> tuple[str, Expr]:
        parts = code(node)
        if len(parts) != 2:
            return "", None
        kind = parts[1].kind_id
        read = callee if kind in (IDENTIFIER, ATTRIBUTE) else self.expressions[kind]
        return self.at(parts[0]), read(self, parts[1], depth)

    def read_lambda(self, node: tree_sitter.Node, depth: int) -> Expr:
        if depth > MAX_DEPTH:
            self.deep = True
            return None
        around = self.scope
        holder = around.owner()
        count = self.lambda_counts[holder.node] = self.lambda_counts.get(holder.node, 0) + 1
        name = f"<lambda{count}>"
        qualname = f"{holder.qualname}.{name}" if holder.qualname else name
        number = self.reserve("lambda", qualname, holder, ())
        scope = self.open_scope("function", number, node.start_byte, node.end_byte, node.start_byte, around)
        scope.qualname, scope.level = qualname, holder.level + 1
        facets: dict[str, object] = {}
        parts = code(node)
        for one in parts:
            if one.kind_id in PARAMETERS and (found := parameters(self, one, scope, depth)):
                facets["parameters"] = found
        if parts and parts[-1].kind_id not in PARAMETERS:
            before = self.swap(scope)
            self.selves = self.selves_in(scope, scope)
            self.redirects = {}
            scope.returns.append(self.expressions[parts[-1].kind_id](self, parts[-1], depth + 1))
            self.restore(before)
        start, end = node.start_byte, node.end_byte
        header = parts[-1].start_byte if parts else end
        span, place = self.span(start, end), self.place_of(start, start + 6)
        signed = python_signature(self.between(start, header), False)
        self.fill(number, "lambda", name, qualname, holder, signed, span, place, "private", (), "", facets)
        return ("d", number)

    def type_alias(self, node: tree_sitter.Node) -> None:
        """`type Name[T] = …`"""
        parts = code(node)
        if len(parts) != 2:
            return
        left = parts[0]
        while left.kind_id != IDENTIFIER and left.named_children:
            left = left.named_children[0]
        name, around = self.at(left), self.scope
        value = annotation(self, parts[1], "type", around)
        qualname = f"{around.qualname}.{name}" if around.qualname else name
        number = self.reserve("type", qualname, around, ())
        span, place = self.span(node.start_byte, node.end_byte), self.place_of(left.start_byte, left.end_byte)
        shown = visibility(name, around.kind)
        self.fill(number, "type", name, qualname, around, self.line(node)[:MAX_FACET], span, place, shown, (), "", {})
        self.bind(name, value, node.start_byte)

    def span(self, start: int, end: int) -> tuple[int, int, int, int, int, int]:
        return (*self.place_of(start, end), start, end)

    # ---- __all__

    def exported_names(self, value: Expr, *, more: bool) -> None:
        """`__all__ = …` or `+= …`; a list that is not all strings, or of another module, makes it unknown."""
        names = string_items(value)
        if more:
            known = self.exported if self.exported is not None else None
            self.exported = [*known, *names] if known is not None and names is not None else None
        else:
            self.exported = names

    def exported_call(self, value: Expr) -> None:
        """`__all__.append("x")` and `.extend([…])`"""
        if (
            value is None
            or value[0] != "c"
            or value[1] is None
            or value[1][0] != "a"
            or value[1][1] != ("n", "__all__")
        ):
            return
        given = value[2][0] if value[2] else None
        if value[1][2] == "append":
            self.exported_names(("l", "list", (given,)), more=True)
        elif value[1][2] in ("extend", "__iadd__"):
            self.exported_names(given, more=True)
        elif value[1][2] != "sort":
            self.exported = None


def string_items(value: Expr) -> list[str] | None:
    if value is None or value[0] not in "lo":
        return None
    found: list[str] = []
    for one in value[1] if value[0] == "o" else value[2]:
        if value[0] == "l" and one is not None and one[0] == "k" and one[1] == "str" and one[2]:
            found.append(one[2])
        elif value[0] == "o" and (inner := string_items(one)) is not None:
            found += inner
        else:
            return None
    return found
