"""A small project, prepared answers, and clients: of a server inside this process, or of the user's real one."""

from __future__ import annotations

import json
import queue
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from remora.cli.session import _in_process
from remora.config import places
from remora.errors import UserError
from remora.server.client import Client, open_client

TERMINAL = ("done", "failed", "cancelled")
DEADLINE_S = 30.0
SOURCE = """def first(a):
    return a


class Cart:
    def total(self):
        x = 1
        return x


def last():
    return first(3)
"""
APPROVED = SOURCE.replace("x = 1", "x = 2")
CODE = "def total(self):\n    x = 2\n    return x"
TOTAL = f"```python\n{CODE}\n```"


@dataclass
class Talk:
    """One client; `root` goes with every call."""

    client: Client
    root: Path
    events: queue.Queue[dict[str, Any]] = field(default_factory=queue.Queue)

    @property
    def app(self) -> str:
        """What app.py says on disk."""
        return (self.root / "app.py").read_text()

    def call(self, method: str, **params: Any) -> Any:
        return self.client.call(method, {"root": str(self.root), **params}, DEADLINE_S)

    def refused(self, method: str, refusal: str, /, **params: Any) -> str:
        """The message of a call that must be refused with the code `refusal`."""
        with pytest.raises(UserError) as caught:
            self.call(method, **params)
        assert caught.value.code == refusal, caught.value
        return with_next_step(str(caught.value))

    def end(self, request: str) -> dict[str, Any]:
        """The terminal event of a request."""
        while True:
            event = self.events.get(timeout=DEADLINE_S)
            if event["request"] == request and event["kind"] in TERMINAL:
                return event

    def edit(self, engine: str | None, **params: Any) -> dict[str, Any]:
        """Ask for a change and wait; the terminal event."""
        given = {"path": "app.py", "key": "app.py::Cart.total", "request": "x is two", **params}
        return self.end(self.call("edit", **given, **({"engine": engine} if engine else {}))["request"])

    def proposal(self, engine: str, **params: Any) -> dict[str, Any]:
        event = self.edit(engine, **params)
        assert event["kind"] == "done", event
        return event["proposal"]

    def failed(self, engine: str | None, code: str, **params: Any) -> str:
        """The message of a request that must fail with `code`."""
        event = self.edit(engine, **params)
        assert (event["kind"], event.get("code")) == ("failed", code), event
        return with_next_step(event["message"])


def with_next_step(message: str) -> str:
    """A message for the user is at least two sentences: what happened, and what to do."""
    assert message.rstrip().endswith((".", "?")), message
    assert message.count(".") >= 2 or ":" in message, message
    return message


Script = Callable[..., str]


@pytest.fixture
def script(tmp_path: Path) -> Script:
    """Makes an engine that plays these answers: `script(answer, ..., tokens_per_second=0)`."""
    made = 0

    def make(*answers: str | dict[str, Any], **options: Any) -> str:
        nonlocal made
        made += 1
        path = tmp_path / f"answers{made}.json"
        path.write_text(json.dumps({"answers": list(answers), **options}))
        return f"scripted:{path}"

    return make


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "shop")


def make_project(root: Path, source: str | bytes = SOURCE) -> Path:
    root.mkdir(parents=True)
    (root / "pyproject.toml").write_text("[project]\nname = 'shop'\n")
    (root / "app.py").write_bytes(source if isinstance(source, bytes) else source.encode())
    return root.resolve()


@pytest.fixture
def talk(home: Path, project: Path) -> Iterator[Talk]:
    """A client of a server in this process."""
    events: queue.Queue[dict[str, Any]] = queue.Queue()
    with _in_process(places(), events.put) as client:
        yield Talk(client, project, events)


Connect = Callable[..., Talk]


@pytest.fixture
def connect(home: Path, project: Path) -> Iterator[Connect]:
    """Connects to the user's server as `open_client` does: it starts when none is there."""
    made: list[Talk] = []

    def join(kind: str = "cli", **options: Any) -> Talk:
        events: queue.Queue[dict[str, Any]] = queue.Queue()
        made.append(Talk(open_client(places(), kind, on_event=events.put, **options), project, events))
        return made[-1]

    yield join
    for talk in made:
        talk.client.close()
