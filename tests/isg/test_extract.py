"""What one file's text says."""

from __future__ import annotations

import subprocess
import sys
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remora.isg.extract import extract
from remora.isg.values import Target

CART = '''"""A shop."""
import os
from .money import Money as Coin, round_half


@total_ordering
class Cart(Base, metaclass = Meta):
    """Things to buy."""

    # about total
    @property
    def total( self, *, vat : float=0.2,
               rest = (1, -2), **kw,  # noqa
               ) -> "dict[str, int]":
        x = self.helper()
        return round_half(x) + os.path.join()
        # trailing

    # between
    def helper(self): return free(Cart)


async def free(a, /, *args, c=lambda  x : x*-1):
    def inner(): return a
    return inner()
'''


def by_name(text: str, path: str = "src/app.py"):
    return {node.key.removeprefix(f"{path}-app-"): node for node in extract(path, text).nodes}


def calls(text: str) -> dict[str, Target | None]:
    return {call.callee: call.target for call in extract("src/app.py", text).calls}


def here(qualname: str) -> Target:
    return Target("", f"src/app.py-app-{qualname}")


def test_nodes_have_kind_level_and_a_signature_in_one_spelling():
    assert {name: (node.kind, node.level, node.signature) for name, node in by_name(CART).items()} == {
        "<module>": ("module", 0, "module app"),
        "Cart": ("class", 1, "class Cart(Base, metaclass=Meta)"),
        "Cart.total": (
            "method",
            2,
            'def total(self, *, vat: float = 0.2, rest=(1, -2), **kw) -> "dict[str, int]"',
        ),
        "Cart.helper": ("method", 2, "def helper(self)"),
        "free": ("function", 1, "async def free(a, /, *args, c=lambda x: x * -1)"),
        "free.inner": ("function", 2, "def inner()"),
    }


def test_a_nodes_text_goes_from_its_decorator_to_its_last_statement():
    graph = extract("src/app.py", CART)
    text = graph.text_of(by_name(CART)["Cart.total"])
    assert text.startswith("@property\n    def total(")
    assert text.endswith("return round_half(x) + os.path.join()")
    assert graph.text_of(by_name(CART)["Cart"]).endswith("return free(Cart)")
    assert graph.text_of(by_name(CART)["<module>"]) == CART


def test_positions_are_rows_and_utf_8_bytes():
    span = by_name("é = 1; f = 2\nclass Ä:\n    def ö(self): return 'ü'\n")["Ä.ö"].span
    assert (span.start_row, span.start_col, span.end_row, span.end_col) == (2, 4, 2, 29)


def test_a_repeated_qualname_gets_a_number_and_is_marked():
    nodes = by_name("def f(): pass\ndef f(): pass\nclass C:\n    def f(self): pass\n")
    assert {name: (node.qualname, node.rebound) for name, node in nodes.items() if node.name == "f"} == {
        "f": ("f", True),
        "f~2": ("f", True),
        "C.f": ("C.f", False),
    }


def test_reformatting_a_header_keeps_the_interface_and_renaming_a_parameter_does_not():
    first = by_name("def f(a, b=1): return a\n")["f"].interface_id
    assert by_name("def f( a,\n  b = 1,  # why\n):\n    return b\n")["f"].interface_id == first
    assert by_name("def f(a, c=1): return a\n")["f"].interface_id != first


def test_an_unchanged_node_keeps_its_key_and_hash_when_rows_are_added_above():
    before, after = by_name(CART)["Cart.helper"], by_name("import re\n\n" + CART)["Cart.helper"]
    assert (after.key, after.body_hash, after.interface_id) == (before.key, before.body_hash, before.interface_id)


@pytest.mark.parametrize(
    ("text", "callee", "target"),
    [
        ("def f(): g()\ndef g(): pass\n", "g", here("g")),
        ("def f(g): g()\ndef g(): pass\n", "g", None),
        ("def f():\n  g = 1\n  g()\ndef g(): pass\n", "g", None),
        ("def f(): g()\ndef g(): pass\ng = wrap(g)\n", "g", None),
        ("def f(): g()\ndef g(): pass\ndef h():\n  global g\n  g = 1\n", "g", None),
        ("def f(): g()\nif x:\n  def g(): pass\nelse:\n  def g(): pass\n", "g", None),
        ("def f(): [g() for g in x]\ndef g(): pass\n", "g", None),
        ("def f():\n  match x:\n    case g: g()\ndef g(): pass\n", "g", None),
        ("class C:\n  def g(self): g()\ndef g(): pass\n", "g", here("g")),
        ("class C:\n  def g(self): pass\n  def f(self): g()\n", "g", None),
        ("class C:\n  def g(self): pass\n  def f(self): self.g()\n", "self.g", here("C.g")),
        ("class C:\n  def g(self): pass\n  def f(me):\n    def i(): me.g()\n", "me.g", here("C.g")),
        ("class C:\n  def g(self): pass\n  def f(self):\n    self = 1\n    self.g()\n", "self.g", None),
        ("class C:\n  def g(self): pass\n  def f(self):\n    self.g = 1\n    self.g()\n", "self.g", None),
        ("class C:\n  def g(): pass\n  @staticmethod\n  def f(self): self.g()\n", "self.g", None),
        ("class C(B):\n  def f(self): self.g()\ndef g(): pass\n", "self.g", None),
        ("class C: pass\nC()\n", "C", here("C")),
        ("class C:\n  def __init__(self): pass\nC()\n", "C", here("C.__init__")),
        ("from .a import b as c\nc()\n", "c", Target(".a", "b")),
        ("from . import a\na.b()\n", "a.b", Target(".", "a.b")),
        ("import a.b\nimport a.c\na.b.f()\n", "a.b.f", Target("a.b", "f")),
        ("import a.b as z\nz.f()\n", "z.f", Target("a.b", "f")),
        ("try:\n  from a import f\nexcept E:\n  from b import f\nf()\n", "f", None),
        ("from a import *\nf()\n", "f", None),
        ("x.y().z()\n", "", None),
    ],
)
def test_a_call_means_a_node_only_when_it_cannot_mean_another(text: str, callee: str, target: Target | None):
    assert calls(text)[callee] == target


def test_a_call_belongs_to_the_node_whose_code_runs_it():
    graph = extract(
        "src/app.py", "@deco()\ndef f(a=default()):\n    inner()\nclass C(base()):\n    x = body()\ntop()\n"
    )
    assert {call.callee: call.caller.removeprefix("src/app.py-app-") for call in graph.calls} == {
        "deco": "<module>",
        "default": "<module>",
        "inner": "f",
        "base": "<module>",
        "body": "C",
        "top": "<module>",
    }


def test_a_file_that_python_refuses_keeps_what_could_be_seen_and_says_why():
    graph = extract("src/app.py", "def f():\n    return 1\n\ndef g(:\n    pass\n")
    assert graph.error == "line 4: invalid syntax"
    assert "src/app.py-app-f" in {node.key for node in graph.nodes}


def test_a_file_in_no_known_language_is_a_module_and_nothing_else():
    graph = extract("notes.txt", "def f(): pass\n")
    assert ([node.key for node in graph.nodes], graph.error) == (["notes.txt-notes-<module>"], None)


HOSTILE = {
    "unclosed brackets": "(" * 100_000,
    "nested calls": "a" + "(b" * 50_000 + ")" * 50_000,
    "unary signs": "-" * 200_000 + "1",
    "a long attribute": "a" + ".b" * 100_000 + "()",
    "nested blocks": "".join(" " * depth + "if x:\n" for depth in range(1_000)),
    "nested definitions": "".join(" " * depth + "def f():\n" for depth in range(300)),
    "a nested default": "def f(x=" + "(" * 5_000 + ")" * 5_000 + "): pass",
    "nested lambdas": "lambda: " * 30_000,
    "a NUL": "def f(): pass\n\0",
    "a lone surrogate": "x = '\ud800'\n",
    "carriage returns": "def f():\r    pass\rdef g(): pass\n",
    "nothing": "",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.timeout(30)  # the quadratic cost these are about would take minutes
def test_hostile_text_gives_a_graph(name: str):
    graph = extract("src/app.py", HOSTILE[name])
    assert graph.nodes[0].kind == "module"
    assert graph.text_of(graph.nodes[0]) == HOSTILE[name]


@given(st.text(st.sampled_from("def f(:)\n    class@.=\"'#,xö\t\r\\"), max_size=60))
def test_any_text_gives_nodes_whose_spans_lie_in_it(text: str):
    graph = extract("a.py", text)
    size = len(text.encode())
    assert all(0 <= node.span.start_byte <= node.span.end_byte <= size for node in graph.nodes)
    assert len({node.key for node in graph.nodes}) == len(graph.nodes)


def test_reading_a_file_warns_about_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert extract("odd.py", "x = '\\d'\nassert (x, 'always')\n").error is None


def test_importing_the_graph_loads_no_parser_and_no_database():
    program = "import sys, remora.isg.graph, remora.isg.select; print({'tree_sitter', 'mnestic'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout == "set()\n"
