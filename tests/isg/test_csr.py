"""The graph as arrays: made anew, changed in place, walked and ranked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import numpy as np
import pytest

from isg.workspaces import Workspace
from remora.isg import csr as arrays
from remora.isg.graph import Graph
from remora.isg.packing import EDGE_KINDS, NODE_KINDS
from remora.isg.splice import build
from remora.repo.root import Root
from remora.store.database import Store

CHAIN = {
    "a.py": "from b import g\n\n\ndef f():\n    g()\n",
    "b.py": "from c import h\n\n\ndef g():\n    h()\n    len([])\n",
    "c.py": "def h():\n    pass\n\n\ndef alone():\n    alone()\n",
    "test_a.py": "from a import f\n\n\ndef test_f():\n    f()\n",
}


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).write_text(text)


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[Graph]:
    write(tmp_path, CHAIN)
    store = Store.open(None)
    graph = Graph(store, Root(tmp_path, "project"))
    graph.index()
    yield graph
    store.close()


def plain(csr: arrays.Csr) -> dict[str, object]:
    """Everything in it, by key."""
    numbers = np.arange(len(csr))
    keys = csr.keys.some(numbers)
    edges = [
        (keys[src], EDGE_KINDS[kind], keys[dst], mark, row, col)
        for src, dst, kind, mark, row, col in csr.edges.T.tolist()
    ]
    parents = [keys[n] if n >= 0 else "" for n in csr.numbers[arrays.PARENT].tolist()]
    return {"nodes": csr.refs(numbers), "edges": edges, "paths": csr.paths, "parents": parents}


@pytest.mark.parametrize("seed", range(4))
def test_arrays_that_were_changed_are_those_that_are_made_anew(tmp_path: Path, seed: int):
    rng = Random(seed)
    workspace = Workspace(tmp_path, rng)
    for n in range(12):  # enough of files for a change to be a small part of them
        workspace.write(f"more{n}.py", f"from a import load\n\n\ndef m{n}():\n    load()\n    missing.f{n}()\n")
    store = Store.open(None)
    graph = Graph(store, Root(tmp_path, "project"))
    graph.index()
    assert plain(graph._csr)["edges"]
    for _ in range(12):
        workspace.change()
        graph.index()
        assert plain(graph._csr) == plain(build(graph._pipeline.records)), workspace.log
    store.close()


def test_saved_arrays_are_taken_only_when_they_are_those_of_the_rows(tmp_path: Path):
    (tmp_path / "project").mkdir()
    write(tmp_path / "project", CHAIN)
    file = tmp_path / "store.csr"

    def arrays_of(change: dict[str, str]) -> dict[str, object]:
        store = Store.open(tmp_path / "store")
        graph = Graph(store, Root(tmp_path / "project", "project"))
        write(tmp_path / "project", change)
        graph.index()
        found = plain(graph._csr)
        assert found == plain(build(graph._pipeline.records))
        store.close()
        return found

    first = arrays_of({})
    saved = file.read_bytes()
    assert arrays_of({}) == first
    assert file.read_bytes() == saved
    for broken in (b"", saved[:-5], saved.replace(b"a.py", b"x.py"), b"\x93\xc0\xc0\xc0"):
        file.write_bytes(broken)
        assert arrays_of({}) == first
        assert file.read_bytes() == saved
    assert arrays_of({"a.py": "def other(): pass\n"}) != first


def test_a_shortest_way_follows_calls_and_then_anything(graph: Graph):
    way = graph.path("test_a.py-test_a-test_f", "c.py-c-h")
    assert [(one.node.key, one.kind, one.depth) for one in way] == [
        ("a.py-a-f", "CALLS", 1),
        ("b.py-b-g", "CALLS", 2),
        ("c.py-c-h", "CALLS", 3),
    ]
    assert [one.kind for one in graph.path("a.py-a-<module>", "c.py-c-<module>")] == ["DEPENDS", "DEPENDS"]
    assert graph.path("c.py-c-h", "a.py-a-f") == []
    assert graph.path("a.py-a-f", "a.py-a-f") == graph.path("a.py-a-f", "no such key") == []


def test_impact_is_everything_above_and_a_depth_cuts_it(graph: Graph):
    found = [(one.node.key, one.depth, one.via) for one in graph.impact("c.py-c-h")]
    assert found == [
        ("b.py-b-g", 1, "c.py-c-h"),
        ("a.py-a-f", 2, "b.py-b-g"),
        ("test_a.py-test_a-test_f", 3, "a.py-a-f"),
    ]
    assert [one.node.key for one in graph.impact("c.py-c-h", 1)] == ["b.py-b-g"]
    assert [one.depth for one in graph.callers("c.py-c-h", 2)] == [1, 2]


def test_a_node_is_not_its_own_neighbour(graph: Graph):
    assert graph.callers("c.py-c-alone") == graph.impact("c.py-c-alone") == []


def test_an_edge_names_its_place_and_nesting_has_none(graph: Graph):
    (caller,) = graph.callers("c.py-c-h")
    assert (caller.place, caller.mark) == (("b.py", 4, 4), "exact")
    (around,) = graph.neighbours("c.py-c-h", "in", ("CONTAINS",))
    assert (around.node.kind, around.place) == ("module", None)
    assert {one.kind for one in graph.neighbours("b.py-b-g", "out", ())} >= {"CALLS"}


def test_what_lies_outside_is_a_node_with_callers(graph: Graph):
    assert [one.node.key for one in graph.callers("builtin:len")] == ["b.py-b-g"]
    (found,) = [one.node for one in graph.callees("b.py-b-g") if not one.node.path]
    assert (found.key, found.kind, found.name, found.signature) == ("builtin:len", "builtin", "len", "")


def test_tests_lead_to_what_they_test(graph: Graph):
    assert [one.node.key for one in graph.tests_of("a.py-a-f")] == ["test_a.py-test_a-test_f"]


def test_ranks_sum_to_one_and_follow_what_is_used(graph: Graph):
    ranks = graph.rank()
    assert sum(ranks.values()) == pytest.approx(1)
    assert ranks["c.py-c-h"] > ranks["a.py-a-f"]
    near = graph.rank({"a.py-a-f": 1.0})
    assert near["b.py-b-g"] > near["test_a.py-test_a-test_f"] == pytest.approx(0)


def test_views_answer(graph: Graph):
    assert graph.view("hotspots").rows[0][0] in {"c.py-c-h", "b.py-b-g"}
    assert graph.view("cycles").rows == []
    assert [row[0] for row in graph.view("untested").rows] == ["c.py-c-alone"]
    assert graph.view("coupling").headers == ("file", "other", "edges", "out", "in")
    write(graph.root.path, {"c.py": "import a\n\n\ndef h():\n    a.f()\n    nowhere.to_be_found()\n"})
    graph.index()
    assert [row[0] for row in graph.view("cycles").rows] == ["calls", "imports"]
    assert graph.view("cycles", 1).cut
    assert ["nowhere.to_be_found", 1, "c.py", 5] in graph.view("unresolved").rows


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("getHTTPServer", "getHTTPServer"),
        ("gethttpserver", "getHTTPServer"),
        ("ghs", "getHTTPServer"),
        ("get_user", "get_user_name"),
        ("getUser", "get_user_name"),
        ("gun", "get_user_name"),
        ("user_name", "get_user_name"),
        ("Cart.tot", "total"),
        ("usrnm", "get_user_name"),
    ],
)
def test_names_are_found_by_their_parts(tmp_path: Path, asked: str, first: str):
    text = "def getHTTPServer(): pass\ndef get_user_name(): pass\nclass Cart:\n    def total(self): pass\ndef totals(): pass\n"
    write(tmp_path, {"a.py": text})
    graph = Graph(Store.open(None), Root(tmp_path, "project"))
    graph.index()
    assert graph.search(asked)[0].name == first
    graph.store.close()


def test_a_search_for_nothing_finds_nothing(graph: Graph):
    for asked in ("", " ", "_", ".", "zqx", "é\0", "(" * 500):
        assert graph.search(asked) == []


def test_every_kind_of_node_has_a_number_of_its_own():
    assert len(set(NODE_KINDS)) == len(NODE_KINDS)
