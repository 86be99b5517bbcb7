"""What every inference engine takes and gives: one request in, a stream of deltas out.

A stream is any number of `Queued`, `Loading`, `Reading` and `Text`, then exactly one `Finished`, always last.
The texts of one stream, joined, are the answer. Closing the stream cancels the request.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias


@dataclass(frozen=True)
class Message:
    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True)
class Request:
    """One call of a model.

    `max_tokens` caps the answer (>= 1). `priority`: the higher one is admitted first. `workspace` is what the queue is
    fair between. `model` names one of several that an endpoint serves; None means the engine's own, and the embedded
    engine, which holds one model, does not look at it. `session`, `node` and `role` never leave this machine. `grammar`
    (GBNF) is what the answer must fit; engines that know none leave it out.
    """

    id: str
    session: str
    node: str
    role: str
    messages: tuple[Message, ...]
    max_tokens: int
    temperature: float = 0.0
    seed: int = 0
    stop: tuple[str, ...] = ()
    priority: int = 0
    model: str | None = None
    workspace: str = ""
    grammar: str = ""


@dataclass(frozen=True)
class Queued:
    """Waiting for a slot; 1 is the next to be admitted."""

    position: int


@dataclass(frozen=True)
class Loading:
    """The model is being loaded; None where the number cannot be known."""

    done_bytes: int | None
    total_bytes: int | None


@dataclass(frozen=True)
class Reading:
    """Tokens of the prompt that the model has read, those found in its prefix cache included."""

    done: int
    total: int


@dataclass(frozen=True)
class Text:
    """The next piece of the answer, never empty."""

    text: str


@dataclass(frozen=True)
class Finished:
    """The end of the answer and what it cost.

    `reason` is "length" when `max_tokens` or the context ended it. Counts and times are the engine's own; where a
    server reports none, tokens are estimated by `estimate_tokens` and times are measured from here.
    """

    reason: Literal["stop", "length"]
    prompt_tokens: int
    cached_tokens: int
    answer_tokens: int
    prompt_ms: float
    answer_ms: float


Delta: TypeAlias = Queued | Loading | Reading | Text | Finished


@dataclass(frozen=True)
class Caps:
    """What an engine can do.

    Attributes:
        slots: requests that it runs at the same time.
        context: tokens of prompt and answer together; None when the engine does not say.
        prefix_cache: a prompt's start that it has read before costs (almost) nothing.
        exact_count: `count` uses the model's own tokenizer; otherwise it is an estimate.
        local: nothing leaves this machine.
    """

    slots: int
    context: int | None
    prefix_cache: bool
    exact_count: bool
    local: bool


OnProgress: TypeAlias = Callable[[Loading], None]


class Engine(Protocol):
    """A model that answers. Everything here is called from one event loop."""

    @property
    def name(self) -> str:
        """`llama`, `endpoint` or `scripted`."""
        ...

    @property
    def model(self) -> str:
        """The model's name; empty until an endpoint has been asked for it."""
        ...

    @property
    def caps(self) -> Caps: ...

    async def start(self, on_progress: OnProgress | None = None) -> None:
        """Be ready to answer. Calling it again is free; `generate` calls it by itself when needed.

        Raises:
            UserError: the model file is missing (`no_model`) or unusable (`bad_model`).
            EngineError: the engine could not start.
        """
        ...

    def generate(self, request: Request) -> AsyncGenerator[Delta, None]:
        """Answer; see the module's docstring for the stream's shape.

        Close it when you leave early (`contextlib.aclosing`): that cancels, also while the prompt is being read.

        Raises:
            UserError, EngineError: as `start`; EngineError also when the engine fails or dies on the way.
        """
        ...

    async def warm(self, messages: Sequence[Message]) -> None:
        """Have the prefix cache hold these messages, where there is one and it costs nobody anything."""
        ...

    async def count(self, text: str) -> int:
        """Tokens in `text`, without what a chat template adds around it."""
        ...

    def stats(self) -> dict[str, Any]:
        """Plain values for `status` and `doctor`."""
        ...

    async def close(self) -> None:
        """End everything that this engine started. Running streams raise EngineError. Safe to call twice."""
        ...


def estimate_tokens(text: str) -> int:
    """Tokens in `text` when no tokenizer is at hand: three bytes each, which code rarely exceeds."""
    return -(-len(text.encode("utf-8", "replace")) // 3)
