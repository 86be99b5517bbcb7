"""Where a workspace keeps its state, and which folders somebody indexed on purpose."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from remora.errors import UserError
from remora.repo.root import Root, find_root

_MARK = "named"


def folder_of(root: Path, state: Path) -> Path:
    """Where a workspace keeps its state: never in the repository, which could bring a prepared one."""
    return state / hashlib.blake2b(str(root).encode("utf-8", "surrogateescape"), digest_size=10).hexdigest()


def keep_name(root: Path, state: Path) -> None:
    """Note that somebody asked for an index of this folder, so that it is the workspace of what lies in it."""
    folder = folder_of(root, state)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / _MARK).touch()


def named_in(state: Path) -> Callable[[Path], bool]:
    """Whether a folder was indexed on purpose, as `find_root` asks it."""
    return lambda folder: (folder_of(folder, state) / _MARK).is_file()


def is_stray(root: Root, state: Path) -> bool:
    """Whether nothing says that this folder belongs together: no git, no project file, nobody who indexed it."""
    if root.scope == "git" or named_in(state)(root.path):
        return False
    return find_root(root.path).scope == "file"


def stray(root: Path, how: str) -> UserError:
    """What is said instead of reading such a folder without being asked to.

    Args:
        how: what the user types to have it indexed.
    """
    return UserError(
        f"{root} is no repository: neither git nor a project file such as pyproject.toml says so. "
        f"Index everything in it on purpose with `{how}`.",
        "no_repository",
    )
