"""A text that somebody is typing in: the definitions around the broken place stay in the graph."""

from __future__ import annotations

import pytest

from remora.isg.extract import extract
from remora.isg.languages.python.mending import corrected, mended
from remora.isg.mending import Braces

ABOVE = '''import os


class Cart:
    """What a customer takes.

        def example(): ...
    """

    def add(self, item):
        self.items.append(item)

'''
BELOW = """
    def total(self, rate=1):
        return sum(one.price for one in self.items)


class Shop(Cart):
    @property
    def name(self):
        return "shop"


def main(argv):
    return Shop().total()
"""
SOUND = ["Cart", "Cart.add", "Cart.total", "Shop", "Shop.name", "main"]
BROKEN = {
    "a call": "        self.log(item,",
    "a list": "        self.items = [1,",
    "a dictionary": '        self.table = {"one": 1, "two":',
    "a string": '        self.name = "half',
    "a string too many": '        self.log("half" ")',
    "a docstring": '    def size(self):\n        """Half',
    "a long string": "        '''",
    "a header": "    def size(self, unit",
    "a header over several lines": "    def size(\n        self,\n        unit",
    "a header without its colon": "    def size(self, unit)\n        return 1",
    "a header and its docstring": '    def size(self\n        """How large."""\n        return 1',
    "no more than a keyword": "    def",
    "a name after a keyword": "    def size",
    "a class": "    class Row(",
    "a class without its colon": "    class Row(Cart)\n        pass",
    "a decorator": "    @prop(",
    "an import": "        from os import (",
    "a branch": "        if item and (",
    "an attribute": "        self.",
    "an else of nothing": "        else:\n            pass",
    "a sentence": "        this is what I wanted to say",
    "a bracket too many": "        self.log(item))",
    "the wrong bracket": "        self.log([item)",
    "a branch that is cut off": "        if item:\n            pass\n        self.log(\n        elif self:\n            pass",
    "items without a container": '        "one": 1,\n        "two": 2,\n        }',
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_what_stands_around_a_broken_place_is_kept(broken: str) -> None:
    graph = extract("src/app.py", f"{ABOVE}{broken}\n{BELOW}")
    found = [node.qualname for node in graph.nodes if node.kind in ("class", "method", "property", "function")]
    assert graph.status == "partial"
    assert [name for name in found if name in SOUND] == SOUND


def test_a_half_typed_header_is_a_definition_already() -> None:
    graph = extract("src/app.py", f"{ABOVE}    def size(self, unit, prec\n        return self.add(unit)\n{BELOW}")
    node = next(node for node in graph.nodes if node.name == "size")
    assert (node.qualname, node.signature.startswith("def size(self, unit, prec")) == ("Cart.size", True)
    assert any(call.callee == "self.add" for call in graph.facts.calls)


def test_a_merge_conflict_shows_its_first_side() -> None:
    text = f"{ABOVE}<<<<<<< HEAD\n    def mine(self): pass\n||||||| base\n=======\n    def theirs(self): pass\n>>>>>>> other\n{BELOW}"
    names = [node.name for node in extract("src/app.py", text).nodes]
    assert ("mine" in names, "theirs" in names, "main" in names) == (True, False, True)


def test_places_are_those_of_the_text_as_it_is() -> None:
    text = f"{ABOVE}        self.log('é', (\n{BELOW}"
    graph = extract("src/app.py", text)
    main = next(node for node in graph.nodes if node.name == "main")
    raw = text.encode()
    assert raw[main.span.start_byte : main.span.end_byte].startswith(b"def main(argv):")
    assert text.split("\n")[main.span.start_row].startswith("def main")


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_mending_keeps_each_lines_length(broken: str) -> None:
    text = f"{ABOVE}{broken}\r\n{BELOW}"
    for mend in (mended, corrected):
        assert [len(line) for line in mend(text).split("\n")] == [len(line) for line in text.split("\n")]


def test_a_sound_text_is_left_alone() -> None:
    text = ABOVE + BELOW + 'TEXT = """\ndef inside(): pass\n"""\nx = {\n"a": 1,\n}\n'
    assert mended(text) == text == corrected(text)


@pytest.mark.parametrize(
    "text",
    ["'\\" * 50_000, "(" * 50_000 + "]" * 50_000, "<<<<<<< a\n" * 9_000, "'''\"\"\"\n" * 9_000, "def f(\n" * 9_000],
    ids=["quotes", "brackets", "conflicts", "long strings", "headers"],
)
def test_hostile_text_is_mended_in_one_pass(text: str) -> None:
    assert len(mended(text)) == len(text)


IN_BRACES = {
    "main.ts": (
        "export class Cart {\n  items: number[] = [];\n\n  add(item: number): void {\n    this.items.push(item);\n",
        "  }\n\n  total(): number {\n    return 1;\n  }\n}\n\nexport function main(): number {\n  return 1;\n}\n",
        ["Cart", "Cart.add", "Cart.total", "main"],
    ),
    "main.js": (
        "class Cart {\n  add(item) {\n    this.items.push(item);\n",
        "  }\n\n  total() {\n    return 1;\n  }\n}\n\nfunction main() {\n  return 1;\n}\n",
        ["Cart", "Cart.add", "Cart.total", "main"],
    ),
    "Cart.java": (
        "class Cart {\n    void add(int item) {\n        items.add(item);\n",
        "    }\n\n    int total() {\n        return 1;\n    }\n}\n\nclass Shop {\n    void open() {\n    }\n}\n",
        ["Cart", "Cart.add", "Cart.total", "Shop", "Shop.open"],
    ),
    "cart.go": (
        "package cart\n\ntype Cart struct {\n\titems []int\n}\n\nfunc (c *Cart) Add(item int) {\n\tc.keep(item)\n",
        "}\n\nfunc (c *Cart) Total() int {\n\treturn 1\n}\n\nfunc main() {\n\trun()\n}\n",
        ["Cart", "Cart.Add", "Cart.Total", "main"],
    ),
    "cart.rs": (
        "struct Cart;\n\nimpl Cart {\n    fn add(&self, item: u8) {\n        self.keep(item);\n",
        "    }\n\n    fn total(&self) -> u8 {\n        1\n    }\n}\n\nfn main() {\n    run();\n}\n",
        ["Cart", "add", "total", "main"],
    ),
}
BROKEN_IN_BRACES = [
    "log(item,",
    "if (item) {",
    "log([item)",
    "log(item))",
    'log("half)',
    "items = [1, 2",
    "<<<<<<< a\n=======\nx(\n>>>>>>> b",
]


@pytest.mark.parametrize("path", IN_BRACES)
@pytest.mark.parametrize("broken", BROKEN_IN_BRACES)
def test_what_stands_around_a_broken_place_is_kept_in_braces_too(path: str, broken: str) -> None:
    above, below, sound = IN_BRACES[path]
    indent = "\t" if path.endswith(".go") else " " * 8
    graph = extract(path, f"{above}{'' if broken.startswith('<') else indent}{broken}\n{below}")
    kinds = ("class", "struct", "method", "function")
    found = [node.name if path.endswith(".rs") else node.qualname for node in graph.nodes if node.kind in kinds]
    assert [name for name in sound if name not in found] == []
    assert graph.status == "partial"


@pytest.mark.parametrize("path", IN_BRACES)
def test_a_text_that_ends_too_early_keeps_what_was_there(path: str) -> None:
    above, _, sound = IN_BRACES[path]
    graph = extract(path, f"{above}        if (item) {{\n            log(item)\n")
    names = {node.name for node in graph.nodes}
    assert {name.rpartition(".")[2] for name in sound[:2]} <= names
    assert all(node.span.end_byte <= len(graph.text.encode()) for node in graph.nodes)


@pytest.mark.parametrize(
    "text", ["(" * 50_000 + "]" * 50_000, "(\n" * 20_000 + "}\n" * 20_000, "/*\n" * 30_000, "'\\" * 50_000]
)
def test_hostile_text_in_braces_is_mended_in_one_pass(text: str) -> None:
    assert len(Braces(text, "java").run()) == len(text)
