"""Errors, sorted by who reads them.

RemoraError
├── UserError      read by the user: says what happened and ends in a next step; carries a wire code
├── ToolRefused    read by a model: what failed, what is true, what to send instead
├── EngineError    the engine failed or died; the session turns it into a UserError
└── StoreError     the database failed; carries the engine's own text
"""

from __future__ import annotations

from typing import Any


class RemoraError(Exception):
    """Base of everything that Remora raises on purpose."""


class UserError(RemoraError):
    """A message for the user.

    Args:
        message: full sentences; the last one says what to do next.
        code: the word a client may act on (doc/protocol.md), `refused` when there is nothing special to do.
        data: plain values for the client, for instance what a missing model costs to get.
    """

    def __init__(self, message: str, code: str = "refused", **data: Any) -> None:
        super().__init__(message)
        self.code = code
        self.data = data


class ToolRefused(RemoraError):
    """A model's answer was refused; the text goes back to the model as it stands."""


class EngineError(RemoraError):
    """The inference engine failed: it could not start, it died, or it answered with an error."""


class StoreError(RemoraError):
    """A database script failed; the message holds the script's first line and the database's own report."""
