"""What the reader of Rust says of one file."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from remora.isg.extract import extract, pack, unpack
from remora.isg.languages.rust.header import conditions, split
from remora.isg.parse import parse
from remora.isg.reader import Reader
from remora.isg.values import FileGraph, Node
from remora.lang import languages

if TYPE_CHECKING:
    import tree_sitter

DATA = Path(__file__).parent.parent / "data" / "rust"

CART = """\
//! Carts and what is in them.
#![cfg(feature = "shop")]

/// What a customer buys.
#[derive(Debug, Clone)]
#[cfg(all(unix, feature = "big"))]
pub struct Cart<T: Item, const N: usize>
where
    T: Copy,
{
    /// In the order they came.
    pub items: Vec<T>,
    total: f64,
}

pub(crate) enum Kind { Big, Small(u8), Odd { size: u8 } }

pub union Bits { a: u32 }

impl<T: Item> Cart<T, 3> {
    pub const LIMIT: usize = 10;

    pub fn new() -> Self {
        Self { items: Vec::new(), total: 0.0 }
    }

    pub async unsafe fn total(&self, vat: f64, (low, high): (u8, u8)) -> Result<f64, Failure> {
        Ok(self.items.iter().map(|item| item.price()).sum())
    }
}

impl<'a, T> fmt::Display for &'a Cart<T> {
    type Out = u8;
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { Ok(()) }
}

pub trait Shape: Named + Send {
    const SIDES: u8;
    type Unit: Copy;
    fn area(&self) -> f64;
    fn twice(&self) -> f64 { self.area() * 2.0 }
}

pub(super) static mut COUNT: u32 = 0;
const NAME: &str = "cart";
type Carts = Vec<Cart<Apple, 3>>;

#[macro_export]
macro_rules! cart { () => {}; }

extern "C" { fn raw(n: i32) -> i32; }

#[cfg(test)]
mod tests {
    use super::*;
    #[tokio::test]
    async fn adds() { assert_eq!(helper(1), 2); }
    fn helper(n: u8) -> u8 { n + 1 }
}
"""


def node(graph: FileGraph, qualname: str) -> Node:
    return next(one for one in graph.nodes if one.key == f"{graph.path}-cart-{qualname}")


@pytest.fixture(scope="module")
def cart() -> FileGraph:
    return extract("src/cart.rs", CART, "shop")


@pytest.mark.parametrize(
    ("qualname", "kind", "signature"),
    [
        ("Cart", "struct", "pub struct Cart<T: Item, const N: usize> where T: Copy"),
        ("Cart.items", "field", "pub items: Vec<T>"),
        ("Kind.Small", "constant", "Small"),
        ("Kind.Odd.size", "field", "size: u8"),
        ("Bits", "struct", "pub union Bits"),
        ("impl Cart", "impl", "impl<T: Item> Cart<T, 3>"),
        ("Cart.LIMIT", "constant", "pub const LIMIT: usize"),
        (
            "Cart.total",
            "method",
            "pub async unsafe fn total(&self, vat: f64, (low, high): (u8, u8)) -> Result<f64, Failure>",
        ),
        ("Cart.total.<lambda1>", "lambda", "|item|"),
        ("impl fmt::Display for Cart", "impl", "impl<'a, T> fmt::Display for &'a Cart<T>"),
        ("Cart.fmt", "method", "fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result"),
        ("Shape", "trait", "pub trait Shape: Named + Send"),
        ("Shape.Unit", "type", "type Unit: Copy"),
        ("COUNT", "variable", "pub(super) static mut COUNT: u32"),
        ("NAME", "constant", "const NAME: &str"),
        ("Carts", "type", "type Carts = Vec<Cart<Apple, 3>>"),
        ("cart", "macro", "macro_rules! cart"),
        ("raw", "function", "fn raw(n: i32) -> i32"),
        ("tests", "module", "mod tests"),
        ("tests.adds", "function", "async fn adds()"),
    ],
)
def test_an_item_is_a_node_with_its_header_as_signature(cart: FileGraph, qualname: str, kind: str, signature: str):
    found = node(cart, qualname)
    assert (found.kind, found.signature) == (kind, signature)


@pytest.mark.parametrize(
    ("qualname", "visibility", "flags", "level"),
    [
        ("Cart", "public", (), 1),
        ("Cart.items", "public", (), 2),
        ("Cart.total", "public", ("async", "unsafe"), 2),
        ("Cart.new", "public", ("static",), 2),
        ("Cart.fmt", "public", (), 2),
        ("Kind", "crate", (), 1),
        ("Kind.Big", "crate", ("variant",), 2),
        ("Shape.area", "public", ("abstract",), 2),
        ("COUNT", "package", ("mut", "static"), 1),
        ("cart", "public", ("export",), 1),
        ("tests", "private", ("test",), 1),
        ("tests.adds", "private", ("async", "test"), 2),
    ],
)
def test_a_node_says_who_sees_it_and_what_it_is(
    cart: FileGraph, qualname: str, visibility: str, flags: tuple, level: int
):
    found = node(cart, qualname)
    assert (found.visibility, found.flags, found.level) == (visibility, flags, level)


def test_a_method_has_the_plain_key_before_a_field_of_its_name(cart: FileGraph):
    assert node(cart, "Cart.total").kind == "method"
    assert node(cart, "Cart.total~2").kind == "field"


def test_facets_say_what_stands_in_the_header_and_above_it(cart: FileGraph):
    found = node(cart, "Cart")
    assert found.facets == {
        "generics": ("T: Item", "const N: usize"),
        "where": ("T: Copy",),
        "attributes": ("derive(Debug, Clone)", 'cfg(all(unix, feature = "big"))'),
        "derives": ("Debug", "Clone"),
        "feature_gates": ("unix", 'feature = "big"'),
        "has_doc": True,
    }
    assert found.doc == "What a customer buys."
    assert node(cart, "Cart.total").facets["parameters"] == (
        {"name": "self", "type": "&self"},
        {"name": "vat", "type": "f64"},
        {"name": "(low, high)", "type": "(u8, u8)"},
    )
    assert node(cart, "Shape").facets["bases"] == ("Named", "Send")
    assert node(cart, "<module>").doc == "Carts and what is in them."


def test_the_span_begins_at_the_first_attribute_and_not_at_the_comment(cart: FileGraph):
    assert cart.text_of(node(cart, "Cart")).startswith("#[derive(Debug, Clone)]\n#[cfg(")
    assert cart.text_of(node(cart, "tests")).startswith("#[cfg(test)]\nmod tests {")


def test_what_stands_in_a_test_module_is_a_test_or_helps_one(cart: FileGraph):
    assert node(cart, "tests.helper").tdd == "TEST_IMPLEMENTATION"
    assert node(cart, "Cart.total").tdd == "CODE_IMPLEMENTATION"
    assert extract("tests/all.rs", "fn help() {}").nodes[1].tdd == "TEST_IMPLEMENTATION"


def test_a_gate_hangs_on_the_item_that_it_stands_above():
    text = '#[cfg_attr(feature = "s", derive(Hash, Eq))]\nstruct A { #[cfg(unix)] fd: i32, n: u8 }\n#[cfg(x)] impl A {}'
    graph = extract("src/a.rs", text)
    gates = [
        (graph.nodes[graph.facts.scopes[one.scope].node].qualname, one.expr[2])
        for one in graph.facts.references
        if one.role == "gate" and one.expr
    ]
    assert gates == [("A.fd", "unix"), ("impl A", "x")]
    assert graph.nodes[1].facets["derives"] == ("Hash", "Eq")


def test_each_declaration_of_a_local_has_a_name_of_its_own():
    text = "fn run(x: A) { let x = x.b(); { let x = 1; use_it(x); } x.c(); }"
    graph = extract("src/a.rs", text)
    names = graph.facts.scopes[1].names
    assert list(names) == ["x", "x'1", "x'2"]
    assert names["x'1"][0].expr == ("c", ("a", ("n", "x"), "b"), (), ())
    assert [call.expr[2] for call in graph.facts.calls if call.callee == "use_it"] == [(("n", "x'2"),)]
    assert [call.expr[1] for call in graph.facts.calls if call.callee == "x.c"] == [("a", ("n", "x'1"), "c")]


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("assert_eq!(a(b()), self.c().d, x.e::<u8>(1));", ["b", "a", "self.c", "x.e::<u8>", "assert_eq!"]),
        ('println!("{}", crate::m::f(Vec::<u8>::new()));', ["Vec::<u8>::new", "crate::m::f", "println!"]),
        ("vec![Cart { n: g() }, h![1]]", ["Cart", "g", "h!", "vec!"]),
        ("m!(|x| x.f(), a::B::c?.d())", ["x.f", "a::B::c?.d", "m!"]),
    ],
)
def test_calls_in_the_arguments_of_macros_are_found(text: str, calls: list[str]):
    graph = extract("src/a.rs", f"fn run() {{ {text} }}")
    assert [call.callee for call in graph.facts.calls] == calls


@pytest.mark.parametrize(
    ("text", "imports"),
    [
        ("use std::fmt;", [("std", "fmt", "fmt")]),
        ("use a;", [("a", "", "a")]),
        (
            "pub use self::x::{self, y as z, w::*};",
            [("self", "x", "x"), ("self::x", "y", "z"), ("self::x::w", "*", "")],
        ),
        ("use super::super::b::C as _;", [("super::super::b", "C", "")]),
        ("mod foo;", [("mod", "foo", "foo")]),
        (
            "mod a { mod b; use super::c; use super::super::d; }",
            [("mod::a", "b", "b"), ("self", "c", "c"), ("super", "d", "d")],
        ),
        ("extern crate serde as s;", [("serde", "", "s")]),
        ("use {a::b, ::c::d};", [("a", "b", "b"), ("c", "d", "d")]),
    ],
)
def test_a_use_tree_is_one_import_for_each_name(text: str, imports: list[tuple[str, str, str]]):
    graph = extract("src/a.rs", text)
    assert [(one.module, one.name, one.alias) for one in graph.facts.imports] == imports


def test_conditions_of_cfg_are_told_apart_where_each_has_to_hold():
    assert conditions("all(unix, any(a, b), not(c))") == ["unix", "any(a, b)", "not(c)"]
    assert split("A<B, C>, D") == ["A<B, C>", "D"]


def test_the_query_finds_the_same_functions_as_the_reader():
    text = "\n".join(file.read_text("utf-8") for file in sorted(DATA.rglob("*.rs")) if "broken" not in str(file))
    language = languages()["rust"]
    plain = Reader("src/a.rs", text, "", language).read(parse(text, "rust"))
    ours = extract("src/a.rs", text)
    wanted = ("function", "method", "struct", "enum", "trait", "macro", "lambda")
    # The grammar leaves the arguments of macros as tokens: only the reader finds closures among them.
    hidden = token_trees(parse(text, "rust").root)
    assert sorted(n.span.end_byte for n in plain.nodes if n.kind in wanted) == sorted(
        n.span.end_byte
        for n in ours.nodes
        if n.kind in wanted
        and not (n.kind == "lambda" and any(start < n.span.start_byte < end for start, end in hidden))
    )


def token_trees(node: tree_sitter.Node) -> list[tuple[int, int]]:
    if node.type == "token_tree":
        return [(node.start_byte, node.end_byte)]
    return [one for child in node.named_children for one in token_trees(child)]


HOSTILE = {
    "empty": "",
    "nul": "fn a() {}\0fn b() {}",
    "bom": "\ufefffn a() {}",
    "crlf": "fn a() {\r\n    b();\r\n}\r\n",
    "deep calls": "fn a() {" + "b(" * 3000 + ")" * 3000 + "}",
    "deep blocks": "fn a() " + "{" * 3000 + "}" * 3000,
    "deep modules": "mod m {" * 400 + "}" * 400,
    "deep types": "fn a(x: " + "Vec<" * 2000 + "u8" + ">" * 2000 + ") {}",
    "deep macros": "fn a() { m!" + "(" * 2000 + ")" * 2000 + "; }",
    "deep paths": "use " + "a::" * 3000 + "b;",
    "deep use": "use a::{" * 400 + "b" + "}" * 400 + ";",
    "a long sum": "fn a() -> u8 { " + "b() + " * 20000 + "1 }",
    "a long chain": "fn a() { x" + ".b()" * 3000 + "; }",
    "unclosed": "impl Cart { fn total(&self { match x { Some(y) => ",
    "no names": "fn () {} struct {} enum {} impl {} trait {} mod {} use ; let = ;",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_whatever_a_file_holds_it_is_read(text: str):
    graph = extract("src/a.rs", text)
    assert graph.status in ("ok", "partial")
    assert unpack(pack(graph)).facts == graph.facts


def test_mutated_files_are_read():
    texts = [file.read_text("utf-8") for file in sorted(DATA.rglob("*.rs"))]
    rng = random.Random(3)
    for _ in range(150):
        text = rng.choice(texts)
        for _ in range(rng.randint(1, 10)):
            at, size = rng.randrange(len(text) + 1), rng.randint(0, 30)
            text = (
                text[:at]
                + rng.choice(["", "{", "}", "(", ")", "<", "::", "!", "|", "'", "\n", "é"])
                + text[at + size :]
            )
        assert extract("src/a.rs", text).status in ("ok", "partial")
