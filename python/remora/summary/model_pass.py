"""Lines by a model: as many at a time as the engine holds, behind everybody else, within a budget."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Awaitable, Callable, Collection
from contextlib import aclosing, suppress
from typing import NamedTuple

from remora.engine.protocol import Finished, Request, Text
from remora.engine.queue import Queue
from remora.errors import EngineError, UserError
from remora.summary.budget import Budget
from remora.summary.lines import Told
from remora.summary.metrics import Metrics
from remora.summary.prompt import ANSWER_TOKENS, GRAMMAR, STOP, TEMPERATURE, messages
from remora.summary.records import Stored
from remora.summary.rules import Line
from remora.summary.validate import check, clean
from remora.summary.words import verb_of

PRIORITY = -10
LATER = -20
TRIES = 3
ANSWER_S = 120.0
BACKOFF_S = 0.25
LOOK_S = 0.03
MOST_WORDS = 24
"""A few more than are asked for; beyond them a line is no line any more."""


# A list of verbs would be too short for what a model may say; these begin most of what is no imperative.
NO_VERBS = frozenset(
    re.findall(
        r"\w+",
        "a an the this that these those it its he she they we you your my i here there in on at of to for from with by as"
        " if when while one all each some any sure yes no not and or but function method class module code python rust"
        " java go javascript typescript is are was will would should can could answer summary input output",
    )
)
EMPTY = re.compile(
    r"(?:create|define|declare|run|call|execute|describe|explain|write|initialize)s? (?:a|an|the|this)?"
    r" ?(?:\w+ )?(?:class|module|function|method|code|definition|interface|struct|test_\w+)\b",
    re.I,
)


class Job(NamedTuple):
    """A definition and its text, on their way to the model."""

    told: Told
    code: str


class EngineDown(Exception):
    """The engine cannot answer: there is no point in asking for the rest. The text is for the user."""


class _GivesWay(Exception):
    """Somebody waits for the engine; this is asked again afterwards."""


class _NoAnswer(Exception):
    """The engine failed for this one; the text says how."""


class ModelPass:
    """Args:
    sleep: how a pause is made between tries.
    """

    def __init__(
        self,
        queue: Queue,
        budget: Budget,
        metrics: tuple[Metrics, ...],
        workspace: str,
        answer_s: float = ANSWER_S,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._queue = queue
        self._budget = budget
        self._metrics = metrics
        self._workspace = workspace
        self._answer_s = answer_s
        self._sleep = sleep

    @property
    def width(self) -> int:
        """How many to ask for at a time: one more than there are slots, so that none stays empty."""
        return self._queue.slots + 1

    async def line(self, job: Job) -> Stored | None:
        """What the model says; the rule's text with the reason when it says nothing of use. None: the budget is spent.

        Raises:
            EngineDown: the engine cannot be started, or nothing answers.
        """
        subject, rule = job.told.subject, job.told.rule
        why = ""
        for attempt in range(2):
            if not self._budget.take():
                return None if attempt == 0 else _insufficient(rule, f"refused: {why}")
            try:
                answer = await self._answer(job, why, attempt)
            except _NoAnswer as error:
                return _insufficient(rule, f"engine: {error}")
            checked = check(_imperative(answer), subject, _said(job))
            if checked.ok and clean(checked.text).casefold() in {clean(row).casefold() for row in job.code.split("\n")}:
                why = "it repeats the code"
                continue
            why = "; ".join(checked.why) or _unfit(checked.text, _repeated(job.told))
            if not why:
                return Stored(checked.text, "llm_assisted", checked.confidence)
        return _insufficient(rule, f"refused: {why}")

    async def _answer(self, job: Job, refused: str, attempt: int) -> str:
        priority, tokens = PRIORITY, 0
        try:
            for tried in range(1, TRIES + 1):
                self._count("calls")
                try:
                    text, tokens = await self._undisturbed(job, refused, attempt, priority)
                    return text
                except TimeoutError:
                    priority, why = LATER, f"no answer within {self._answer_s:g} seconds"
                except EngineError as error:
                    why = str(error)
                except UserError as error:
                    if error.code != "busy":
                        raise EngineDown(str(error)) from error
                    why = str(error)
                if tried == TRIES:
                    self._count("errors")
                    raise _NoAnswer(why[:300])
                self._count("retries")
                await self._sleep(BACKOFF_S * 2 ** (tried - 1))
            raise AssertionError("unreachable: the last try returns or raises")
        finally:
            self._budget.settle(tokens)
            for metrics in self._metrics:
                metrics.tokens += tokens

    async def _undisturbed(self, job: Job, refused: str, attempt: int, priority: int) -> tuple[str, int]:
        """Ask when nobody else does, and give the slot back when somebody comes: the prompt's start stays in the cache."""
        while True:
            while self._queue.is_wanted_above(PRIORITY):
                await asyncio.sleep(LOOK_S)
            with suppress(_GivesWay):
                return await self._once(job, refused, attempt, priority)

    async def _once(self, job: Job, refused: str, attempt: int, priority: int) -> tuple[str, int]:
        asking = asyncio.create_task(self._ask(job, refused, attempt, priority))
        deadline = asyncio.get_running_loop().time() + self._answer_s
        try:
            while True:
                done, _ = await asyncio.wait({asking}, timeout=LOOK_S)
                if done:
                    return asking.result()
                if self._queue.is_wanted_above(PRIORITY):
                    raise _GivesWay
                if asyncio.get_running_loop().time() > deadline:
                    raise TimeoutError
        finally:
            if not asking.done():
                asking.cancel()
                await asyncio.wait({asking})

    async def _ask(self, job: Job, refused: str, attempt: int, priority: int) -> tuple[str, int]:
        told = job.told
        asked = messages(told.subject, job.code, told.members, self._budget.per_call, refused)
        request = Request(
            id=secrets.token_hex(4),
            session="summarize",
            node=told.subject.key,
            role="summarize",
            messages=asked,
            max_tokens=ANSWER_TOKENS,
            temperature=TEMPERATURE,
            seed=attempt,
            stop=STOP,
            priority=priority,
            workspace=self._workspace,
            grammar=GRAMMAR,
        )
        parts, tokens, is_cut = [], 0, False
        async with aclosing(self._queue.generate(request)) as deltas:
            async for delta in deltas:
                if isinstance(delta, Text):
                    parts.append(delta.text)
                elif isinstance(delta, Finished):
                    is_cut = delta.reason == "length"
                    tokens = delta.prompt_tokens + delta.answer_tokens
        # A sentence that the limit cut off may have lost the word that made it true.
        return "" if is_cut else "".join(parts), tokens

    def _count(self, what: str) -> None:
        for metrics in self._metrics:
            setattr(metrics, what, getattr(metrics, what) + 1)


def _said(job: Job) -> str:
    """Everything whose names a line may use."""
    return "\n".join((job.code, *job.told.members))


def _imperative(answer: str) -> str:
    """`Returns the sum` as `Return the sum`; what begins with no verb as it is."""
    first, space, rest = clean(answer).partition(" ")
    verb = verb_of(first.lower())
    return f"{verb[:1].upper()}{verb[1:]}{space}{rest}" if verb else answer


def _unfit(line: str, repeated: Collection[str] = ()) -> str:
    """What a model does wrong that rules never do; "" when the line will do."""
    if line.partition(" ")[0].lower().partition("'")[0] in NO_VERBS:
        return "it does not begin with a verb"
    if EMPTY.match(line):
        return "it says no more than what kind of definition this is"
    if line in repeated:
        return "it repeats the line of one of its members"
    if len(line.split()) > MOST_WORDS or line.count(". ") > 0:
        return "it is longer than one sentence of 20 words"
    return ""


def _repeated(told: Told) -> list[str]:
    """Lines of members, which cannot be that of the whole when there are several."""
    lines = [member.partition(": ")[2] for member in told.members]
    return lines if len(lines) > 1 else []


def _insufficient(rule: Line, error: str) -> Stored:

    return Stored(rule.text, "rule_based_insufficient", rule.confidence, error=error[:400])
