"""An engine that plays prepared answers: shipped, so that tests, demos and replays need no weights.

The file's format is section 4 of doc/protocol.md.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from remora.engine.protocol import Caps, Delta, Finished, Message, OnProgress, Reading, Request, Text
from remora.errors import EngineError, UserError

PIECE = 4  # characters: about what a token of code holds
READ_STEP = 64  # tokens per Reading, as the embedded engine's batches


@dataclass(frozen=True)
class Answer:
    """One prepared answer; the fields are those of the file."""

    text: str = ""
    match: str = ""
    delay_ms: float = 0
    prompt_tokens: int | None = None
    fail: str = ""
    never_ends: bool = False
    die: bool = False


class Scripted:
    """Plays `answers` in order; those whose `match` is part of the prompt are taken first.

    Args:
        answers: each is played once, or with `loop` goes back to the end of the line.
        tokens_per_second: 0 means at once.
        source: names the script in messages.
    """

    name = "scripted"

    def __init__(
        self,
        answers: Sequence[Answer | str],
        tokens_per_second: float = 0,
        loop: bool = False,
        source: str = "the script",
        slots: int = 4,
    ) -> None:
        self.model = "scripted"
        self.caps = Caps(slots=slots, context=None, prefix_cache=False, exact_count=True, local=True)
        self._line = [Answer(text=a) if isinstance(a, str) else a for a in answers]
        self._tokens_per_second = tokens_per_second
        self._loop = loop
        self._source = source
        self._closed = False
        self._played = 0

    @classmethod
    def from_file(cls, path: Path) -> Scripted:
        """Read a script.

        Raises:
            UserError: the file cannot be read or breaks the format; names the place.
        """
        try:
            script = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise UserError(f"{path}: not a readable script: {error}. {_SEE}") from None
        if not isinstance(script, dict) or not isinstance(script.get("answers"), list):
            raise UserError(f'{path}: a script is an object with a list "answers". {_SEE}')
        _known(script, {"answers": list, "tokens_per_second": float, "loop": bool}, str(path))
        if script.get("tokens_per_second", 0) < 0:
            raise UserError(f"{path}: tokens_per_second must be >= 0. {_SEE}")
        answers = [_answer(value, f"{path}: answers[{i}]") for i, value in enumerate(script["answers"])]
        return cls(answers, script.get("tokens_per_second", 0), script.get("loop", False), str(path))

    async def start(self, on_progress: OnProgress | None = None) -> None:
        if self._closed:
            raise EngineError("The scripted engine was closed. Open a new one.")

    async def generate(self, request: Request) -> AsyncGenerator[Delta, None]:
        await self.start()
        answer = self._take("\n".join(message.content for message in request.messages))
        loop = asyncio.get_running_loop()
        began = loop.time()
        total = answer.prompt_tokens
        if total is None:
            total = sum([await self.count(message.content) for message in request.messages])
        yield Reading(0, total)
        if answer.delay_ms:
            await asyncio.sleep(answer.delay_ms / 1000)
        for done in range(READ_STEP, total + READ_STEP, READ_STEP):
            await asyncio.sleep(0)
            yield Reading(min(done, total), total)
        read = loop.time()
        played, whole = 0, True
        for piece in _pieces(answer, request.stop):
            if played >= request.max_tokens:
                whole = False
                break
            # Against the clock, not piece by piece, so that late wake-ups do not slow the whole.
            due = read + (played + 1) / self._tokens_per_second if self._tokens_per_second else read
            await asyncio.sleep(max(0.0, due - loop.time()))
            if self._closed:
                raise EngineError("The scripted engine was closed in the middle of its answer. Ask again.")
            played += 1
            yield Text(piece)
        if answer.die:
            raise EngineError("The scripted engine died in the middle of its answer, as its script says. Ask again.")
        if answer.fail:
            raise EngineError(answer.fail)
        end = loop.time()
        yield Finished("stop" if whole else "length", total, 0, played, (read - began) * 1000, (end - read) * 1000)

    async def warm(self, messages: Sequence[Message]) -> None:
        """Nothing: a script has no prefix cache."""

    async def count(self, text: str) -> int:
        return -(-len(text) // PIECE)

    def stats(self) -> dict[str, Any]:
        return {"name": self.name, "model": self.model, "played": self._played, "left": len(self._line)}

    async def close(self) -> None:
        self._closed = True

    def _take(self, prompt: str) -> Answer:
        fitting = [a for a in self._line if a.match and a.match in prompt] or [a for a in self._line if not a.match]
        if not fitting:
            raise EngineError(f'{self._source} has no answer left for this prompt. Add one, or set "loop": true in it.')
        index = next(i for i, answer in enumerate(self._line) if answer is fitting[0])
        answer = self._line.pop(index)
        if self._loop:
            self._line.append(answer)
        self._played += 1
        return answer


def _pieces(answer: Answer, stop: tuple[str, ...]) -> Iterator[str]:
    """Token-like pieces; endless for `never_ends`, half of them for `die`."""
    text = answer.text
    cut = min((at for at in (text.find(word) for word in stop if word) if at >= 0), default=-1)
    if cut >= 0:
        text = text[:cut]
    elif answer.never_ends and text:
        while True:
            yield from _split(text)
    yield from _split(text[: len(text) // 2] if answer.die else text)


def _split(text: str) -> Iterator[str]:
    return (text[i : i + PIECE] for i in range(0, len(text), PIECE))


_SEE = "See doc/protocol.md, section 4, and correct the file."
_KINDS: dict[str, type] = {
    "text": str,
    "match": str,
    "delay_ms": float,
    "prompt_tokens": int,
    "fail": str,
    "never_ends": bool,
    "die": bool,
}


def _answer(value: object, where: str) -> Answer:
    if isinstance(value, str):
        return Answer(text=value)
    if not isinstance(value, dict):
        raise UserError(f"{where}: an answer is a text or an object. {_SEE}")
    _known(value, _KINDS, where)
    answer = Answer(**value)
    if not answer.text and not answer.fail and "text" not in value:
        raise UserError(f'{where}: an answer needs "text" or "fail". {_SEE}')
    if answer.never_ends and not answer.text:
        raise UserError(f"{where}: never_ends needs a text to repeat. {_SEE}")
    if answer.delay_ms < 0 or (answer.prompt_tokens or 0) < 0:
        raise UserError(f"{where}: delay_ms and prompt_tokens must be >= 0. {_SEE}")
    return answer


def _known(value: dict[str, Any], kinds: dict[str, type], where: str) -> None:
    for key, entry in value.items():
        if key not in kinds:
            raise UserError(f"{where}: unknown key {key!r}; known are {', '.join(kinds)}. {_SEE}")
        kind = kinds[key]
        fits = isinstance(entry, (int, float)) if kind is float else isinstance(entry, kind)
        if not fits or (kind is not bool and isinstance(entry, bool)):
            raise UserError(f"{where}: {key} must be {_WORDS[kind]}, not {entry!r}. {_SEE}")


_WORDS: dict[type, str] = {
    str: "a text",
    float: "a number",
    int: "an integer",
    bool: "true or false",
    list: "a list",
}
