"""The edit session: what it tells, what it refuses before a model is asked, what it keeps."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from codegraph.conftest import SOURCE
from remora.codegraph import Proposal
from remora.config import Config, EditConfig
from remora.engine.queue import Queue
from remora.engine.scripted import Answer, Scripted
from remora.errors import UserError
from remora.repo.root import Root
from remora.session import Selection
from remora.swarm.prompt import ask, estimated_tokens
from remora.workspace import Workspace

TOTAL = "```python\n    def total(self):\n        x = 2\n        return x\n```"
Ask = Callable[..., tuple[Proposal, list[tuple[str, dict[str, Any]]]]]


@pytest.fixture
def edit(tmp_path: Path, home: Path) -> Ask:
    """Run one session over SOURCE; returns the proposal and the events."""
    folder = (tmp_path / "project").resolve()
    folder.mkdir()

    def run(
        *answers: str | Answer,
        place: dict[str, Any] | None = None,
        text: str = SOURCE,
        config: EditConfig | None = None,
        words: str = "two",
    ) -> tuple[Proposal, list[tuple[str, dict[str, Any]]]]:
        (folder / "app.py").write_text(text)
        workspace = Workspace(
            Root(folder, "project"), tmp_path / "state", replace(Config(), edit=config or EditConfig())
        )
        events: list[tuple[str, dict[str, Any]]] = []
        try:
            workspace.graph.index()
            session = workspace.session(
                lambda: Queue(Scripted(answers)), lambda kind, **fields: events.append((kind, fields)), "me"
            )
            where = place or {"key": "app.py::Cart.total"}
            return asyncio.run(session.run(Selection("app.py", words, **where))), events
        finally:
            workspace.close()

    return run


def test_it_tells_its_place_at_once_then_reading_writing_and_checking(edit: Ask):
    _, events = edit(Answer(TOTAL, prompt_tokens=128))
    phases = [fields["phase"] for kind, fields in events if kind == "phase"]
    assert list(dict.fromkeys(phases)) == ["starting", "reading", "writing", "checking"]
    place = next(fields for _, fields in events if "node" in fields)
    assert (place["node"], place["span"]) == ("app.py-app-Cart.total", [10, 4, 12, 16])
    texts = [fields["text"] for kind, fields in events if kind == "text"]
    assert texts[-1] == "    def total(self):\n        x = 2\n        return x\n"


def test_a_refused_answer_goes_back_once_with_the_reason_and_the_second_one_counts(edit: Ask):
    proposal, events = edit("```python\ndef total(self):\nreturn 1\n```", TOTAL)
    (note,) = [fields["note"] for kind, fields in events if fields.get("phase") == "retrying"]
    assert "does not parse" in note
    assert proposal.timings["attempts"] == 2


def test_an_undefined_name_goes_back_and_an_import_at_the_head_cures_it(edit: Ask):
    bad = "```python\n    def total(self):\n        return Decimal(2)\n```"
    good = "```python\nfrom decimal import Decimal\n\n    def total(self):\n        return Decimal(2)\n```"
    proposal, events = edit(bad, good)
    (note,) = [fields["note"] for kind, fields in events if fields.get("phase") == "retrying"]
    assert "Undefined name `Decimal`" in note
    assert "import line first" in note
    assert [e.key for e in proposal.edits] == ["app.py-app-<imports>", "app.py-app-Cart.total"]
    assert proposal.edits[0].future == "import os\nfrom decimal import Decimal"


def test_an_error_that_stays_is_shown_with_the_proposal(edit: Ask):
    bad = "```python\n    def total(self):\n        return nope\n```"
    proposal, _ = edit(bad, bad)
    assert proposal.preflight is not None
    assert [d.code for d in proposal.preflight.diagnostics] == ["F821"]
    assert not proposal.preflight.passed


def test_a_node_longer_than_an_answer_is_refused_before_it_is_asked(edit: Ask):
    long = SOURCE.replace("        x = 1\n", "".join(f"        x{n} = {n}\n" for n in range(200)) + "        x = 1\n")
    with pytest.raises(UserError, match=r"total has \d+ tokens, and an answer may have 100. Select a part") as refused:
        edit(TOTAL, text=long, config=EditConfig(answer_tokens=100))
    assert refused.value.code == "too_long"


def test_an_answer_without_an_end_is_cut_and_said_so(edit: Ask):
    with pytest.raises(UserError, match="did not end within"):
        edit(Answer("x", never_ends=True))


def test_a_failing_engine_is_told_in_its_own_words(edit: Ask):
    with pytest.raises(UserError, match="out of luck") as refused:
        edit(Answer(fail="out of luck"))
    assert refused.value.code == "engine"


@pytest.mark.parametrize(
    ("place", "node"),
    [
        ({"pos": (11, 8)}, "Cart.total"),
        ({"pos": (9, 0)}, "Cart"),
        ({"span": (11, 0, 12, 16)}, "Cart.total"),
        ({"span": (10, 0, 16, 0)}, "Cart"),
        ({"key": "src-app.py:13"}, None),
    ],
)
def test_the_place_names_the_smallest_node_that_holds_it(edit: Ask, place: dict[str, Any], node: str | None):
    whole = SOURCE[SOURCE.index("class Cart") : SOURCE.index("def last")].replace("x = 1", "x = 2")
    answer = TOTAL if node == "Cart.total" else f"```python\n{whole}```"
    if node is None:
        with pytest.raises(UserError):
            edit(answer, place=place)
        return
    proposal, _ = edit(answer, place=place)
    assert proposal.node == f"app.py-app-{node}"


def test_a_part_of_a_node_is_told_as_the_selected_rows(edit: Ask, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    monkeypatch.setattr(
        "remora.swarm.agent.ask", lambda task, budget: asked.append(ask(task, budget)[1].content) or ask(task, budget)
    )
    edit(TOTAL, place={"span": (11, 0, 11, 13)})
    assert "Only these rows of it were selected:\n```python\n        x = 1\n```" in asked[0]


def test_the_prompt_beside_the_node_stays_within_800_tokens_however_much_there_is_to_tell(
    edit: Ask, monkeypatch: pytest.MonkeyPatch
):
    beside: list[int] = []

    def count(task: Any, budget: int) -> Any:
        messages = ask(task, budget)
        beside.append(sum(estimated_tokens(m.content) for m in messages) - estimated_tokens(task.text))
        return messages

    monkeypatch.setattr("remora.swarm.agent.ask", count)
    many = "".join(
        f"    def method_number_{n}(self, argument_{n}: dict[str, int]) -> None:\n        pass\n\n" for n in range(300)
    )
    imports = "".join(f"from package_{n} import something_{n}\n" for n in range(100))
    edit(
        TOTAL,
        text=SOURCE.replace("import os\n", "import os\n" + imports).replace("class Cart:\n", "class Cart:\n" + many),
    )
    assert 0 < beside[0] <= 800 + 150, "150 for the estimate, which is an upper one"


def test_a_broken_file_is_named_also_where_the_parser_lost_the_function(edit: Ask):
    broken = SOURCE.replace("def first(a):", "def first(a:")
    with pytest.raises(UserError, match="does not parse: row 6") as refused:
        edit(TOTAL, text=broken, place={"pos": (19, 4)})
    assert refused.value.code == "broken"


def test_an_answer_that_changes_nothing_goes_back_once_and_is_then_told(edit: Ask):
    same = "```python\n    def total(self):\n        x = 1\n        return x\n```"
    proposal, events = edit(same, TOTAL)
    assert proposal.timings["attempts"] == 2
    assert any("same text as before" in fields.get("note", "") for _, fields in events)
    with pytest.raises(UserError, match=r"The answer leaves Cart\.total as it is"):
        edit(same, same)


def test_a_decorator_that_nobody_asked_for_goes_back(edit: Ask):
    decorated = TOTAL.replace("    def total", "    @cached\n    def total")
    proposal, events = edit(decorated, TOTAL)
    assert any("it adds @cached" in fields.get("note", "") for _, fields in events)
    assert "@cached" not in proposal.edits[-1].future


def test_a_good_answer_counts_although_the_model_talks_on_for_ever(edit: Ask):
    proposal, _ = edit(Answer(TOTAL + "\nThis function returns two.\n", never_ends=True, prompt_tokens=64))
    assert proposal.timings["attempts"] == 1
    assert proposal.timings["prompt_tokens"] == 64
    assert 0 < proposal.timings["answer_tokens"] < 40
    assert proposal.edits[-1].future == "def total(self):\n        x = 2\n        return x"
