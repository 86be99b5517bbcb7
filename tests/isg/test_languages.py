"""doc/languages.md adds a language: done as it says, with a copy of the package and nothing but the page's files."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import remora

PAGE = Path(__file__).parents[2] / "doc" / "languages.md"
PACKAGE = Path(remora.__file__).parent
BLOCK = re.compile(r"^```\w+ file=(?P<file>\S+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
FILES = {match["file"]: match["text"] for match in BLOCK.finditer(PAGE.read_text("utf-8"))}
MODULE = "isg/languages/ruby.py"

SHOP = {
    "lib/cart.rb": """\
require_relative "tax"

# A basket of things.
class Cart < Base
  RATE = 2

  def initialize(items, rate = 1, *rest, name: "x", **more)
    add(items)
  end

  def add(items)
    rounded(items)
  end

  def total
    self.add([])
    Tax.new(RATE).rate(3)
    other.rate(4)
  end

  def self.empty
    Cart.new([])
  end
end

def rounded(number)
  number.round
end

puts rounded(2)
""",
    "lib/tax.rb": """\
class Tax
  def initialize(rate); end

  def rate(sum) = sum
end
""",
    "lib/far.rb": "def rounded(number) = number\ndef rate(sum) = sum\n",
    "broken.rb": "class Half\n  def one\n",
}
INDEX = """
import sys
from pathlib import Path
from remora.isg.graph import Graph
from remora.repo.root import Root
from remora.store.database import Store

graph = Graph(Store.open(None), Root(Path(sys.argv[1]), "project"))
graph.index(jobs=int(sys.argv[3]))
graph.snapshot(Path(sys.argv[2]))
"""


def graph_with(tmp_path: Path, *files: str, jobs: int = 1, more: int = 0) -> dict[str, Any]:
    """The snapshot that a Remora with these files of the page makes of the shop."""
    package, shop = tmp_path / "python" / "remora", tmp_path / "shop"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in files:
        (package / name).parent.mkdir(exist_ok=True)
        (package / name).write_text(FILES[name])
    for path, text in SHOP.items() | {(f"m{n}.rb", "def m(): 1\n") for n in range(more)}:
        (shop / path).parent.mkdir(parents=True, exist_ok=True)
        (shop / path).write_text(text)
    environ = os.environ | {"PYTHONPATH": str(package.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    out = tmp_path / "graph.json"
    subprocess.run([sys.executable, "-c", INDEX, shop, out, str(jobs)], env=environ, check=True, timeout=100)
    return json.loads(out.read_text())


def edges(graph: dict[str, Any], kind: str) -> set[tuple[str, str]]:
    return {
        (one["src"].partition("-")[2], one["dst"].partition("-")[2]) for one in graph["edges"] if one["kind"] == kind
    }


@pytest.fixture(scope="module")
def by_tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return graph_with(tmp_path_factory.mktemp("tables"), *(name for name in FILES if name != MODULE))


@pytest.fixture(scope="module")
def by_module(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return graph_with(tmp_path_factory.mktemp("module"), *FILES)


def test_the_page_has_the_files_it_speaks_of():
    assert list(FILES) == ["lang/ruby/lang.toml", "lang/ruby/isg.scm", MODULE]


def test_two_files_of_data_give_nodes(by_tables: dict[str, Any]):
    nodes = {(one["qualname"], one["kind"]) for one in by_tables["nodes"] if one["path"] == "lib/cart.rb"}
    assert nodes >= {
        ("Cart", "class"),
        ("Cart.RATE", "constant"),
        ("Cart.initialize", "method"),
        ("Cart.empty", "method"),
        ("rounded", "function"),
    }
    cart = next(one for one in by_tables["nodes"] if one["qualname"] == "Cart")
    assert (cart["doc"], cart["level"], cart["lang"]) == ("A basket of things.", "L1", "ruby")
    init = next(one for one in by_tables["nodes"] if one["qualname"] == "Cart.initialize")
    names = [one["name"] for one in init["facets"]["parameters"]]
    assert names == ["items", "rate", "rest", "name", "more"]
    empty = next(one for one in by_tables["nodes"] if one["qualname"] == "Cart.empty")
    assert "static" in empty["flags"]


def test_two_files_of_data_give_edges(by_tables: dict[str, Any]):
    assert {("cart-<module>", "cart-Cart"), ("cart-Cart", "cart-Cart.total")} <= edges(by_tables, "CONTAINS")
    assert {("cart-<module>", "cart-rounded"), ("cart-Cart.add", "cart-rounded")} <= edges(by_tables, "CALLS")


def test_what_the_tables_cannot_tell_is_no_edge_to_a_namesake(by_tables: dict[str, Any]):
    assert not {dst for _, dst in edges(by_tables, "CALLS") if dst.startswith(("far-", "tax-"))}
    assert {"total"} & {one["src"].rpartition(".")[2] for one in by_tables["unresolved"]}


def test_broken_files_are_partial(by_tables: dict[str, Any]):
    assert {one["path"]: one["status"] for one in by_tables["files"]}["broken.rb"] == "partial"


def test_the_module_resolves_what_only_ruby_knows(by_module: dict[str, Any]):
    assert edges(by_module, "CALLS") >= {
        ("cart-Cart.initialize", "cart-Cart.add"),
        ("cart-Cart.total", "cart-Cart.add"),
        ("cart-Cart.total", "tax-Tax.initialize"),
        ("cart-Cart.total", "tax-Tax.rate"),
        ("cart-Cart.empty", "cart-Cart.initialize"),
    }
    assert ("cart-Cart.total", "tax-Tax") in edges(by_module, "INSTANTIATES")
    assert ("cart-<module>", "tax-<module>") in edges(by_module, "DEPENDS")
    assert not {dst for _, dst in edges(by_module, "CALLS") if dst.startswith("far-")}


def test_processes_read_it_too(tmp_path: Path, by_module: dict[str, Any]):
    graph = graph_with(tmp_path, *FILES, jobs=2, more=80)
    assert {("cart-Cart.total", "tax-Tax.rate")} <= edges(graph, "CALLS")
    assert len(graph["files"]) == len(by_module["files"]) + 80
