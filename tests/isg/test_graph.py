"""The graph of a workspace: files on disk, overlays in memory, certain edges."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from remora.errors import UserError
from remora.isg.answers import Neighbour
from remora.isg.graph import Graph
from remora.repo.root import Root
from remora.store.database import Store
from remora.store.migrations import GRAPH_KEYS

APP = """\
from shop import rate
from .cart import Cart


def main():
    cart = Cart()
    rate(2)


class Till:
    def total(self):
        return self.open()

    def open(self):
        pass
"""
SHOP = {
    "src/app.py": APP,
    "src/cart.py": "class Cart:\n    def __init__(self): pass\n\n    def total(self): return 1\n",
    "src/shop/__init__.py": "from .tax import rate\n",
    "src/shop/tax.py": "def rate(x):\n    return helper(x)\n\n\ndef helper(x): return x\n",
    "tests/test_shop.py": "import shop.tax\n\n\ndef test_it(): shop.tax.rate(1)\n",
}


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[Graph]:
    write(tmp_path, SHOP)
    store = Store.open(None)
    graph = Graph(store, Root(tmp_path, "project"))
    graph.index()
    yield graph
    store.close()


def content(graph: Graph) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        graph.snapshot(Path(folder) / "graph.json")
        return json.loads((Path(folder) / "graph.json").read_text())


def rebuilt(graph: Graph) -> dict[str, Any]:
    fresh = Graph(Store.open(None), graph.root)
    fresh.index()
    return content(fresh)


def keys(found: list[Neighbour]) -> list[tuple[str, int | None]]:
    return [(one.node.key, one.place.row if one.place else None) for one in found]


def test_edges_across_files_lead_to_the_definition_through_reexports(graph: Graph):
    assert keys(graph.callees("src/app.py-app-main")) == [
        ("src/cart.py-cart-Cart.__init__", 5),
        ("src/shop/tax.py-tax-rate", 6),
    ]
    assert keys(graph.callers("src/shop/tax.py-tax-rate")) == [
        ("src/app.py-app-main", 6),
        ("tests/test_shop.py-test_shop-test_it", 3),
    ]
    assert keys(graph.callers("src/app.py-app-Till.open")) == [("src/app.py-app-Till.total", 11)]


def test_a_name_that_only_looks_the_same_has_no_edge(graph: Graph):
    assert graph.callers("src/cart.py-cart-Cart.total") == []
    assert graph.callers("src/app.py-app-Till.total") == []


@pytest.mark.parametrize(
    "change",
    [
        {"src/shop/tax.py": "\n\ndef rate(x):\n    return x\n"},
        {"src/shop/tax.py": "def tariff(x): return x\n"},
        {"src/shop/tax.py": "def rate(x): return x\nrate = cached(rate)\ndef rate(x): return x\n"},
        {"src/shop/tax.py": None},
        {"src/shop/__init__.py": "from .other import rate\n"},
        {"src/shop/__init__.py": "from .other import rate\n", "src/shop/other.py": "def rate(x): pass\n"},
        {"src/shop/__init__.py": None},
        {"src/cart.py": "class Cart: pass\n"},
        {"src/cart.py": "def Cart(:\n"},
        {"lib/shop/__init__.py": "def rate(x): pass\n"},
        {"lib/shop/tax.py": ""},
        {"src/app.py": "def main(): pass\n"},
    ],
    ids=lambda change: ", ".join(
        f"{path} {'deleted' if text is None else repr(text[:24])}" for path, text in change.items()
    ),
)
@pytest.mark.parametrize("way", ["refresh", "index"])
def test_after_a_change_and_after_taking_it_back_the_graph_is_that_of_a_clean_build(
    graph: Graph, change: dict, way: str
):
    before = content(graph)

    def put(files: dict) -> None:
        write(graph.root.path, {path: text for path, text in files.items() if text is not None})
        for path, text in files.items():
            if text is None:
                (graph.root.path / path).unlink()
            if way == "refresh":
                graph.refresh(path)
        if way == "index":
            graph.index()

    put(change)
    assert content(graph) == rebuilt(graph)
    inside = {node["isgl1_key"] for node in content(graph)["nodes"]}
    assert all(edge["src"] in inside and edge["dst"] in inside for edge in content(graph)["edges"])
    put({path: SHOP.get(path) for path in change})
    assert content(graph) == before


def test_an_edge_into_a_file_survives_a_change_of_its_bodies(graph: Graph):
    write(graph.root.path, {"src/shop/tax.py": "# new\n" + SHOP["src/shop/tax.py"].replace("return x", "return 2 * x")})
    graph.refresh("src/shop/tax.py")
    assert ("src/app.py-app-main", 6) in keys(graph.callers("src/shop/tax.py-tax-rate"))


def test_an_overlay_is_seen_by_its_request_only(graph: Graph):
    before = content(graph)
    overlay = graph.refresh("src/app.py", "def typed(): pass")
    assert [node.name for node in overlay.nodes] == ["app", "typed"]
    assert overlay.text == "def typed(): pass\n"
    assert graph.find("typed", {"src/app.py": "def typed(): pass\n"}).key == "src/app.py-app-typed"
    with pytest.raises(UserError, match="There is no node 'typed'"):
        graph.find("typed")
    assert content(graph) == before


def test_indexing_again_reads_nothing_that_stayed(graph: Graph):
    report = graph.index()
    assert (report.files, report.changed, report.removed, report.nodes) == (5, (), (), 15)


def test_indexing_tells_what_is_no_text_and_what_does_not_parse(graph: Graph):
    (graph.root.path / "latin.py").write_bytes(b"# \xe9\n")
    (graph.root.path / "nul.py").write_bytes(b"\0")
    write(graph.root.path, {"broken.py": "def f(:\n"})
    seen: list[tuple[int, int]] = []
    report = graph.index(lambda done, total: seen.append((done, total)))
    assert [path for path, _ in report.partial] == ["broken.py", "latin.py"]
    assert dict(report.partial)["latin.py"] == "not UTF-8, read as Latin-1"
    assert report.skipped == (("nul.py", "binary: a NUL byte in line 1"),)
    assert (8, 8) in seen
    assert (8, 8) < seen[-1] <= (16, 8)  # they were linked, too
    assert seen == sorted(seen)
    with pytest.raises(UserError, match=r"latin\.py is not UTF-8") as caught:
        graph.refresh("latin.py")
    assert caught.value.code == "encoding"


def test_a_file_that_becomes_unreadable_leaves_the_graph(graph: Graph):
    (graph.root.path / "src/shop/tax.py").write_bytes(b"\xff")
    with pytest.raises(UserError, match="is not UTF-8"):
        graph.refresh("src/shop/tax.py")
    assert keys(graph.callees("src/app.py-app-main")) == [("src/cart.py-cart-Cart.__init__", 5)]


def test_a_file_that_is_gone_has_no_nodes(graph: Graph):
    (graph.root.path / "src/cart.py").unlink()
    assert graph.refresh("src/cart.py").nodes == ()
    assert graph.index().removed == ()


class Killed(Exception):
    pass


@pytest.mark.parametrize("at", ["before anything", "before the edges"])
@pytest.mark.parametrize("again", ["with what it knows", "after a restart"])
def test_indexing_that_was_cut_off_is_finished_by_the_next(graph: Graph, at: str, again: str):
    def cut_off(done: int, total: int) -> None:
        if at == "before anything" or done == total:
            raise Killed

    write(graph.root.path, {"src/shop/tax.py": "def tariff(x): return x\n", "new.py": "import shop\nshop.rate(1)\n"})
    (graph.root.path / "src/cart.py").unlink()
    with pytest.raises(Killed):
        graph.index(cut_off)
    if again == "after a restart":
        graph = Graph(graph.store, graph.root)
    assert graph.callers("src/cart.py-cart-Cart.__init__") == []
    graph.index()
    assert content(graph) == rebuilt(graph)


def test_a_path_out_of_the_workspace_is_refused(graph: Graph):
    (graph.root.path / "link.py").symlink_to("/etc/passwd")
    for path in ("link.py", "../x.py", "/etc/passwd"):
        with pytest.raises(UserError, match="is outside the workspace"):
            graph.refresh(path)


@pytest.mark.parametrize(
    "key",
    [
        "src/app.py-app-Till.total",
        "src/app.py::Till.total",
        "src/app.py:12",
        "src/app.py:11",
        "Till.total",
        "./src/app.py::Till.total",
    ],
)
def test_a_node_is_found_however_it_is_named(graph: Graph, key: str):
    assert graph.find(key).key == "src/app.py-app-Till.total"


def test_a_module_is_found_by_its_key_and_below_its_path(graph: Graph):
    assert graph.find("src/app.py-app-<module>") == graph.find("src/app.py::<module>")


def test_a_path_with_dashes_is_found_by_key(graph: Graph):
    write(graph.root.path, {"my-src-my/my-app.py": "def f-g(): pass\ndef f(): pass\n"})
    assert graph.find("my-src-my/my-app.py-my-app-f").name == "f"


def test_a_name_that_means_several_nodes_lists_them(graph: Graph):
    write(graph.root.path, {"src/two.py": "def main(): pass\ndef main(): pass\n"})
    graph.index()
    for asked, found in [
        ("main", ["src/app.py-app-main", "src/two.py-two-main", "src/two.py-two-main~2"]),
        ("src/two.py::main", ["src/two.py-two-main", "src/two.py-two-main~2"]),
    ]:
        with pytest.raises(UserError) as caught:
            graph.find(asked)
        assert (caught.value.code, caught.value.data["candidates"]) == ("ambiguous", found)
        assert str(caught.value).endswith("Name one of them:\n  " + "\n  ".join(found))
    assert graph.find("src/two.py::main~2").key == "src/two.py-two-main~2"


def test_an_unknown_name_lists_what_is_near(graph: Graph):
    with pytest.raises(
        UserError, match=r"There is no node 'src/app\.py::Till\.Total'\. Perhaps one of these:"
    ) as caught:
        graph.find("src/app.py::Till.Total")
    assert caught.value.code == "unknown_node"
    assert caught.value.data["candidates"] == ["src/app.py-app-Till.total", "src/cart.py-cart-Cart.total"]
    with pytest.raises(UserError, match=r"Name one like src/app\.py::Cart\.total"):
        graph.find("zzz")


def at(graph: Graph, row: int, col: int = 0, end: tuple[int, int] | None = None) -> str:
    return graph.node_at("src/app.py", row, col, end=end).qualname


def test_a_cursor_is_in_the_smallest_node_around_it(graph: Graph):
    assert at(graph, 11, 20) == "Till.total"
    assert at(graph, 10, 0) == "Till.total"
    assert at(graph, 12, 0) == "Till"
    assert at(graph, 11, 99) == "Till.total"


def test_a_selection_of_whole_lines_is_the_node_in_it(graph: Graph):
    assert at(graph, 10, 0, (12, 0)) == "Till.total"
    assert at(graph, 8, 0, (15, 0)) == "Till"
    assert at(graph, 10, 0, (15, 0)) == "Till"
    assert at(graph, 11, 8, (11, 14)) == "Till.total"


def test_a_selection_with_a_comment_behind_the_node_is_the_node(graph: Graph):
    text = "def f():\n    pass\n    # after\n\ndef g(): pass\n"
    assert graph.node_at("src/app.py", 0, 0, text, end=(4, 0)).qualname == "f"


@pytest.mark.parametrize(
    ("row", "end", "told"),
    [(0, None, "line 1 is in no function"), (99, None, "line 100"), (4, (14, 0), "the selection is in no function")],
)
def test_a_place_in_no_node_is_told(graph: Graph, row: int, end: tuple[int, int] | None, told: str):
    with pytest.raises(UserError, match=told) as caught:
        graph.node_at("src/app.py", row, 0, end=end)
    assert caught.value.code == "no_node"


def test_a_file_of_nearly_20_000_lines_is_read_whole(graph: Graph):
    method = "    def m{0}(self, a: int = 1):\n        return self.m{1}(a)\n\n\n\n"
    text = "class Big:\n" + "".join(method.format(n, n + 1) for n in range(3990))
    write(graph.root.path, {"src/big.py": text})
    assert len(graph.refresh("src/big.py").nodes) == 3992
    assert keys(graph.callees("src/big.py-big-Big.m7")) == [("src/big.py-big-Big.m8", 37)]
    assert graph.node_at("src/big.py", 1 + 5 * 3799 + 1, 8).name == "m3799"


def test_hot_queries_use_the_keys_of_their_relations(graph: Graph):
    for query in (
        "*isg_facts{repo: 1, path: 'a', text_hash: 'b', graph: x}",
        "*isg_facts{repo: 1, path: 'a', text_hash: x}",
        "*isg_links{repo: 1, path: 'a', edges: x}",
        "*isg_brief{repo: 1, path: 'a', brief: x}",
        "*isg_flows{repo: 1, path: 'a', flows: x}",
    ):
        plan = graph.store.read(f"::explain {{ ?[x] := {query} }}")
        assert not any("mat_join" in str(cell) for row in plan for cell in row)


def test_every_graph_relation_is_emptied_when_the_graph_is_lost(graph: Graph):
    made = {row[0] for row in graph.store.read("::relations") if row[0].startswith("isg_")}
    assert made == set(GRAPH_KEYS)
