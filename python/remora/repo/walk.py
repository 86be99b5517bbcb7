"""The source files of a workspace."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Iterable
from pathlib import Path

from remora.repo.ignore import MADE_FOLDERS, IgnoreRule, is_ignored, read_rules
from remora.repo.root import Root

GIT_DEADLINE_S = 60


def source_files(root: Root, suffixes: Iterable[str]) -> list[str]:
    """Paths from the root of the regular files with one of these suffixes, sorted, "/" between the parts.

    Git decides which files belong to a git workspace (tracked, or untracked and not ignored); elsewhere .gitignore
    files and a short list of made folders do. Symlinks are left out: what they lead to inside the root has its own
    path, and what lies outside is none of ours. So are names that are not UTF-8, and nested repositories.
    """
    endings = tuple(suffixes)
    if root.scope == "file":
        paths = [root.file] if root.file else []
    elif root.scope == "git":
        listed = git_files(root.path)
        paths = walked_files(root.path) if listed is None else listed
    else:
        paths = walked_files(root.path)
    return sorted({path for path in paths if path.endswith(endings) and is_plain_file(root.path, path)})


def git_files(folder: Path) -> list[str] | None:
    """What git lists for this folder; None when git is missing or refuses."""
    # A repository's own config may name an fsmonitor program, which `ls-files` would run.
    command = ["git", "-c", "core.fsmonitor=false", "ls-files", "-z", "-co", "--exclude-standard"]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environ | {"GIT_OPTIONAL_LOCKS": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=GIT_DEADLINE_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]


def walked_files(folder: Path) -> list[str]:
    """Every file below the folder that the ignore rules leave in."""
    found: list[str] = []
    rules: dict[str, tuple[IgnoreRule, ...]] = {}
    for here, folders, files in os.walk(folder):
        relative = Path(here).relative_to(folder).as_posix()
        relative = "" if relative == "." else relative
        rules[relative] = read_rules(Path(here))
        prefix = f"{relative}/" if relative else ""
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".")
            and name not in MADE_FOLDERS
            and not is_ignored(prefix + name, True, rules)
            and not os.path.lexists(Path(here) / name / ".git")
        ]
        found += [prefix + name for name in files if not is_ignored(prefix + name, False, rules)]
    return found


def is_plain_file(folder: Path, path: str) -> bool:
    try:
        path.encode("utf-8")
        return stat.S_ISREG(os.lstat(folder / path).st_mode)
    except (OSError, ValueError):
        return False
