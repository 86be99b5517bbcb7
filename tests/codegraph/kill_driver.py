"""Run as a process of its own by test_kill.py: approves one proposal after another until somebody kills it.

Before each approve it prints one JSON line: the proposal's id, and the old and new bytes (hex, null: no file) of each file;
and `intent` when the approve starts to write.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from pathlib import Path
from typing import Any

from remora.codegraph import Ledger, Proposal, approve
from remora.codegraph import edits as make
from remora.config import Config
from remora.repo.root import find_root
from remora.workspace import Workspace

STEADY = ("one.py", "two.py", "three.py")
FILLER = f"# {'filler ' * 100}\n" * 100


def lay_out(root: Path) -> None:
    """The files that every proposal edits; long enough that a torn one would show."""
    (root / "pyproject.toml").write_text("[project]\nname = 'killed'\n")
    for name in STEADY:
        (root / name).write_text("def f():\n    return 0\n\n\n" + FILLER)


def draft(workspace: Workspace, dice: random.Random) -> Proposal:
    """A proposal over several files: edits, and often a file made or removed."""
    root, codegraph, number = workspace.root.path, workspace.codegraph, dice.randrange(10**9)
    edits, bases, missing, deleted = [], {}, [], []
    for name in dice.sample(STEADY, dice.randint(1, 3)):
        bases[name] = codegraph.disk_text(name)
        node = workspace.graph.find(f"{name}::f")
        edits.append(make.replace_node(bases[name], node, f"def f():\n    return {number}", "CODE_IMPLEMENTATION"))
    made = sorted(path.name for path in root.glob("made_*.py"))
    kind = dice.choice(("edit", "create", "delete"))
    if kind == "create" or (kind == "delete" and not made):
        name = f"made_{number}.py"
        bases[name], code = "", "def g():\n    return 1\n" + FILLER
        graph = workspace.graph.refresh(name, "")
        key = f"{name}-made_{number}-g"
        edits.append(make.create_node("", graph, name, "g", key, code, "CODE_IMPLEMENTATION"))
        missing.append(name)
    elif kind == "delete":
        name = made[0]
        bases[name] = codegraph.disk_text(name)
        module = next(n for n in workspace.graph.refresh(name).nodes if n.kind == "module")
        edits.append(make.delete_node(bases[name], module, "CODE_IMPLEMENTATION"))
        deleted.append(name)
    return codegraph.draft(edits, bases, request="r", node="n", author="me", model="", missing=missing, deleted=deleted)


def plan(workspace: Workspace, proposal: Proposal) -> dict:
    """What each file is, and what it shall be."""
    future = workspace.codegraph.future(proposal, workspace.codegraph.bases(proposal))
    files = {}
    for change in proposal.files:
        path = workspace.root.path / change.path
        new = None if change.deletes else future[change.path].encode().hex()
        files[change.path] = (path.read_bytes().hex() if path.exists() else None, new)
    return {"proposal": proposal.id, "files": files}


def tell_intents(ledger: Ledger) -> None:
    begin = ledger.begin

    def told(*arguments: Any) -> None:
        print("intent", flush=True)
        begin(*arguments)

    ledger.begin = told  # ty: ignore[invalid-assignment]


def main() -> None:
    root, state, seed = sys.argv[1:]
    dice = random.Random(seed)
    workspace = Workspace(find_root(Path(root), explicit=Path(root)), Path(state), Config())
    tell_intents(workspace.codegraph.ledger)
    while True:
        proposal = draft(workspace, dice)
        print(json.dumps(plan(workspace, proposal)), flush=True)
        asyncio.run(approve(workspace.codegraph, proposal.id, author="me", force=False, editors=()))


if __name__ == "__main__":
    main()
