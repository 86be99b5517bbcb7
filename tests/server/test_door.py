"""Who may stand at the socket."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from remora.config import places
from remora.errors import UserError
from remora.server.door import connect, make_runtime, peer_uid, socket_path


def test_the_folder_is_made_for_this_user_alone(home: Path):
    make_runtime(places())
    assert places().runtime.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_others_may_enter_is_closed_to_them(home: Path):
    places().runtime.mkdir(parents=True, mode=0o755)
    make_runtime(places())
    assert places().runtime.stat().st_mode & 0o777 == 0o700


def test_a_symlink_in_its_place_is_refused(home: Path, tmp_path: Path):
    places().runtime.parent.mkdir(parents=True, exist_ok=True)
    places().runtime.symlink_to(tmp_path)
    with pytest.raises(UserError, match="not a plain folder"):
        make_runtime(places())


@pytest.mark.skipif(os.getuid() != 0, reason="only root can make files of another user")
def test_a_folder_or_socket_of_another_user_is_refused(home: Path):
    make_runtime(places())
    path = socket_path(places())
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    os.chown(path, 65534, 65534)
    with pytest.raises(UserError, match="belongs to another user"):
        connect(places())
    listener.close()
    os.chown(places().runtime, 65534, 65534)
    with pytest.raises(UserError, match="belongs to another user"):
        make_runtime(places())
    os.chown(places().runtime, 0, 0)


def test_without_a_server_there_is_no_connection(home: Path):
    assert connect(places()) is None
    make_runtime(places())
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(socket_path(places())))
    listener.close()  # a socket that a killed server left
    assert connect(places()) is None


def test_the_other_end_is_asked_who_it_is():
    ours, theirs = socket.socketpair()
    assert peer_uid(ours) in (None, os.getuid())
    ours.close()
    theirs.close()
