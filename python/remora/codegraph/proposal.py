"""The values of the write surface: a proposal is a set of edits; hunks are what a person decides on.

```
            ┌── stale ◄─┐
  draft ────┤  revive │ │ base changed        approved, rejected: final
    │  ▲    └─────────┘ │
    ├──┴────────────────┘
    ├── approve ──► approved
    └── reject  ──► rejected
```
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from remora.config import TddClass
from remora.errors import UserError
from remora.validation import Diagnostic

Action = Literal["Create", "Edit", "Delete"]
State = Literal["draft", "approved", "rejected", "stale"]
Event = Literal["approve", "reject", "lose_base", "find_base"]
Decision = Literal["accepted", "dismissed"]

_TRANSITIONS: dict[tuple[State, Event], State] = {
    ("draft", "approve"): "approved",
    ("draft", "reject"): "rejected",
    ("draft", "lose_base"): "stale",
    ("draft", "find_base"): "draft",
    ("stale", "find_base"): "draft",
    ("stale", "lose_base"): "stale",
    ("stale", "reject"): "rejected",
}


def advance(state: State, event: Event, proposal: str) -> State:
    """The state after `event`.

    Raises:
        UserError: the transition does not exist; a proposal that was approved or rejected is final.
    """
    try:
        return _TRANSITIONS[state, event]
    except KeyError:
        raise UserError(
            f"Proposal {proposal} is {state} and cannot be {_PAST[event]}. Ask for a new one with :RemoraEdit.",
            code="illegal",
        ) from None


_PAST: dict[Event, str] = {
    "approve": "approved",
    "reject": "rejected",
    "lose_base": "marked stale",
    "find_base": "opened again",
}


@dataclass(frozen=True)
class Edit:
    """What one node becomes.

    `span` is (start row, start column, end row, end column) in the base text; `current` is the text there and
    `base_hash` its hash. Create has an empty span where the node will stand; Delete has an empty `future`.
    """

    key: str
    action: Action
    path: str
    span: tuple[int, int, int, int]
    base_hash: str
    current: str
    future: str
    tdd_class: TddClass


@dataclass(frozen=True)
class Hunk:
    """Replace `count` rows of the base text from row `start` by `lines`."""

    id: str
    node: str
    start: int
    count: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class FileChange:
    """One file under a proposal. `exists` is False when the proposal makes the file; `deletes` when it removes it."""

    path: str
    base_hash: str
    exists: bool
    deletes: bool
    hunks: tuple[Hunk, ...]


@dataclass(frozen=True)
class Preflight:
    """What the checks said of one subset of hunks; `passed` means that no new error was found."""

    subset: str
    passed: bool
    diagnostics: tuple[Diagnostic, ...]

    def to_wire(self) -> dict[str, Any]:
        return {"subset": self.subset, "passed": self.passed, "diagnostics": [d.to_wire() for d in self.diagnostics]}

    @staticmethod
    def from_wire(raw: dict[str, Any]) -> Preflight:
        return Preflight(raw["subset"], raw["passed"], tuple(Diagnostic.from_wire(d) for d in raw["diagnostics"]))


@dataclass(frozen=True)
class Proposal:
    id: str
    state: State
    request: str
    node: str
    author: str
    model: str
    created: float
    updated: float
    edits: tuple[Edit, ...]
    files: tuple[FileChange, ...]
    decisions: dict[str, Decision] = field(default_factory=dict)
    preflight: Preflight | None = None
    repairs: tuple[str, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)
    refines: str | None = None

    def kept_hunks(self) -> tuple[Hunk, ...]:
        """Everything that was not dismissed."""
        return tuple(h for f in self.files for h in f.hunks if self.decisions.get(h.id) != "dismissed")

    def with_decision(self, hunk: str, decision: Decision | None) -> Proposal:
        """Mark one hunk; None takes the mark back.

        Raises:
            UserError: the proposal is final, or has no such hunk.
        """
        if self.state not in ("draft", "stale"):
            raise UserError(f"Proposal {self.id} is {self.state}; its hunks are decided.", code="illegal")
        if hunk not in {h.id for f in self.files for h in f.hunks}:
            raise UserError(f"Proposal {self.id} has no hunk {hunk!r}. Look at it again with :RemoraProposals.")
        decisions = {key: value for key, value in self.decisions.items() if key != hunk}
        if decision is not None:
            decisions[hunk] = decision
        return replace(self, decisions=decisions)

    def to_wire(self, diff: str) -> dict[str, Any]:
        """The map of doc/protocol.md; `diff` is a unified diff of everything it holds."""
        diagnostics = self.preflight.to_wire()["diagnostics"] if self.preflight else []
        return {
            "id": self.id,
            "state": self.state,
            "request": self.request,
            "node": self.node,
            "author": self.author,
            "model": self.model,
            "created": self.created,
            "refines": self.refines,
            "edits": [asdict(edit) | {"span": list(edit.span)} for edit in self.edits],
            "files": [self._file_to_wire(change) for change in self.files],
            "diff": diff,
            "preflight": self.preflight.to_wire() if self.preflight else None,
            "diagnostics": diagnostics,
            "repairs": list(self.repairs),
            "timings": self.timings,
        }

    def _file_to_wire(self, change: FileChange) -> dict[str, Any]:
        hunks = [asdict(h) | {"lines": list(h.lines), "decision": self.decisions.get(h.id)} for h in change.hunks]
        return {
            "path": change.path,
            "base_hash": change.base_hash,
            "exists": change.exists,
            "deletes": change.deletes,
            "hunks": hunks,
        }


def subset_name(hunks: Iterable[Hunk]) -> str:
    """One name for one choice of hunks."""
    return ",".join(h.id for h in hunks)
