"""Reading many files in several processes, whatever becomes of one of them.

A worker is a process of our own that takes a task on its standard input and writes one frame per file to its standard
output, so that it is known which file ended it: that one is marked, and a new worker goes on behind it.
"""

from __future__ import annotations

import os
import queue
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import msgpack

import remora
from remora.isg.reading import Chunk, Wanted, language_name, read_one, uncollected
from remora.isg.records import FileRow, ReadFile

ReadChunks = Callable[[Path, str, Sequence[Chunk]], Iterator[list[ReadFile]]]
"""Given a workspace's folder, its name and tasks: what the tasks give, in their order."""

CHUNK_BYTES = 400_000
CHUNK_FILES = 100
NICE = 5
# A file of two megabytes takes about a second.
FILE_DEADLINE_S = 60.0
CRASHED = "reading it ended the process that did"
COMMAND = (sys.executable, "-P", "-c", "from remora.isg.workers import serve; serve()")


def chunks(files: Sequence[tuple[Wanted, int]]) -> list[Chunk]:
    """Files with their sizes, in tasks of about the same size."""
    found: list[Chunk] = []
    space = 0
    for wanted, size in files:
        if not found or space < size or len(found[-1]) >= CHUNK_FILES:
            found.append([])
            space = CHUNK_BYTES
        found[-1].append(wanted)
        space -= size
    return found


def read_in_processes(
    folder: Path, repo: str, tasks: Sequence[Chunk], jobs: int, command: Sequence[str] = COMMAND
) -> Iterator[list[ReadFile]]:
    """What the tasks give, in the order of the tasks; the workers wait when the caller does.

    A file that ends its worker, or takes a minute, is marked as failed, and the rest goes on.
    """
    crew = _Crew(folder, repo, tasks, command)
    threads = [threading.Thread(target=crew.work, name=f"remora-reader-{n}", daemon=True) for n in range(jobs)]
    early: dict[int, list[ReadFile]] = {}
    try:
        for _ in range(3 * jobs):
            crew.let_one_start()
        for thread in threads:
            thread.start()
        for number in range(len(tasks)):
            while number not in early:
                done, found = crew.results.get()
                if isinstance(found, BaseException):
                    raise found
                early[done] = found
            yield early.pop(number)
            crew.let_one_start()
    finally:
        crew.stop()
        for thread in threads:
            if thread.ident is not None:
                thread.join()


class _Crew:
    """What the threads share, each of which minds one worker process."""

    def __init__(self, folder: Path, repo: str, tasks: Sequence[Chunk], command: Sequence[str]) -> None:
        self.folder, self.repo, self.tasks, self.command = folder, repo, tasks, command
        self.results: queue.SimpleQueue[tuple[int, list[ReadFile] | BaseException]] = queue.SimpleQueue()
        self._numbers: Iterator[int] = iter(range(len(tasks)))
        self._taking = threading.Lock()
        self._started = threading.Semaphore(0)
        self._stopped = threading.Event()
        self._workers: set[_Worker] = set()

    def let_one_start(self) -> None:
        self._started.release()

    def stop(self) -> None:
        """End all workers; their threads follow."""
        self._stopped.set()
        with self._taking:
            self._numbers = iter(())
            for worker in self._workers:
                worker.kill()
        for _ in range(len(self.tasks)):
            self._started.release()

    def work(self) -> None:
        worker: _Worker | None = None
        number = -1
        try:
            while True:
                self._started.acquire()
                with self._taking:
                    number = next(self._numbers, -1)
                if number < 0:
                    return
                found: list[ReadFile] = []
                left = list(self.tasks[number])
                while left and not self._stopped.is_set():
                    worker = worker or self._new_worker()
                    count = worker.read(left, found)
                    if count < len(left) and not self._stopped.is_set():
                        found.append(crashed(self.folder, left[count].path))
                        count += 1
                        self._forget(worker)
                        worker = None
                    left = left[count:]
                self.results.put((number, found))
        except BaseException as error:
            self.results.put((number, error))
        finally:
            if worker is not None:
                self._forget(worker)

    def _new_worker(self) -> _Worker:
        with self._taking:
            worker = _Worker(self.command, self.folder, self.repo)
            self._workers.add(worker)
        return worker

    def _forget(self, worker: _Worker) -> None:
        with self._taking:
            self._workers.discard(worker)
        worker.kill()
        worker.wait()


class _Worker:
    """One process that reads files."""

    def __init__(self, command: Sequence[str], folder: Path, repo: str) -> None:
        place = str(Path(remora.__file__).parent.parent)
        environ = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (place, os.environ.get("PYTHONPATH"))))}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environ
        )
        self._unpacker = msgpack.Unpacker(use_list=False, max_buffer_size=0)
        self._send((str(folder), repo))

    def read(self, chunk: Chunk, found: list[ReadFile]) -> int:
        """Put what the files give into `found`; returns how many were read before the process ended."""
        if not self._send(chunk):
            return 0
        count = 0
        while count < len(chunk):
            frame = self._receive()
            if frame is None:
                return count
            if frame[0]:
                row, brief, graph = frame[0]
                found.append(ReadFile(FileRow(*row), brief, graph))
            count += 1
        return count

    def kill(self) -> None:
        self._process.kill()

    def wait(self) -> None:
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()

    def _send(self, value: object) -> bool:
        pipe = self._process.stdin
        if pipe is not None:
            with suppress(BrokenPipeError, ValueError):
                pipe.write(msgpack.packb(value, unicode_errors="surrogatepass"))
                pipe.flush()
                return True
        return False

    def _receive(self) -> Any:
        """The next frame; None when the process has ended, or has said nothing for too long."""
        pipe = self._process.stdout
        deadline = time.monotonic() + FILE_DEADLINE_S
        while pipe is not None:
            for frame in self._unpacker:
                return frame
            if not select.select([pipe], [], [], max(0, deadline - time.monotonic()))[0]:
                return None
            raw = os.read(pipe.fileno(), 1 << 20)
            if not raw:
                return None
            self._unpacker.feed(raw)
        return None


def serve(read: Callable[[Path, Wanted, str], Any] = read_one) -> None:
    """What a worker does until its standard input ends."""
    os.nice(NICE)
    tasks = msgpack.Unpacker(use_list=False, max_buffer_size=0, unicode_errors="surrogatepass")
    messages = _messages(sys.stdin.buffer, tasks)
    folder, repo = next(messages)
    out = sys.stdout.buffer
    with uncollected():
        for chunk in messages:
            for path, known, kept in chunk:
                found = read(Path(folder), Wanted(path, known, kept), repo)
                out.write(msgpack.packb((found[0] if found else None,), unicode_errors="surrogatepass"))
                out.flush()


def _messages(pipe: BinaryIO, unpacker: msgpack.Unpacker) -> Iterator[Any]:
    while raw := os.read(pipe.fileno(), 1 << 16):
        unpacker.feed(raw)
        yield from unpacker


def crashed(folder: Path, path: str) -> ReadFile:
    try:
        status = (folder / path).lstat()
        stamp = (status.st_mtime_ns, status.st_size)
    except OSError:
        stamp = (0, 0)
    return ReadFile(FileRow(path, "", "", language_name(path), "failed", CRASHED, *stamp, 0), b"", b"")
