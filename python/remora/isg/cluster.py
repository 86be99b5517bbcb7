"""Reading files on a Ray cluster: their bytes go there, packed graphs come back, and the one writer here stores them.

The nodes of the cluster need no disk in common with this machine. They need Remora itself: what they run on a file is
what a process of this machine runs, and a task refuses when its node has other code.
"""

from __future__ import annotations

import importlib
import os
import re
import socket
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from remora.errors import UserError
from remora.isg import fingerprint
from remora.isg.reading import Chunk, RawFile, extracted, read_raw
from remora.isg.records import ReadFile
from remora.isg.workers import ReadChunks, crashed

# What a task may come to with the largest files that are read, Python and the grammars included.
TASK_BYTES = 400_000_000
# A task takes about a second. One that took no node in this time never will.
PATIENCE_S = 300.0
ANSWER_S = 10.0
AHEAD = 3
TRIES = 2


HOST_AND_PORT = re.compile(r"(?:ray://)?(?P<host>.+):(?P<port>\d+)")


class OtherCode(Exception):
    """A node of the cluster has another Remora."""


def reader(address: str) -> ReadChunks:
    """A reader of files on a cluster, for `Pipeline.index`.

    Args:
        address: as `ray start` prints it, or "auto"; "": a cluster is started on this machine for as long as it is used.

    Raises:
        UserError: `no_ray`: Ray is not installed. When reading begins, `no_cluster`: nobody answers there, no node
            takes a task, or a node has another Remora.
    """
    # Asked before it is imported, which is when it is read: nothing is reported to anybody.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        ray = importlib.import_module("ray")
    except ImportError as error:
        message = "Ray is not installed here. Run scripts/setup --with ray, or leave out --workers."
        raise UserError(message, "no_ray") from error
    return partial(read_on_cluster, ray, address)


@dataclass
class Sent:
    """A chunk under way. `done`: what needed no task; `result`: the task's, None when there is none."""

    chunk: Chunk
    done: list[ReadFile]
    result: Any


def read_on_cluster(
    ray: Any, address: str, folder: Path, repo: str, tasks: Sequence[Chunk]
) -> Iterator[list[ReadFile]]:
    """What the tasks give, in the order of the tasks, each by path as they were sent."""
    if not tasks:
        return
    with connected(ray, address):
        task = ray.remote(num_cpus=1, memory=TASK_BYTES, max_retries=1)(read_raws)
        width = AHEAD * max(1, int(ray.cluster_resources().get("CPU", 1)))
        waiting, running = deque(tasks), deque[Sent]()
        while waiting or running:
            while waiting and len(running) < width:
                running.append(send(task, folder, repo, waiting.popleft()))
            yield received(ray, task, folder, repo, running.popleft())


def read_raws(reading: str, repo: str, files: list[RawFile]) -> list[ReadFile]:
    """The task. Args: reading: fingerprint of the code that the sender would read with."""
    if fingerprint.reading() != reading:
        raise OtherCode
    return [extracted(one, repo)[0] for one in files]


def send(task: Any, folder: Path, repo: str, chunk: Chunk) -> Sent:
    raws: list[RawFile] = []
    done: list[ReadFile] = []
    for wanted in chunk:
        found = read_raw(folder, wanted, repo)
        if isinstance(found, RawFile):
            raws.append(found)
        elif found is not None:
            done.append(found[0])
    return Sent(chunk, done, task.remote(fingerprint.reading(), repo, raws) if raws else None)


def received(ray: Any, task: Any, folder: Path, repo: str, sent: Sent, tries: int = TRIES) -> list[ReadFile]:
    """A chunk's result. One that ends its worker is sent in halves, until the file that does it is alone."""
    if sent.result is None:
        return sent.done
    ready, _ = ray.wait([sent.result], timeout=PATIENCE_S)
    if not ready:
        ray.cancel(sent.result, force=True)
        message = (
            f"No node of the cluster has taken a task within {PATIENCE_S:g} s; each wants one CPU and "
            f"{TASK_BYTES // 1_000_000} MB. Add nodes, or leave out --workers."
        )
        raise UserError(message, "no_cluster")
    try:
        return sorted([*sent.done, *ray.get(sent.result)], key=lambda one: one.row.path)
    except ray.exceptions.RayTaskError as error:
        raise refused(error.cause) from error
    except ray.exceptions.RayError:
        pass
    if len(sent.chunk) > 1:
        half = len(sent.chunk) // 2
        parts = [send(task, folder, repo, part) for part in (sent.chunk[:half], sent.chunk[half:])]
        return [one for part in parts for one in received(ray, task, folder, repo, part)]
    if tries > 1:  # a node may have gone, which is not the file's doing
        return received(ray, task, folder, repo, send(task, folder, repo, sent.chunk), tries - 1)
    return [crashed(folder, sent.chunk[0].path)]


def refused(cause: BaseException) -> UserError:
    if isinstance(cause, OtherCode):
        what = "A node of the cluster has another version of Remora"
    else:
        what = f"A node of the cluster cannot run Remora ({type(cause).__name__}: {cause})"[:300]
    return UserError(f"{what}. Install this one on every node with scripts/setup --with ray.", "no_cluster")


@contextmanager
def connected(ray: Any, address: str) -> Generator[None]:
    """A connection for as long as it is needed; one that this process has already is used and left alone."""
    if ray.is_initialized():
        yield
        return
    here: dict[str, Any] = {"address": "local", "num_cpus": max(1, (os.cpu_count() or 1) - 1)}
    where = {"address": address} if address else here | {"include_dashboard": False}
    try:
        if match := HOST_AND_PORT.fullmatch(address):
            # Ray itself asks for minutes.
            socket.create_connection((match["host"].strip("[]"), int(match["port"])), ANSWER_S).close()
        ray.init(**where, log_to_driver=False, logging_level="ERROR", configure_logging=False)
    except (ConnectionError, RuntimeError, ValueError, OverflowError, OSError) as error:
        message = (
            f"There is no Ray cluster at {address or 'this machine'} ({str(error).partition(chr(10))[0][:200]}). "
            "Start one with `ray start --head`, and name the address that it prints."
        )
        raise UserError(message, "no_cluster") from error
    try:
        yield
    finally:
        ray.shutdown()
