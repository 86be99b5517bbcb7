"""Run a recorded session again, offline: the recorded answers, the recorded text, a fresh proposal, the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from remora.codegraph import CodeGraph, Ledger, Proposal
from remora.config import EditConfig
from remora.engine.queue import Queue
from remora.engine.scripted import Scripted
from remora.errors import UserError
from remora.journal import Journal, Record, mask
from remora.session.edit import EditSession
from remora.session.selection import Selection
from remora.store.database import Store


@dataclass(frozen=True)
class Replay:
    """`identical`: the diff of now equals the recorded one, secrets masked on both sides."""

    proposal: Proposal
    diff: str
    identical: bool


async def replay(journal: Journal, session: str, codegraph: CodeGraph, config: EditConfig) -> Replay:
    """Nothing is stored: the proposal lives in a ledger in memory.

    Raises:
        UserError: the session is unknown, never came to a proposal, or its base text is no longer kept.
    """
    lines = journal.read(session)
    request = _first(lines, "request", session)
    recorded = _first(lines, "proposal", session)
    answers = [line["text"] for line in lines if line["kind"] == "answer"]
    store = Store.open(None)
    try:
        again = CodeGraph(Ledger(store), codegraph.graph, codegraph.root, codegraph.config)
        base = codegraph.ledger.text(request["base_hash"])
        if request["refines"]:
            earlier = codegraph.ledger.get(request["refines"])
            again.ledger.add(earlier, _texts(codegraph, earlier))
        run = EditSession(
            id=f"{session}-replay",
            graph=codegraph.graph,
            codegraph=again,
            engine=lambda: Queue(Scripted(answers, source=f"session {session}")),
            config=config,
            record=Record(session, None),
            emit=lambda kind, **fields: None,
            author="replay",
            answer_factor=4,
        )
        proposal = await run.run(
            Selection(
                path=request["path"],
                request=request["request"],
                key=request["node"],
                span=None,
                text=base,
                refines=request["refines"],
            )
        )
        diff = again.diff(proposal)
        return Replay(proposal, diff, mask(diff) == recorded["diff"])
    finally:
        store.close()


def _texts(codegraph: CodeGraph, proposal: Proposal) -> dict[str, str]:
    return {change.base_hash: codegraph.ledger.text(change.base_hash) for change in proposal.files}


def _first(lines: list[dict[str, Any]], kind: str, session: str) -> dict[str, Any]:
    for line in lines:
        if line["kind"] == kind:
            return line
    raise UserError(f"Session {session} has no {kind} in its record, so it cannot be replayed. Choose another one.")
