"""What the reader of Go says of one file."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from remora.isg.extract import extract, pack, unpack
from remora.isg.languages.go.gates import gates_of_comment, gates_of_name
from remora.isg.languages.go.reader import package_name
from remora.isg.parse import parse
from remora.isg.reader import Reader
from remora.isg.values import FileGraph, Node
from remora.lang import languages

DATA = Path(__file__).parent.parent / "data" / "go"

CART = """\
// Package cart sums up.
package cart

import (
	"fmt"
	tax "example.org/shop/tax/v2"
)

// Kind of a cart.
type Kind int

const (
	// Small ones.
	Small Kind = iota
	big
)

var Default, other = New(), 1

// Cart is what
// a customer buys.
type Cart[T fmt.Stringer] struct {
	*tax.Base
	Items []T `json:"items"` // in order
	a, b  int
}

type (
	// Shape has an area.
	Shape interface {
		fmt.Stringer
		// Area of it.
		Area(scale float64) (float64, error)
	}
	Carts = []Cart[Kind]
)

// New makes one.
func New() *Cart[Kind] { return &Cart[Kind]{} }

func (c *Cart[T]) Total(vat float64, more ...T) (sum float64, err error) {
	each(func(item T) { sum += item.Price() })
	type local struct{ n int }
	return
}
"""


def node(graph: FileGraph, qualname: str) -> Node:
    return next(one for one in graph.nodes if one.qualname == qualname)


@pytest.fixture(scope="module")
def cart() -> FileGraph:
    return extract("cart/cart.go", CART, "shop")


@pytest.mark.parametrize(
    ("qualname", "kind", "signature", "visibility", "level"),
    [
        ("Kind", "type", "type Kind int", "public", 1),
        ("Small", "constant", "const Small Kind", "public", 1),
        ("big", "constant", "const big", "package", 1),
        ("Default", "variable", "var Default, other", "public", 1),
        ("Cart", "struct", "type Cart[T fmt.Stringer] struct", "public", 1),
        ("Cart.Base", "field", "*tax.Base", "public", 2),
        ("Cart.Items", "field", "Items []T", "public", 2),
        ("Cart.b", "field", "a, b int", "package", 2),
        ("Shape", "interface", "type Shape interface", "public", 1),
        ("Shape.Area", "method", "Area(scale float64) (float64, error)", "public", 2),
        ("Carts", "type", "type Carts = []Cart[Kind]", "public", 1),
        ("New", "function", "func New() *Cart[Kind]", "public", 1),
        (
            "Cart.Total",
            "method",
            "func (c *Cart[T]) Total(vat float64, more ...T) (sum float64, err error)",
            "public",
            1,
        ),
        ("Cart.Total.<lambda1>", "lambda", "func(item T)", "public", 2),
        ("Cart.Total.local", "struct", "type local struct", "package", 2),
    ],
)
def test_a_declaration_is_a_node(
    cart: FileGraph, qualname: str, kind: str, signature: str, visibility: str, level: int
):
    found = node(cart, qualname)
    assert (found.kind, found.signature, found.visibility, found.level) == (kind, signature, visibility, level)


@pytest.mark.parametrize(
    ("qualname", "doc"),
    [
        ("<module>", "Package cart sums up."),
        ("Kind", "Kind of a cart."),
        ("Small", "Small ones."),
        ("big", ""),
        ("Cart", "Cart is what\na customer buys."),
        ("Shape", "Shape has an area."),
        ("Shape.Area", "Area of it."),
        ("New", "New makes one."),
        ("Cart.a", ""),
    ],
)
def test_the_comment_right_above_documents(cart: FileGraph, qualname: str, doc: str):
    assert node(cart, qualname).doc == doc


def test_facets_say_what_stands_in_the_header(cart: FileGraph):
    assert node(cart, "Cart.Total").facets == {
        "parameters": ({"name": "vat", "type": "float64"}, {"name": "more", "type": "...T"}),
        "returns": "(sum float64, err error)",
    }
    assert node(cart, "Cart").facets["bases"] == ("tax.Base",)
    assert node(cart, "Cart").facets["generics"] == ("T fmt.Stringer",)
    assert node(cart, "Shape").facets["bases"] == ("fmt.Stringer",)


def test_a_span_begins_at_the_declaration(cart: FileGraph):
    assert cart.text_of(node(cart, "Cart")).startswith("type Cart[T fmt.Stringer] struct {")
    assert cart.text_of(node(cart, "Shape")).startswith("Shape interface {")


def test_the_package_sees_what_the_file_declares(cart: FileGraph):
    assert cart.facts.data == {
        "package": "cart",
        "names": ("Cart", "Carts", "Default", "Kind", "New", "Shape", "Small", "big", "other"),
        "receivers": ("Cart",),
        "interfaces": ("Shape",),
    }


def test_tests_are_functions_of_test_files_with_a_tests_name():
    text = "package a\nfunc TestX(t *testing.T) {}\nfunc help() {}\n"
    test, helper = extract("a/a_test.go", text).nodes[1:]
    assert (test.flags, test.tdd, helper.flags, helper.tdd) == (
        ("test",),
        "TEST_IMPLEMENTATION",
        (),
        "TEST_IMPLEMENTATION",
    )
    assert [one.tdd for one in extract("a/a.go", text).nodes[1:]] == ["CODE_IMPLEMENTATION"] * 2


def test_each_declaration_of_a_local_has_a_name_of_its_own():
    text = "package a\nfunc run(x A) { x := x.B(); if y, x := f(x); y { x.C() }; x.D() }"
    graph = extract("a.go", text)
    calls = {call.callee: call.expr for call in graph.facts.calls}
    assert calls["x.B"][1] == ("a", ("n", "x"), "B")
    assert calls["f"][2] == (("n", "x'1"),)
    assert calls["x.C"][1] == ("a", ("n", "x'2"), "C")
    assert calls["x.D"][1] == ("a", ("n", "x'1"), "D")


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("fmt", "fmt"),
        ("net/http", "http"),
        ("example.org/shop/v2", "shop"),
        ("gopkg.in/yaml.v3", "yaml"),
        ("github.com/x/go-cart", "cart"),
        ("v1", "v1"),
    ],
)
def test_a_package_is_called_after_the_last_part_of_its_path_that_is_no_version(module: str, name: str):
    assert package_name(module) == name


@pytest.mark.parametrize(
    ("comment", "gates"),
    [
        ("//go:build linux", ["linux"]),
        ("//go:build linux && !cgo", ["linux", "!cgo"]),
        ("//go:build (linux || darwin) && cgo", ["linux || darwin", "cgo"]),
        ("//go:build a || b && c", ["a || b && c"]),
        ("// +build linux,amd64", ["linux", "amd64"]),
        ("// +build linux darwin", ["linux || darwin"]),
        ("// go on", []),
    ],
)
def test_the_parts_of_a_build_line_that_all_have_to_hold_are_gates(comment: str, gates: list[str]):
    assert gates_of_comment(comment) == gates


def test_the_name_of_a_file_can_be_a_gate():
    names = ("dial_linux.go", "dial_linux_arm64.go", "dial_windows_test.go", "linux.go", "dial_unix.go")
    assert [gates_of_name(f"net/{name}") for name in names] == [["linux"], ["linux", "arm64"], ["windows"], [], []]


def test_the_query_finds_the_same_functions_as_the_reader():
    texts = [file.read_text("utf-8") for file in sorted(DATA.rglob("*.go")) if "broken" not in str(file)]
    language = languages()["go"]
    wanted = ("function", "method", "struct", "interface", "lambda")
    for text in texts:
        plain = Reader("a.go", text, "", language).read(parse(text, "go"))
        ours = extract("a.go", text)
        assert sorted(n.name for n in plain.nodes if n.kind in wanted) == sorted(
            n.name for n in ours.nodes if n.kind in wanted
        )


HOSTILE = {
    "empty": "",
    "nul": "package a\0func b() {}",
    "bom": "\ufeffpackage a\nfunc b() {}",
    "crlf": "package a\r\nfunc b() {\r\n\tc()\r\n}\r\n",
    "deep calls": "package a\nfunc b() {" + "c(" * 3000 + ")" * 3000 + "}",
    "deep blocks": "package a\nfunc b() " + "{" * 3000 + "}" * 3000,
    "deep types": "package a\nvar x " + "[]" * 3000 + "int",
    "deep functions": "package a\nfunc b() {" + "func() {" * 500 + "}()" * 500 + "}",
    "deep literals": "package a\nvar x = []T" + "{" * 2000 + "}" * 2000,
    "a long sum": "package a\nfunc b() int { return " + "c() + " * 20000 + "1 }",
    "unclosed": "package a\nfunc (c *Cart) Total( { switch x := y.(type) { case",
    "no names": "package\nimport\nfunc () {}\ntype struct {}\nvar = \nfunc () () {}\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_whatever_a_file_holds_it_is_read(text: str):
    graph = extract("a.go", text)
    assert graph.status in ("ok", "partial")
    assert unpack(pack(graph)).facts == graph.facts


def test_mutated_files_are_read():
    texts = [file.read_text("utf-8") for file in sorted(DATA.rglob("*.go"))]
    rng = random.Random(3)
    for _ in range(150):
        text = rng.choice(texts)
        for _ in range(rng.randint(1, 10)):
            at, size = rng.randrange(len(text) + 1), rng.randint(0, 30)
            text = (
                text[:at] + rng.choice(["", "{", "}", "(", ")", "[", ":=", ".", "\n", "é", "func"]) + text[at + size :]
            )
        assert extract("a.go", text).status in ("ok", "partial")
