"""The edit session: refresh the file, name the node, ask its agent, draft the proposal. No file is written here."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from remora.codegraph import CodeGraph, Edit, Proposal
from remora.codegraph.edits import add_imports, import_lines, replace_node
from remora.codegraph.hunks import apply_hunks, hunks_of, lines_of
from remora.codegraph.merge import merge
from remora.config import EditConfig
from remora.engine.protocol import Delta, Engine, Finished, Loading, Queued, Reading
from remora.engine.queue import Queue
from remora.errors import EngineError, UserError
from remora.isg.graph import Graph
from remora.isg.values import Node
from remora.journal import Record
from remora.repo.text import body_hash
from remora.session.selection import Selection
from remora.session.task import task_of
from remora.swarm import NodeAgent, Outcome, Task, preview
from remora.swarm.answer import Answer, unasked_decorator
from remora.swarm.prompt import estimated_tokens
from remora.validation import Diagnostic, added, check, syntax_error

Emit = Callable[..., None]


@dataclass
class EditSession:
    """One request on one node.

    Args:
        emit: called with (kind, fields) for each `phase` and `text` of doc/protocol.md.
        answer_factor: how much longer than usual an answer may be; a replay plays smaller tokens than it recorded.
        engine: opens the engine when it is first needed, so that its loading is a phase of this request.
    """

    id: str
    graph: Graph
    codegraph: CodeGraph
    engine: Callable[[], Queue]
    config: EditConfig
    record: Record
    emit: Emit
    author: str
    answer_factor: int = 1
    _writing: int = field(default=0, init=False)
    _checked: dict[str, tuple[Diagnostic, ...]] = field(default_factory=dict, init=False)

    async def run(self, selection: Selection) -> Proposal:
        """Raises UserError (the reader's next step in it). Cancelling the task stops the engine and leaves nothing."""
        started = time.monotonic()
        self.emit("phase", phase="starting")
        base, working = await asyncio.to_thread(self._texts, selection)
        try:
            node = await asyncio.to_thread(self._node, selection, working)
        except UserError:
            _refuse_broken(working, selection.path, None)  # then that is why there is no node
            raise
        self.emit("phase", phase="starting", node=node.key, path=node.path, span=_rows(node))
        self.record.add(
            "request",
            request=selection.request,
            node=node.key,
            path=selection.path,
            refines=selection.refines,
            base_hash=body_hash(base),
            text=selection.text,
        )
        _refuse_broken(working, selection.path, node)
        task = await asyncio.to_thread(task_of, selection, node, working, self.graph)
        agent = self._agent(task, working, node)
        await self._refuse_too_long(task, agent)
        root = self.codegraph.root.path
        # What the checkers say of the text as it is, is found out while the model thinks.
        before = asyncio.create_task(asyncio.to_thread(self._check, working, selection.path, root))
        try:
            outcome = await agent.run()
            await before
        except EngineError as error:
            raise _told(error) from error
        finally:
            before.cancel()
        self.emit("phase", phase="checking")
        return await asyncio.to_thread(self._draft, selection, base, working, node, outcome, agent, started)

    def _texts(self, selection: Selection) -> tuple[str, str]:
        """The file's text, and the one the agent works on: the same, or with the refined proposal already in it."""
        base = selection.text if selection.text is not None else self.codegraph.disk_text(selection.path)
        if selection.refines is None:
            return base, base
        earlier = self.codegraph.ledger.get(selection.refines)
        change = next((f for f in earlier.files if f.path == selection.path), None)
        if change is None:
            raise UserError(f"Proposal {earlier.id} does not change {selection.path}. Ask without refining it.")
        kept = {h.id for h in earlier.kept_hunks()}
        old_base = self.codegraph.ledger.text(change.base_hash)
        working = merge(base, old_base, apply_hunks(old_base, [h for h in change.hunks if h.id in kept]))
        if working is None:
            raise UserError("The text changed where the proposal stands. Reject it and ask anew.", code="conflict")
        return base, working

    def _node(self, selection: Selection, text: str) -> Node:
        if selection.refines is not None:
            key = self.codegraph.ledger.get(selection.refines).node
            found = self.graph.refresh(selection.path, text)
            node = next((n for n in found.nodes if n.key == key), None)
            if node is None:
                raise UserError(
                    f"{key.rpartition('-')[2]} is no longer in {selection.path}. Ask anew.", code="conflict"
                )
            return node
        if selection.key is not None:
            return self.graph.find(selection.key, {selection.path: text})
        if selection.span is not None:
            row, col, end_row, end_col = selection.span
            return self.graph.node_at(selection.path, row, col, text=text, end=(end_row, end_col))
        row, col = selection.pos or (0, 0)
        return self.graph.node_at(selection.path, row, col, text=text)

    def _agent(self, task: Task, text: str, node: Node) -> NodeAgent:
        async def sound(answer: Answer) -> str | None:
            return await asyncio.to_thread(self._problem, task, text, node, answer)

        # A definition seldom grows beyond four times its size; a small one may well.
        cap = self.answer_factor * min(self.config.answer_tokens, 4 * estimated_tokens(task.text) + 512)
        return NodeAgent(
            task=task,
            session=self.id,
            workspace=str(self.codegraph.root.path),
            engine=self.engine(),
            check=sound,
            on_delta=lambda delta, so_far: self._tell(delta, so_far, task),
            on_retry=lambda problem: self.emit("phase", phase="retrying", note=problem),
            record=self.record.add,
            answer_tokens=cap,
            context_tokens=self.config.context_tokens,
            retries=self.config.retries,
        )

    async def _refuse_too_long(self, task: Task, agent: NodeAgent) -> None:
        """The answer is the whole node again: one that is longer than an answer may be would be written in vain."""
        allowed = self.config.answer_tokens
        if estimated_tokens(task.text) <= allowed:
            return
        try:
            tokens = await _engine(agent).count(task.text)
        except EngineError as error:
            raise _told(error) from error
        if tokens > allowed:
            raise UserError(
                f"{task.name} has {tokens:,} tokens, and an answer may have {allowed:,}. "
                f"Select a part of it, such as one method, or raise edit.answer_tokens.",
                code="too_long",
            )

    def _problem(self, task: Task, text: str, node: Node, answer: Answer) -> str | None:
        """What the checkers find new and wrong in the file with `answer` in it, as one sentence for the model."""
        if answer.text == task.text:
            return "it is the same text as before. Make the change that the request asks for."
        if extra := unasked_decorator(answer, task):
            return f"it adds {extra}, and the request does not ask for that."
        edits = self._edits(text, node, answer)
        after = apply_hunks(text, hunks_of(text, edits))
        root = self.codegraph.root.path
        found = added(self._check(text, task.path, root), self._check(after, task.path, root))
        errors = [d for d in found if d.severity == "error"]
        if not errors:
            return None
        lines = lines_of(after)
        near = lines[errors[0].row].strip() if errors[0].row < len(lines) else ""
        hint = " If it needs an import, put the import line first in the block." if errors[0].code == "F821" else ""
        return f"{errors[0].message}, in {near!r}.{hint}"

    def _check(self, text: str, path: str, root: Path) -> tuple[Diagnostic, ...]:
        """`validation.check`, once per text: the same two texts are looked at for the model and for the proposal."""
        if text not in self._checked:
            self._checked[text] = check(text, path, root)
        return self._checked[text]

    def _edits(self, text: str, node: Node, answer: Answer) -> list[Edit]:
        tdd = self.codegraph.config.tdd_default
        edits = [replace_node(text, node, answer.text, tdd)]
        module = next(n.key for n in self.graph.refresh(node.path, text).nodes if n.kind == "module")
        imports = add_imports(text, node.path, module, answer.imports, tdd) if answer.imports else None
        return [imports, *edits] if imports else edits

    def _draft(
        self,
        selection: Selection,
        base: str,
        working: str,
        node: Node,
        outcome: Outcome,
        agent: NodeAgent,
        started: float,
    ) -> Proposal:
        edits = self._edits(working, node, outcome.answer)
        if working != base:
            edits = self._against(base, working, edits, node)
        proposal = self.codegraph.draft(
            edits,
            {node.path: base},
            request=selection.request,
            node=node.key,
            author=self.author,
            model=_engine(agent).model,
            repairs=outcome.answer.repairs,
            timings=_timings(agent.usage, started),
            refines=selection.refines,
            check=self._check,
        )
        if selection.refines is not None:
            with contextlib.suppress(UserError):  # approved or rejected meanwhile: that stands
                self.codegraph.reject(selection.refines)  # this one takes its place
        self.record.add("proposal", proposal=proposal.id, diff=self.codegraph.diff(proposal), attempts=outcome.attempts)
        return proposal

    def _against(self, base: str, working: str, edits: list[Edit], node: Node) -> list[Edit]:
        """A refined proposal's edits, told against the file as it is instead of against the earlier proposal."""
        final = apply_hunks(working, hunks_of(working, edits))
        after = self.graph.refresh(node.path, final)
        new = next((n for n in after.nodes if n.key == node.key), None) or next(
            n for n in after.nodes if n.qualname.rpartition(".")[0] == node.qualname.rpartition(".")[0]
        )
        before = self.graph.find(node.key, {node.path: base})
        tdd = self.codegraph.config.tdd_default
        told = [replace_node(base, before, new.span.cut(final), tdd)]
        module = next(n.key for n in after.nodes if n.kind == "module")
        imports = add_imports(base, node.path, module, import_lines(final), tdd)
        return [imports, *told] if imports else told

    def _tell(self, delta: Delta, so_far: str, task: Task) -> None:
        match delta:
            case Queued(position):
                self.emit("phase", phase="queued", done=position)
            case Loading(done, total):
                self.emit("phase", phase="loading", done=done, total=total)
            case Reading(done, total):
                self.emit("phase", phase="reading", done=done, total=total)
            case Finished():
                pass
            case _:
                self._writing += 1
                self.emit("phase", phase="writing", done=self._writing)
                self.emit("text", text=preview(so_far, task.indent))


def _rows(node: Node) -> list[int]:
    return [node.span.start_row, node.span.start_col, node.span.end_row, node.span.end_col]


def _refuse_broken(text: str, path: str, node: Node | None) -> None:
    """A file that does not parse cannot be checked, unless what is broken is the node to change."""
    broken = syntax_error(text, path) if path.endswith(".py") else None
    if broken and not (node and node.span.start_row <= broken.row <= node.span.end_row):
        raise UserError(
            f"{path} does not parse: row {broken.row + 1}, {broken.message}. "
            "Mend that first, or select the function it stands in.",
            code="broken",
        )


def _told(error: EngineError) -> UserError:
    """An engine's own words, with a next step where they have none."""
    words = str(error)
    return UserError(words if "again" in words else f"{words} Ask again; `:Remora log` says more.", code="engine")


def _engine(agent: NodeAgent) -> Engine:
    return agent.engine.engine if isinstance(agent.engine, Queue) else agent.engine


def _timings(usage: list[Finished], started: float) -> dict[str, Any]:
    """Milliseconds and tokens; `total_ms` is from the request's arrival to the draft."""
    return {
        "total_ms": round((time.monotonic() - started) * 1000, 1),
        "prompt_ms": round(sum(u.prompt_ms for u in usage), 1),
        "answer_ms": round(sum(u.answer_ms for u in usage), 1),
        "prompt_tokens": sum(u.prompt_tokens for u in usage),
        "cached_tokens": sum(u.cached_tokens for u in usage),
        "answer_tokens": sum(u.answer_tokens for u in usage),
        "attempts": len(usage),
    }
