"""One workspace's graph, kept in line with its files by one thread for as long as a client is there.

```
begin() ─► watch the folders ─► look at all files ─► current ◄─► a change is told, taken in
rest(), close() end it; a request for an index of one's own has its turn before.
```
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from remora.errors import RemoraError, UserError
from remora.repo.watching import CannotWatch, Watch

# Without a watch, files are looked at again before an answer when the last look is older.
_UNWATCHED_S = 2.0
_RETRY_S = 30.0
# So long a client waits for the background, which goes last; then files are looked at for it alone.
_PATIENCE_S = 0.3
_PAUSE_S = 0.05
_FRAME_S = 0.1
# After a look at everything the next one waits for so many times as long: a build that writes all the time costs little.
_EASE = 5
_log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]


class _GivesWay(Exception):
    """Ends an indexing of the background: somebody asked for one, or it is not wanted any more."""


@dataclass(frozen=True)
class Standing:
    """Where a graph stands.

    Attributes:
        state: "resting": nobody looks after it; "asks": there are so many files that the user decides.
        done, total: files, while indexing.
        error: why it failed, or what it asks.
        is_watched: changes of files are told by the system; else files are looked at before an answer.
    """

    state: Literal["resting", "indexing", "current", "asks", "failed"]
    done: int = 0
    total: int = 0
    error: UserError | None = None
    is_watched: bool = False


class Files(Protocol):
    """What is kept up."""

    def look(self, progress: Progress) -> Any:
        """Bring the whole graph in line with the files."""
        ...

    def take(self, paths: tuple[str, ...]) -> bool:
        """Bring files that changed in line; False when only a look at everything can."""
        ...

    def watch(self) -> Watch:
        """Raises CannotWatch."""
        ...


class Upkeep:
    """Made and asked in the event loop's thread; the work is done in another.

    Args:
        is_busy: whether an engine answers somebody; the background waits for that.
        tell: called in the loop's thread when the standing changed.
    """

    def __init__(self, files: Files, is_busy: Callable[[], bool], tell: Callable[[Standing], None]) -> None:
        self.standing = Standing("resting")
        self._files = files
        self._is_busy = is_busy
        self._tell = tell
        self._loop = asyncio.get_running_loop()
        self._moved = asyncio.Event()
        self._thread: threading.Thread | None = None
        self._began_at = 0.0
        self._looked_at = 0.0
        self._look_s = 0.0
        self._waiting = 0
        self._hurry: asyncio.Task[Any] | None = None
        self._asked = 0
        self._closing = False
        self._stretch = 0
        self._wanted = threading.Event()
        self._free = threading.Event()  # nobody asked for an index of his own
        self._free.set()
        self._stop = threading.Event()
        self._again = threading.Event()
        self._turn = threading.Lock()

    # -- in the loop's thread -------------------------------------------------------------------------------------

    def begin(self) -> None:
        """A client is there. Calling it again is no error."""
        if self._closing or self._wanted.is_set():
            return
        self._stretch += 1
        self._set(Standing("indexing"))
        self._wanted.set()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="remora-upkeep", daemon=True)
            self._thread.start()

    def rest(self) -> None:
        """The last client left."""
        if self._wanted.is_set():
            self._wanted.clear()
            self._set(Standing("resting"))
            self._stop.set()
            self._again.set()

    async def close(self) -> None:
        self._closing = True
        self._stop.set()
        self._again.set()
        self._wanted.set()
        if self._hurry is not None:
            await asyncio.wait([self._hurry])
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join)

    async def moved(self) -> None:
        """Wait until the standing changes."""
        await self._moved.wait()

    async def settled(self) -> None:
        """Wait until the graph is in line with the files, as far as changes were told.

        Raises:
            UserError: why it cannot be; nobody is asked to wait for a graph that nobody keeps up.
        """
        if self._wanted.is_set() and self._is_old():
            self._set(Standing("indexing"))
            self._again.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE_S):
                while self.standing.state == "indexing":
                    await self.moved()
        if self.standing.state == "indexing":
            await self._hurried()
        elif self.standing.error is not None:
            raise self.standing.error

    async def joined(self, tell: Progress) -> Any:
        """Wait for the indexing that runs; what it reports, or None when none runs."""
        if self.standing.state != "indexing":
            return None
        hurried = asyncio.ensure_future(self._hurried())
        try:
            while not hurried.done():
                if self.standing.total:
                    tell(self.standing.done, self.standing.total)
                moved = asyncio.ensure_future(self.moved())
                await asyncio.wait((hurried, moved), return_when=asyncio.FIRST_COMPLETED)
                moved.cancel()
            return await hurried
        finally:
            hurried.cancel()

    async def _hurried(self) -> Any:
        """Look at the files at once, in a thread that waits for nobody, since a client waits for it; its report.

        All who wait share one look, which ends when nobody does any more. The background gives way to it.
        """
        self._waiting += 1
        try:
            while self._wanted.is_set() and not self._closing:
                if self._hurry is None:
                    self._hurry = asyncio.create_task(self.alone(self._look_now))
                    self._hurry.add_done_callback(self._hurry_ended)
                with suppress(_GivesWay):  # to those who went before; we came as it ended
                    return await asyncio.shield(self._hurry)
        finally:
            self._waiting -= 1
        raise UserError("The workspace was closed meanwhile. Ask again.", code="busy")

    def _hurry_ended(self, hurry: asyncio.Task[Any]) -> None:
        self._hurry = None
        if not hurry.cancelled():
            hurry.exception()  # whoever waits has it; nobody may wait any more

    async def alone(self, run: Callable[[], Any]) -> Any:
        """Run an indexing that somebody asked for, in a thread; the background gives way and goes on afterwards."""
        self._asked += 1
        self._free.clear()
        try:
            return await asyncio.to_thread(self._in_turn, run)
        finally:
            self._asked -= 1
            if not self._asked:
                self._free.set()
            if self.standing.state in ("asks", "failed"):
                self._set(Standing("indexing"))
                self._again.set()

    def _is_old(self) -> bool:
        """Whether the files may have changed untold, or what failed may go well by now."""
        standing, age_s = self.standing, time.monotonic() - self._looked_at
        unwatched = standing.state == "current" and not standing.is_watched
        return (unwatched and age_s > _UNWATCHED_S) or (standing.state == "failed" and age_s > _RETRY_S)

    def _set(self, standing: Standing) -> None:
        self.standing = standing
        self._moved.set()
        self._moved = asyncio.Event()
        self._tell(standing)

    # -- in the thread --------------------------------------------------------------------------------------------

    def _run(self) -> None:
        go_last()
        while True:
            self._wanted.wait()
            stretch = self._stretch
            self._stop.clear()
            if self._closing:
                return
            if not self._wanted.is_set():
                continue
            try:
                self._follow(stretch)
            except (_GivesWay, CannotWatch):
                self._stop.wait(_PAUSE_S)
            except Exception as error:
                self._looked_at = time.monotonic()
                self._post(stretch, _failed(error))
                self._again.wait()
                self._again.clear()

    def _follow(self, stretch: int) -> None:
        """Until it is not wanted any more, or folders changed, so that others are to be watched."""
        try:
            watch = self._files.watch()
        except CannotWatch as error:
            _log.warning("changes of files are not told, so they are looked for: %s", error)
            watch = None
        since = time.monotonic()
        try:
            self._look(stretch, watch is not None, since)
            while True:
                self._post(stretch, Standing("current", is_watched=watch is not None))
                if watch is None:
                    self._again.wait()
                    self._again.clear()
                    if self._stop.is_set():
                        return
                    self._look(stretch, False, time.monotonic())
                    continue
                changes = watch.wait(self._stop)
                if changes is None:
                    return
                since = time.monotonic()
                self._post(stretch, Standing("indexing", is_watched=True))
                if changes.everything:
                    return
                if not self._taken(changes.files):
                    self._look(stretch, True, since)
        finally:
            if watch is not None:
                watch.close()

    def _taken(self, files: tuple[str, ...]) -> bool:
        with self._turn:
            return self._files.take(files)

    def _look(self, stretch: int, is_watched: bool, since: float) -> None:
        """Look at all files, unless somebody did who began after `since`."""
        tell = self._teller(stretch, is_watched)

        def look_up(done: int, total: int) -> None:
            # Not when all files are read: the graph is locked then, and the engine's own work may need it.
            while done < total and self._is_busy() and self._free.is_set() and not self._stop.is_set():
                self._stop.wait(_PAUSE_S)
            if self._stop.is_set() or not self._free.is_set():
                raise _GivesWay
            tell(done, total)

        due = self._looked_at + _EASE * self._look_s
        while True:
            while not self._free.is_set() or time.monotonic() < due:
                if self._stop.wait(_PAUSE_S):
                    raise _GivesWay
            if self._began_at > since:
                return
            with self._turn, suppress(_GivesWay):
                self._timed(look_up)
                return
            if self._stop.is_set():
                raise _GivesWay

    def _look_now(self) -> Any:
        stretch = self._stretch
        tell = self._teller(stretch, self.standing.is_watched)

        def look_up(done: int, total: int) -> None:
            if self._closing or stretch != self._stretch or not self._wanted.is_set() or not self._waiting:
                raise _GivesWay
            tell(done, total)

        report = self._timed(look_up)
        self._post(stretch, Standing("current"))
        return report

    def _timed(self, look_up: Progress) -> Any:
        began_at = time.monotonic()
        report = self._files.look(look_up)
        self._began_at, self._looked_at = began_at, time.monotonic()
        self._look_s = self._looked_at - began_at
        return report

    def _teller(self, stretch: int, is_watched: bool) -> Progress:
        told_at = 0.0

        def tell(done: int, total: int) -> None:
            nonlocal told_at
            if time.monotonic() - told_at >= _FRAME_S:
                told_at = time.monotonic()
                self._post(stretch, Standing("indexing", done, total, is_watched=is_watched))

        return tell

    def _post(self, stretch: int, standing: Standing) -> None:
        def set_here() -> None:
            if stretch == self._stretch and self._wanted.is_set():
                self._set(standing)

        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(set_here)

    def _in_turn(self, run: Callable[[], Any]) -> Any:
        with self._turn:
            return run()


def go_last() -> None:
    """Let other threads of the machine go before this one and the processes it starts, where one thread can be told so."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)


def _failed(error: Exception) -> Standing:
    if isinstance(error, UserError):
        return Standing("asks" if error.code == "too_many_files" else "failed", error=error)
    if not isinstance(error, RemoraError):
        _log.exception("the index failed", exc_info=error)
    words = f"The index of the workspace failed: {str(error)[:200] or type(error).__name__}. :RemoraIndex tries again."
    return Standing("failed", error=UserError(words, code="index"))
