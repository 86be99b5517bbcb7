"""A same name is no reason for an edge: what cannot be resolved is an unresolved reference."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isg.cases import Found, is_foreign, read_graph
from isg.workspaces import Workspace

# For each language two files that know nothing of each other: one calls `save` on its own and on something unknown, the
# other defines functions and methods of that name.
STRANGERS = {
    "python": {
        "one/caller.py": "def run(thing):\n    save()\n    thing.save()\n    thing.inner.save(1)\n",
        "two/owner.py": "def save():\n    pass\n\n\nclass Model:\n    def save(self, n=0):\n        pass\n",
    },
    "rust": {
        "src/lib.rs": "mod caller;\nmod owner;\n",
        "src/caller.rs": "pub fn run<T>(thing: T) { save(); thing.save(); }\n",
        "src/owner.rs": "pub fn save() {}\npub struct Model;\nimpl Model { pub fn save(&self) {} }\n",
    },
    "typescript": {
        "one/caller.ts": "export function run(thing: any) { save(); thing.save(); thing.inner.save(1); }\n",
        "two/owner.ts": "export function save() {}\nexport class Model { save(n?: number) {} }\n",
    },
    "tsx": {
        "one/caller.tsx": "export function Run(thing: any) { save(); return <Save on={thing.save()} />; }\n",
        "two/owner.tsx": "export function save() {}\nexport function Save() { return <b />; }\n",
    },
    "javascript": {
        "one/caller.js": "export function run(thing) { save(); thing.save(); thing.inner.save(1); }\n",
        "two/owner.js": "export function save() {}\nexport class Model { save(n) {} }\n",
    },
    "java": {
        "one/Caller.java": "package one;\nclass Caller { void run(Object thing) { save(); thing.save(); } }\n",
        "two/Owner.java": "package two;\nclass Owner { static void save() {} }\nclass Model { void save() {} }\n",
    },
    "go": {
        "one/caller.go": "package one\n\nfunc Run(thing any) { save(); thing.save(); Save() }\n",
        "two/owner.go": "package two\n\nfunc save() {}\nfunc Save() {}\ntype Model struct{}\nfunc (m Model) save() {}\n",
    },
}


def graph_of(folder: Path, files: dict[str, str]) -> Found:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return read_graph(folder)


def between_files(found: Found) -> list[tuple[str, str, str]]:
    """Edges from one file of the workspace into another, those of imports aside."""
    return sorted(
        (src, kind, dst)
        for src, kind, dst, _ in found.edges
        if not is_foreign(dst) and file_of(src) != file_of(dst) and kind not in ("CONTAINS", "DEPENDS")
    )


def file_of(key: str) -> str:
    return key.partition("-")[0]


@pytest.mark.parametrize("language", STRANGERS)
def test_a_same_named_function_in_an_unrelated_file_gets_no_edge(tmp_path: Path, language: str):
    found = graph_of(tmp_path, STRANGERS[language])
    assert len(found.nodes) >= 5
    assert between_files(found) == []
    assert [name for _, name in found.unresolved if "save" in name.lower()]


def test_no_edge_joins_two_languages(tmp_path: Path):
    every = {f"{language}/{path}": text for language, files in STRANGERS.items() for path, text in files.items()}
    assert between_files(graph_of(tmp_path, every)) == []


def test_methods_of_one_name_stay_with_their_classes(tmp_path: Path):
    part = "class {0}:\n    def run(self):\n        self.save()\n\n    def save(self):\n        pass\n"
    found = graph_of(tmp_path, {f"m{n}.py": part.format(f"Model{n}") for n in range(20)})
    assert found.pairs("CALLS") == {
        (f"m{n}.py-m{n}-Model{n}.run", f"m{n}.py-m{n}-Model{n}.save") for n in range(20)
    }  # fmt: skip


def test_a_file_that_cannot_be_parsed_gives_no_edges_by_name(tmp_path: Path):
    broken = {"a.py": "def run(:\n    save(\n  x.save()\n", "b.py": "def save():\n    pass\n"}
    assert between_files(graph_of(tmp_path, broken)) == []


@settings(max_examples=15)
@given(seed=st.integers(0, 1_000_000))
def test_modules_without_imports_have_no_edges_between_them(seed: int, tmp_path_factory: pytest.TempPathFactory):
    rng = Random(seed)
    folder = tmp_path_factory.mktemp("strangers")
    workspace = Workspace(folder, rng)
    for path in workspace.files():
        kept = [
            piece for piece in (folder / path).read_text().split("\n\n\n") if not piece.startswith(("import", "from"))
        ]
        (folder / path).write_text("\n\n\n".join(kept) + "\n")
    assert between_files(read_graph(folder)) == []


@settings(max_examples=10)
@given(seed=st.integers(0, 1_000_000))
def test_both_ends_of_every_edge_are_nodes(seed: int, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("project")
    Workspace(folder, Random(seed))
    found = read_graph(folder)
    assert {end for src, _, dst, _ in found.edges for end in (src, dst)} <= found.nodes.keys()
