"""The proposal's states, driven at random over real files and compared with a model."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from codegraph.conftest import SOURCE, make_shop
from remora.codegraph.proposal import advance
from remora.errors import UserError

STATES = ("draft", "approved", "rejected", "stale")
EVENTS = ("approve", "reject", "lose_base", "find_base")
LEGAL = {
    ("draft", "approve"): "approved",
    ("draft", "reject"): "rejected",
    ("draft", "lose_base"): "stale",
    ("draft", "find_base"): "draft",
    ("stale", "lose_base"): "stale",
    ("stale", "find_base"): "draft",
    ("stale", "reject"): "rejected",
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("event", EVENTS)
def test_every_transition_is_the_drawn_one_or_an_error(state: str, event: str):
    if (state, event) in LEGAL:
        assert advance(state, event, "p") == LEGAL[state, event]  # type: ignore[arg-type]
    else:
        with pytest.raises(UserError, match=f"is {state} and cannot be"):
            advance(state, event, "p")  # type: ignore[arg-type]


class WriteSurface(RuleBasedStateMachine):
    """Two functions, any number of proposals; the model knows each function's number and each proposal's state."""

    proposals = Bundle("proposals")

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="rm-machine-")
        self.shop = make_shop(Path(self.folder.name), "def f():\n    return 0\n\n\ndef g():\n    return 0\n")
        self.values = {"f": 0, "g": 0}
        self.made: dict[str, tuple[str, int, int]] = {}
        self.state: dict[str, str] = {}
        self.dismissed: set[str] = set()
        self.next = 0

    def teardown(self) -> None:
        if hasattr(self, "shop"):
            self.shop.codegraph.ledger._store.close()
            self.folder.cleanup()

    @rule(target=proposals, name=st.sampled_from("fg"))
    def propose(self, name: str) -> object:
        self.next += 1
        try:
            made = self.shop.propose(name, f"def {name}():\n    return {self.next}")
        except UserError:
            return multiple()
        self.made[made.id] = (name, self.values[name], self.next)
        self.state[made.id] = "draft"
        return made.id

    @rule(proposal=proposals, decision=st.sampled_from(["accepted", "dismissed", None]))
    def decide(self, proposal: str, decision: str | None) -> None:
        if self.state[proposal] in ("approved", "rejected"):
            with pytest.raises(UserError):
                self.shop.codegraph.decide(proposal, "h1", decision, "me")  # type: ignore[arg-type]
            return
        self.shop.codegraph.decide(proposal, "h1", decision, "me")  # type: ignore[arg-type]
        (self.dismissed.add if decision == "dismissed" else self.dismissed.discard)(proposal)

    @rule(proposal=proposals)
    def approve(self, proposal: str) -> None:
        name, base, new = self.made[proposal]
        final = self.state[proposal] in ("approved", "rejected")
        fits = self.values[name] in (base, new)
        if final or proposal in self.dismissed or not fits:
            with pytest.raises(UserError):
                self.shop.approve(proposal)
            if not final and proposal not in self.dismissed:
                self.state[proposal] = "stale"
            return
        self.shop.approve(proposal)
        self.state[proposal], self.values[name] = "approved", new

    @rule(proposal=proposals)
    def reject(self, proposal: str) -> None:
        if self.state[proposal] in ("approved", "rejected"):
            with pytest.raises(UserError):
                self.shop.codegraph.reject(proposal)
            return
        self.shop.codegraph.reject(proposal)
        self.state[proposal] = "rejected"

    @rule(name=st.sampled_from("fg"))
    def type_elsewhere(self, name: str) -> None:
        self.next += 1
        self.values[name] = self.next
        self.shop.app.write_text(self.expected())

    @rule(proposal=consumes(proposals))
    def forget(self, proposal: str) -> None:
        """The user looks away; the proposal stays."""

    def expected(self) -> str:
        return f"def f():\n    return {self.values['f']}\n\n\ndef g():\n    return {self.values['g']}\n"

    @invariant()
    def the_file_and_the_states_are_what_the_model_says(self) -> None:
        if not hasattr(self, "shop"):
            return
        assert self.shop.app.read_text() == self.expected()
        assert {p.id: p.state for p in self.shop.codegraph.proposals()} == self.state
        assert self.shop.codegraph.ledger.intents() == []


TestWriteSurface = WriteSurface.TestCase
TestWriteSurface.settings = settings(max_examples=20, stateful_step_count=15, deadline=None)


def test_the_source_used_here_is_sound():
    compile(SOURCE, "app.py", "exec")
