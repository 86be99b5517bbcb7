"""The file while it arrives: `NAME.part`, hashed as it grows, moved into place only when its sum is right."""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from remora.errors import RemoraError, UserError

CHUNK = 1 << 20


class SourceFailed(RemoraError):
    """One source cannot deliver the file; the text says why, and the next source is tried."""


class WrongHash(SourceFailed):
    """The file arrived whole and is not the one that was asked for; the partial file has been removed."""


class Partial:
    """The partial file of one target, locked against a second pull.

    What it holds is always a prefix of the target, whichever source wrote it, so any source may go on where another
    stopped.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        self.path = target.with_name(target.name + ".part")
        self.size = 0
        self._hash = hashlib.sha256()
        self._file = -1

    def __enter__(self) -> Partial:
        """Open or create it.

        Raises:
            UserError: code `busy`, another process is pulling the same file.
        """
        self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # A pull that ended between the two lines above has moved this very file into place: hands off.
            same = os.path.samestat(os.fstat(self._file), self.path.stat())
        except (BlockingIOError, FileNotFoundError):
            same = False
        if not same:
            os.close(self._file)
            raise UserError(
                f"{self.target.name} is being pulled by another process. Wait for it to finish, then try again.", "busy"
            )
        self.size = os.fstat(self._file).st_size
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.size == 0:
            # Nothing arrived, and an empty file would only puzzle whoever looks into the folder.
            with suppress(FileNotFoundError):
                self.path.unlink()
        os.close(self._file)

    async def keep(self, size: int) -> None:
        """Cut it to its first `size` bytes and hash those, ready for the next ones."""
        size = min(size, self.size)
        os.ftruncate(self._file, size)
        os.lseek(self._file, 0, os.SEEK_SET)
        self._hash = hashlib.sha256()
        left = size
        while left:
            data = os.read(self._file, min(CHUNK, left))
            self._hash.update(data)
            left -= len(data)
            await asyncio.sleep(0)
        self.size = size

    def append(self, data: bytes) -> None:
        """Add the next bytes. OSError when the disk refuses them; what fitted is kept and counted."""
        view = memoryview(data)
        while view:
            written = os.write(self._file, view)
            self._hash.update(view[:written])
            self.size += written
            view = view[written:]

    def finish(self, sha256: str) -> Path:
        """Move the whole file into place, or remove it.

        Raises:
            WrongHash: its sha256 is another one.
        """
        found = self._hash.hexdigest()
        if found != sha256:
            self.path.unlink()
            self._restart()
            raise WrongHash(f"the file has sha256 {found}, not {sha256}; it was removed")
        os.fsync(self._file)
        self.path.replace(self.target)
        folder = os.open(self.target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return self.target

    def _restart(self) -> None:
        os.close(self._file)
        self._hash = hashlib.sha256()
        self.size = 0
        self.__enter__()
