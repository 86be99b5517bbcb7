"""A run: what it is to do, what it gives, and how it stands for whoever looks."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from remora.summary.budget import Budget
from remora.summary.metrics import Metrics
from remora.summary.rules import SURE

Mode = Literal["rule", "llm", "hybrid"]


@dataclass(frozen=True)
class Options:
    """What a run does.

    Attributes:
        mode: "rule": no model; "hybrid": a model where rules are less sure than `threshold`; "llm": a model for all.
        max_llm: calls of the model in this run.
        batch_size: lines of a model that are stored at a time.
        tokens_per_call, total_tokens: prompts and answers together; 0 for any total.
        overwrite: ask again for what a model has said before.
        dry_run: ask no model and store nothing; say how many would be asked about.
    """

    mode: Mode = "hybrid"
    threshold: float = SURE
    max_llm: int = 200
    batch_size: int = 50
    tokens_per_call: int = 1024
    total_tokens: int = 0
    overwrite: bool = False
    dry_run: bool = False


class Row(NamedTuple):
    isgl1_key: str
    summary: str
    provenance: str
    confidence: float


@dataclass
class Run:
    """A run as it stands; whoever started it may look at any time.

    Attributes:
        done, total: definitions; `total` grows while files are looked at.
        wanted: definitions that rules are not sure of and nobody has asked a model about.
        cached: lines of a model that were there.
        gone: definitions that were deleted meanwhile.
        engine_error: why the model could not be asked; "" when it could, or was not to be.
    """

    options: Options
    budget: Budget
    metrics: Metrics = field(default_factory=Metrics)
    done: int = 0
    total: int = 0
    wanted: int = 0
    cached: int = 0
    gone: int = 0
    spent: bool = False
    engine_error: str = ""
    started: float = field(default_factory=time.monotonic)

    @classmethod
    def of(cls, options: Options) -> Run:
        return cls(options, Budget(options.max_llm, options.total_tokens, options.tokens_per_call))

    def phase(self) -> dict[str, Any]:
        return {
            "phase": "summarizing",
            "done": self.done,
            "total": self.total,
            "rows": self.metrics.total,
            "llm": self.budget.to_wire(),
            "by": dict(self.metrics.by),
        }

    def report(self) -> dict[str, Any]:
        told = self.phase() | {"seconds": round(time.monotonic() - self.started, 3)}
        del told["phase"]
        told |= {"wanted": self.wanted, "cached": self.cached, "gone": self.gone, "budget_spent": self.spent}
        return told | {"latency_ms": self.metrics.latency(), "engine_error": self.engine_error or None}
