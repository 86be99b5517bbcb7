"""An indexing that is stopped anywhere, in its linking too, is finished by the next one."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from isg.test_incremental import difference, rebuilt, snapshot
from isg.workspaces import Workspace
from remora.isg.graph import Graph
from remora.repo.root import Root
from remora.store.database import Store


class Stopped(Exception):
    pass


def index_until(graph: Graph, calls: int) -> bool:
    """Index, and stop at a call of `progress`; whether there were so many calls."""
    left = calls

    def progress(done: int, total: int) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise Stopped

    try:
        graph.index(progress)
    except Stopped:
        return True
    return False


@pytest.mark.parametrize("is_first", [True, False])
def test_an_indexing_stopped_at_any_moment_is_finished_by_the_next(is_first: bool):
    with TemporaryDirectory() as place:
        root = Path(place) / "project"
        root.mkdir()
        workspace = Workspace(root, Random(7))
        stops = 0
        for calls in range(1, 100, 5):
            store = Store.open(None)
            graph = Graph(store, Root(root, "project"))
            if not is_first:
                graph.index()
                workspace.change()
            was_stopped = index_until(graph, calls)
            stops += was_stopped
            graph = Graph(store, Root(root, "project")) if calls % 2 else graph
            graph.index()
            assert difference(snapshot(graph), rebuilt(root)) == [], (calls, workspace.log)
            store.close()
            if not was_stopped and is_first:
                break
        assert stops > 1


def test_a_file_that_is_asked_for_meanwhile_does_not_wait_for_the_linking_of_all_others(tmp_path: Path):
    (tmp_path / "a.py").write_text("def a():\n    return b()\n\n\ndef b():\n    pass\n")
    for number in range(5):
        (tmp_path / f"m{number}.py").write_text("from a import a\n\na()\n")
    store = Store.open(None)
    graph = Graph(store, Root(tmp_path, "project"))

    def progress(done: int, total: int) -> None:
        if done == 3:
            assert [node.qualname for node in graph.refresh("a.py").nodes][1:] == ["a", "b"]
            assert graph.counts()["edges"].get("CALLS", 0) == 0

    graph.index(progress)
    assert [one.node.qualname for one in graph.callers("a.py-a-b")] == ["a"]
    assert len(graph.callers("a.py-a-a")) == 5
    store.close()
