"""The socket's folder and name, and who may stand behind it. Both sides check: a stranger's socket is never spoken to."""

from __future__ import annotations

import contextlib
import os
import socket
import stat
import struct
import sys
from pathlib import Path

from remora.config import Places
from remora.errors import UserError


def socket_path(places: Places) -> Path:
    return places.runtime / "server.sock"


def make_runtime(places: Places) -> None:
    """Make the socket's folder, 0700, and refuse one that somebody else could have prepared.

    Raises:
        UserError: code `not_yours`: it is a symlink, another user owns it, or others may enter it.
    """
    folder = places.runtime
    folder.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = os.lstat(folder)
    if stat.S_ISLNK(found.st_mode) or not stat.S_ISDIR(found.st_mode):
        raise UserError(
            f"{folder} is not a plain folder. Remove it, or set REMORA_HOME to a folder of yours.", code="not_yours"
        )
    if found.st_uid != os.getuid():
        raise UserError(f"{folder} belongs to another user. Set REMORA_HOME to a folder of yours.", code="not_yours")
    if stat.S_IMODE(found.st_mode) & 0o077:
        folder.chmod(0o700)


def connect(places: Places) -> socket.socket | None:
    """A connection to the running server, or None when none answers.

    Raises:
        UserError: code `not_yours`: the socket belongs to another user.
    """
    path = socket_path(places)
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return None
    if found.st_uid != os.getuid() or stat.S_ISLNK(found.st_mode):
        raise UserError(
            f"{path} belongs to another user, so nothing was sent to it. Set REMORA_HOME to a folder of yours.",
            code="not_yours",
        )
    link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        link.connect(str(path))
    except (ConnectionRefusedError, FileNotFoundError):
        link.close()
        return None
    if peer_uid(link) not in (None, os.getuid()):
        link.close()
        raise UserError(f"{path} is served by another user. Set REMORA_HOME to a folder of yours.", code="not_yours")
    return link


def peer_uid(link: socket.socket) -> int | None:
    """Who is at the other end; None where the system cannot say."""
    if sys.platform == "linux":
        size = struct.calcsize("3i")
        _, uid, _ = struct.unpack("3i", link.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size))
        return uid
    return None
