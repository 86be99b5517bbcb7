"""Changing one file on disk so that a crash leaves either the old bytes or the new ones."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
from pathlib import Path

from remora.errors import UserError
from remora.repo.root import printable


def replace_file(path: Path, raw: bytes) -> None:
    """Give a file these bytes; they are on the disk when this returns. Missing folders are made.

    An existing file keeps its mode and owner. A symlink is replaced, not followed: pass the real path.

    Raises:
        UserError: code `read_only`, `disk_full` or `write_failed`; the file still has its old bytes.
    """
    try:
        old = existing(path)
        made = make_folders(path.parent)
        new_path = write_beside(path, raw, old)
        try:
            new_path.replace(path)
        except BaseException:
            new_path.unlink(missing_ok=True)
            raise
        for folder in (path.parent, *made):
            sync_folder(folder)
    except OSError as error:
        raise refusal(path, error, "written") from None


def delete_file(path: Path) -> None:
    """Remove a file for good; one that is already gone is no error.

    Raises:
        UserError: code `read_only` or `write_failed`; the file is still there.
    """
    try:
        if existing(path) is None:
            return
        path.unlink(missing_ok=True)
        sync_folder(path.parent)
    except OSError as error:
        raise refusal(path, error, "deleted") from None


def existing(path: Path) -> os.stat_result | None:
    """The status of the file that is to change, None when there is none.

    Raises:
        PermissionError: the file is marked read-only; a rename would not have minded.
    """
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, "is a folder")
    if stat.S_ISREG(status.st_mode) and not (status.st_mode & 0o222 and os.access(path, os.W_OK)):
        raise PermissionError(errno.EACCES, "is read-only")
    return status


def make_folders(folder: Path) -> list[Path]:
    """Make a folder and those above it; returns the folders that got a new entry by that."""
    changed = []
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        missing.mkdir(exist_ok=True)
        changed.append(missing.parent)
    return changed


def write_beside(path: Path, raw: bytes, old: os.stat_result | None) -> Path:
    """Write the bytes to a new file in the same folder, with the mode and owner it shall have, and sync it."""
    beside = path.with_name(f"{_beside_start(path)}{secrets.token_hex(6)}.remora")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(beside, flags, 0o600 if old else 0o666)  # the umask takes its part of a new file's mode
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
            if old:
                keep_owner_and_mode(file.fileno(), old)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return beside


def remove_leftovers(path: Path) -> None:
    """Delete what a process that was killed inside `replace_file` left beside this file."""
    leftover = re.compile(re.escape(_beside_start(path)) + r"[0-9a-f]{12}\.remora")
    for other in path.parent.iterdir() if path.parent.is_dir() else ():
        if leftover.fullmatch(other.name):
            other.unlink(missing_ok=True)


def _beside_start(path: Path) -> str:
    return f".{path.name[:64]}."


def keep_owner_and_mode(descriptor: int, old: os.stat_result) -> None:
    if (old.st_uid, old.st_gid) != (os.getuid(), os.getgid()):
        with contextlib.suppress(OSError):  # only the administrator may give files away
            os.fchown(descriptor, old.st_uid, old.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(old.st_mode))


def sync_folder(folder: Path) -> None:
    """Make a rename or removal in this folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def refusal(path: Path, error: OSError, done: str) -> UserError:
    name = printable(path)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return UserError(f"{name} is read-only and was not {done}. Make it writable, then ask again.", "read_only")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        message = f"The disk is full: {name} was not {done} and is as it was. Free some space, then ask again."
        return UserError(message, "disk_full")
    reason = error.strerror or str(error)
    return UserError(f"{name} was not {done}: {reason}. Mend that, then ask again.", "write_failed")
