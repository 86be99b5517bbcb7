"""One file's bytes are replaced whole, or stay."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from remora.errors import UserError
from remora.repo.read import read_file
from remora.repo.write import delete_file, replace_file


def names(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir()]


def test_replacing_a_file_keeps_its_mode_and_leaves_nothing_else(tmp_path: Path):
    file = tmp_path / "run.py"
    file.write_bytes(b"old")
    file.chmod(0o751)
    replace_file(file, b"new\r\n")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"new\r\n", 0o751)
    assert names(tmp_path) == ["run.py"]


def test_a_new_file_gets_its_folders_and_the_mode_a_new_file_has(tmp_path: Path):
    (tmp_path / "plain").touch()
    replace_file(tmp_path / "a" / "b" / "c.py", b"x")
    assert (tmp_path / "a" / "b" / "c.py").read_bytes() == b"x"
    assert (tmp_path / "a" / "b" / "c.py").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_read_only_file_is_refused_and_keeps_its_bytes(tmp_path: Path):
    file = tmp_path / "a.py"
    file.write_bytes(b"old")
    file.chmod(0o444)
    for change in (lambda: replace_file(file, b"new"), lambda: delete_file(file)):
        with pytest.raises(UserError, match=r"a\.py is read-only and was not .* Make it writable") as caught:
            change()
        assert caught.value.code == "read_only"
    assert file.read_bytes() == b"old"


@pytest.mark.parametrize("fails_in", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_bytes_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_in: str):
    file = tmp_path / "a.py"
    file.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, fails_in, full)
    with pytest.raises(UserError, match=r"The disk is full: .* is as it was. Free some space") as caught:
        replace_file(file, b"new")
    assert caught.value.code == "disk_full"
    assert (file.read_bytes(), names(tmp_path)) == (b"old", ["a.py"])


def test_a_folder_is_never_replaced_or_deleted(tmp_path: Path):
    (tmp_path / "a.py").mkdir()
    for change in (lambda: replace_file(tmp_path / "a.py", b""), lambda: delete_file(tmp_path / "a.py")):
        with pytest.raises(UserError, match="is a folder") as caught:
            change()
        assert caught.value.code == "write_failed"


def test_a_symlink_is_replaced_and_what_it_led_to_stays(tmp_path: Path):
    (tmp_path / "target").write_bytes(b"target")
    (tmp_path / "a.py").symlink_to("target")
    replace_file(tmp_path / "a.py", b"new")
    assert ((tmp_path / "target").read_bytes(), (tmp_path / "a.py").is_symlink()) == (b"target", False)


def test_deleting_twice_is_no_error(tmp_path: Path):
    (tmp_path / "a.py").touch()
    delete_file(tmp_path / "a.py")
    delete_file(tmp_path / "a.py")
    assert names(tmp_path) == []


def test_reading_refuses_what_is_no_file_of_text_size(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "big").write_bytes(b"12345")
    (tmp_path / "folder").mkdir()
    for name, told in [("pipe", "not a regular file"), ("folder", "Is a directory"), ("big", "has 5 bytes")]:
        with pytest.raises(UserError, match=told) as caught:
            read_file(tmp_path / name, limit=4)
        assert caught.value.code == "unreadable"
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "none")
