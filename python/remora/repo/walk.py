"""The files of a workspace: which there are, and which of them a rule leaves out."""

from __future__ import annotations

import os
import re
import stat
import subprocess
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from remora.errors import UserError
from remora.repo import skip
from remora.repo.ignore import IgnoreRule, glob_as_regex, has_open_set, is_ignored, read_rules
from remora.repo.root import Root

GIT_DEADLINE_S = 60
GIT_LIST = ("ls-files", "-z", "-t", "-co", "--exclude-standard")


class Listed(NamedTuple):
    """A file: its path from the root, its status, and why it is left out ("" when it is not)."""

    path: str
    mtime_ns: int
    size: int
    skipped: str


def listed_files(
    root: Root,
    is_wanted: Callable[[str], bool],
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
) -> list[Listed]:
    """The regular files whose names are wanted, by path.

    Git decides which files belong to a git workspace (tracked, or untracked and not ignored); elsewhere .gitignore
    files do. Symlinks are left out: what they lead to inside the root has its own path, and what lies outside is none
    of ours. So are names that are not UTF-8, and nested repositories.

    Args:
        include, exclude: globs as in a .gitignore file; what `include` does not name, or `exclude` does, is not there.
    """
    known = candidates(root)
    ends = tuple(skip.project_files())
    projects = frozenset({"", *(path.rpartition("/")[0] for path in known if path.endswith(ends))})
    wanted, unwanted = matcher(include), matcher(exclude)
    real = RealFolders(root.path)
    found: list[Listed] = []
    for path, tracked in known.items():
        folder, _, name = path.rpartition("/")
        if not is_wanted(name):
            continue
        if (wanted and not wanted.match(path)) or (unwanted and unwanted.match(path)):
            continue
        status = plain_status(root.path, path) if real.holds(folder) else None
        if status is not None:
            why = skip.by_path(path, tracked, projects)
            found.append(Listed(path, status.st_mtime_ns, status.st_size, why))
    return sorted(found)


def refuse_globs(root: Root, is_wanted: Callable[[str], bool], include: Sequence[str], exclude: Sequence[str]) -> None:
    """Look at globs that a person gave, before a graph is made by them.

    Raises:
        UserError: `bad_glob`: one is no glob; `no_files`: they leave nothing.
    """
    for glob in (*include, *exclude):
        if why := fault_of(glob):
            raise UserError(
                f"{glob!r} is no glob: {why}. Write one as in a .gitignore, such as 'src/**' or '*.py'.", "bad_glob"
            )
    if not include and not exclude:
        return
    wanted, unwanted = matcher(include), matcher(exclude)
    for path in candidates(root):
        is_left = (not wanted or wanted.match(path)) and not (unwanted and unwanted.match(path))
        if is_left and is_wanted(path.rpartition("/")[2]):
            return
    raise UserError(
        f"nothing was indexed in {root.path}: no file of a known language is left by --include and --exclude. "
        "The graph is as it was; name other globs.",
        "no_files",
    )


def is_chosen(path: str, include: Sequence[str], exclude: Sequence[str]) -> bool:
    """Whether globs leave a path in."""
    wanted, unwanted = matcher(include), matcher(exclude)
    return (not wanted or bool(wanted.match(path))) and not (unwanted and unwanted.match(path))


def fault_of(glob: str) -> str:
    """Why a text is no glob; "" when it is one."""
    if not glob.strip("/. "):
        return "it names nothing"
    if has_open_set(glob):
        return "a '[' is not closed"
    try:
        matcher([glob])
    except re.error:
        return "what stands in its brackets is no set of characters"
    return ""


def is_listed(root: Root, path: str) -> bool:
    """Whether one file belongs to the workspace, as `listed_files` has it."""
    if plain_status(root.path, path) is None:
        return False
    if root.scope == "git" and (done := git(root.path, *GIT_LIST, "--", f":(literal){path}")) is not None:
        return bool(done)
    if root.scope == "file":
        return path == root.file
    return not is_unwanted(root, path) and not skip.by_path(path, False, frozenset({""}))


def is_unwanted(root: Root, path: str) -> bool:
    """Whether git or .gitignore files leave out files of this path, be there one or not."""
    if root.scope == "git" and git(root.path, "rev-parse", "--git-dir") is not None:
        return bool(git(root.path, "check-ignore", "--", path))  # one that is tracked is never ignored
    parts = path.split("/")
    rules = {"/".join(parts[:depth]): read_rules(root.path.joinpath(*parts[:depth])) for depth in range(len(parts))}
    above = ["/".join(parts[: depth + 1]) for depth in range(len(parts) - 1)]
    if any(name.startswith(".") for name in parts[:-1]) or any(is_ignored(folder, True, rules) for folder in above):
        return True
    return is_ignored(path, False, rules)


def source_files(root: Root, suffixes: Iterable[str]) -> list[str]:
    """Paths of the files with one of these suffixes that no rule leaves out, sorted."""
    endings = tuple(suffixes)
    return [one.path for one in listed_files(root, lambda name: name.endswith(endings)) if not one.skipped]


def candidates(root: Root) -> dict[str, bool]:
    """Paths of all files, each with whether git tracks it."""
    if root.scope == "file":
        return {root.file: False} if root.file else {}
    if root.scope == "git":
        listed = git_files(root.path)
        if listed is not None:
            return listed
    return dict.fromkeys(walked_files(root.path), False)


def matcher(globs: Sequence[str]) -> re.Pattern[str] | None:
    """Paths that one of the globs names, or that lie in a folder that one names; None for no globs."""
    patterns = []
    for glob in globs:
        body = glob.removeprefix("./").rstrip("/")
        prefix = "" if "/" in body else "(?:.*/)?"
        patterns.append(prefix + glob_as_regex(body.removeprefix("/")) + "(?:/.*)?")
    return re.compile(rf"(?:{'|'.join(patterns)})\Z", re.S) if patterns else None


def git_files(folder: Path) -> dict[str, bool] | None:
    """What git lists for this folder, each with whether it is tracked; None when git is missing or refuses."""
    done = git(folder, *GIT_LIST)
    if done is None:
        return None
    found: dict[str, bool] = {}
    for entry in done.split(b"\0"):
        if entry:
            path = os.fsdecode(entry[2:])
            found[path] = found.get(path, False) or entry[:1] != b"?"
    return found


def git_commit(folder: Path) -> str:
    """The commit that is checked out; "" without one, or without git."""
    done = git(folder, "rev-parse", "--verify", "-q", "HEAD")
    return done.decode("ascii", "replace").strip() if done else ""


def git(folder: Path, *arguments: str) -> bytes | None:
    """What a git command prints; None when git is missing or refuses."""
    # A repository's own config may name an fsmonitor program, which `ls-files` would run.
    command = ["git", "-c", "core.fsmonitor=false", *arguments]
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
    return done.stdout


def walked_files(folder: Path) -> list[str]:
    """Every file below the folder that the ignore rules leave in."""
    found: list[str] = []
    rules: dict[str, tuple[IgnoreRule, ...]] = {}
    cut = len(str(folder)) + (str(folder) != "/")
    for here, folders, files in os.walk(folder):
        relative = here[cut:]
        if relative and (".git" in folders or ".git" in files):  # a repository of its own
            folders.clear()
            continue
        if ".gitignore" in files:
            rules[relative] = read_rules(Path(here))
        prefix = f"{relative}/" if relative else ""
        is_project = not relative or not skip.project_files().isdisjoint(files)
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".")
            and not skip.is_left_out(name, is_project)
            and not (rules and is_ignored(prefix + name, True, rules))
        ]
        found += [prefix + name for name in files if not (rules and is_ignored(prefix + name, False, rules))]
    return found


class RealFolders:
    """Which folders are reached from the root through no symlink; each is looked at once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known = {"": True}

    def holds(self, folder: str) -> bool:
        if folder not in self._known:
            self._known[folder] = self.holds(folder.rpartition("/")[0]) and self._is_folder(folder)
        return self._known[folder]

    def _is_folder(self, folder: str) -> bool:
        try:
            return stat.S_ISDIR(os.lstat(f"{self._root}/{folder}").st_mode)
        except (OSError, ValueError):
            return False


def plain_status(folder: Path, path: str) -> os.stat_result | None:
    """The status of a regular file with a UTF-8 name; None for anything else."""
    try:
        path.encode("utf-8")
        status = os.lstat(f"{folder}/{path}")
    except (OSError, ValueError):
        return None
    return status if stat.S_ISREG(status.st_mode) else None
