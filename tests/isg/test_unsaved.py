"""Texts that are not written yet make the graph that their writing would make, and leave the stored one as it is."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from isg.test_incremental import snapshot
from isg.workspaces import Workspace
from remora.isg.graph import Graph
from remora.isg.walks import Walks
from remora.repo.root import Root
from remora.store.database import Store


def edges(walks: Walks, keys: list[str]) -> dict[str, list]:
    return {key: [(n.node, n.kind, n.mark, n.place) for n in walks.neighbours(key, "out", ())] for key in keys}


@settings(max_examples=30)
@given(seed=st.integers(0, 1_000_000))
def test_unsaved_texts_give_the_edges_that_writing_them_gives(seed: int):
    rng = Random(seed)
    with TemporaryDirectory() as place:
        root = Path(place) / "project"
        root.mkdir()
        workspace = Workspace(root, rng)
        written = {path: (root / path).read_text() for path in workspace.files()}
        store = Store.open(None)
        graph = Graph(store, Root(root, "project"))
        graph.index()
        before = snapshot(graph)
        for _ in range(rng.choice((1, 3))):
            workspace.change()
        for path in written.keys() - set(workspace.files()):
            workspace.write(path, written[path])  # an open buffer cannot say that a file is gone
        changed = {path: (root / path).read_text() for path in workspace.files()}
        texts = {path: text for path, text in changed.items() if written.get(path) != text}
        unsaved = graph.unsaved(texts)
        assert snapshot(graph) == before
        graph.index()
        keys = [node["isgl1_key"] for node in snapshot(graph)["nodes"]]
        assert edges(unsaved, keys) == edges(graph, keys), workspace.log
        store.close()


def test_texts_of_no_known_language_and_no_texts_are_the_stored_graph(tmp_path: Path):
    (tmp_path / "a.py").write_text("def f(): pass\n")
    store = Store.open(None)
    graph = Graph(store, Root(tmp_path, "project"))
    graph.index()
    assert graph.unsaved({"notes.txt": "f()"}) is graph
    assert graph.unsaved({}) is graph
    once = graph.unsaved({"b.py": "from a import f\nf()\n"})
    assert [one.node.key for one in once.callers("a.py-a-f")] == ["b.py-b-<module>"]
    assert graph.unsaved({"b.py": "from a import f\nf()\n"}) is once
    (tmp_path / "c.py").write_text("from a import f\nf()\n")
    graph.index()
    later = graph.unsaved({"b.py": "from a import f\nf()\n"})
    assert [one.node.key for one in later.callers("a.py-a-f")] == ["b.py-b-<module>", "c.py-c-<module>"]
    store.close()
