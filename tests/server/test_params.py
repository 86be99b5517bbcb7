"""Whatever a client sends, a method answers: with its result or with a reason, never `internal`, never nothing."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from remora.errors import UserError
from remora.server.params import _TAKES, METHODS, Params, checked
from server.conftest import SOURCE, Script, Talk

NAMES = sorted({name for takes in _TAKES.values() for name in takes.model_fields} | {"unknown"})
LONG = "x" * 5000
WORDS = (
    *(
        "",
        "app.py",
        "app.py::Cart.total",
        "app.py:6",
        "first",
        "new.py::g",
        f"{LONG}.py::g",
        "Create",
        "Edit",
        "Delete",
    ),
    *("../../etc/passwd", "/etc/passwd", "/", "/nowhere", f"/{LONG}", "/\0", "\0", "é😀", LONG, "draft", "h1"),
    *("llama", "scripted:", "endpoint:", "def g():\n    return 1", "TEST_IMPLEMENTATION", "function.outer"),
)
FILES = ("propose", "approve", "edit")


@pytest.fixture(autouse=True)
def no_models(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`preload` of a model that is there would load it."""
    monkeypatch.setenv("REMORA_MODELS", str(tmp_path / "models"))


def value(dice: random.Random, depth: int = 0) -> Any:
    kind = dice.randrange(9 if depth < 3 else 6)
    match kind:
        case 0:
            return dice.choice((0, 1, -1, 2**63 - 1, 10**6))
        case 1 | 2 | 3:
            return dice.choice(WORDS)
        case 4:
            return dice.choice((True, False, None))
        case 5:
            return dice.random()
        case 6:
            return [dice.randrange(-1, 9) for _ in range(dice.choice((2, 4)))]
        case 7:
            return [value(dice, depth + 1) for _ in range(dice.randrange(3))]
    return {dice.choice(WORDS): value(dice, depth + 1) for _ in range(dice.randrange(3))}


def fitting(dice: random.Random, name: str, takes: type[Params]) -> Any:
    """A value of the right kind, most often: so that the handlers are reached too."""
    kind = TypeAdapter(takes.model_fields[name].annotation) if name in takes.model_fields else None
    for _ in range(60):
        made = value(dice)
        try:
            if kind:
                kind.validate_python(made, strict=True)
        except ValidationError:
            continue
        return made
    return value(dice)


@pytest.mark.parametrize("method", [m for m in METHODS if m not in ("serve_stop", "pull")])
def test_random_parameters_are_answered_and_never_break_it(method: str, talk: Talk, script: Script):
    dice = random.Random(method)
    talk.call("propose", key="app.py::first", action="Edit", code="def first(a):\n    return -a")
    for _ in range(60):
        takes = _TAKES[method]
        params = {
            name: fitting(dice, name, takes) if dice.random() < 0.8 else value(dice)
            for name in NAMES
            if (name in takes.model_fields and dice.random() < 0.7) or dice.random() < 0.05
        }
        params["engine"] = params.get("engine") if method != "edit" else script("nothing")
        try:
            talk.call(method, **params)
        except UserError as error:
            assert error.code != "internal", (params, str(error))
            assert error.code != "timeout", params
    assert (talk.root / "app.py").read_text() == SOURCE or method == "approve"
    assert talk.call("status")["pid"]


@pytest.mark.parametrize(
    ("method", "params", "message"),
    [
        ("edit", {"request": 3, "path": "app.py"}, "edit: 'request' is 3; it must be a text that is not empty."),
        ("edit", {"path": "app.py"}, "edit: 'request' is missing"),
        ("edit", {"request": "x"}, "edit needs a path or a key."),
        ("stop", {}, "stop needs a request, or all: true."),
        ("stop", {"all": "yes"}, "'all' is 'yes'; it must be true or false."),
        ("resume", {"request": "r", "seq": "1"}, "'seq' is '1'; it must be a number from 0 on."),
        ("select", {"text": "", "pos": [0], "capture": "c"}, r"'pos' is [0]; it must be [row, column]."),
        ("node", {"path": "app.py"}, "node needs a key, or a path and a pos."),
        ("preflight", {"proposals": [1]}, "'proposals' is [1]; it must be a list of texts."),
        ("decide", {"proposal": "p", "hunk": "h1", "decision": "maybe"}, "it must be accepted or dismissed."),
        ("proposals", {"state": "new"}, "it must be draft or approved or rejected or stale."),
        ("proposals", {"root": "shop"}, "'root' is 'shop'; it must be an absolute path."),
    ],
)
def test_a_wrong_parameter_is_named(method: str, params: dict[str, Any], message: str, talk: Talk):
    assert message in talk.refused(method, "usage", **params)


def test_none_counts_as_absent_and_unknown_names_are_left_alone():
    assert checked("approve", {"proposal": None, "force": None, "newer": [1]}) == {"newer": [1]}


def test_an_unknown_method_and_a_missing_hello_are_told(talk: Talk):
    assert "no method 'dance'" in talk.refused("dance", "unknown_method")
