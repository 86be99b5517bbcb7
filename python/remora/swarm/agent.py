"""A node agent: think, act, and once more when the answer was refused. It knows no file and no editor."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field

from remora.engine.protocol import Delta, Engine, Finished, Message, Reading, Request, Text
from remora.engine.queue import Queue
from remora.errors import ToolRefused, UserError
from remora.swarm.answer import Answer, is_complete, read_answer
from remora.swarm.prompt import Task, ask, ask_again

__all__ = ["NodeAgent", "Outcome", "Task"]


@dataclass(frozen=True)
class Outcome:
    """A usable answer. `problem` is what the last check still says of it; the user sees it as a diagnostic."""

    answer: Answer
    attempts: int
    problem: str | None


@dataclass
class NodeAgent:
    """Asks the engine for one node's new text.

    Args:
        check: what is wrong with an answer beyond its form (an undefined name, say), or None.
        on_delta: told everything the engine says, as it says it; gets the text so far.
        on_retry: told the problem when an answer goes back.
        record: (kind, fields) for the journal.
    """

    task: Task
    session: str
    workspace: str
    engine: Queue | Engine
    check: Callable[[Answer], Awaitable[str | None]]
    on_delta: Callable[[Delta, str], None]
    on_retry: Callable[[str], None]
    record: Callable[..., None]
    answer_tokens: int
    context_tokens: int
    retries: int
    usage: list[Finished] = field(default_factory=list)

    async def run(self) -> Outcome:
        """Raises UserError when no usable answer came, EngineError when the engine failed."""
        messages = ask(self.task, self.context_tokens)
        for attempt in range(1, self.retries + 2):
            last = attempt == self.retries + 1
            text = await self._think(messages, attempt)
            try:
                answer = read_answer(text, self.task)
            except ToolRefused as refused:
                problem = str(refused)
                if last:
                    self.record("verdict", attempt=attempt, problem=problem)
                    raise UserError(
                        f"The model's answer for {self.task.name} could not be used: {problem} "
                        "Say it in other words, or choose a larger model.",
                        code="answer",
                    ) from refused
            else:
                found = await self.check(answer)
                self.record("verdict", attempt=attempt, problem=found, repairs=list(answer.repairs))
                if found is None or last:
                    return Outcome(answer, attempt, found)
                problem = found
            self.on_retry(problem)
            messages = (*messages, *ask_again(self.task, text, problem))
        raise AssertionError("unreachable: the loop returns or raises")

    async def _think(self, messages: tuple[Message, ...], attempt: int) -> str:
        request = Request(
            id=f"{self.session}.{attempt}",
            session=self.session,
            workspace=self.workspace,
            node=self.task.key,
            role="edit",
            messages=messages,
            max_tokens=self.answer_tokens,
        )
        self.record("prompt", attempt=attempt, messages=[[m.role, m.content] for m in messages])
        text, finished, meter = "", None, _Meter()
        async with aclosing(self.engine.generate(request)) as deltas:
            async for delta in deltas:
                meter.see(delta)
                if isinstance(delta, Text):
                    text += delta.text
                elif isinstance(delta, Finished):
                    finished = delta
                self.on_delta(delta, text)
                if isinstance(delta, Text) and "\n" in delta.text and is_complete(text, self.task):
                    finished = meter.finished()
                    break  # a small model would talk until the cap, and a good answer would count as endless
        reason = finished.reason if finished else "stop"
        self.record("answer", attempt=attempt, text=text, reason=reason)
        if finished:
            self.usage.append(finished)
        if reason == "length":
            raise UserError(
                f"The answer for {self.task.name} did not end within {self.answer_tokens} tokens. "
                "Select a smaller part, or raise edit.answer_tokens.",
                code="answer",
            )
        return text


class _Meter:
    """Counts an answer that is left early, since the engine reports only those that it ends itself."""

    def __init__(self) -> None:
        self._started = self._first = time.monotonic()
        self._prompt = self._answer = 0

    def see(self, delta: Delta) -> None:
        if isinstance(delta, Reading):
            self._prompt, self._first = delta.total, time.monotonic()
        elif isinstance(delta, Text):
            self._answer += 1

    def finished(self) -> Finished:
        read, wrote = self._first - self._started, time.monotonic() - self._first
        return Finished("stop", self._prompt, 0, self._answer, read * 1000, wrote * 1000)
