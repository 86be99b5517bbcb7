"""One finding of a checker, and the rule that only new ones count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Diagnostic:
    """`row` is 0-based, `col` a UTF-8 byte column. Only `error` blocks an approve."""

    path: str
    row: int
    col: int
    severity: str
    source: str
    code: str
    message: str

    def to_wire(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_wire(raw: dict[str, Any]) -> Diagnostic:
        return Diagnostic(**raw)


def added(before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """What `after` says beyond `before`, as multisets: a finding that only moved to another row is not new."""
    known = Counter((d.source, d.code, d.message) for d in before)
    fresh = []
    for diagnostic in after:
        key = (diagnostic.source, diagnostic.code, diagnostic.message)
        if known[key] > 0:
            known[key] -= 1
        else:
            fresh.append(diagnostic)
    return tuple(fresh)
