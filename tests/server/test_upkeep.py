"""A graph is kept in line with its files while a client is there, and gives way to whoever asks for more."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from remora.errors import UserError
from remora.repo.watching import CannotWatch, Watch
from remora.server import upkeep as upkeep_module
from remora.server.upkeep import Progress, Standing, Upkeep

DEADLINE_S = 20.0


class Folder:
    """Files on disk; what was read of them is `known`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.known: dict[str, str] = {}
        self.looks = 0
        self.can_watch = True
        self.refusal: UserError | None = None
        self.holds: threading.Event | None = None
        self.looking = threading.Event()

    def look(self, progress: Progress) -> int:
        self.looks += 1
        self.looking.set()
        if self.refusal is not None:
            raise self.refusal
        found = {}
        paths = sorted(self.root.rglob("*.py"))
        for done, path in enumerate(paths):
            progress(done, len(paths))
            found[path.name] = path.read_text()
            while self.holds is not None and not self.holds.wait(0.01):
                progress(done, len(paths))
        self.known = found
        return self.looks

    def take(self, paths: tuple[str, ...]) -> bool:
        if any(path not in self.known for path in paths):
            return False
        self.known |= {path: (self.root / path).read_text() for path in paths}
        return True

    def watch(self) -> Watch:
        if not self.can_watch:
            raise CannotWatch("no room")
        return Watch(self.root, [path.relative_to(self.root).as_posix() for path in self.root.rglob("*.py")])


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "a.py").write_text("1")
    (tmp_path / "b.py").write_text("1")
    return Folder(tmp_path.resolve())


def run(
    folder: Folder, act: Callable[[Upkeep, list[Standing]], Any], is_busy: Callable[[], bool] = lambda: False
) -> None:
    """Run `act` beside an upkeep, which is closed afterwards."""

    async def inside() -> None:
        standings: list[Standing] = []
        upkeep = Upkeep(folder, is_busy, standings.append)
        try:
            async with asyncio.timeout(DEADLINE_S):
                await act(upkeep, standings)
        finally:
            await upkeep.close()

    asyncio.run(inside())


async def until(upkeep: Upkeep, holds: Callable[[], Any]) -> None:
    while not holds():
        await upkeep.moved()


def test_it_looks_at_all_files_and_then_takes_what_changes(folder: Folder):
    async def act(upkeep: Upkeep, standings: list[Standing]) -> None:
        upkeep.begin()
        await upkeep.settled()
        assert folder.known == {"a.py": "1", "b.py": "1"}
        assert upkeep.standing == Standing("current", is_watched=True)
        (folder.root / "a.py").write_text("2")
        await until(upkeep, lambda: folder.known["a.py"] == "2")
        await upkeep.settled()
        assert folder.looks == 1
        (folder.root / "c.py").write_text("1")
        await until(upkeep, lambda: "c.py" in folder.known)
        (folder.root / "sub").mkdir()
        (folder.root / "sub" / "d.py").write_text("1")
        await until(upkeep, lambda: "d.py" in folder.known)

    run(folder, act)


def test_it_rests_without_a_client_and_catches_up_with_the_next(folder: Folder):
    async def act(upkeep: Upkeep, standings: list[Standing]) -> None:
        upkeep.begin()
        await upkeep.settled()
        upkeep.rest()
        assert upkeep.standing.state == "resting"
        (folder.root / "a.py").write_text("2")
        await upkeep.settled()
        assert folder.known["a.py"] == "1"
        upkeep.begin()
        await upkeep.settled()
        assert folder.known["a.py"] == "2"

    run(folder, act)


def test_where_the_system_does_not_tell_changes_files_are_looked_at_before_an_answer(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(upkeep_module, "_UNWATCHED_S", 0.0)
    folder.can_watch = False

    async def act(upkeep: Upkeep, standings: list[Standing]) -> None:
        upkeep.begin()
        await upkeep.settled()
        assert upkeep.standing == Standing("current", is_watched=False)
        (folder.root / "a.py").write_text("2")
        await upkeep.settled()
        assert folder.known["a.py"] == "2"
        upkeep.rest()
        upkeep.begin()
        await upkeep.settled()

    run(folder, act)


def test_it_waits_while_an_engine_answers_but_not_when_a_client_waits_for_it(folder: Folder):
    async def act(upkeep: Upkeep, standings: list[Standing]) -> None:
        upkeep.begin()
        await asyncio.to_thread(folder.looking.wait)
        assert upkeep.standing.state == "indexing"
        assert folder.known == {}
        await upkeep.settled()
        assert len(folder.known) == 2

    run(folder, act, is_busy=lambda: True)


def test_it_gives_way_to_an_index_that_is_asked_for_and_goes_on_afterwards(folder: Folder):
    folder.holds = threading.Event()

    async def act(upkeep: Upkeep, standings: list[Standing]) -> None:
        upkeep.begin()
        await asyncio.to_thread(folder.looking.wait)
        assert await upkeep.alone(lambda: "mine") == "mine"
        folder.holds.set()
        await upkeep.settled()
        assert folder.looks == 2

    run(folder, act)


def test_whoever_joins_the_indexing_that_runs_hears_of_its_progress_and_gets_its_report(folder: Folder):
    folder.holds = threading.Event()
    heard: list[tuple[int, int]] = []

    async def act(upkeep: Upkeep, standings: list[Standing]) -> None:
        assert await upkeep.joined(lambda done, total: None) is None
        upkeep.begin()
        joined = asyncio.create_task(upkeep.joined(lambda done, total: heard.append((done, total))))
        await until(upkeep, lambda: upkeep.standing.total)
        folder.holds.set()
        assert await joined == folder.looks
        assert {total for _, total in heard} == {2}

    run(folder, act)


def test_a_look_that_nobody_waits_for_any_more_ends_and_the_background_goes_on(folder: Folder):
    folder.holds = threading.Event()

    async def act(upkeep: Upkeep, standings: list[Standing]) -> None:
        upkeep.begin()
        await asyncio.to_thread(folder.looking.wait)
        waiting = asyncio.create_task(upkeep.joined(lambda done, total: None))
        while folder.looks < 2:
            await asyncio.sleep(0.01)
        waiting.cancel()
        while folder.looks < 3:
            await asyncio.sleep(0.01)
        folder.holds.set()
        await upkeep.settled()
        assert len(folder.known) == 2

    run(folder, act)


def test_a_refusal_reaches_whoever_waits_and_an_index_that_is_asked_for_ends_it(folder: Folder):
    folder.refusal = UserError("Too many files. Say so to go on.", "too_many_files", files=3)

    async def act(upkeep: Upkeep, standings: list[Standing]) -> None:
        upkeep.begin()
        for _ in range(2):
            with pytest.raises(UserError, match="Too many files"):
                await upkeep.settled()
        assert upkeep.standing.state == "asks"
        assert folder.looks == 1
        folder.refusal = None
        await upkeep.alone(lambda: None)
        await upkeep.settled()
        assert len(folder.known) == 2

    run(folder, act)


def test_an_unexpected_failure_is_told_with_a_next_step_and_tried_again_later(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(upkeep_module, "_RETRY_S", 0.0)
    (folder.root / "a.py").write_bytes(b"\xff")

    async def act(upkeep: Upkeep, standings: list[Standing]) -> None:
        upkeep.begin()
        await until(upkeep, lambda: upkeep.standing.state == "failed")
        assert str(upkeep.standing.error).endswith(":RemoraIndex tries again.")
        (folder.root / "a.py").write_text("2")
        await upkeep.settled()
        assert folder.known["a.py"] == "2"

    run(folder, act)


def test_it_can_be_closed_whatever_it_does(folder: Folder):
    folder.holds = threading.Event()

    async def act(upkeep: Upkeep, standings: list[Standing]) -> None:
        upkeep.begin()
        await asyncio.to_thread(folder.looking.wait)

    run(folder, act)
    folder.can_watch, folder.holds = False, None

    async def unwatched(upkeep: Upkeep, standings: list[Standing]) -> None:
        upkeep.begin()
        await upkeep.settled()

    run(folder, unwatched)
