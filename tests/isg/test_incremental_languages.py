"""After any change of files in other languages than Python the graph is what a clean rebuild gives.

The workspaces are the cases of a language thrown together: their files import, inherit from and call each other, and a
file put in another's place often takes something away that others use.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from isg.cases import DATA
from isg.test_incremental import difference, rebuilt, snapshot
from remora.isg.graph import Graph
from remora.repo.root import Root
from remora.store.database import Store

LANGUAGES = ("typescript", "tsx", "javascript", "java", "rust", "go")
STEPS = 6


class Mixture:
    """A folder of files of cases, and ways to change it."""

    def __init__(self, root: Path, lang: str, rng: Random) -> None:
        self.root, self.rng = root, rng
        cases = sorted(file.parent for file in (DATA / lang).rglob("expected.json"))
        self.pool = {
            file.relative_to(case).as_posix(): [] for case in cases for file in files_of(case)
        }  # path -> texts that stand there in some case
        for case in cases:
            for file in files_of(case):
                self.pool[file.relative_to(case).as_posix()].append(file.read_text("utf-8"))
        for case in rng.sample(cases, min(6, len(cases))):
            for file in files_of(case):
                self.write(file.relative_to(case).as_posix(), file.read_text("utf-8"))

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, "utf-8")

    def change(self) -> str:
        """One change at random; what it was."""
        rng = self.rng
        there = sorted(file.relative_to(self.root).as_posix() for file in self.root.rglob("*") if file.is_file())
        path = rng.choice(there) if there and rng.random() < 0.8 else rng.choice(sorted(self.pool))
        file = self.root / path
        text = file.read_text("utf-8") if file.exists() else ""
        what = rng.choice(("delete", "shift", "other", "rename", "pool", "drop", "move"))
        if what == "delete":
            file.unlink(missing_ok=True)
        elif what == "shift":
            self.write(path, "// a line\n\n" + text)
        elif what == "other":
            self.write(path, rng.choice(self.pool[rng.choice(sorted(self.pool))]))
        elif what == "pool":
            chosen = rng.choice(sorted(self.pool))
            self.write(chosen, rng.choice(self.pool[chosen]))
        elif what == "rename":
            words = sorted({word for word in text.replace("(", " ").replace(".", " ").split() if word.isidentifier()})
            self.write(path, text.replace(*rng.sample(words, 2)) if len(words) > 1 else text)
        elif what == "drop":
            lines = text.split("\n")
            at = rng.randrange(len(lines))
            self.write(path, "\n".join(lines[:at] + lines[at + 2 :]))
        elif file.exists():
            self.write(rng.choice(sorted(self.pool)), text)
            file.unlink(missing_ok=True)
        return f"{what} {path}"


def files_of(case: Path) -> list[Path]:
    return sorted(file for file in case.rglob("*") if file.is_file() and file.name != "expected.json")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("seed", range(3))
def test_after_random_changes_the_graph_is_that_of_a_clean_rebuild(lang: str, seed: int, tmp_path: Path):
    rng = Random(f"{lang} {seed}")
    root = tmp_path / "project"
    root.mkdir()
    mixture = Mixture(root, lang, rng)
    store = Store.open(None)
    graph = Graph(store, Root(root, "project"))
    graph.index()
    log = []
    for _ in range(STEPS):
        log += [mixture.change() for _ in range(rng.choice((1, 1, 1, 3)))]
        if rng.random() < 0.3:
            graph = Graph(store, Root(root, "project"))  # as after a restart: nothing is remembered in memory
        graph.index()
        assert difference(snapshot(graph), rebuilt(root)) == [], log
    store.close()
