"""What a run may spend on a model: a number of calls, and a number of tokens. A hard stop."""

from __future__ import annotations

from typing import Any


class Budget:
    """Args:
    most_calls: calls of the model, second tries too.
    most_tokens: of prompts and answers together; 0 for any number.
    per_call: tokens that one call may take; set aside when it begins.
    """

    def __init__(self, most_calls: int, most_tokens: int, per_call: int) -> None:
        self.most_calls = most_calls
        self.most_tokens = most_tokens
        self.per_call = per_call
        self.calls = 0
        self.tokens = 0
        self._set_aside = 0

    def take(self) -> bool:
        """Set a call aside; False when there is nothing left."""
        if self.calls >= self.most_calls:
            return False
        if self.most_tokens and self.tokens + self._set_aside + self.per_call > self.most_tokens:
            return False
        self.calls += 1
        self._set_aside += self.per_call
        return True

    def settle(self, tokens: int) -> None:
        """A call that was set aside is over, and took these."""
        self._set_aside -= self.per_call
        self.tokens += tokens

    def to_wire(self) -> dict[str, Any]:
        return {"used": self.calls, "of": self.most_calls, "tokens": self.tokens, "of_tokens": self.most_tokens or None}
