"""The lock that names its holder: a database belongs to one process."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from remora.errors import StoreError


class StoreLocked(StoreError):
    """The database is held elsewhere; `pid` is the holder's process id, None when it is not known."""

    def __init__(self, name: Path | str, pid: int | None) -> None:
        holder = f"process {pid}" if pid else "another process"
        super().__init__(f"The database {name} is held by {holder}. Stop that one, or name another store with --state.")
        self.pid = pid


class FileLock:
    """A lock on a small file that holds the process id of its holder; it ends with the holder, however that ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock at once.

        Raises:
            StoreLocked: somebody has it.
            StoreError: the file cannot be made.
        """
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise StoreError(f"{self.path}: {error.strerror}. Make its folder writable, then ask again.") from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            told = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip()
            os.close(descriptor)
            raise StoreLocked(self.path.with_suffix(""), int(told) if told.isdecimal() else None) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the lock back; doing so twice is no error. The file stays, or two processes could lock two files."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)
