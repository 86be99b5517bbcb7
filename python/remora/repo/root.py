"""Which folder a file's workspace is, and which paths lie inside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from remora.errors import UserError
from remora.repo.skip import project_files


@dataclass(frozen=True)
class Root:
    """A workspace's folder.

    Attributes:
        path: absolute, symlinks resolved.
        scope: what made it the root; "file": nothing did, so `file` is all of the workspace.
        file: name of the one file to index when scope is "file"; None when a folder was asked for.
    """

    path: Path
    scope: Literal["git", "project", "file"]
    file: str | None = None

    def inside(self, path: Path | str) -> Path:
        """The real path of a file in this workspace, which need not exist yet.

        Args:
            path: absolute, or relative to the root.

        Raises:
            UserError: code `outside`: with symlinks resolved the path leaves the root, or lies in git's own folder.
        """
        try:
            real = (self.path / path).resolve()
            relative = real.relative_to(self.path)
            str(relative).encode("utf-8")
        except UnicodeError:
            message = f"The file name {str(path)!a} is not UTF-8. Rename the file, then ask again."
            raise UserError(message, "outside") from None
        except (ValueError, OSError, RuntimeError):
            message = (
                f"{printable(path)} is outside the workspace {self.path}. "
                "Choose a file inside it, or name its own workspace with --workspace."
            )
            raise UserError(message, "outside") from None
        if ".git" in relative.parts:
            message = f"{printable(path)} is in git's own folder, which Remora leaves alone. Choose another file."
            raise UserError(message, "outside")
        return real

    def relative(self, path: Path | str) -> str:
        """The path from the root to the real file, with "/" between the parts; raises as `inside` does."""
        return self.inside(path).relative_to(self.path).as_posix()


def find_root(
    path: Path,
    explicit: Path | None = None,
    home: Path | None = None,
    is_named: Callable[[Path], bool] = lambda folder: False,
) -> Root:
    """The workspace that a file or folder belongs to: never the home folder, never "/".

    It is git's; without git the nearest folder upwards that somebody indexed by name; else the nearest one with a
    project file.

    Args:
        path: a file (it need not exist) or a folder.
        explicit: the folder the user named; it is taken as it stands.
        home: the user's home folder, for tests.
        is_named: whether somebody indexed a folder by name (`repo.named`).

    Raises:
        UserError: code `no_root`: the folder named is no folder, or the only choice left is the home folder or "/".
    """
    never = {real_path(home or Path.home()), Path("/")}
    if explicit is not None:
        folder = real_path(explicit)
        if not folder.is_dir():
            message = f"{printable(explicit)} is not a folder. Name an existing folder as the workspace."
            raise UserError(message, "no_root")
        if folder in never:
            raise too_wide(folder)
        return Root(folder, "git" if (folder / ".git").exists() else "project")

    real = real_path(path)
    folder = real if real.is_dir() else real.parent
    candidates = [parent for parent in (folder, *folder.parents) if parent not in never]
    for candidate in candidates:
        if (candidate / ".git").exists():  # a folder, or the file that a worktree or a submodule has
            return Root(candidate, "git")
    for candidate in candidates:
        if is_named(candidate):
            return Root(candidate, "project")
    for candidate in candidates:
        if any((candidate / name).is_file() for name in project_files()):
            return Root(candidate, "project")
    if folder in never:
        raise too_wide(folder)
    return Root(folder, "file", None if folder == real else real.name)


def real_path(path: Path) -> Path:
    """The path with symlinks resolved.

    Raises:
        UserError: code `outside`: the links lead in a circle, or the name holds a NUL.
    """
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        raise UserError(f"{printable(path)} leads nowhere. Choose another path.", "outside") from None


def too_wide(folder: Path) -> UserError:
    message = (
        f"{folder} is too wide to be a workspace. Use a folder of its own inside it, or name one as the workspace."
    )
    return UserError(message, "no_root")


def printable(path: Path | str) -> str:
    """The path as a message may show it: no control characters, no broken Unicode."""
    text = str(path)
    return text if text.isprintable() else ascii(text)
