"""Where a file's lines stand: rows of definitions and of their headers, in each language."""

from __future__ import annotations

import pytest

from remora.isg.extract import extract
from remora.summary.placed import lines_of

PYTHON = '''\
"""A cart."""


class Cart:
    @property
    def total(self):
        return 1

    def price_of(
        self,
        name: str = ":",  # a comment: with a colon
    ) -> dict[str, int]:
        return {}


def one(a): return a
'''


def rows(path: str, text: str) -> dict[str, tuple[int, int, int, int]]:
    return {
        line.name: (line.row, line.header_row, line.header_end_row, line.end_row)
        for line in lines_of(extract(path, text))
        if line.level > 0
    }


def test_rows_of_definitions_and_headers():
    assert rows("cart.py", PYTHON) == {
        "Cart": (3, 3, 3, 13),
        "total": (4, 5, 5, 7),
        "price_of": (8, 8, 11, 13),
        "one": (15, 15, 15, 16),
    }


def test_each_line_knows_the_definition_around_it_and_its_depth():
    lines = lines_of(extract("cart.py", PYTHON))
    assert [(line.name, line.level, line.parent) for line in lines] == [
        ("cart", 0, ""),
        ("Cart", 1, "cart.py-cart-<module>"),
        ("total", 2, "cart.py-cart-Cart"),
        ("price_of", 2, "cart.py-cart-Cart"),
        ("one", 1, "cart.py-cart-<module>"),
    ]
    assert all(line.summary and line.provenance == "rule_based" and 0 < line.confidence <= 1 for line in lines)


@pytest.mark.parametrize(
    ("path", "text", "end"),
    [
        ("a.rs", "fn pick<'a, T>(\n    a: &'a T,\n) -> &'a T\nwhere\n    T: Ord,\n{\n    a\n}\n", 2),
        ("a.go", "package a\n\nfunc pick(a interface{}, b int) int {\n\treturn b\n}\n", 2),
        ("a.ts", "export function pick(\n  a: { b: number },\n): number {\n  return a.b;\n}\n", 2),
        ("A.java", "class A {\n  int pick(int a)\n      throws Exception {\n    return a;\n  }\n}\n", 2),
        ("a.rs", "mod pick {\n    fn a() {}\n}\n", 0),
        ("a.js", "function pick(a)\n{\n  return a;\n}\n", 0),
        ("a.py", "def pick(a, b=lambda x: x):\n    return a\n", 0),
    ],
)
def test_the_end_of_a_header_in_each_language(path, text, end):
    assert rows(path, text)["pick"][2] == end


def test_a_header_of_a_thousand_parameters_has_an_end():
    text = "def pick(\n" + "".join(f"    a{i},\n" for i in range(1000)) + "):\n    return a1\n"
    row, header_row, end, behind = rows("a.py", text)["pick"]
    assert row == header_row == 0
    assert 0 <= end < behind == 1003


@pytest.mark.parametrize("text", ["", "\n", "(((((", "\x00def f(): pass", "def ____(): pass", "def f():\n" * 300])
def test_no_text_makes_it_fail(text):
    for line in lines_of(extract("a.py", text)):
        assert line.row <= line.header_row <= line.header_end_row
