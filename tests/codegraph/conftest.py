"""A small workspace on real files, its write surface over a store in memory, and an editor made of a dictionary."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from remora.codegraph import Applied, BufferView, CodeGraph, Ledger, Proposal, Written, approve
from remora.codegraph.hunks import lines_of, text_of
from remora.config import CodeGraphConfig
from remora.isg.graph import Graph
from remora.repo.root import Root
from remora.store.database import Store

SOURCE = '''"""A module."""

import os


def first(a):
    return a


class Cart:
    def total(self):
        x = 1
        return x

    def empty(self):
        return os.name


def last():
    return first(3)
'''


@dataclass
class BufferEditor:
    """Buffers by path, each with a tick, as Neovim holds them; saving writes the file."""

    name: str = "Neovim 1"
    texts: dict[str, str] = field(default_factory=dict)
    modified: set[str] = field(default_factory=set)
    readonly: bool = False
    answers: bool = True
    busy: int = 0
    """Refuse so many applies, as when the user types at that moment."""
    tick: int = 1
    checked: list[str] = field(default_factory=list)

    async def buffers(self, paths: list[str]) -> list[BufferView]:
        if not self.answers:
            raise TimeoutError
        return [
            BufferView(p, self.texts[p], self.tick, p in self.modified, self.readonly) for p in paths if p in self.texts
        ]

    async def apply(self, proposal: str, view: BufferView, rows: list[dict]) -> Applied:
        if self.busy or view.changedtick != self.tick:
            self.busy -= 1
            return Applied(False, False, None)
        lines = lines_of(self.texts[view.path])
        for change in reversed(rows):
            lines[change["start"] : change["start"] + change["count"]] = change["lines"]
        self.texts[view.path] = text_of(lines)
        self.tick += 1
        if view.path in self.modified:
            return Applied(True, False, None)
        Path(view.path).write_text(self.texts[view.path])
        return Applied(True, True, None)

    async def checktime(self, path: str) -> None:
        self.checked.append(path)
        if path not in self.modified:
            self.texts[path] = Path(path).read_text()
            self.tick += 1


@dataclass
class Shop:
    """The workspace under test; `app` is its one file."""

    root: Path
    codegraph: CodeGraph

    @property
    def app(self) -> Path:
        return self.root / "src" / "app.py"

    def propose(self, name: str, code: str, action: str = "Edit") -> Proposal:
        return self.codegraph.propose(f"src/app.py::{name}", action, code, author="me")

    def approve(
        self, proposal: str | None = None, *editors: BufferEditor, force: bool = False
    ) -> tuple[Proposal, tuple[Written, ...]]:
        return asyncio.run(approve(self.codegraph, proposal, author="me", force=force, editors=editors))

    def editor(self, *, unsaved: str | None = None, **kind: object) -> BufferEditor:
        made = BufferEditor(**kind)  # type: ignore[arg-type]
        made.texts[str(self.app)] = unsaved if unsaved is not None else self.app.read_text()
        if unsaved is not None:
            made.modified.add(str(self.app))
        return made


def make_shop(root: Path, source: str = SOURCE, store: Store | None = None, **config: bool) -> Shop:
    root = root.resolve()
    (root / "src").mkdir(parents=True, exist_ok=True)
    (root / "pyproject.toml").write_text("[project]\nname = 'shop'\n")
    if not (root / "src" / "app.py").exists():
        (root / "src" / "app.py").write_text(source)
    place = Root(root, "project")
    store = store or Store.open(None)
    graph = Graph(store, place)
    graph.index()
    return Shop(root, CodeGraph(Ledger(store), graph, place, CodeGraphConfig(**config)))


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = make_shop(tmp_path)
    yield made
    made.codegraph.ledger._store.close()
