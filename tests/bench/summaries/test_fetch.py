"""What fetch.py refuses: another archive than the pinned one, and names that lead out of a folder."""

from __future__ import annotations

import hashlib
import io
import tarfile
from pathlib import Path

import pytest

from bench.summaries.fetch import REPOSITORY, FetchError, Package, fetch, main, read_packages
from bench.summaries.grade import read_labels


def archive(folder: Path, *members: tarfile.TarInfo, text: bytes = b"x = 1\n") -> Package:
    path = folder / "shop-1.0.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        for member in members:
            member.size = len(text) if member.isfile() else 0
            tar.addfile(member, io.BytesIO(text))
    return Package("pypi", "shop", "1.0", path.name, hashlib.sha256(path.read_bytes()).hexdigest())


def link(name: str, target: str) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = tarfile.SYMTYPE, target
    return member


def test_files_are_unpacked_without_the_archive_s_own_folder_and_without_links(tmp_path):
    package = archive(tmp_path, tarfile.TarInfo("shop-1.0/src/a.py"), link("shop-1.0/out", "/etc"))
    there = fetch(package, tmp_path / "cache", tmp_path)
    assert [p.relative_to(there).as_posix() for p in there.rglob("*")] == ["src", "src/a.py"]
    (there / "kept").touch()
    assert fetch(package, tmp_path / "cache", tmp_path / "nowhere") == there
    assert (there / "kept").exists()


@pytest.mark.parametrize("name", ["shop-1.0/../../out.py", "/shop-1.0/a.py", "shop-1.0/a\\..\\b.py"])
def test_a_name_that_leads_out_is_refused_and_nothing_is_left(tmp_path, name):
    package = archive(tmp_path, tarfile.TarInfo("shop-1.0/a.py"), tarfile.TarInfo(name))
    with pytest.raises(FetchError, match="leads out of it"):
        fetch(package, tmp_path / "cache", tmp_path)
    assert list((tmp_path / "cache").iterdir()) == []


def test_another_archive_than_the_pinned_one_is_not_unpacked(tmp_path):
    package = archive(tmp_path, tarfile.TarInfo("shop-1.0/a.py"))
    archive(tmp_path, tarfile.TarInfo("shop-1.0/a.py"), text=b"x = 2\n")
    with pytest.raises(FetchError, match="it is not unpacked"):
        fetch(package, tmp_path / "cache", tmp_path)


def test_what_cannot_be_fetched_is_said_by_name(tmp_path, capsys):
    assert main([str(tmp_path / "cache"), "--from", str(tmp_path), "--only", "furl"]) == 1
    assert "pypi furl 2.1.4: furl-2.1.4.tar.gz is not there" in capsys.readouterr().err
    assert main([str(REPOSITORY / "cache")]) == 1
    assert "inside the repository" in capsys.readouterr().err


def test_every_labelled_package_is_pinned():
    pinned = {(package.name, package.version) for package in read_packages()}
    assert {(label.package, label.version) for label in read_labels()} == pinned
