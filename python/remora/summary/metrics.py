"""How making lines goes: of one run, and of all runs of a process."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from typing import Any

MOST_LATENCIES = 200_000


class Metrics:
    """Attributes:
    total, llm: lines made, and those that a model made.
    errors, retries: calls that failed for good, and calls that were made again.
    waiting: definitions that wait for a model now.
    """

    def __init__(self) -> None:
        self.total = self.llm = self.calls = self.errors = self.retries = self.waiting = self.tokens = 0
        self.by: Counter[str] = Counter()
        self._latencies = array("d")

    def row(self, provenance: str, latency_ms: float) -> None:
        self.total += 1
        self.llm += provenance == "llm_assisted"
        self.by[provenance] += 1
        if len(self._latencies) < MOST_LATENCIES:
            self._latencies.append(latency_ms)
        else:
            self._latencies[self.total % MOST_LATENCIES] = latency_ms

    def latency(self) -> dict[str, float]:
        ordered = sorted(self._latencies)
        return {f"p{percent}": percentile(ordered, percent) for percent in (50, 95, 99)}

    def to_wire(self) -> dict[str, Any]:
        return {
            "summaries_total": self.total,
            "summaries_llm_total": self.llm,
            "summaries_by": dict(self.by),
            "summarize_latency_ms": self.latency(),
            "summarize_error_rate": round(self.errors / self.calls, 4) if self.calls else 0.0,
            "summarize_calls_total": self.calls,
            "summarize_errors_total": self.errors,
            "summarize_retries_total": self.retries,
            "summarize_queue_depth": self.waiting,
            "summarize_tokens_total": self.tokens,
        }


def percentile(ordered: Sequence[float], percent: int) -> float:
    """The nearest rank; 0 of nothing."""
    if not ordered:
        return 0.0
    return round(ordered[min(len(ordered) - 1, -(-len(ordered) * percent // 100) - 1)], 3)
