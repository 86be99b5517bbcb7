"""Overlays: what a compiler or a language server knows becomes exact edges, and holds for the text it was said of."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from remora.errors import UserError
from remora.isg.graph import Graph
from remora.isg.overlay.choose import overlay_named
from remora.isg.overlay.protocol import Answer, Asked, Refined, View
from remora.isg.overlay.run import refine
from remora.isg.values import Node
from remora.repo.root import Root
from remora.store.database import Store

SHOP = """\
from typing_extensions import TypeIs


class Cart:
    def __init__(self):
        self.sum = 0

    def total(self):
        return self.sum


class Till:
    def total(self):
        return 2


def found(thing) -> TypeIs[Cart]:
    return "sum" in dir(thing)
"""
APP = """\
from shop import found


def bill(thing):
    if found(thing):
        return thing.total()


def test_bill(thing):
    if found(thing):
        name = "é"; thing.total()
"""
TOTAL = "shop.py-shop-Cart.total"
TILL = "shop.py-shop-Till.total"
BILL = "app.py-app-bill"
TEST = "app.py-app-test_bill"


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[Graph]:
    (tmp_path / "shop.py").write_text(SHOP)
    (tmp_path / "app.py").write_text(APP)
    store = Store.open(None)
    graph = Graph(store, Root(tmp_path, "project"))
    graph.index()
    yield graph
    store.close()


def edges(graph: Graph) -> set[tuple[str, str, str, str]]:
    """(source, kind, target, mark)"""
    return {(edge["src"], edge["kind"], edge["dst"], edge["mark"]) for edge in content(graph)["edges"]}


def unresolved(graph: Graph) -> set[tuple[str, str]]:
    return {(one["src"], one["name"]) for one in content(graph)["unresolved"]}


def content(graph: Graph) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        graph.snapshot(Path(folder) / "graph.json")
        return json.loads((Path(folder) / "graph.json").read_text())


class Told:
    """An overlay that says what a function says of each question."""

    name = "told"

    def __init__(self, say: Callable[[Asked, View], Iterable[tuple[str, str]]], nodes: tuple[Node, ...] = ()) -> None:
        self.say, self.nodes = say, nodes
        self.asked: list[Asked] = []

    def takes(self, lang: str) -> bool:
        return lang == "python"

    def refine(self, view: View, asked: Iterable[Asked]) -> Generator[Refined]:
        for one in asked:
            self.asked.append(one)
            said = list(self.say(one, view))
            answers = [
                Answer(question.src, question.role, question.place, key, key.partition("-")[0])
                for question in one.questions
                for name, key in said
                if question.name == name
            ]
            yield Refined(one.path, one.text_hash, tuple(answers), self.nodes)


def ask(graph: Graph, overlay: Told) -> None:
    refine(graph._pipeline, overlay, None, graph._writing)


def total_is(key: str) -> Told:
    return Told(lambda asked, view: [("total", key)])


# ---- a real language server -----------------------------------------------------------------------------------------


def test_a_language_server_makes_an_unresolved_method_call_an_exact_edge(graph: Graph) -> None:
    assert (BILL, "thing.total") in unresolved(graph)
    report = graph.index(overlay="lsp")
    assert (BILL, "CALLS", TOTAL, "exact") in edges(graph)
    assert (TEST, "CALLS", TOTAL, "exact") in edges(graph)  # where a column is no number of bytes
    assert (TEST, "TESTS", TOTAL, "exact") in edges(graph)
    assert not {one for one in unresolved(graph) if "total" in one[1]}
    assert report.unresolved == len(unresolved(graph))
    assert [one.node.key for one in graph.callers(TOTAL)] == [BILL, TEST]


def test_a_language_server_names_what_lies_outside_the_workspace(graph: Graph, tmp_path: Path) -> None:
    shop = SHOP.replace("TypeIs[Cart]", "TypeIs[Path]").replace("from typing", "from pathlib import Path\nfrom typing")
    (tmp_path / "shop.py").write_text(shop)
    (tmp_path / "app.py").write_text(APP.replace("total", "exists"))
    graph.index(overlay="lsp:python=ty server")
    assert (BILL, "CALLS", "ext:pathlib.Path.exists", "exact") in edges(graph)
    (tmp_path / "shop.py").write_text(SHOP.replace("TypeIs[Cart]", "TypeIs[str]"))
    (tmp_path / "app.py").write_text(APP.replace("total", "upper"))
    graph.index(overlay="lsp:python=ty server")
    assert (BILL, "CALLS", "builtin:str.upper", "exact") in edges(graph)


# ---- what an answer does ----------------------------------------------------------------------------------------------


def test_an_answer_holds_until_its_file_changes(graph: Graph, tmp_path: Path) -> None:
    ask(graph, total_is(TOTAL))
    assert (BILL, "CALLS", TOTAL, "exact") in edges(graph)
    (tmp_path / "app.py").write_text(APP + "\n\ndef more():\n    pass\n")
    graph.index()
    assert (BILL, "thing.total") in unresolved(graph)
    (tmp_path / "app.py").write_text(APP)
    graph.index()
    assert (BILL, "CALLS", TOTAL, "exact") in edges(graph)


def test_an_answer_survives_another_linking_of_its_file(graph: Graph, tmp_path: Path) -> None:
    ask(graph, total_is(TOTAL))
    (tmp_path / "shop.py").write_text("# moved\n" + SHOP.replace("class Till", "class Drawer"))
    graph.index()
    assert (BILL, "CALLS", TOTAL, "exact") in edges(graph)


def test_an_answer_ends_with_the_node_it_names_and_comes_back_with_it(graph: Graph, tmp_path: Path) -> None:
    ask(graph, total_is(TOTAL))
    (tmp_path / "shop.py").write_text(SHOP.replace("def total(self):\n        return self.sum", "sum = 1"))
    graph.index()
    assert (BILL, "thing.total") in unresolved(graph)
    assert all(edge[2] != TOTAL for edge in edges(graph))
    (tmp_path / "shop.py").write_text(SHOP)
    graph.index()
    assert (BILL, "CALLS", TOTAL, "exact") in edges(graph)


def test_answers_are_there_after_the_store_was_closed(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "shop.py").write_text(SHOP)
    (tmp_path / "work" / "app.py").write_text(APP)
    for first in (True, False):
        store = Store.open(tmp_path / "store")
        graph = Graph(store, Root(tmp_path / "work", "project"))
        graph.index()
        if first:
            ask(graph, total_is(TOTAL))
        else:
            (tmp_path / "work" / "shop.py").write_text(SHOP.replace("def total", "def other", 1))
            graph.index()
            (tmp_path / "work" / "shop.py").write_text(SHOP)
            graph.index()
        assert (BILL, "CALLS", TOTAL, "exact") in edges(graph)
        store.close()


@pytest.mark.parametrize(
    "shop",
    [
        SHOP.replace("class Till", "class Drawer"),
        SHOP.replace("def total(self):\n        return self.sum", "total = 1"),
        SHOP.replace("class Cart:", "class Basket:"),
        "",
        None,
    ],
)
def test_after_a_change_the_graph_is_what_linking_everything_gives(
    graph: Graph, tmp_path: Path, shop: str | None
) -> None:
    ask(graph, total_is(TOTAL))
    if shop is None:
        (tmp_path / "shop.py").unlink()
    else:
        (tmp_path / "shop.py").write_text(shop)
    graph.index()
    changed = content(graph)
    graph._pipeline.records.clear_links()
    again = Graph(graph.store, graph.root)
    again.index()
    assert content(again) == changed


def test_a_guess_that_is_contradicted_goes_and_a_value_that_was_followed_stays(graph: Graph, tmp_path: Path) -> None:
    text = "from shop import Cart, Till\n\n\ndef pick(table, key):\n    return table[key].total()\n\n\n"
    text += 'pick({"a": Cart(), "b": Till()}, input())\n'
    (tmp_path / "app.py").write_text(text)
    graph.index()
    pick = "app.py-app-pick"
    before = {edge for edge in edges(graph) if edge[0] == pick and edge[1] == "CALLS"}
    assert {edge[3] for edge in before if edge[2] in (TOTAL, TILL)} == {"heuristic"}
    ask(graph, total_is(TOTAL))
    after = {edge for edge in edges(graph) if edge[0] == pick and edge[1] == "CALLS"}
    assert (pick, "CALLS", TOTAL, "exact") in after
    assert all(edge[2] != TILL for edge in after)


def test_an_answer_that_names_a_class_makes_an_instance(graph: Graph) -> None:
    ask(graph, total_is("shop.py-shop-Cart"))
    assert (BILL, "INSTANTIATES", "shop.py-shop-Cart", "exact") in edges(graph)
    assert (BILL, "CALLS", "shop.py-shop-Cart.__init__", "exact") in edges(graph)


def test_an_answer_that_names_nothing_changes_nothing(graph: Graph) -> None:
    before = content(graph)
    ask(graph, total_is("shop.py-shop-nowhere"))
    ask(graph, total_is("gone.py-gone-total"))
    assert content(graph) == before


def test_a_later_answer_replaces_the_one_before_and_leaves_the_others(graph: Graph) -> None:
    ask(graph, total_is("shop.py-shop-nowhere"))
    text = APP + "\n\ndef other(thing):\n    thing.till()\n"
    (graph.root.path / "app.py").write_text(text)
    graph.index()
    ask(graph, Told(lambda asked, view: [("till", TILL)]))
    ask(graph, total_is(TOTAL))
    assert {(BILL, "CALLS", TOTAL, "exact"), ("app.py-app-other", "CALLS", TILL, "exact")} <= edges(graph)


def test_answers_for_files_that_are_gone_are_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text(SHOP)
    store = Store.open(None)
    for name in ("old.py", "new.py"):
        (tmp_path / name).write_text(APP)
        graph = Graph(store, Root(tmp_path, "project"))
        graph.index()
        ask(graph, total_is(TOTAL))
        (tmp_path / name).unlink()
        graph.index()
    assert store.read("?[path] := *isg_refined{path}") == [["new.py"]]


def test_what_is_exact_is_not_asked(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("from shop import Cart\n\n\ndef one():\n    return Cart()\n")
    graph.index()
    overlay = total_is(TOTAL)
    ask(graph, overlay)
    assert all(asked.path != "app.py" for asked in overlay.asked)


def test_a_file_that_is_not_on_disk_as_it_is_stored_is_not_asked(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(APP + "# saved since\n")
    overlay = total_is(TOTAL)
    ask(graph, overlay)
    assert all(asked.path != "app.py" for asked in overlay.asked)


def test_a_question_names_the_place_of_the_name(graph: Graph) -> None:
    overlay = total_is(TOTAL)
    ask(graph, overlay)
    (asked,) = [one for one in overlay.asked if one.path == "app.py"]
    places = {(one.at, one.name) for one in asked.questions}
    assert ((5, 21), "total") in places
    assert ((10, 27), "total") in places  # é has two bytes


def test_a_view_knows_nodes_by_the_place_of_their_name(graph: Graph) -> None:
    seen = []

    def say(asked: Asked, view: View) -> list[tuple[str, str]]:
        seen.extend(view.key_at("shop.py", row, col) for row, col in ((7, 8), (0, 0), (5, 0)))
        seen.append(view.key_at("nowhere.py", 0, 0))
        return []

    ask(graph, Told(say))
    assert seen[:4] == [TOTAL, "shop.py-shop-<module>", None, None]


def test_an_overlay_adds_nodes_that_a_text_does_not_show(graph: Graph, tmp_path: Path) -> None:
    like = graph.find(BILL)
    made = like._replace(key="app.py-app-made", name="made", qualname="made", parent=0)
    ask(graph, Told(lambda asked, view: [("total", made.key)], (made,)))
    assert (BILL, "CALLS", made.key, "exact") in edges(graph)
    assert ("app.py-app-<module>", "CONTAINS", made.key, "exact") in edges(graph)
    assert [one.node.key for one in graph.callers(made.key)] == [BILL, TEST]
    (tmp_path / "app.py").write_text(APP + "# changed\n")
    graph.index()
    assert all(made.key not in edge for edge in edges(graph))


def test_stopping_keeps_what_was_answered(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "zeta.py").write_text(APP)
    graph.index()

    class Stop(Exception):
        pass

    def progress(done: int, total: int) -> None:
        if done == 2:
            raise Stop

    with pytest.raises(Stop):
        refine(graph._pipeline, total_is(TOTAL), progress, graph._writing)
    assert (BILL, "CALLS", TOTAL, "exact") in edges(graph)
    assert ("zeta.py-zeta-bill", "thing.total") in unresolved(graph)


# ---- servers that do not behave -----------------------------------------------------------------------------------------

SERVER = """
import json, sys

def read():
    length = 0
    while line := sys.stdin.buffer.readline().strip():
        if line.lower().startswith(b"content-length"):
            length = int(line.split(b":")[1])
    return json.loads(sys.stdin.buffer.read(length)) if length else sys.exit()

def send(**message):
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    sys.stdout.buffer.write(b"Content-Type: x\\r\\nContent-Length: %d\\r\\n\\r\\n" % len(body) + body)
    sys.stdout.buffer.flush()

how = sys.argv[1]
while True:
    message = read()
    method, number = message.get("method"), message.get("id")
    if method == "initialize":
        root = message["params"]["rootUri"]
        send(id=number, result={"capabilities": {}})
        send(id="s1", method="workspace/configuration", params={"items": [{}, {}]})
    elif method is None and number == "s1":
        assert message["result"] == [None, None]
        print("configured", file=open(sys.argv[2], "w"))
    elif method == "exit":
        sys.exit()
    elif method == "textDocument/definition":
        if how == "hangs":
            import time; time.sleep(1000)
        if how == "leaves":
            sys.exit(3)
        if how == "babbles":
            sys.stdout.buffer.write(b"Content-Length: 5\\r\\n\\r\\n{]]]]"); sys.stdout.buffer.flush(); continue
        if how == "refuses":
            send(id=number, error={"code": -1, "message": "no"}); continue
        if how == "nonsense":
            send(id=number, result=[1, None, {"uri": 7}, {"uri": "file://[", "range": {"start": {"line": 0, "character": 0}}},
                {"uri": root + "/shop.py", "range": {"start": {"line": -1, "character": "x"}}}, {"targetUri": "vendored:/x"}])
            continue
        here = message["params"]["position"]
        # "é" is one unit of UTF-16 and two bytes
        hit = here in ({"line": 5, "character": 21}, {"line": 10, "character": 26})
        where = {"uri": root + "/shop.py", "range": {"start": {"line": 7, "character": 8}, "end": {"line": 7, "character": 9}}}
        send(id=number, result=where if hit else None)
    elif number is not None and method:
        send(id=number, result=None)
"""


def server(tmp_path: Path, how: str) -> tuple[str, ...]:
    script = tmp_path / "server.script"
    script.write_text(SERVER)
    return (sys.executable, str(script), how, str(tmp_path / "note"))


def asked_of(graph: Graph, command: tuple[str, ...], answer_s: float = 30.0) -> None:
    from remora.isg.overlay.lsp import LanguageServers

    refine(graph._pipeline, LanguageServers({"python": command}, answer_s=answer_s), None, graph._writing)


def test_a_server_that_counts_in_utf_16_is_understood_and_asked_back(graph: Graph, tmp_path: Path) -> None:
    asked_of(graph, server(tmp_path, "answers"))
    assert {(BILL, "CALLS", TOTAL, "exact"), (TEST, "CALLS", TOTAL, "exact")} <= edges(graph)
    assert (tmp_path / "note").read_text() == "configured\n"


def test_a_server_that_hangs_is_ended(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"did not answer within 0\.2 s and was ended") as caught:
        asked_of(graph, server(tmp_path, "hangs"), 0.2)
    assert caught.value.code == "no_server"
    assert (BILL, "thing.total") in unresolved(graph)  # and the fixture finds no process


@pytest.mark.parametrize("how", ["leaves", "babbles"])
def test_a_server_that_ends_or_talks_nonsense_is_an_error_with_its_name(graph: Graph, tmp_path: Path, how: str) -> None:
    with pytest.raises(UserError, match=r"server\.script.* ended while it was asked"):
        asked_of(graph, server(tmp_path, how))


@pytest.mark.parametrize("how", ["refuses", "nonsense"])
def test_answers_that_say_nothing_change_nothing(graph: Graph, tmp_path: Path, how: str) -> None:
    before = content(graph)
    asked_of(graph, server(tmp_path, how))
    assert content(graph) == before


def test_a_server_that_is_not_installed_is_named(graph: Graph) -> None:
    with pytest.raises(UserError, match="no-such-server is not installed") as caught:
        graph.index(overlay="lsp:no-such-server --stdio")
    assert caught.value.code == "no_server"


def test_a_server_that_cannot_be_started_is_named(graph: Graph, tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_bytes(b"\0no program")
    program.chmod(0o755)
    with pytest.raises(UserError, match="cannot be started"):
        graph.index(overlay=f"lsp:{program}")


# ---- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["rustdoc", "", "lsp:", "lsp: ", "lsp:'", "clang"])
def test_an_unknown_overlay_is_refused_with_the_names_there_are(name: str) -> None:
    with pytest.raises(UserError, match=r"There is no overlay .*Choose one of lsp, .*rust-analyzer") as caught:
        overlay_named(name)
    assert caught.value.code == "unknown_overlay"


def test_an_overlay_takes_the_languages_it_was_named_for() -> None:
    assert overlay_named("lsp").takes("python")
    assert not overlay_named("lsp").takes("cobol")
    assert overlay_named("lsp:some server").takes("cobol")
    assert overlay_named("lsp:go=gopls serve").takes("go")
    assert not overlay_named("lsp:go=gopls serve").takes("python")
    assert overlay_named("rust-analyzer").takes("rust")
