"""Which files of a workspace change, told by the operating system as it happens."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from threading import Event

from remora.errors import RemoraError
from remora.repo import skip

MOST_FOLDERS = 50_000
_STEP_MS = 100
_GROUP_MS = 1000


class CannotWatch(RemoraError):
    """The system has no room for another watch, or none for so many folders."""


@dataclass(frozen=True)
class Changes:
    """What happened since the last look.

    Attributes:
        files: paths from the root, sorted; they were made, written, renamed or deleted.
        everything: folders came or went, or the rules that say what belongs: look at the whole workspace again.
    """

    files: tuple[str, ...]
    everything: bool


class Watch:
    """Watches folders from the moment it is made, each without those below it. Close it.

    Args:
        root: absolute, real.
        paths: the workspace's files, from the root; their folders are watched, and empty ones beside them.

    Raises:
        CannotWatch
    """

    def __init__(self, root: Path, paths: Iterable[str]) -> None:
        from watchfiles._rust_notify import RustNotify, WatchfilesRustInternalError

        self._root = root
        self._folders = folders_of(root, paths)
        if len(self._folders) > MOST_FOLDERS:
            raise CannotWatch(f"{len(self._folders)} folders are more than the {MOST_FOLDERS} that are watched")
        watched = [str(root / folder) for folder in sorted(self._folders)]
        try:
            # Not the whole tree at once: that would take in what git ignores, where most folders often are.
            self._notify = RustNotify(watched, False, False, 0, False, True)
        except (OSError, RuntimeError, WatchfilesRustInternalError) as error:
            raise CannotWatch(str(error)) from error

    def wait(self, stop: Event, timeout_ms: int = 0) -> Changes | None:
        """Wait until something changes and is quiet for a moment; None after `stop` or `timeout_ms` (0: no limit).

        Raises:
            CannotWatch: the system ended the watch.
        """
        while True:
            try:
                found = self._notify.watch(_GROUP_MS, _STEP_MS, timeout_ms, stop)
            except (OSError, RuntimeError) as error:
                raise CannotWatch(str(error)) from error
            if isinstance(found, str):
                return None
            changes = self._sorted_out(os.fsdecode(path) for _, path in found)
            if changes.files or changes.everything:
                return changes

    def close(self) -> None:
        self._notify.close()

    def _sorted_out(self, paths: Iterable[str]) -> Changes:
        files, everything = set(), False
        for path in paths:
            with suppress(ValueError):
                relative = PurePosixPath(path).relative_to(self._root.as_posix()).as_posix()
                name = relative.rpartition("/")[2]
                if relative in self._folders or name == ".gitignore":
                    everything = True
                elif _is_folder(path):
                    everything |= not _is_made(path)
                else:
                    files.add(relative)
        return Changes(tuple(sorted(files)), everything)


def folders_of(root: Path, paths: Iterable[str]) -> frozenset[str]:
    """The folders that hold the files, those above them, and the empty ones in these, where a first file may come."""
    found = {"."}
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    for folder in tuple(found):
        with suppress(OSError), os.scandir(root / folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False) and not _is_made(entry.path) and _is_empty(entry.path):
                    found.add(f"{folder}/{entry.name}".removeprefix("./"))
    return frozenset(found)


def _is_made(folder: str) -> bool:
    """Whether a walk does not go into a folder."""
    above, _, name = folder.rpartition("/")
    if name.startswith(".") or skip.is_left_out(name, beside_project=False):
        return True
    return skip.is_left_out(name, beside_project=True) and any(
        _is_there(f"{above}/{project}") for project in skip.project_files()
    )


def _is_there(path: str) -> bool:
    with suppress(OSError, ValueError):
        return Path(path).is_file()
    return False


def _is_empty(folder: str) -> bool:
    with suppress(OSError), os.scandir(folder) as entries:
        return next(entries, None) is None
    return False


def _is_folder(path: str) -> bool:
    with suppress(OSError, ValueError):
        return Path(path).is_dir() and not Path(path).is_symlink()
    return False
