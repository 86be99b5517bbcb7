"""What the reader of Java says of one file."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from remora.isg.extract import extract, pack, unpack
from remora.isg.parse import parse
from remora.isg.reader import Reader
from remora.isg.values import FileGraph, Node
from remora.lang import languages

DATA = Path(__file__).parent.parent / "data" / "java"

CART = """\
package shop.core;

import java.util.List;
import static shop.Rates.*;

/**
 * What a customer buys.
 */
@Entity(name = "cart")
public abstract class Cart<T extends Item & Priced> extends Base<T> implements Shown, Comparable<Cart<T>> {
    public static final int LIMIT = 10;
    private List<T> items, others;

    protected Cart(int size) throws IOException {
        super(size);
    }

    /** The sum. */
    @Override
    public synchronized double total(double vat, T... rest) {
        if (vat < 0) throw new IllegalArgumentException("vat");
        return 0;
    }

    abstract void clear();

    static <S extends Shape> S of(S one) {
        return one;
    }

    class Inner {}
    enum Kind { BIG, SMALL { void show() {} } }
    record Point(int x, int y) {}
    interface Listener { void heard(); default void quiet() {} }
    @interface Mark { String value(); }
}
"""


def node(graph: FileGraph, qualname: str) -> Node:
    return next(one for one in graph.nodes if one.qualname == qualname)


def kinds(graph: FileGraph) -> dict[str, str]:
    return {one.qualname: one.kind for one in graph.nodes[1:]}


def test_a_class_gives_its_members_by_kind():
    assert kinds(extract("Cart.java", CART)) == {
        "Cart": "class",
        "Cart.LIMIT": "constant",
        "Cart.items": "field",
        "Cart.others": "field",
        "Cart.Cart": "constructor",
        "Cart.total": "method",
        "Cart.clear": "method",
        "Cart.of": "method",
        "Cart.Inner": "class",
        "Cart.Kind": "enum",
        "Cart.Kind.BIG": "constant",
        "Cart.Kind.SMALL": "constant",
        "Cart.Kind.<class1>": "class",
        "Cart.Kind.<class1>.show": "method",
        "Cart.Point": "class",
        "Cart.Point.x": "field",
        "Cart.Point.y": "field",
        "Cart.Listener": "interface",
        "Cart.Listener.heard": "method",
        "Cart.Listener.quiet": "method",
        "Cart.Mark": "interface",
        "Cart.Mark.value": "method",
    }


def test_a_definition_says_its_signature_flags_visibility_and_documentation():
    graph = extract("Cart.java", CART)
    cart, total = node(graph, "Cart"), node(graph, "Cart.total")
    assert cart.signature == (
        "public abstract class Cart<T extends Item & Priced> extends Base<T> implements Shown, Comparable<Cart<T>>"
    )
    assert cart.doc == "What a customer buys."
    assert cart.facets["bases"] == ["Base<T>", "Shown", "Comparable<Cart<T>>"]
    assert cart.facets["decorators"] == ['@Entity(name = "cart")']
    assert cart.facets["generics"] == "<T extends Item & Priced>"
    assert total.signature.endswith("synchronized double total(double vat, T... rest)")
    assert total.facets["parameters"] == [{"name": "vat", "type": "double"}, {"name": "rest", "type": "T"}]
    assert (total.facets["returns"], total.facets["raises"]) == ("double", ["IllegalArgumentException"])
    assert (total.visibility, total.flags, total.doc) == ("public", ("synchronized",), "The sum.")
    assert node(graph, "Cart.Cart").facets["raises"] == ["IOException"]
    assert node(graph, "Cart.clear").flags == ("abstract",)
    assert [node(graph, f"Cart.{name}").visibility for name in ("items", "Cart", "clear")] == [
        "private",
        "protected",
        "package",
    ]
    assert node(graph, "Cart.Listener.heard").visibility == "public"


def test_overloads_are_numbered_in_the_order_of_the_text():
    graph = extract("A.java", "class A { void m() {} void m(int a) {} A() {} A(int b) {} }")
    assert [one.key.rpartition("-")[2] for one in graph.nodes[1:]] == ["A", "A.m", "A.m~2", "A.A", "A.A~2"]


def test_the_package_and_the_imports_are_facts():
    facts = extract("Cart.java", CART).facts
    assert facts.data["package"] == "shop.core"
    assert [(one.module, one.name) for one in facts.imports] == [("java.util", "List"), ("shop.Rates", "*")]


def test_bounds_are_references():
    references = extract("Cart.java", CART).facts.references
    bounds = [one.expr for one in references if one.role == "bound"]
    assert bounds == [("n", "Item"), ("n", "Priced"), ("n", "Shape")]


def test_methods_with_a_test_annotation_are_tests():
    graph = extract("src/CartCheck.java", "class CartCheck { @Test void adds() {} void helper() {} }")
    assert node(graph, "CartCheck.adds").flags == ("test",)
    assert node(graph, "CartCheck.adds").tdd == "TEST_IMPLEMENTATION"
    assert node(graph, "CartCheck.helper").tdd == "CODE_IMPLEMENTATION"
    assert extract("src/test/java/A.java", "class A {}").nodes[1].tdd == "TEST_IMPLEMENTATION"


def test_a_variable_and_a_method_of_one_name_are_two_things():
    text = "class A { int total; int total() { int total = total(); return total; } }"
    scope = next(one for one in extract("A.java", text).facts.scopes if one.kind == "class")
    assert set(scope.names) == {"total", "total()"}


def test_the_tables_alone_give_definitions_and_calls():
    text = "class A extends B {\n  int m(int x) { return f(x); }\n  void f() { new A().m(2); }\n}\n"
    graph = Reader("A.java", text, "", languages()["java"]).read(parse(text, "java"))
    assert kinds(graph) == {"A": "class", "A.m": "method", "A.f": "method"}
    assert len(graph.facts.calls) == 3
    assert any(one.bases == (("n", "B"),) for one in graph.facts.scopes)


DEEP = {
    "calls": "class A { void m() { " + "f(" * 3000 + ")" * 3000 + "; } }",
    "chain": "class A { void m() { a" + ".b()" * 3000 + "; } }",
    "blocks": "class A { void m() { " + "{" * 3000 + "}" * 3000 + " } }",
    "sum": "class A { String s = a" + ' + "b"' * 20000 + "; }",
    "else": "class A { void m() { if (a) b();" + " else if (a) b();" * 3000 + " } }",
    "classes": "class A { " * 1500 + "}" * 1500,
    "lambdas": "class A { F f = " + "() -> " * 2000 + "1; }",
    "generics": "class A { " + "List<" * 2000 + "A" + ">" * 2000 + " x; }",
}


@pytest.mark.parametrize("name", DEEP)
def test_depth_is_no_reason_to_fail(name: str):
    graph = extract("Deep.java", DEEP[name])
    assert graph.status in ("ok", "partial"), graph.reason


def test_mutated_files_never_fail():
    texts = [file.read_text("utf-8") for file in sorted(DATA.rglob("*.java"))] + [CART]
    rng = random.Random(5)
    for number in range(200):
        text = rng.choice(texts)
        for _ in range(rng.randint(1, 6)):
            at, length = rng.randint(0, len(text)), rng.randint(0, 12)
            piece = rng.choice(
                ["", "(", ")", "{", "}", "<", ">", '"', "->", "class ", "enum ", "\0", "\ud800", "@", "/*", ";"]
            )
            text = text[:at] + piece + text[at + length :]
        graph = extract(f"M{number}.java", text)
        assert graph.status in ("ok", "partial"), (graph.reason, text)
        assert [one.key for one in unpack(pack(graph)).nodes] == [one.key for one in graph.nodes]
        assert len({one.key for one in graph.nodes}) == len(graph.nodes)


@pytest.mark.parametrize("text", ["", "\ufeff", "\0\0", "\ufeffclass A {}\r\n", "class Ü { void ö() {} }", "\ud800"])
def test_odd_texts_have_a_module(text: str):
    assert extract("Odd.java", text).nodes[0].kind == "module"
