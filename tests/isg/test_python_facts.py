"""What a Python file binds, calls and uses, before any other file is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

import remora
from remora.isg.extract import extract
from remora.isg.facts import Expr, Facts, Scope

OURS = sorted(Path(remora.__file__).parent.rglob("*.py"))


def facts(text: str) -> Facts:
    graph = extract("src/app.py", text)
    assert graph.status == "ok", graph.reason
    return graph.facts


def scope_of(text: str, qualname: str) -> Scope:
    graph = extract("src/app.py", text)
    number = next(n for n, node in enumerate(graph.nodes) if node.qualname == qualname)
    return next(one for one in graph.facts.scopes if one.node == number and one.kind != "block")


def bound(text: str, name: str, qualname: str = "<module>") -> list[Expr]:
    return [one.expr for one in scope_of(text, qualname).names.get(name, ())]


def calls(text: str, how: str = "") -> list[tuple[str, Expr]]:
    return [(one.callee, one.expr) for one in facts(text).calls if one.how == how]


def used(text: str, role: str) -> set[Expr]:
    return {one.expr for one in facts(text).references if one.role == role}


def n(name: str) -> tuple[str, str]:
    return ("n", name)


A, B, C = n("a"), n("b"), n("c")


@pytest.mark.parametrize(
    ("text", "name", "exprs"),
    [
        ("x = a", "x", [A]),
        ("x = y = a", "x", [A]),
        ("x = a.b.c", "x", [("a", ("a", A, "b"), "c")]),
        ("x = a(b, *c, k=1, **d)", "x", [("c", A, (B, ("*", C)), (("k", ("k", "int", 1)), ("**", n("d"))))]),
        ("x = a\nx = b", "x", [A, B]),
        ("x, y = a", "y", [("u", 1, A)]),
        ("x, *y, z = a", "y", [("ur", 1, 1, A)]),
        ("x, *y, z = a", "z", [("u", -1, A)]),
        ("(x, [y, z]) = a", "z", [("u", 1, ("u", 1, A))]),
        ("x = [a, *b]", "x", [("l", "list", (A, ("*", B)))]),
        ("x = {'k': a, **b}", "x", [("m", ((("k", "str", "k"), A), (None, B)))]),
        ("x = a if c else b", "x", [("o", (A, B))]),
        ("x = a or b or c", "x", [("o", (A, B, C))]),
        ("x = a['k']", "x", [("s", A, ("k", "str", "k"))]),
        ("x = xs[-1]", "x", [("s", n("xs"), ("k", "int", -1))]),
        ("x: a = b", "x", [("o", (B, ("A", A)))]),
        ("x: a", "x", [("A", A)]),
        ("for x in a: pass", "x", [("i", A)]),
        ("with a as x, b as y: pass", "y", [("e", B)]),
        ("with (a as x, b as y): pass", "y", [("e", B)]),
        ("try: pass\nexcept (a, b) as x: pass", "x", [("x", ("l", "tuple", (A, B)))]),
        ("try: pass\nexcept a as x: pass", "x", [("x", A)]),
        ("print(x := a)", "x", [A]),
        ("import a.b", "a", [("I", 0)]),
        ("from .a import b as x", "x", [("I", 0)]),
        ("def x(): pass", "x", [("d", 1)]),
        ("x = lambda: a", "x", [("d", 1)]),
        ("match a:\n  case b() as x: pass", "x", [("A", B)]),
        ("match a:\n  case x: pass", "x", [A]),
        ("match a:\n  case [_, *x]: pass", "x", [None]),
        ("x = a\nx += [b]", "x", [A, ("l", "list", (B,))]),
        ("x = a\ndel x", "x", [A, None]),
        ("x = await_(a)", "x", [("c", n("await_"), (A,), ())]),
        ("x = a + b", "x", [None]),
        ("x = (\n    a  # why\n)", "x", [A]),
        ("x = a(  # why\n    b,\n)", "x", [("c", A, (B,), ())]),
    ],
)
def test_a_name_is_bound_to_what_the_statement_says(text: str, name: str, exprs: list[Expr]):
    assert bound(text + "\n", name) == exprs


def test_a_binding_in_a_branch_a_loop_or_a_handler_is_conditional():
    text = "x = 1\nif a: x = 2\nfor b in c: x = 3\ntry: x = 4\nexcept d: x = 5\nfinally: x = 6\nwith e: x = 7\n"
    scope = scope_of(text, "<module>")
    assert [one.conditional for one in scope.names["x"]] == [False, True, True, True, True, False, False]
    assert [one.row for one in scope.names["x"]] == [0, 1, 2, 3, 4, 5, 6]


def test_global_and_nonlocal_names_are_bound_where_they_belong():
    text = "def f():\n  y = 1\n  def g(z):\n    global x\n    nonlocal y\n    x = y = z\n"
    assert bound(text, "x") == [("b", 2, n("z"))]
    assert bound(text, "y", "f") == [("k", "int", 1), ("b", 2, n("z"))]
    assert used(text, "write") == {n("x")}


def test_a_comprehension_has_a_scope_and_its_first_iterable_has_not():
    found = facts("y = [f(x) for x in xs if x.ok]\n")
    assert found.scopes[0].names["y"][0].expr == ("l", "list", (("b", 1, ("c", n("f"), (n("x"),), ())),))
    assert (found.scopes[1].kind, found.scopes[1].node) == ("block", 0)
    assert [one.expr for one in found.scopes[1].names["x"]] == [("i", ("b", 0, n("xs")))]
    assert {one.callee: one.scope for one in found.calls} == {"f": 1, "xs.__iter__": 0}


def test_a_function_has_parameters_results_and_what_it_yields():
    scope = scope_of("def f(a, /, b=c, *d, e: 'T', **g) -> 'T | None':\n  yield a\n  return b\n", "f")
    assert [(one.name, one.kind) for one in scope.parameters] == [
        ("a", "/"),
        ("b", "p"),
        ("d", "*"),
        ("e", "k"),
        ("g", "**"),
    ]
    assert (scope.parameters[1].default, scope.parameters[3].annotation) == (C, n("T"))
    assert (scope.yields, scope.returns) == ((A,), (B,))
    assert scope.result == ("o", (n("T"), ("k", "None", None)))
    assert scope.names["e"][0].expr == ("p", 3)
    assert "generator" in scope.flags


def test_yield_from_gives_items_and_has_a_value():
    scope = scope_of("def f():\n  x = yield from a()\n", "f")
    assert scope.yields == (("i", ("c", A, (), ())),)
    assert scope.names["x"][0].expr == ("y", ("c", A, (), ()))


def test_what_methods_assign_to_the_object_belongs_to_the_class():
    text = (
        "class C:\n  def f(self, v):\n    self.x, other.y = v\n    self.__z: T = v\n    def g(): self.w = v\n"
        "  @classmethod\n  def h(cls): cls.k = 1\n  @staticmethod\n  def s(self): self.no = 1\n"
    )
    scope = scope_of(text, "C")
    assert set(scope.attributes) == {"x", "_C__z", "w", "k"}
    assert scope.attributes["x"] == ((2, ("u", 0, n("v")), 2),)
    assert scope_of(text, "C.f").extra["stores"] == ((("a", n("other"), "y"), ("u", 1, n("v")), 2),)


def test_items_and_attributes_of_others_are_stored_where_they_are_set():
    scope = scope_of("d[k] = f\nmod.x = f\n", "<module>")
    assert scope.extra["stores"] == ((("s", n("d"), n("k")), n("f"), 0), (("a", n("mod"), "x"), n("f"), 1))


def test_private_names_are_mangled_by_their_class_and_nodes_keep_theirs():
    text = "class _Cart:\n  __x = 1\n  def __f(self): return self.__x, other.__y.z, self.__dict__\n"
    scope = scope_of(text, "_Cart")
    assert set(scope.names) == {"_Cart__x", "_Cart__f"}
    (returned,) = scope_of(text, "_Cart.__f").returns
    assert returned is not None
    assert returned[2] == (
        ("a", n("self"), "_Cart__x"),
        ("a", ("a", n("other"), "_Cart__y"), "z"),
        ("a", n("self"), "__dict__"),
    )


def test_classes_have_bases_keywords_and_flags():
    scope = scope_of("@dataclass(frozen=True)\nclass C(a.B, List[T], metaclass=ABCMeta, k=1): x: int = 0\n", "C")
    assert scope.bases == (("a", A, "B"), ("s", n("List"), n("T")))
    assert scope.extra["metaclass"] == n("ABCMeta")
    assert scope.flags == ("abstract", "dataclass")
    assert scope.extra["annotated"] == {"x": n("int")}


def test_every_call_is_one_and_so_is_what_the_language_calls():
    text = "@d1\n@d2(1)\ndef f(): pass\nwith a: raise E\nfor x in b.c: g(h(1), k=i())(2)\nraise F()\n"
    assert [callee for callee, _ in calls(text)] == ["d2", "h", "i", "g", "g(h(1), k=i())", "F"]
    assert calls(text, "decorator") == [
        ("d1", ("c", n("d1"), (("d", 1),), ())),
        ("d2(1)", ("c", ("c", n("d2"), (("k", "int", 1),), ()), (("d", 1),), ())),
    ]
    assert [callee for callee, _ in calls(text, "with")] == ["a.__enter__", "a.__exit__"]
    assert calls(text, "raise") == [("E", ("c", n("E"), (), ()))]
    assert calls(text, "for") == [("b.c.__iter__", ("c", ("a", ("a", B, "c"), "__iter__"), (), ()))]


def test_a_call_belongs_to_the_scope_whose_code_runs_it():
    text = "@deco()\ndef f(a=default()):\n    inner()\nclass C(base()):\n    x = body()\ntop()\n"
    found = facts(text)
    nodes = extract("src/app.py", text).nodes
    owners = {one.callee: nodes[found.scopes[one.scope].node].qualname for one in found.calls if not one.how}
    assert owners == {
        "deco": "<module>",
        "default": "<module>",
        "inner": "f",
        "base": "<module>",
        "body": "C",
        "top": "<module>",
    }


def test_a_call_is_placed_by_rows_and_bytes():
    (call,) = facts("é = 'ü'; g(\n  1)\n").calls
    assert call.place == (0, 11, 1, 4)


def test_uses_of_what_is_not_local_are_references():
    text = "LIMIT = 1\ndef f(a):\n  b = a\n  g(LIMIT, a.x, mod.y.z, b, len)\n  self.x.append(1)\n"
    assert used(text, "read") == {
        n("LIMIT"),
        ("a", A, "x"),
        ("a", ("a", n("mod"), "y"), "z"),
        ("a", n("self"), "x"),
    }


def test_types_results_bounds_and_exceptions_are_references():
    text = (
        "T = TypeVar('T', bound='Cart')\ndef f[U: Shop](a: list[Item], b: 'x.Y | None') -> Coin: pass\n"
        "try: pass\nexcept (E, m.F): pass\n"
    )
    assert used(text, "type") == {n("list"), n("Item"), ("a", n("x"), "Y")}
    assert used(text, "returns") == {n("Coin")}
    assert used(text, "bound") == {n("Cart"), n("Shop")}
    assert used(text, "except") == {n("E"), ("a", n("m"), "F")}


def test_imports_say_what_may_keep_them_from_happening():
    text = (
        "import a.b, c as d\nfrom .e import (f, g as h)\nfrom i import *\nif TYPE_CHECKING:\n  import j\n"
        "try:\n  import k\nexcept ImportError:\n  import l\n"
        "if sys.version_info >= (3, 12):\n  import m\nelse:\n  import o\n"
    )
    assert [(one.module, one.name, one.alias, one.gate) for one in facts(text).imports] == [
        ("a.b", "", "a.b", ""),
        ("c", "", "d", ""),
        (".e", "f", "f", ""),
        (".e", "g", "h", ""),
        ("i", "*", "", ""),
        ("j", "", "j", "TYPE_CHECKING"),
        ("k", "", "k", "except ImportError"),
        ("l", "", "l", "except ImportError"),
        ("m", "", "m", "sys.version_info >= (3, 12)"),
        ("o", "", "o", "not (sys.version_info >= (3, 12))"),
    ]


def test_definitions_behind_a_gate_say_so():
    graph = extract("src/app.py", "if sys.platform == 'win32':\n  def f(): pass\n")
    assert graph.nodes[1].facets["feature_gates"] == ("sys.platform == 'win32'",)
    assert [one.expr for one in graph.facts.references if one.role == "gate"] == [
        ("k", "gate", "sys.platform == 'win32'")
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("__all__ = ['a', 'b']", ("a", "b")),
        ("__all__ = ('a',) + ('b',)\n__all__ += ['c']\n__all__.append('d')\n__all__.extend(['e'])", tuple("abcde")),
        ("__all__ = ['a', *b]", None),
        ("__all__ = b.__all__", None),
        ("__all__ = ['a']\n__all__ += b.__all__", None),
        ("x = 1", None),
    ],
)
def test_all_names_is_what_can_be_read(text: str, names: tuple[str, ...] | None):
    assert facts(text + "\n").all_names == names


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_what_is_read_from_text_is_what_the_tree_says(path: Path):
    """The short ways are taken in ASCII files only: one other letter at the end, and the tree alone is read."""
    text = path.read_text("utf-8")
    if not text.isascii():
        text = text.encode("ascii", "replace").decode()
    short, long = (extract("src/app.py", f"{text}# {end}\n") for end in ("e", "é"))
    assert short.nodes[1:] == long.nodes[1:]
    assert short.facts._replace(references=(), calls=()) == long.facts._replace(references=(), calls=())
    assert set(map(repr, short.facts.references)) == set(map(repr, long.facts.references))
    assert sorted(map(repr, short.facts.calls)) == sorted(map(repr, long.facts.calls))


def test_a_type_variable_in_an_annotation_is_its_bound():
    text = (
        "T = TypeVar('T', bound='Cart')\ndef f[U: Shop](a: list[T], b: U): pass\n"
        "class C[V: (A, B)]:\n  def g(self, v: V): pass\ndef h(v: V): pass\n"
    )
    assert [one.annotation for one in scope_of(text, "f").parameters] == [("s", n("list"), n("Cart")), n("Shop")]
    assert scope_of(text, "C.g").parameters[1].annotation == ("o", (n("A"), n("B")))
    assert scope_of(text, "h").parameters[0].annotation == n("V")


def test_what_is_added_to_is_read_and_written():
    text = "def f(self):\n  self.n += 1\n  d[k] += 1\n"
    assert used(text, "read") >= used(text, "write") == {("a", n("self"), "n"), n("d")}
