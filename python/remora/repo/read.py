"""Reading one file from disk, whatever somebody put in its place."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from remora.errors import UserError
from remora.repo.root import printable

MAX_BYTES = 8 << 20  # a frame on the wire; no file that a person writes comes near it


def read_file(path: Path, limit: int = MAX_BYTES) -> tuple[bytes, os.stat_result]:
    """A regular file's bytes and the status they belong to.

    Raises:
        FileNotFoundError: there is none.
        UserError: code `unreadable`: it is a folder, a pipe or a device, has more than `limit` bytes, or may
            not be read.
    """
    name = printable(path)
    try:
        # O_NONBLOCK: opening a pipe must not wait for its other end.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise UserError(f"{name} is not a regular file. Choose a text file.", "unreadable")
            if status.st_size > limit:
                message = f"{name} has {status.st_size} bytes; Remora reads up to {limit}. Choose a smaller file."
                raise UserError(message, "unreadable")
            return file.read(limit), status
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(f"{name} cannot be read: {reason}. Mend that, then ask again.", "unreadable") from None
