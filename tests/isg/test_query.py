"""Datalog that people write: what it answers, and everything it must not do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from remora.errors import UserError
from remora.isg import query
from remora.isg.graph import Graph
from remora.repo.root import Root
from remora.store.database import Store


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[Graph]:
    (tmp_path / "a.py").write_text("from b import g\n\n\ndef f():\n    g()\n    what.is_it()\n")
    (tmp_path / "b.py").write_text("def g():\n    h()\n\n\ndef h():\n    pass\n")
    (tmp_path / "broken.py").write_text("def f(:\n")
    store = Store.open(None)
    graph = Graph(store, Root(tmp_path, "project"))
    graph.index()
    yield graph
    store.close()


def test_rules_see_nodes_edges_files_and_what_is_unresolved(graph: Graph):
    above = (
        "up[x] := edge[x, 'CALLS', 'b.py-b-h', _, _, _]\nup[x] := edge[x, 'CALLS', y, _, _, _], up[y]\n?[x] := up[x]"
    )
    assert graph.query(above).rows == [["a.py-a-f"], ["b.py-b-g"]]
    assert graph.query("?[name, row] := node['b.py-b-h', 'function', name, 'b.py', row]").rows == [["h", 4]]
    assert graph.query("?[src, name] := unresolved[src, name, 'a.py', 5]").rows == [["a.py-a-f", "what.is_it"]]
    assert graph.query("?[path] := file[path, _, 'partial', _]").rows == [["broken.py"]]
    assert graph.query("?[k] := *node{key: k, name: 'g'}").rows == [["b.py-b-g"]]


def test_rows_are_limited_and_the_answer_says_so(graph: Graph):
    assert graph.query("?[k] := node[k, _, _, _, _]", 2).cut
    found = graph.query("?[k, kind] := node[k, kind, _, 'b.py', _] :order k", 3)
    assert (found.headers, len(found.rows), found.cut) == (("k", "kind"), 3, False)
    assert len(graph.query("?[k] := node[k, _, _, _, _] :limit 1").rows) == 1


def test_a_query_sees_the_graph_as_it_is_now(graph: Graph):
    count = "?[count(k)] := node[k, _, _, 'b.py', _]"
    assert graph.query(count).rows == [[3]]
    (graph.root.path / "b.py").write_text("def only(): pass\n")
    graph.refresh("b.py")
    assert graph.query(count).rows == [[2]]


def test_graph_algorithms_may_be_named(graph: Graph):
    script = "calls[a, b] := edge[a, 'CALLS', b, _, _, _]\n?[x, rank] <~ PageRank(calls[a, b])\n:order -rank"
    assert graph.query(script).rows[0][0] == "b.py-b-h"


READS_FILES = [
    "?[x] <~ CsvReader(url: 'file:///etc/passwd', types: ['String'])",
    "?[x] <~CsvReader(url: 'file:///etc/passwd', types: ['String'])",
    "?[x] <~\n\n JsonReader(url: 'file:///etc/passwd', fields: ['x'])",
    "?[x] <~ /* PageRank */ CsvReader(url: 'file:///etc/passwd', types: ['String'])",
    "?[x] <~ # PageRank\n CsvReader(url: 'file:///etc/passwd', types: ['String'])",
    "a[x] := x = \"\\\" ?[x] <~ CsvReader(url: 'file:///etc/passwd', types: ['String']) #\"",
    "a[x] := x = '<~ ' ?[x] <~ RdfReader(url: 'file:///etc/passwd')",
    "?[x] <~ csvreader(url: 'https://example.org')",
    "?[x] <~ PageRankX(edge[])",
    "?[x] <~ (CsvReader)(url: 'file:///etc/passwd')",
]
WRITES = [
    "?[key] <- [['x']] :put node {key}",
    "?[key] := node[key, _, _, _, _] :rm node {key}",
    "?[a] <- [[1]] :create other {a}",
    "?[a] <- [[1]] : create other {a}",
    "?[a] <- [[1]] :replace node {a}",
    "?[a] <- [[1]] :ensure node {a}",
    "?[a] <- [[1]] :yield x",
    ":create other {a}",
    "::remove node",
    "::relations",
    "  # quiet\n::compact",
    "?[a] := a = 1\n::kill 1",
    "::set_triggers node on put { ?[a] <- [[1]] }",
    "::access_level read_only node",
    "{?[a] <- [[1]]} {?[a] <- [[2]]}",
    "%if {?[a] <- [[1]]} %then {?[a] <- [[2]]} %end",
    "%loop %end",
]
HEAVY = [
    "?[x] := x = " + "[" * 40 + "]" * 40,
    "?[x] := x = " + "abs(" * 40 + "1" + ")" * 40,
    "?[x] := " + "(" * 40 + "x = 1" + ")" * 40,
    "?[x] := x = " + "1 + " * 5000 + "1",
    "?[x] := x = )",
    '?[x] := x = _"raw"_',
]
WRONG = [
    "",
    "?[x]",
    "?[x] := nothing[x]",
    "?[x] := *isg_file{path: x}",
    "'",
    '"',
    "\0",
    "?[x] := x = é",
    "?[]",
    "}" * 3,
]


@pytest.mark.parametrize("script", [*READS_FILES, *WRITES, *HEAVY, *WRONG])
def test_a_script_that_does_more_than_ask_is_refused(graph: Graph, script: str):
    before = graph.query("?[count(k)] := node[k, _, _, _, _]").rows
    with pytest.raises(UserError) as caught:
        graph.query(script)
    assert caught.value.code == "bad_query"
    assert str(caught.value)
    assert graph.query("?[count(k)] := node[k, _, _, _, _]").rows == before


@pytest.mark.parametrize("script", READS_FILES[:7])
def test_the_refusal_is_ours_and_not_the_databases(script: str):
    with pytest.raises(UserError, match=r"names the utility '\w*' after `<~`; graph algorithms like PageRank may"):
        query.guard(script)


def test_texts_may_hold_what_looks_like_a_command(graph: Graph):
    for text in ("'a::b'", "':put'", '"%if"', "'(((((((((((((('", "'it\\'s ::x'"):
        assert graph.query(f"?[x] := x = {text}").rows


def test_a_query_that_takes_too_long_ends(graph: Graph, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(query, "TIMEOUT_S", 0.2)
    lists = ", ".join(f"x{n} in int_range(3000)" for n in range(4))
    with pytest.raises(UserError, match="took longer than"):
        graph.query(f"?[count(x0)] := {lists}, x0 + x1 + x2 + x3 == -1")


def test_a_query_that_takes_too_much_memory_ends(graph: Graph, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(query, "MEMORY_BYTES", 1_000_000)
    with pytest.raises(UserError, match="needed too much memory"):
        graph.query("?[x, y] := x in int_range(3000), y in int_range(3000)\n:order x")


def test_a_mistake_is_told_by_its_place_in_the_script(graph: Graph):
    with pytest.raises(UserError, match="in line 2, column 18"):
        graph.query("a[x] := x = 1\n?[x] := a[x] oops")
