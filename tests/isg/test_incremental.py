"""After any change the graph is what a clean rebuild gives, node for node and edge for edge."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isg.cases import found_in, short
from isg.workspaces import Workspace
from remora.isg.graph import Graph
from remora.repo.root import Root
from remora.store.database import Store

STEPS = 6


def snapshot(graph: Graph) -> dict[str, Any]:
    with TemporaryDirectory() as place:
        graph.snapshot(Path(place) / "graph.json")
        return json.loads((Path(place) / "graph.json").read_text())


def rebuilt(root: Path) -> dict[str, Any]:
    store = Store.open(None)
    graph = Graph(store, Root(root, "project"))
    graph.index()
    found = snapshot(graph)
    store.close()
    return found


def lines(part: list[Any]) -> set[str]:
    return {json.dumps(one, sort_keys=True) for one in part}


def difference(found: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    """What only one of two snapshots holds; places in files and all facets count."""
    told = []
    for part in ("files", "nodes", "edges", "unresolved"):
        told += [f"kept {part}: {one}" for one in sorted(lines(found[part]) - lines(expected[part]))]
        told += [f"lost {part}: {one}" for one in sorted(lines(expected[part]) - lines(found[part]))]
    return told


@settings(max_examples=30)
@given(seed=st.integers(0, 1_000_000))
def test_after_random_changes_the_graph_is_that_of_a_clean_rebuild(seed: int):
    rng = Random(seed)
    with TemporaryDirectory() as place:
        root = Path(place) / "project"
        root.mkdir()
        workspace = Workspace(root, rng)
        store = Store.open(None)
        graph = Graph(store, Root(root, "project"))
        graph.index()
        for _ in range(STEPS):
            for _ in range(rng.choice((1, 1, 1, 3))):
                workspace.change()
            if rng.random() < 0.3:
                graph = Graph(store, Root(root, "project"))  # as after a restart: nothing is remembered in memory
            graph.index()
            assert difference(snapshot(graph), rebuilt(root)) == [], workspace.log
        store.close()


class Project:
    """A workspace in which a test writes files, and what its graph then says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.store = Store.open(None)
        self.graph = Graph(self.store, Root(root, "project"))

    def write(self, files: dict[str, str | None]) -> None:
        """Write files, or delete those that are None, and bring the graph in line."""
        for path, text in files.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                (self.root / path).unlink()
            else:
                (self.root / path).write_text(text)
        self.graph.index()

    def calls(self) -> set[tuple[str, str]]:
        found = snapshot(self.graph)
        assert difference(found, rebuilt(self.root)) == []
        return {(short(src), short(dst)) for src, dst in found_in(found).pairs("CALLS")}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = Project(tmp_path)
    yield made
    made.store.close()


USE = "from tools import work\n\n\ndef run():\n    work()\n"


def test_inbound_edges_survive_when_only_the_file_of_the_callee_changes(project: Project):
    project.write({"app.py": USE, "tools.py": "def work():\n    pass\n"})
    project.write({"tools.py": "LIMIT = 1\n\n\ndef other():\n    pass\n\n\ndef work():\n    return LIMIT\n"})
    assert project.calls() == {("app.py::run", "tools.py::work")}


def test_an_edge_goes_when_its_callee_is_renamed_and_comes_back_with_the_name(project: Project):
    project.write({"app.py": USE, "tools.py": "def work():\n    pass\n"})
    project.write({"tools.py": "def toil():\n    pass\n"})
    assert project.calls() == set()
    project.write({"tools.py": "def work():\n    pass\n"})
    assert project.calls() == {("app.py::run", "tools.py::work")}


def test_a_file_that_appears_or_goes_changes_what_an_import_means(project: Project):
    project.write({"app.py": USE})
    assert project.calls() == set()
    project.write({"tools.py": "def work():\n    pass\n"})
    assert project.calls() == {("app.py::run", "tools.py::work")}
    project.write({"tools/__init__.py": "def work():\n    pass\n"})
    assert project.calls() == {("app.py::run", "tools/__init__.py::work")}
    project.write({"tools/__init__.py": None, "tools.py": None})
    assert project.calls() == set()


def test_a_reexport_that_points_elsewhere_moves_the_edges_of_those_who_use_it(project: Project):
    body = "def work():\n    pass\n"
    project.write({"app.py": USE, "tools/__init__.py": "from .a import work\n", "tools/a.py": body, "tools/b.py": body})
    assert project.calls() == {("app.py::run", "tools/a.py::work")}
    project.write({"tools/__init__.py": "from .b import *\n"})
    assert project.calls() == {("app.py::run", "tools/b.py::work")}
    project.write({"tools/b.py": "__all__ = []\n" + body})
    assert project.calls() == set()


def test_a_base_class_two_files_away_changes_what_self_means(project: Project):
    base = "class Base:\n    def {}(self):\n        pass\n"
    project.write({
        "base.py": base.format("work"),
        "middle.py": "from base import Base\n\n\nclass Middle(Base):\n    pass\n",
        "app.py": "from middle import Middle\n\n\nclass App(Middle):\n    def run(self):\n        self.work()\n",
    })  # fmt: skip
    assert project.calls() == {("app.py::App.run", "base.py::Base.work")}
    project.write({"base.py": base.format("rest")})
    assert project.calls() == set()
    project.write({"middle.py": "class Middle:\n    def work(self):\n        pass\n"})
    assert project.calls() == {("app.py::App.run", "middle.py::Middle.work")}


def test_a_function_handed_through_two_files_is_followed_after_each_of_them_changes(project: Project):
    app = "import outer\n\n\ndef one():\n    pass\n\n\ndef two():\n    pass\n\n\nouter.outer({})\n"
    project.write({
        "app.py": app.format("one"),
        "outer.py": "import inner\n\n\ndef outer(step):\n    inner.inner(step)\n",
        "inner.py": "def inner(step):\n    step()\n",
    })  # fmt: skip
    always = {("app.py::<module>", "outer.py::outer"), ("outer.py::outer", "inner.py::inner")}
    assert project.calls() == {*always, ("inner.py::inner", "app.py::one")}
    project.write({"app.py": app.format("two")})
    assert project.calls() == {*always, ("inner.py::inner", "app.py::two")}
    project.write({"outer.py": "import inner\n\n\ndef outer(step):\n    inner.inner(None)\n"})
    assert project.calls() == always


def test_a_result_two_files_away_changes_what_is_called_on_it(project: Project):
    body = "class Cat:\n    def speak(self):\n        pass\n\n\nclass Dog:\n    def speak(self):\n        pass\n\n\n"
    project.write({
        "app.py": "import shop\n\n\ndef run():\n    shop.find().speak()\n",
        "shop.py": "import pets\n\n\ndef find():\n    return pets.make()\n",
        "pets.py": body + "def make():\n    return Cat()\n",
    })  # fmt: skip
    assert ("app.py::run", "pets.py::Cat.speak") in project.calls()
    project.write({"pets.py": body + "def make():\n    return Dog()\n"})
    assert ("app.py::run", "pets.py::Dog.speak") in project.calls()
    assert ("app.py::run", "pets.py::Cat.speak") not in project.calls()


def test_an_attribute_set_from_another_file_is_followed_and_forgotten(project: Project):
    hook = "import tools\n\n\ndef mine():\n    pass\n\n\ntools.hook = mine\n"
    project.write({"tools.py": "hook = None\n\n\ndef fire():\n    hook()\n", "app.py": hook})
    assert project.calls() == {("tools.py::fire", "app.py::mine")}
    project.write({"app.py": None})
    assert project.calls() == set()


def test_a_moved_file_takes_its_edges_with_it(project: Project):
    project.write({"app.py": USE, "tools.py": "def work():\n    help()\n\n\ndef help():\n    pass\n"})
    text = (project.root / "tools.py").read_text()
    project.write({"tools.py": None, "pack/tools.py": text, "app.py": USE.replace("from tools", "from pack.tools")})
    assert project.calls() == {
        ("app.py::run", "pack/tools.py::work"),
        ("pack/tools.py::work", "pack/tools.py::help"),
    }


FUNCTIONS = {"fn.py": "def one():\n    pass\n\n\ndef two():\n    pass\n"}
BOX = "from fn import one, two\n\n\nclass Box:\n    def __init__(self):\n        x = one\n"
FIRST = "class B:\n    def run(self):\n        pass\n\n\n"
SECOND = "class B:\n    def stop(self):\n        pass\n\n\n"
DERIVED = "class A(B[int]):\n    pass\n\n\n"
FOUND_BY_HAND = {  # each was kept or lost once
    "a caller that comes late": (
        {"a.py": "def f(s):\n    s()\n", "b.py": "import a\n\n\ndef g(s):\n    a.f(s)\n"},
        {"c.py": "import b\n\n\ndef one():\n    pass\n\n\nb.g(one)\n"},
    ),
    "a module's name that is bound late": (
        {
            "b.py": "hook = None\n\n\ndef run():\n    return hook\n",
            "a.py": "import b\n\n\ndef go(step):\n    for f in [step, b.run()]:\n        f()\n",
            "d.py": "from a import go\n\n\ndef one():\n    pass\n\n\ngo(one)\n",
        },
        {"c.py": "import b\n\n\ndef two():\n    pass\n\n\nb.hook = two\n"},
    ),
    "a list in a function": (
        {
            **FUNCTIONS,
            "b.py": "import c\nfrom fn import one\n\n\ndef go():\n    xs = []\n    c.use(xs)\n",
            "c.py": "def use(xs):\n    for f in xs:\n        f()\n",
        },
        {"b.py": "import c\nfrom fn import one\n\n\ndef go():\n    xs = [one]\n    c.use(xs)\n"},
    ),
    "a star import that moves below a definition": (
        {
            "a.py": "def work():\n    pass\n",
            "tools.py": "from a import *\n\n\ndef work():\n    pass\n",
            "app.py": "import tools\n\n\ndef go():\n    tools.work()\n",
        },
        {"tools.py": "def work():\n    pass\n\n\nfrom a import *\n"},
    ),
    "an attribute that is assigned earlier": (
        {
            **FUNCTIONS,
            "box.py": BOX + "        x = two\n        self.f = x\n",
            "app.py": "from box import Box\n\n\ndef go():\n    Box().f()\n",
        },
        {"box.py": BOX + "        self.f = x\n        x = two\n"},
    ),
    "a base that is defined again": (
        {
            "box.py": FIRST + SECOND + DERIVED,
            "app.py": "from box import A\n\n\ndef go():\n    A().run()\n    A().stop()\n",
        },
        {"box.py": FIRST + DERIVED + SECOND},
    ),
}


@pytest.mark.parametrize("name", FOUND_BY_HAND)
def test_a_change_that_matters_elsewhere_is_followed(name: str, tmp_path: Path):
    before, after = FOUND_BY_HAND[name]
    root = tmp_path / "project"
    root.mkdir()
    for path, text in before.items():
        (root / path).write_text(text)
    graph = Graph(Store.open(None), Root(root, "project"))
    graph.index()
    for path, text in after.items():
        (root / path).write_text(text)
    graph.index()
    assert difference(snapshot(graph), rebuilt(root)) == []
