"""Questions about the code graph: over the wire, of files on disk and of text that is not written yet."""

from __future__ import annotations

import json
import os
import queue
from pathlib import Path
from typing import Any

import pytest

from remora.config import places
from remora.isg import pipeline
from remora.server.client import Client
from server.conftest import DEADLINE_S, Connect, Script, Talk, make_project

TOTAL = "app.py-app-Cart.total"
FIRST = "app.py-app-first"
LAST = "app.py-app-last"


def keys(nodes: list[dict[str, Any]]) -> list[str]:
    return [node["key"] for node in nodes]


def index(talk: Talk, **params: Any) -> dict[str, Any]:
    event = talk.end(talk.call("index", **params)["request"])
    assert event["kind"] == "done", event
    return event["report"]


def configure(home: Path, text: str) -> None:
    folder = places().config
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(text)


# -- answers ----------------------------------------------------------------------------------------------------------


def test_a_node_comes_with_its_neighbours(talk: Talk):
    node = talk.call("node", key="app.py::first")
    assert (node["key"], node["kind"], node["qualname"]) == (FIRST, "function", "first")
    assert (node["span"], node["name_span"]) == ([0, 0, 1, 12], [0, 4, 0, 9])
    assert (node["path"], node["row"], node["col"], node["root"]) == ("app.py", 0, 4, str(talk.root))
    assert (node["lang"], node["level"], node["tdd"]) == ("python", 1, "CODE_IMPLEMENTATION")
    assert keys(node["callers"]) == [LAST]
    caller = node["callers"][0]
    assert (caller["edge"], caller["mark"], caller["depth"], caller["via"]) == ("CALLS", "exact", 1, FIRST)
    assert caller["site"] == {"path": "app.py", "row": 11, "col": 11}
    assert (caller["row"], caller["col"]) == (10, 4)
    assert node["callees"] == node["tests"] == []


def test_neighbours_are_listed_by_depth(talk: Talk):
    (talk.root / "more.py").write_text("from app import last\n\n\ndef more():\n    return last()\n")
    assert keys(talk.call("callers", key="app.py::first")["neighbours"]) == [LAST]
    far = talk.call("callers", key="app.py::first", depth=2)
    assert [(n["key"], n["depth"]) for n in far["neighbours"]] == [(LAST, 1), ("more.py-more-more", 2)]
    assert (far["node"]["key"], far["total"], far["root"]) == (FIRST, 2, str(talk.root))
    assert keys(talk.call("callees", key="app.py::last")["neighbours"]) == [FIRST]
    assert keys(talk.call("impact", key="app.py::first")["neighbours"]) == [LAST, "more.py-more-more"]
    assert keys(talk.call("path", **{"from": "more.py::more", "to": "app.py::first"})["steps"]) == [LAST, FIRST]
    assert talk.call("path", **{"from": "app.py::first", "to": "more.py::more"})["steps"] == []


def test_a_position_names_a_node_in_the_file_or_in_the_text_that_comes_with_it(talk: Talk):
    assert talk.call("node", path="app.py", pos=[6, 8])["key"] == TOTAL
    text = "# typed\n" * 3 + talk.app
    moved = talk.call("node", path="app.py", pos=[9, 8], text=text)
    assert (moved["key"], moved["row"]) == (TOTAL, 8)


def test_a_position_in_no_function_names_the_constant_or_the_module_it_stands_in(talk: Talk):
    (talk.root / "app.py").write_text("LIMIT = 3\n\nprint(LIMIT)\n")
    assert talk.call("node", path="app.py", pos=[0, 0])["key"] == "app.py-app-LIMIT"
    assert talk.call("callees", path="app.py", pos=[2, 3])["node"]["key"] == "app.py-app-<module>"
    assert talk.call("node", path="app.py", pos=[99, 0])["kind"] == "module"
    assert talk.refused("node", "no_node", path="gone.py", pos=[0, 0]).startswith("gone.py: there is no such file.")


def test_what_lies_outside_the_workspace_can_be_asked_about(talk: Talk):
    (talk.root / "app.py").write_text("def f(x):\n    return sum(x)\n")
    found = talk.call("callers", key="builtin:sum")
    assert keys(found["neighbours"]) == ["app.py-app-f"]
    assert found["node"] == {
        **{"key": "builtin:sum", "kind": "builtin", "name": "sum"},
        **{"path": "", "row": 0, "col": 0, "signature": ""},
    }
    assert keys(talk.call("node", key="builtin:sum")["callers"]) == ["app.py-app-f"]


def test_names_are_found(talk: Talk):
    assert keys(talk.call("search", name="tot")["nodes"])[0] == TOTAL
    assert len(talk.call("search", name="a", limit=1)["nodes"]) == 1


def test_a_query_gives_rows_and_a_harmful_one_is_refused(talk: Talk):
    rows = talk.call("query", script="?[key] := node[key, 'function', _, _, _]")
    assert sorted(rows["rows"]) == [[FIRST], [LAST]]
    assert (rows["headers"], rows["cut"]) == (["key"], False)
    assert talk.call("query", script="?[key] := node[key, _, _, _, _]", limit=1)["cut"]
    assert talk.call("query", view="hotspots")["headers"]
    talk.refused("query", "bad_query", script="::relations")
    talk.refused("query", "usage", view="hotspots", script="?[a] := a = 1")
    talk.refused("query", "usage")


def test_a_snapshot_is_written_where_it_is_asked_for(talk: Talk, tmp_path: Path):
    file = tmp_path / "graph.json"
    assert talk.call("snapshot", file=str(file)) == {"file": str(file)}
    document = json.loads(file.read_text())
    assert sorted(document) == ["edges", "files", "nodes", "unresolved"]
    talk.refused("snapshot", "unwritable", file=str(tmp_path / "nowhere" / "graph.json"))


def test_the_report_of_an_index_says_what_there_is(talk: Talk, tmp_path: Path):
    assert talk.call("graph_counts")["indexed"] is False
    (talk.root / "broken.py").write_text("def f(:\n")
    snapshot = tmp_path / "graph.json"
    report = index(talk, snapshot=str(snapshot))
    assert (report["files"], report["changed"], report["failed_count"]) == (3, 3, 0)
    assert [path for path, _ in report["partial"]] == ["broken.py"]
    assert snapshot.exists()
    counts = talk.call("graph_counts")
    assert (counts["indexed"], counts["files"], counts["edges"]["CALLS"]) == (True, 3, 1)
    assert index(talk)["changed"] == 0


def test_an_index_is_limited_by_globs(talk: Talk):
    (talk.root / "sub").mkdir()
    (talk.root / "sub" / "b.py").write_text("x = 1\n")
    assert index(talk, include=["*.py"], exclude=["sub/"])["files"] == 1


# -- freshness --------------------------------------------------------------------------------------------------------


def test_with_fresh_the_answer_is_of_the_files_as_they_are(talk: Talk):
    assert keys(talk.call("callers", key="app.py::first")["neighbours"]) == [LAST]
    (talk.root / "more.py").write_text("from app import first\n\n\ndef more():\n    return first()\n")
    found = talk.call("callers", key="app.py::first", fresh=True)
    assert keys(found["neighbours"]) == [LAST, "more.py-more-more"]


def test_a_manual_index_is_made_when_it_is_asked_for(home: Path, project: Path, connect: Connect):
    configure(home, '[codegraph]\nindex = "manual"\n')
    talk = connect()
    message = talk.refused("callers", "not_indexed", key="app.py::first")
    assert message.endswith(":RemoraIndex or `remora index` does it.")
    assert talk.call("graph_counts")["indexed"] is False
    index(talk)
    assert keys(talk.call("callers", key="app.py::first")["neighbours"]) == [LAST]
    (project / "more.py").write_text("from app import first\n\n\ndef more():\n    return first()\n")
    assert keys(talk.call("callers", key="app.py::first", fresh=True)["neighbours"]) == [LAST]


def until(talk: Talk, key: str, wanted: list[str]) -> None:
    """Ask again whenever the server tells of its index, until a node has these callers."""
    while keys(talk.call("callers", key=key)["neighbours"]) != wanted:
        assert talk.events.get(timeout=DEADLINE_S)["kind"] == "index"


def test_the_server_indexes_by_itself_and_follows_the_files(connect: Connect, project: Path):
    talk = connect("nvim")
    until(talk, FIRST, [LAST])
    (project / "more.py").write_text("from app import first\n\n\ndef more():\n    return first()\n")
    until(talk, FIRST, [LAST, "more.py-more-more"])
    (project / "app.py").write_text("def first(a):\n    return a\n")
    until(talk, FIRST, ["more.py-more-more"])
    (project / "more.py").unlink()
    until(talk, FIRST, [])
    assert talk.call("status")["workspaces"][0]["index"] == {"state": "current", "watched": True}


def test_without_a_client_nothing_is_watched_and_the_next_one_sees_what_changed(connect: Connect, project: Path):
    with_cli, other = connect(), connect()
    with_cli.call("callers", key=FIRST)
    with_cli.client.close()
    while other.call("status", root=None)["workspaces"][0]["index"]["state"] != "resting":
        pass
    (project / "app.py").write_text("def first(a):\n    return a\n")
    assert connect().call("callers", key=FIRST)["neighbours"] == []


def test_too_many_files_are_asked_about(talk: Talk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pipeline, "MOST_FILES", 1)
    event = talk.end(talk.call("index")["request"])
    assert (event["kind"], event["code"], event["data"]["files"]) == ("failed", "too_many_files", 2)
    talk.refused("callers", "too_many_files", key=FIRST)
    assert index(talk, large=True)["files"] == 2
    assert keys(talk.call("callers", key=FIRST)["neighbours"]) == [LAST]


def test_a_folder_of_which_an_editor_has_one_file_open_can_be_indexed_whole(connect: Connect, tmp_path: Path):
    editor, shell = connect("nvim"), connect("cli")
    folder = (tmp_path / "plain").resolve()
    folder.mkdir()
    (folder / "app.py").write_text("def first():\n    pass\n")
    (folder / "more.py").write_text("from app import first\n\n\ndef more():\n    first()\n")
    ask = {"path": str(folder / "app.py"), "pos": [0, 4]}
    assert editor.client.call("callers", ask, DEADLINE_S)["neighbours"] == []
    shell.root = folder
    assert index(shell, named=True)["files"] == 2
    assert keys(editor.client.call("callers", ask, DEADLINE_S)["neighbours"]) == ["more.py-more-more"]
    (folder / "late.py").write_text("from app import first\n\nfirst()\n")
    shell.call("callers", key=FIRST, fresh=True)
    assert len(editor.client.call("callers", ask, DEADLINE_S)["neighbours"]) == 2


# -- overlays ---------------------------------------------------------------------------------------------------------


def test_unsaved_text_is_part_of_the_answers_to_its_own_client_only(connect: Connect, project: Path):
    mine, other = connect("nvim"), connect("nvim")
    text = (project / "app.py").read_text() + "\n\ndef typed():\n    return first(last())\n"
    assert mine.call("overlay", path="app.py", text=text) == {"wanted": True}
    assert keys(mine.call("callers", key=FIRST)["neighbours"]) == [LAST, "app.py-app-typed"]
    assert keys(mine.call("callees", key="app.py::typed")["neighbours"]) == [FIRST, LAST]
    assert keys(other.call("callers", key=FIRST)["neighbours"]) == [LAST]
    other.refused("callees", "unknown_node", key="app.py::typed")
    assert mine.call("overlay", path="app.py") == {"wanted": True}
    assert keys(mine.call("callers", key=FIRST)["neighbours"]) == [LAST]
    assert mine.call("overlay", path="notes.txt", text="x") == {"wanted": False}


def test_unsaved_text_changes_what_other_files_call(connect: Connect, project: Path):
    (project / "more.py").write_text("from app import first\n\n\ndef more():\n    return first()\n")
    talk = connect("nvim")
    text = (project / "app.py").read_text().replace("def first(a)", "def renamed(a)")
    assert keys(talk.call("callees", key="more.py::more")["neighbours"]) == [FIRST]
    talk.call("overlay", path="app.py", text=text)
    assert talk.call("callees", key="more.py::more")["neighbours"] == []
    new = "from app import last\n\n\ndef new():\n    return last()\n"
    talk.call("overlay", path="new.py", text=new)
    assert keys(talk.call("callers", key=LAST)["neighbours"]) == ["new.py-new-new"]
    assert not (project / "new.py").exists()
    assert talk.call("graph_counts")["files"] == 3


@pytest.mark.parametrize(
    ("path", "before"),
    [
        ("vendor/lib.py", ""),
        ("lib_pb2.py", ""),
        ("made.py", "# Code generated by a tool. DO NOT EDIT.\n"),
        ("huge.py", "# far too long\n" * 20_001),
        ("long.py", f"x = '{'long ' * 2000}'\n"),
    ],
)
def test_unsaved_text_of_a_file_that_a_rule_leaves_out_does_not_count(talk: Talk, path: str, before: str):
    text = before + "from app import first\n\n\ndef typed():\n    return first()\n"
    answer = talk.call("overlay", path=path, text=text)
    assert answer["wanted"]
    assert answer["left_out"]
    assert keys(talk.call("callers", key=FIRST)["neighbours"]) == [LAST]
    (talk.root / path).parent.mkdir(exist_ok=True)
    (talk.root / path).write_text(text)
    told = talk.refused("node", "left_out", path=path, pos=[3 + before.count("\n"), 4], text=text, fresh=True)
    assert told.startswith(f"{path} is not in the code graph ({answer['left_out'].partition(':')[0]}")
    assert keys(talk.call("callers", key=FIRST)["neighbours"]) == [LAST]


def test_unsaved_text_of_a_file_that_git_ignores_or_a_glob_leaves_out_does_not_count(talk: Talk):
    (talk.root / ".gitignore").write_text("local/\n")
    index(talk, exclude=["old_*"])
    text = "from app import first\n\n\ndef typed():\n    return first()\n"
    for path in ("local/mine.py", "old_app.py", "new.py"):
        talk.call("overlay", path=path, text=text)
    assert keys(talk.call("callers", key=FIRST)["neighbours"]) == [LAST, "new.py-new-typed"]


def test_a_folder_that_is_no_repository_is_indexed_only_when_somebody_asks(connect: Connect, tmp_path: Path):
    talk = connect("nvim")
    folder = tmp_path / "plain"
    folder.mkdir()
    (folder / "app.py").write_text("def first():\n    pass\n")
    talk.root = folder
    assert "remora index" in talk.refused("search", "no_repository", name="first")
    assert talk.call("graph_counts")["standing"]["state"] == "resting"
    assert index(talk)["files"] == 1
    assert keys(talk.call("search", name="first")["nodes"])[:1] == ["app.py-app-first"]


def test_the_text_that_comes_with_a_question_wins_over_the_one_sent_before(talk: Talk):
    talk.call("overlay", path="app.py", text="def old():\n    pass\n")
    text = "def new():\n    return later()\n\n\ndef later():\n    pass\n"
    found = talk.call("callees", path="app.py", pos=[1, 4], text=text)
    assert (found["node"]["key"], keys(found["neighbours"])) == ("app.py-app-new", ["app.py-app-later"])


# -- stopping ---------------------------------------------------------------------------------------------------------


def test_an_index_can_be_stopped_and_the_next_one_goes_on(connect: Connect, project: Path):
    talk = connect()
    for number in range(400):
        (project / f"m{number}.py").write_text(f"def f{number}():\n    return {number}\n" * 20)
    request = talk.call("index", jobs=1)["request"]
    while (event := talk.events.get(timeout=DEADLINE_S)).get("total") is None:
        assert event["kind"] == "phase", event
    talk.call("stop", request=request)
    assert talk.end(request)["kind"] == "cancelled"
    assert index(talk)["files"] == 402


def test_a_rebuild_that_was_stopped_is_finished_before_the_next_answer(connect: Connect, project: Path):
    talk = connect()
    for number in range(400):
        (project / f"m{number}.py").write_text(f"def f{number}():\n    return {number}\n" * 20)
    assert index(talk)["files"] == 402
    request = talk.call("index", jobs=1, rebuild=True)["request"]
    while (event := talk.events.get(timeout=DEADLINE_S)).get("total") is None:
        assert event["kind"] in ("phase", "index"), event
    talk.call("stop", request=request)
    assert talk.end(request)["kind"] == "cancelled"
    assert keys(talk.call("search", name="f399")["nodes"])[:1] == ["m399.py-m399-f399"]
    assert talk.call("graph_counts")["files"] == 402


def test_whoever_asks_for_an_index_joins_the_one_that_runs(connect: Connect, project: Path):
    talk = connect("nvim")
    assert index(talk)["files"] == 2
    with pytest.raises(queue.Empty):
        while True:
            event = talk.events.get(timeout=0.05)
            assert event["kind"] == "index"


def test_editors_are_told_where_the_graph_stands_and_others_are_not(connect: Connect):
    editor, shell = connect("nvim"), connect("cli")
    shell.call("search", name="x")
    editor.call("search", name="x")
    states = []
    while not states or states[-1] != "current":
        event = editor.events.get(timeout=DEADLINE_S)
        assert (event["request"], event["kind"], event["root"]) == ("", "index", str(editor.root))
        states.append(event["state"])
    assert shell.events.empty()


def test_a_client_that_leaves_in_the_middle_of_a_question_harms_nothing(connect: Connect, project: Path):
    for number in range(100):
        (project / f"m{number}.py").write_text("x = 1\n")
    gone: Client = connect("nvim").client
    gone.send("callers", {"root": str(project), "key": FIRST}, lambda error, result: None)
    gone.close()
    assert keys(connect().call("callers", key=FIRST)["neighbours"]) == [LAST]


def test_the_thread_in_the_background_lets_others_go_first(connect: Connect):
    talk = connect("nvim")
    talk.call("search", name="x")
    pid = talk.call("status")["pid"]
    nice = {os.getpriority(os.PRIO_PROCESS, int(task.name)) for task in Path(f"/proc/{pid}/task").iterdir()}
    assert max(nice) >= 10 > min(nice)


def test_the_background_waits_while_an_engine_answers(connect: Connect, script: Script, tmp_path: Path):
    talk = connect("nvim")
    talk.call("callers", key=FIRST)
    engine = script({"text": "word " * 50, "never_ends": True}, tokens_per_second=20)
    request = talk.call("edit", path="app.py", key=TOTAL, request="x is two", engine=engine)["request"]
    other = {"root": str(make_project(tmp_path / "other"))}

    def texts(count: int) -> None:
        while count:
            event = talk.events.get(timeout=DEADLINE_S)
            assert event.get("state") != "current" or event["root"] != other["root"]
            count -= event["kind"] == "text"

    texts(1)
    assert talk.call("graph_counts", **other)["standing"]["state"] == "indexing"
    texts(10)
    assert talk.call("graph_counts", **other)["files"] == 0
    talk.call("stop", request=request)
    while talk.call("graph_counts", **other)["standing"]["state"] != "current":
        talk.events.get(timeout=DEADLINE_S)


def test_whoever_waits_for_the_graph_does_not_wait_for_the_engine(connect: Connect, script: Script):
    talk = connect("nvim")
    engine = script({"text": "word " * 50, "never_ends": True}, tokens_per_second=20)
    request = talk.call("edit", path="app.py", key=TOTAL, request="x is two", engine=engine)["request"]
    assert keys(talk.call("callers", key=FIRST)["neighbours"]) == [LAST]
    talk.call("stop", request=request)
