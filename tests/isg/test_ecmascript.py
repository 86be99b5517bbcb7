"""What the reader of JavaScript, TypeScript and TSX says of one file."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from remora.isg.extract import extract, pack, unpack
from remora.isg.parse import parse
from remora.isg.reader import Reader
from remora.isg.values import FileGraph, Node
from remora.lang import languages

DATA = Path(__file__).parent.parent / "data"
SUFFIX = {"typescript": ".ts", "tsx": ".tsx", "javascript": ".js"}


def node(graph: FileGraph, qualname: str) -> Node:
    return next(one for one in graph.nodes if one.qualname == qualname)


def kinds(graph: FileGraph) -> dict[str, str]:
    return {one.qualname: one.kind for one in graph.nodes[1:]}


CART = """\
import { Item } from "./item";

/**
 * What a customer buys.
 */
@injectable()
export abstract class Cart<T extends Item> extends Base<T> implements Priced, Shown {
  static limit = 10;
  private readonly items: T[] = [];
  #tax?: number;

  constructor(private owner: string, size = 1) {
    super();
    this.extra = size;
  }

  /** The sum. */
  async total(vat: number = 0.2, ...rest: number[]): Promise<number> {
    if (vat < 0) throw new RangeError("vat");
    return 0;
  }

  protected abstract clear(): void;

  get size(): number {
    return this.items.length;
  }

  static of(): void {}

  on = async (event: string) => {};
}
"""


def test_a_class_gives_its_members_by_kind():
    assert kinds(extract("cart.ts", CART)) == {
        "Cart": "class",
        "Cart.limit": "field",
        "Cart.items": "field",
        "Cart.#tax": "field",
        "Cart.constructor": "constructor",
        "Cart.owner": "field",
        "Cart.total": "method",
        "Cart.clear": "method",
        "Cart.size": "property",
        "Cart.of": "method",
        "Cart.on": "method",
        "Cart.extra": "field",
    }


def test_a_definition_says_its_signature_flags_visibility_and_documentation():
    graph = extract("cart.ts", CART)
    cart, total = node(graph, "Cart"), node(graph, "Cart.total")
    assert cart.signature == "abstract class Cart<T extends Item> extends Base<T> implements Priced, Shown"
    assert cart.doc == "What a customer buys."
    assert cart.facets["bases"] == ["Base", "Priced", "Shown"]
    assert cart.facets["decorators"] == ["@injectable()"]
    assert total.signature == "async total(vat: number = 0.2, ...rest: number[]): Promise<number>"
    assert total.facets["parameters"] == [
        {"name": "vat", "type": "number", "default": "0.2"},
        {"name": "rest", "type": "number[]"},
    ]
    assert total.facets["returns"] == "Promise<number>"
    assert total.facets["raises"] == ["RangeError"]
    assert (total.flags, total.doc) == (("async",), "The sum.")
    assert node(graph, "Cart.items").visibility == "private"
    assert node(graph, "Cart.clear").visibility == "protected"
    assert node(graph, "Cart.#tax").visibility == "private"
    assert node(graph, "Cart.of").flags == ("static",)
    assert node(graph, "Cart.clear").flags == ("abstract",)


def test_a_span_holds_the_whole_statement_with_decorators_and_export():
    graph = extract("cart.ts", CART)
    text = graph.text_of(node(graph, "Cart"))
    assert text.startswith("@injectable()\nexport abstract class Cart") and text.endswith("}")
    arrow = extract("a.ts", "export const add = (a: number) => a + 1;\n")
    assert arrow.text_of(node(arrow, "add")) == "export const add = (a: number) => a + 1;"
    assert node(arrow, "add").signature == "const add = (a: number)"
    row, col, _, end = node(arrow, "add").name_span
    assert (row, col, end) == (0, 13, 16)


def test_functions_take_their_names_from_what_they_are_bound_to():
    text = """\
const a = () => {};
let b;
b = function () {};
const box = { c() {}, d: () => {}, e: { f() {} } };
exports.g = function () {};
box.h = () => {};
export default () => {};
[1].map((x) => x);
class K { i = () => {}; }
function outer() { const inner = () => {}; return function () {}; }
"""
    assert kinds(extract("a.js", text)) == {
        "a": "function",
        "b": "function",
        "box": "constant",
        "box.c": "method",
        "box.d": "method",
        "box.e.f": "method",
        "g": "function",
        "box.h": "method",
        "default": "function",
        "<lambda1>": "lambda",
        "K": "class",
        "K.i": "method",
        "outer": "function",
        "outer.inner": "function",
        "outer.<lambda1>": "lambda",
    }


def test_overload_signatures_are_one_function_and_declarations_count():
    text = "function f(a: string): void;\nfunction f(a: number): void;\nfunction f(a: any) {}\ndeclare function g(): void;\n"
    assert kinds(extract("a.ts", text)) == {"f": "function", "g": "function"}


def test_types_are_nodes_and_their_bounds_references():
    text = "interface A { x: number; m(): void }\ntype B<T extends A> = { y: T };\nenum C { One }\nnamespace N { export const z = 1; }\n"
    graph = extract("a.ts", text)
    assert kinds(graph) == {
        "A": "interface",
        "A.x": "field",
        "A.m": "method",
        "B": "type",
        "B.y": "field",
        "C": "enum",
        "C.One": "constant",
        "N": "module",
        "N.z": "constant",
    }
    assert [(one.role, one.expr) for one in graph.facts.references if one.role == "bound"] == [("bound", ("n", "A"))]


def test_titles_of_tests_are_nodes_in_test_files_alone():
    text = 'describe("Cart", () => { it.each([1])("adds %d", (n) => {}); });\n'
    graph = extract("src/cart.spec.ts", text)
    assert kinds(graph) == {"Cart": "test", "Cart.adds %d": "test"}
    assert {one.tdd for one in graph.nodes} == {"TEST_IMPLEMENTATION"}
    assert kinds(extract("src/cart.ts", text)) == {"<lambda1>": "lambda", "<lambda1>.<lambda1>": "lambda"}


def test_exports_are_what_importers_see():
    text = """\
export const a = 1, { b, c: [d] } = x;
export default class E {}
export { a as f };
export * from "./g";
export { h as default2 } from "./h";
function hidden() {}
"""
    exports = extract("a.ts", text).facts.exports
    assert exports is not None
    assert set(exports) == {"a", "b", "d", "E", "default", "f", "*1", "default2"}
    assert exports["f"] == ("n", "a")


def test_what_importers_see_has_a_flag():
    text = "export const a = () => {};\nfunction b() {}\nfunction c() {}\nexport { b as d };\nexport default class {}\n"
    graph = extract("a.ts", text)
    assert {one.name for one in graph.nodes if "export" in one.flags} == {"a", "b", "default"}


def test_imports_say_module_name_and_alias():
    text = 'import a, * as b from "./m";\nimport { c as d, type E } from "n";\nimport "./side";\nconst f = require("./r");\n'
    imports = [(one.module, one.name, one.alias) for one in extract("a.ts", text).facts.imports]
    assert imports == [
        ("./m", "default", "a"),
        ("./m", "", "b"),
        ("n", "c", "d"),
        ("n", "E", "E"),
        ("./side", "", ""),
        ("./r", "export=", ""),
    ]


def test_names_local_to_a_function_are_no_references():
    text = "const top = 1;\nfunction f(p) { const l = p; return l + top; }\n"
    found = {one.expr for one in extract("a.js", text).facts.references}
    assert ("n", "top") in found
    assert not found & {("n", "l"), ("n", "p")}


@pytest.mark.parametrize("lang", ["typescript", "tsx", "javascript"])
def test_the_tables_alone_give_definitions_and_calls(lang: str):
    text = (
        "class A extends B {\n  m(x) { return f(x); }\n}\nfunction f(a = 1) { new A().m(2); }\nconst g = () => f();\n"
    )
    graph = Reader(f"a{SUFFIX[lang]}", text, "", languages()[lang]).read(parse(text, lang))
    assert {"A": "class", "A.m": "method", "f": "function"}.items() <= kinds(graph).items()
    assert len(graph.facts.calls) == 4
    assert any(one.bases == (("n", "B"),) for one in graph.facts.scopes)


DEEP = {
    "calls": "f(" * 3000 + ")" * 3000,
    "chain": "a" + ".b()" * 3000,
    "arrows": "() => " * 3000 + "1",
    "blocks": "{" * 3000 + "}" * 3000,
    "arrays": "[" * 3000 + "]" * 3000,
    "sum": "1" + " + x" * 20000,
    "else": "if (a) b();" + " else if (a) b();" * 3000,
    "classes": "class A { m() { " * 400 + "} }" * 400,
    "objects": "x = " + "{a: " * 2000 + "1" + "}" * 2000,
    "jsx": "x = " + "<a>" * 1000 + "</a>" * 1000,
    "union": "type T = " + " | ".join(f'"{n}"' for n in range(5000)),
}


@pytest.mark.parametrize("name", DEEP)
def test_depth_is_no_reason_to_fail(name: str):
    for suffix in SUFFIX.values():
        graph = extract(f"deep{suffix}", DEEP[name] + "\nfunction last() {}\n")
        assert graph.status in ("ok", "partial"), graph.reason


def test_what_lies_too_deep_is_read_all_the_same():
    graph = extract("deep.js", "a" + ".b(() => found())" * 400 + ";\n")
    assert len([one for one in graph.nodes if one.kind == "lambda"]) == 400


@pytest.mark.parametrize("lang", ["typescript", "tsx", "javascript"])
def test_mutated_files_never_fail(lang: str):
    texts = [file.read_text("utf-8") for file in sorted((DATA / lang).rglob(f"*{SUFFIX[lang]}"))]
    rng = random.Random(lang)
    for number in range(150):
        text = mutated(rng.choice(texts), rng)
        graph = extract(f"m{number}{SUFFIX[lang]}", text)
        assert graph.status in ("ok", "partial"), (graph.reason, text)
        again = unpack(pack(graph))
        assert [one.key for one in again.nodes] == [one.key for one in graph.nodes]
        assert len({one.key for one in graph.nodes}) == len(graph.nodes)
        assert all(-1 <= one.parent < number for number, one in enumerate(graph.nodes) if one.kind != "module")


def mutated(text: str, rng: random.Random) -> str:
    for _ in range(rng.randint(1, 6)):
        at, length = rng.randint(0, len(text)), rng.randint(0, 12)
        piece = rng.choice(
            ["", "(", ")", "{", "}", "`", "'", "=>", "class ", "export ", "\0", "\ud800", "é", "<", "/*", "\r\n"]
        )
        if rng.random() < 0.3:
            start = rng.randint(0, len(text))
            piece = text[start : start + rng.randint(1, 60)]
        text = text[:at] + piece + text[at + length :]
    return text


@pytest.mark.parametrize(
    "text", ["", "\ufeff", "\0\0\0", "\ufefffunction f() {}\r\n", "é = 'ü'; function ö() {}", "\ud800"]
)
def test_odd_texts_have_a_module(text: str):
    for suffix in SUFFIX.values():
        assert extract(f"odd{suffix}", text).nodes[0].kind == "module"
