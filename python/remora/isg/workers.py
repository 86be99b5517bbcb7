"""Reading many files in several processes, whatever becomes of one of them."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from remora.isg.reading import Chunk, Wanted, language_name, read_chunk
from remora.isg.records import FileRow, ReadFile

ReadChunks = Callable[[Path, str, Sequence[Chunk]], Iterator[list[ReadFile]]]
"""Given a workspace's folder, its name and tasks: what the tasks give, in their order."""

CHUNK_BYTES = 400_000
CHUNK_FILES = 100
NICE = 5
CRASHED = "reading it ended the process that did"


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


def read_in_processes(folder: Path, repo: str, tasks: Sequence[Chunk], jobs: int) -> Iterator[list[ReadFile]]:
    """What the tasks give, in the order of the tasks; the caller may wait between two of them.

    A file that ends its process is marked as failed, and the rest goes on.
    """
    waiting = deque(tasks)
    while waiting:
        running: deque[tuple[Chunk, Future[list[ReadFile]]]] = deque()
        with pool(jobs) as workers:
            try:
                while waiting or running:
                    # A few ahead: the workers stop when the caller does.
                    while waiting and len(running) < 3 * jobs:
                        running.append((waiting[0], workers.submit(read_chunk, folder, repo, waiting[0])))
                        waiting.popleft()
                    chunk, task = running[0]
                    yield task.result()
                    running.popleft()
                return
            except BrokenProcessPool:
                pass
            finally:
                for _, task in running:
                    task.cancel()
        for chunk, task in running:  # any of them may have done it
            fine = task.done() and not task.cancelled() and task.exception() is None
            yield task.result() if fine else read_apart(folder, repo, chunk)


def read_apart(folder: Path, repo: str, chunk: Chunk) -> list[ReadFile]:
    """A chunk that may end its process: halved until the file that does it is alone."""
    with pool(1) as worker:
        try:
            return worker.submit(read_chunk, folder, repo, chunk).result()
        except BrokenProcessPool:
            pass
    if len(chunk) == 1:
        return [crashed(folder, chunk[0].path)]
    half = len(chunk) // 2
    return read_apart(folder, repo, chunk[:half]) + read_apart(folder, repo, chunk[half:])


def crashed(folder: Path, path: str) -> ReadFile:
    try:
        status = (folder / path).lstat()
        stamp = (status.st_mtime_ns, status.st_size)
    except OSError:
        stamp = (0, 0)
    return ReadFile(FileRow(path, "", "", language_name(path), "failed", CRASHED, *stamp, 0), b"", b"")


def pool(jobs: int) -> ProcessPoolExecutor:
    # Spawned: a fork of a process with threads may wait for ever.
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=os.nice, initargs=(NICE,))
