"""After a crash in the middle of an approve: the bytes on disk decide.

Every file old: the approve never happened. Some file new: it was on its way, so the rest follows. A file that is neither
holds the user's own later text: it stays, and the conflict is told.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from remora.codegraph.graph import CodeGraph
from remora.codegraph.ledger import FileIntent, Intent
from remora.errors import RemoraError, UserError
from remora.repo.text import code_hash
from remora.repo.write import delete_file, remove_leftovers, replace_file


def recover(graph: CodeGraph) -> tuple[str, ...]:
    """Finish or take back every approve that has no commit row; returns sentences for the user, one per conflict.

    It never raises for a file that cannot be written now: its intent is kept for the next start, and a sentence says so.
    """
    notices: list[str] = []
    for intent in graph.ledger.intents():
        try:
            notices += _recover(graph, intent)
        except (RemoraError, OSError) as error:
            notices.append(
                f"Remora stopped while approving proposal {intent.proposal} and cannot finish it yet: {error} "
                "The next start tries again."
            )
    return tuple(notices)


def _recover(graph: CodeGraph, intent: Intent) -> list[str]:
    # An `unsaved` buffer's file was never going to change on disk: it says nothing about how far the approve came.
    files = [f for f in intent.files if f.where != "unsaved"]
    for file in files:
        remove_leftovers(graph.root.path / file.path)
    states = {f.path: _state(graph.root.path / f.path, f) for f in files}
    conflicts = [_conflict(path, intent) for path, state in states.items() if state == "other"]
    if "new" not in states.values():
        graph.ledger.abandon(intent)
        return conflicts
    for file in files:
        if states[file.path] == "old":
            _finish(graph, file)
    graph.ledger.commit(intent, graph.ledger.get(intent.proposal))
    for file in files:
        with contextlib.suppress(UserError):  # the user's own text may be anything
            graph.graph.refresh(file.path)
    return conflicts


def _state(path: Path, file: FileIntent) -> str:
    try:
        now = code_hash(path.read_bytes())
    except FileNotFoundError:
        now = None
    except OSError:
        return "other"
    if now == file.new_code:
        return "new"
    return "old" if now == file.old_code else "other"


def _finish(graph: CodeGraph, file: FileIntent) -> None:
    path = graph.root.inside(graph.root.path / file.path)
    if file.new_code is None:
        delete_file(path)
    else:
        replace_file(path, graph.ledger.raw(file.new_code))


def _conflict(path: str, intent: Intent) -> str:
    return (
        f"Remora stopped while approving proposal {intent.proposal}, and {path} has changed since. "
        "Your text was kept. Look at the proposal with :RemoraProposals and approve or reject it."
    )
