"""What one file's text says: nodes, and that any text gives some."""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import remora
from remora.isg.extract import extract, only_module, pack, unpack
from remora.isg.locate import node_at
from remora.isg.parse import parse
from remora.isg.reader import Reader
from remora.isg.values import FileGraph, Node
from remora.lang import language_of

CART = '''"""A shop."""
import os
from .money import Money as Coin, round_half

LIMIT: int = 3
rate = 0.2


@total_ordering
class Cart(Base, metaclass = Meta):
    """Things to buy.

    One day.
    """

    size = 0
    __secret = 1

    # about total
    @property
    def total( self, *, vat : float=0.2,
               rest = (1, -2), **kw,  # noqa
               ) -> "dict[str, int]":
        x = self.helper()
        raise ValueError("no")
        # trailing

    # between
    def helper(self): return free(Cart, key=lambda one: -one.price)

    def __init__(self): self.items, self._rate = [], rate

    @staticmethod
    def make(): yield 1


async def free(a, /, *args, c=lambda  x : x*-1):
    def inner(): return a
    return inner()
'''


def by_name(text: str, path: str = "src/app.py") -> dict[str, Node]:
    return {node.key.removeprefix(f"{path}-app-"): node for node in extract(path, text).nodes}


def test_nodes_have_kind_level_and_a_signature_in_one_spelling():
    assert {name: (node.kind, node.level, node.signature) for name, node in by_name(CART).items()} == {
        "<module>": ("module", 0, "module app"),
        "LIMIT": ("constant", 1, "LIMIT: int"),
        "rate": ("variable", 1, "rate"),
        "Cart": ("class", 1, "class Cart(Base, metaclass=Meta)"),
        "Cart.size": ("field", 2, "size"),
        "Cart.__secret": ("field", 2, "__secret"),
        "Cart.total": (
            "property",
            2,
            'def total(self, *, vat: float = 0.2, rest=(1, -2), **kw) -> "dict[str, int]"',
        ),
        "Cart.helper": ("method", 2, "def helper(self)"),
        "Cart.helper.<lambda1>": ("lambda", 3, "lambda one"),
        "Cart.__init__": ("method", 2, "def __init__(self)"),
        "Cart.items": ("field", 2, "items"),
        "Cart._rate": ("field", 2, "_rate"),
        "Cart.make": ("method", 2, "def make()"),
        "free": ("function", 1, "async def free(a, /, *args, c=lambda x: x * -1)"),
        "<lambda1>": ("lambda", 1, "lambda x"),
        "free.inner": ("function", 2, "def inner()"),
    }


def test_nodes_have_flags_visibility_and_what_is_said_about_them():
    nodes = by_name(CART)
    assert {name: node.flags for name, node in nodes.items() if node.flags} == {
        "Cart.total": ("property",),
        "Cart.__init__": ("constructor",),
        "Cart.make": ("generator", "static"),
        "free": ("async",),
    }
    assert {name: node.visibility for name, node in nodes.items() if node.visibility != "public"} == {
        "Cart.__secret": "private",
        "Cart._rate": "protected",
        "Cart.helper.<lambda1>": "private",
        "<lambda1>": "private",
    }
    assert nodes["Cart"].doc == "Things to buy.\n\nOne day."
    assert nodes["Cart"].facets == {"decorators": ("total_ordering",), "bases": ("Base",), "has_doc": True}
    assert nodes["Cart.total"].facets == {
        "decorators": ("property",),
        "parameters": (
            {"name": "self"},
            {"name": "vat", "type": "float", "default": "0.2"},
            {"name": "rest", "default": "(1, -2)"},
            {"name": "kw"},
        ),
        "returns": '"dict[str, int]"',
        "raises": ("ValueError",),
    }


def test_a_node_knows_the_one_it_stands_in_and_where_its_name_is():
    graph = extract("src/app.py", CART)
    node = by_name(CART)["Cart.helper.<lambda1>"]
    assert graph.nodes[node.parent].qualname == "Cart.helper"
    helper = by_name(CART)["Cart.helper"]
    row, start, _, end = helper.name_span
    assert CART.split("\n")[row][start:end] == "helper"


def test_a_nodes_text_goes_from_its_decorator_to_its_last_statement():
    graph = extract("src/app.py", CART)
    text = graph.text_of(by_name(CART)["Cart.total"])
    assert text.startswith("@property\n    def total(")
    assert text.endswith('raise ValueError("no")')
    assert graph.text_of(by_name(CART)["Cart"]).endswith("def make(): yield 1")
    assert graph.text_of(by_name(CART)["Cart.items"]) == "self.items, self._rate = [], rate"
    assert graph.text_of(by_name(CART)["<module>"]) == CART


@pytest.mark.parametrize(
    ("body", "last"),
    [
        ("if a:\n        b()\n    # c\n", "b()"),
        ("try:\n        a()\n    finally:\n        b()  # c\n", "b()"),
        ("for x in y: z()\n    else:\n        w()\n\n    # c\n", "w()"),
        ("class C:\n        x = 1\n        # c\n", "x = 1"),
        ("match a:\n        case 1:\n            b()\n            # c\n", "b()"),
        ("return (\n        1\n    )\n", ")"),
        ("'''doc'''\n    # c\n", "'''doc'''"),
    ],
)
def test_comments_after_the_last_statement_are_the_files(body: str, last: str):
    graph = extract("src/app.py", f"def f():\n    {body}\n# end\ng = 1\n")
    node = graph.node("src/app.py-app-f")
    assert node is not None
    assert graph.text_of(node).endswith(last)


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


def test_a_name_that_is_also_defined_or_imported_is_no_variable():
    nodes = by_name(
        "try:\n    import json\nexcept ImportError:\n    json = None\nf = None\ndef f(): pass\nf = wrap(f)\n"
    )
    assert set(nodes) == {"<module>", "f"}
    assert nodes["f"].kind == "function"


def test_tests_are_told_from_code_by_file_and_by_name():
    code = {node.qualname: node.tdd for node in extract("src/app.py", "def test_a(): pass\ndef b(): pass\n").nodes}
    assert code == {
        "<module>": "CODE_IMPLEMENTATION",
        "test_a": "TEST_IMPLEMENTATION",
        "b": "CODE_IMPLEMENTATION",
    }
    methods = (
        "class Flask:\n    def test_client(self): pass\nclass TestCart(TestCase):\n    def testEmpty(self): pass\n"
    )
    flagged = [node.qualname for node in extract("src/app.py", methods).nodes if "test" in node.flags]
    assert flagged == ["TestCart", "TestCart.testEmpty"]
    for path in ("tests/helpers.py", "src/shop/test_cart.py", "conftest.py", "shop/cart_test.py"):
        assert {node.tdd for node in extract(path, "x = 1\n").nodes} == {"TEST_IMPLEMENTATION"}


def test_a_cursor_means_what_a_person_would_edit():
    graph = extract("src/app.py", CART)
    row = CART.split("\n").index("    def helper(self): return free(Cart, key=lambda one: -one.price)")
    assert node_at(graph, row, 60).qualname == "Cart.helper"


def test_reformatting_a_header_keeps_the_interface_and_renaming_a_parameter_does_not():
    first = by_name("def f(a, b=1): return a\n")["f"].interface_id
    assert by_name("def f( a,\n  b = 1,  # why\n):\n    return b\n")["f"].interface_id == first
    assert by_name("def f(a, c=1): return a\n")["f"].interface_id != first


def test_an_unchanged_node_keeps_its_key_and_hash_when_rows_are_added_above():
    before, after = by_name(CART)["Cart.helper"], by_name("import re\n\n" + CART)["Cart.helper"]
    assert (after.key, after.body_hash, after.interface_id) == (before.key, before.body_hash, before.interface_id)


def test_a_file_with_syntax_errors_keeps_what_could_be_seen_and_says_so():
    graph = extract("src/app.py", "def f():\n    return 1\n\ndef g(:\n    pass\n")
    assert (graph.status, graph.reason) == ("partial", "syntax errors")
    assert "src/app.py-app-f" in {node.key for node in graph.nodes}


def test_a_file_in_no_known_language_is_a_module_and_nothing_else():
    graph = extract("notes.txt", "def f(): pass\n")
    assert ([node.key for node in graph.nodes], graph.status) == (["notes.txt-notes-<module>"], "ok")
    skipped = only_module("src/big.py", "", "", language_of("src/big.py"), "skipped", "too large")
    assert ([node.kind for node in skipped.nodes], skipped.reason) == (["module"], "too large")


def test_a_graph_survives_the_journey_through_bytes():
    graph = extract("src/app.py", CART, "shop")
    again = unpack(pack(graph))
    assert again == graph
    assert again.text == ""
    assert pack(again) == pack(graph)


def test_the_tables_and_the_query_alone_give_nodes_and_calls():
    language = language_of("a.py")
    assert language is not None
    graph = Reader("src/app.py", CART, "", language).read(parse(CART, "python"))
    kinds = {node.qualname: node.kind for node in graph.nodes}
    assert kinds["Cart"] == "class"
    assert kinds["Cart.total"] == "method"
    assert kinds["free.inner"] == "function"
    assert {call.callee for call in graph.facts.calls} >= {"self.helper", "free", "inner"}


HOSTILE = {
    "unclosed brackets": "(" * 100_000,
    "nested calls": "a" + "(b" * 50_000 + ")" * 50_000,
    "chained calls": "a" + ".b()" * 20_000,
    "unary signs": "-" * 200_000 + "1",
    "a long attribute": "a" + ".b" * 100_000 + "()",
    "a long sum": "x = " + " + ".join(["f()"] * 5_000),
    "a long choice": "x = " + " or ".join(["f()"] * 5_000),
    "conditions in conditions": "x if y else " * 5_000 + "z",
    "nested lists": "[" * 3_000 + "]" * 3_000,
    "nested subscripts": "a" + "[b" * 3_000 + "]" * 3_000,
    "nested comprehensions": "[x for x in " * 500 + "y" + "]" * 500,
    "nested targets": "(" * 2_000 + "a" + ",)" * 2_000 + " = x",
    "nested patterns": "match x:\n case " + "[" * 500 + "a" + "]" * 500 + ": pass",
    "nested annotations": "x: " + "list[" * 2_000 + "int" + "]" * 2_000,
    "nested strings": "f'{" * 200 + "x" + "}'" * 200,
    "nested blocks": "".join(" " * depth + "if x:\n" for depth in range(1_000)),
    "nested definitions": "".join(" " * depth + "def f():\n" for depth in range(300)),
    "a nested default": "def f(x=" + "(" * 5_000 + ")" * 5_000 + "): pass",
    "nested lambdas": "lambda: " * 30_000,
    "many decorators": "@a\n" * 3_000 + "def f(): pass",
    "many branches": "if a: pass\n" + "elif f(): pass\n" * 3_000,
    "many globals": "def f():\n global " + ", ".join(f"a{i}" for i in range(3_000)),
    "backslashes in a default": "def f(a='" + "\\\\" * 50_000 + "): pass",
    "blanks in a call": "f(" + " " * 100_000 + "a = b)",
    "five megabytes in a row": "x = '" + "a" * 5_000_000 + "'",
    "a NUL": "def f(): pass\n\0",
    "a lone surrogate": "x = '\ud800'\n",
    "a byte order mark": "\ufeffdef f(): pass\n",
    "carriage returns": "def f():\r    pass\rdef g(): pass\n",
    "line ends of DOS": "def f():\r\n    pass\r\n",
    "form feeds": "\x0cdef f(): pass\n\x0c\n",
    "binary": bytes(range(256)).decode("latin-1") * 40,
    "nothing": "",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.timeout(60)  # the quadratic cost these are about would take minutes
def test_hostile_text_gives_a_graph(name: str):
    graph = extract("src/app.py", HOSTILE[name])
    assert graph.status in ("ok", "partial"), graph.reason
    assert graph.nodes[0].kind == "module"
    assert graph.text_of(graph.nodes[0]) == HOSTILE[name]
    assert unpack(pack(graph)) == graph


def test_text_that_is_nested_too_deeply_is_read_to_a_depth_and_marked():
    graph = extract("src/app.py", "def f(): pass\n" + HOSTILE["nested lists"])
    assert (graph.status, graph.reason) == ("partial", "nested too deeply")
    assert [node.name for node in graph.nodes] == ["app", "f"]


def consistent(graph: FileGraph, size: int) -> bool:
    scopes = len(graph.facts.scopes)
    return (
        graph.status in ("ok", "partial")
        and len({node.key for node in graph.nodes}) == len(graph.nodes)
        and all(0 <= node.span.start_byte <= node.span.end_byte <= size for node in graph.nodes)
        and all(-1 <= node.parent < number for number, node in enumerate(graph.nodes) if node.kind != "field")
        and all(0 <= one.scope < scopes for one in (*graph.facts.calls, *graph.facts.references))
        and unpack(pack(graph)) == graph
    )


@given(st.text(st.sampled_from("def f(:)\n    class@.=\"'#,xö\t\r\\"), max_size=60))
def test_any_text_gives_nodes_whose_spans_lie_in_it(text: str):
    assert consistent(extract("a.py", text), len(text.encode()))


OURS = sorted(str(path) for path in Path(remora.__file__).parent.glob("isg/**/*.py"))
PIECES = [*"()[]{}:=,.@\\\"'", '"""', "\n", "    ", "def ", "class ", "lambda ", "async ", "await ", 'f"{', "*", "**"]
PIECES += [
    "match x:\n case ",
    "import ",
    "from ",
    "with ",
    " as ",
    ":=",
    "global ",
    "yield ",
    "except ",
    "type ",
    "\0",
    "é",
]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A stretch of a real file with a few pieces put in, taken out or doubled."""
    text = Path(draw(st.sampled_from(OURS))).read_text("utf-8")
    start = draw(st.integers(0, max(0, len(text) - 3_000)))
    text = text[start : start + 3_000]
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(text)))
        end = at + draw(st.integers(0, 20))
        what = draw(st.sampled_from(["put", "take", "double"]))
        middle = {"put": draw(st.sampled_from(PIECES)) + text[at:end], "take": "", "double": text[at:end] * 2}[what]
        text = text[:at] + middle + text[end:]
    return text


@given(mutated())
@settings(max_examples=150, deadline=None)
def test_mutated_real_files_give_a_graph(text: str):
    assert consistent(extract("src/app.py", text), len(text.encode()))


def test_reading_a_file_warns_about_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert extract("odd.py", "x = '\\d'\nassert (x, 'always')\n").status == "ok"


def test_importing_the_graph_loads_no_parser_and_no_database():
    program = "import sys, remora.isg.graph, remora.isg.select; print({'tree_sitter', 'mnestic'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout == "set()\n"
