"""Approve against kill -9: every file has its old bytes or its new ones, and the store agrees after the next start."""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from codegraph import kill_driver
from codegraph.conftest import SOURCE, Shop, make_shop
from remora.codegraph import Proposal, approve, recover, recovery
from remora.codegraph import edits as make
from remora.codegraph.approve import Target
from remora.config import Config
from remora.errors import UserError
from remora.repo.root import find_root
from remora.workspace import Workspace

approve_module = sys.modules["remora.codegraph.approve"]  # the package gives its name to the function
KILLS = int(os.environ.get("REMORA_KILLS", "25"))
WRITING_S = 0.005
"""How long an approve of a few files writes: most kills come within this time after it started to."""
ANY_S = 0.4
"""The others come within this time after the first proposal: long enough for several approves."""


class Kill:
    """What the driver said last, and what is left of it on disk."""

    def __init__(self, root: Path, state: Path, seed: int) -> None:
        self.root = root
        self.state = state
        self.said = self._run(random.Random(seed), seed)

    def _run(self, dice: random.Random, seed: int) -> dict:
        command = [sys.executable, kill_driver.__file__, str(self.root), str(self.state), str(seed)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            lines = [child.stdout.readline()]
            if dice.random() < 0.7:  # while it writes, most often
                while lines[-1] != "intent\n":
                    lines.append(child.stdout.readline())
                time.sleep(dice.uniform(0, WRITING_S))  # the instant is what is tested: nothing to wait for
            else:
                time.sleep(dice.uniform(0, ANY_S))
            child.kill()
            lines += [line for line in child.stdout if line.endswith("\n")]
        assert child.returncode == -9, "the driver ended by itself"
        return json.loads([line for line in lines if line != "intent\n"][-1])

    def sides(self) -> set[str]:
        """`old`, `new`; fails on any other bytes."""
        found = set()
        for name, (old, new) in self.said["files"].items():
            path = self.root / name
            now = path.read_bytes().hex() if path.exists() else None
            assert now in (old, new), f"{name} is torn"
            found.add("new" if now == new else "old")
        return found


def test_killed_at_any_instant_every_file_is_old_or_new_and_the_store_agrees(tmp_path: Path):
    root, state = tmp_path / "root", tmp_path / "state"
    root.mkdir()
    kill_driver.lay_out(root)
    slowest, halves, ends, dice = 0.0, 0, [], random.Random(0)
    for seed in range(KILLS):
        kill = Kill(root, state, seed)
        halves += len(kill.sides()) == 2
        started = time.monotonic()
        workspace = Workspace(find_root(root, explicit=root), state, Config())
        slowest = max(slowest, time.monotonic() - started)
        try:
            assert workspace.notices == ()
            assert workspace.codegraph.ledger.intents() == []
            proposal = workspace.codegraph.ledger.get(kill.said["proposal"])
            assert kill.sides() == {"new" if proposal.state == "approved" else "old"}, f"seed {seed}"
            assert not list(root.glob(".*.remora")), "a temporary file is left"
            ends.append(proposal.state)
            if proposal.state == "draft":
                decide_again(workspace, proposal, dice, kill)
        finally:
            workspace.close()
    print(
        f"{KILLS} kills: {ends.count('approved')} approved, {ends.count('draft')} not, {halves} half-way; slowest start {slowest:.3f} s"
    )


def decide_again(workspace: Workspace, proposal: Proposal, dice: random.Random, kill: Kill) -> None:
    """What was not approved can still be approved or rejected."""
    if dice.random() < 0.5:
        workspace.codegraph.reject(proposal.id)
        assert kill.sides() == {"old"}
    else:
        asyncio.run(approve(workspace.codegraph, proposal.id, author="me", force=False, editors=()))
        assert kill.sides() == {"new"}


# -- the same, step by step -------------------------------------------------------------------------------------------


class Killed(BaseException):
    """Ends an approve where it stands, as a kill does: nothing catches it."""


class Stopped:
    """An approve of an edit (src/app.py), a new file and a deleted one that is cut off before its n-th write."""

    def __init__(self, shop: Shop, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
        self.shop = shop
        self.old = shop.root / "src" / "old.py"
        self.made = shop.root / "src" / "made.py"
        self.old.write_text("x = 1\n")
        self.proposal = self._draft()
        self.before = self.contents()
        write, count = approve_module._write_disk, 0

        def cut(target: Target) -> None:
            nonlocal count
            if count == after:
                raise Killed
            count += 1
            write(target)

        monkeypatch.setattr(approve_module, "_write_disk", cut)
        with pytest.raises(Killed):
            shop.approve(self.proposal.id)
        monkeypatch.undo()
        assert len(shop.codegraph.ledger.intents()) == 1

    def _draft(self) -> Proposal:
        graph, codegraph = self.shop.codegraph.graph, self.shop.codegraph
        kind = "CODE_IMPLEMENTATION"
        node, module = graph.find("src/app.py::first"), graph.refresh("src/old.py").nodes[0]
        empty = graph.refresh("src/made.py", "")
        return codegraph.draft(
            [
                make.replace_node(SOURCE, node, "def first(a):\n    return -a", kind),
                make.create_node("", empty, "src/made.py", "g", "src/made.py-made-g", "def g():\n    return 1", kind),
                make.delete_node("x = 1\n", module, kind),
            ],
            {"src/app.py": SOURCE, "src/made.py": "", "src/old.py": "x = 1\n"},
            request="r",
            node=node.key,
            author="me",
            model="",
            missing=["src/made.py"],
            deleted=["src/old.py"],
        )

    def contents(self) -> list[bytes | None]:
        return [p.read_bytes() if p.exists() else None for p in (self.shop.app, self.made, self.old)]

    @property
    def after(self) -> list[bytes | None]:
        return [SOURCE.replace("return a\n", "return -a\n", 1).encode(), b"def g():\n    return 1\n", None]

    @property
    def state(self) -> str:
        return self.shop.codegraph.ledger.get(self.proposal.id).state


def test_cut_off_before_the_first_write_it_never_happened(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    cut = Stopped(shop, monkeypatch, after=0)
    assert recover(shop.codegraph) == ()
    assert (cut.contents(), cut.state, shop.codegraph.ledger.intents()) == (cut.before, "draft", [])
    assert shop.codegraph.ledger._store.read("?[hash] := *raw_texts{hash}") == []
    shop.approve(cut.proposal.id)
    assert cut.contents() == cut.after


@pytest.mark.parametrize("after", [1, 2])
def test_cut_off_between_two_writes_the_rest_follows(shop: Shop, monkeypatch: pytest.MonkeyPatch, after: int):
    cut = Stopped(shop, monkeypatch, after=after)
    assert cut.contents() not in (cut.before, cut.after)
    assert recover(shop.codegraph) == ()
    assert (cut.contents(), cut.state, shop.codegraph.ledger.intents()) == (cut.after, "approved", [])
    assert shop.codegraph.ledger.last_approval("src/app.py-app-first") is not None


def test_cut_off_before_the_commit_row_it_is_committed(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    cut = Stopped(shop, monkeypatch, after=2)
    cut.old.unlink()  # the third write came through, the commit row did not
    assert recover(shop.codegraph) == ()
    assert (cut.contents(), cut.state) == (cut.after, "approved")
    assert recover(shop.codegraph) == ()


def test_what_the_user_typed_since_stays_and_is_told(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    cut = Stopped(shop, monkeypatch, after=0)
    shop.app.write_text("mine = 1\n")
    (notice,) = recover(shop.codegraph)
    assert "src/app.py has changed since. Your text was kept." in notice
    assert (shop.app.read_text(), cut.state) == ("mine = 1\n", "draft")
    shop.codegraph.reject(cut.proposal.id)


def test_what_the_user_typed_half_way_stays_and_the_rest_follows(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    cut = Stopped(shop, monkeypatch, after=2)
    shop.app.write_bytes(b"m\xff = not even text\n")
    (notice,) = recover(shop.codegraph)
    assert "src/app.py has changed since. Your text was kept." in notice
    assert cut.contents() == [b"m\xff = not even text\n", *cut.after[1:]]
    assert (cut.state, shop.codegraph.ledger.intents()) == ("approved", [])


def test_a_file_that_cannot_be_written_yet_is_told_and_tried_again(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    cut = Stopped(shop, monkeypatch, after=1)

    def full(path: Path, raw: bytes) -> None:
        raise UserError("The disk is full. Free some space, then ask again.", "disk_full")

    monkeypatch.setattr(recovery, "replace_file", full)
    (notice,) = recover(shop.codegraph)
    assert "cannot finish it yet: The disk is full." in notice
    assert len(shop.codegraph.ledger.intents()) == 1
    monkeypatch.undo()
    assert recover(shop.codegraph) == ()
    assert (cut.contents(), cut.state) == (cut.after, "approved")


def test_an_approve_cut_off_in_a_living_process_is_settled_by_the_next_one(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    cut = Stopped(shop, monkeypatch, after=1)
    other = shop.propose("Cart.total", "def total(self):\n    return 7")
    shop.approve(other.id)
    assert (cut.state, shop.codegraph.ledger.intents()) == ("approved", [])
    text = shop.app.read_text()
    assert "return 7" in text
    assert "return -a" in text


def test_a_temporary_file_of_a_killed_write_is_removed_and_no_other(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    Stopped(shop, monkeypatch, after=0)
    left, kept = shop.root / "src/.app.py.0123456789ab.remora", shop.root / "src/.app.py.mine.remora"
    left.write_text("half")
    kept.write_text("mine")
    recover(shop.codegraph)
    assert (left.exists(), kept.exists()) == (False, True)


def test_an_unsaved_buffer_says_nothing_about_how_far_an_approve_came(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    made = shop.propose("first", "def first(a):\n    return -a")
    editor = shop.editor(unsaved=SOURCE + "# typed\n")

    def cut(*_: object) -> None:
        raise Killed

    monkeypatch.setattr(shop.codegraph.ledger, "commit", cut)
    with pytest.raises(Killed):
        shop.approve(made.id, editor)
    monkeypatch.undo()
    assert recover(shop.codegraph) == ()
    assert shop.codegraph.ledger.get(made.id).state == "draft"
    assert shop.app.read_text() == SOURCE
    shop.approve(made.id, editor)
    assert "return -a" in editor.texts[str(shop.app)]
    assert "# typed" in editor.texts[str(shop.app)]
    assert shop.app.read_text() == SOURCE


def test_a_workspace_that_cannot_open_gives_its_store_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    root = find_root(make_shop(tmp_path / "root").root)

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("remora.workspace.recover", fail)
    with pytest.raises(RuntimeError):
        Workspace(root, tmp_path / "state", Config())
    monkeypatch.undo()
    Workspace(root, tmp_path / "state", Config()).close()
