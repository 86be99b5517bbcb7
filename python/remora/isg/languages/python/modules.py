"""Which file an import in a Python file means."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from remora.isg.link.values import NOTHING, Values

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator

STANDARD = sys.stdlib_module_names - {"test"}
SOURCE_FOLDERS = ("", "src", "lib", "python")


def module(ev: Evaluator, path: str, name: str) -> Values:
    """The module that an import in a file names: ("M", …), or ("X", "ext:name") when it is not in the workspace."""
    here = path.rpartition("/")[0]
    return ev.once(("module", here, name), lambda: located(ev, here, name))


def located(ev: Evaluator, here: str, module: str) -> Values:
    name = module.lstrip(".")
    dots = len(module) - len(name)
    parts = name.split(".") if name else []
    if dots:
        for _ in range(dots - 1):
            if not here:
                return NOTHING  # beyond the top
            here = here.rpartition("/")[0]
        if dots > 1 and not here and not ev.exists("__init__.py"):
            return NOTHING
        found = module_path(ev, here, parts)
        return (("M", found),) if found else NOTHING
    if not parts:
        return NOTHING
    if parts[0] not in STANDARD:
        only_folder = ""
        for base in search_folders(ev, here):
            if module_path(ev, base, parts[:1]) is None:
                continue
            found = module_path(ev, base, parts)
            if found and not found.endswith("/"):
                return (("M", found),)
            only_folder = only_folder or found or ""
        if only_folder:
            return (("M", only_folder),)
    return (("X", f"ext:{name}"),)


def search_folders(ev: Evaluator, here: str) -> Iterator[str]:
    """Where an absolute import may start: above the importing file's package first, then further up, source folders
    of each included.
    """
    while here and ev.exists(f"{here}/__init__.py"):
        here = here.rpartition("/")[0]
    while True:
        for source in SOURCE_FOLDERS:
            yield joined(here, source)
        if not here:
            return
        here = here.rpartition("/")[0]


def module_path(ev: Evaluator, base: str, parts: list[str]) -> str | None:
    """The file of a module below a folder; a folder without a file of its own ends in "/"."""
    folder = joined(base, "/".join(parts))
    inner = f"{folder}/" if folder else ""
    for name in ("__init__.py", "__init__.pyi"):
        if ev.exists(f"{inner}{name}"):
            return f"{inner}{name}"
    if parts:
        for suffix in (".py", ".pyi"):
            if ev.exists(f"{folder}{suffix}"):
                return f"{folder}{suffix}"
    return inner if folder and ev.has_folder(folder) else None


def joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder and name else folder or name


def submodule(ev: Evaluator, path: str, name: str) -> Values:
    """A module in a package."""
    folder, _, file = path.rpartition("/")
    if file and not file.startswith("__init__."):
        return NOTHING
    found = module_path(ev, folder, [name])
    return (("M", found),) if found else NOTHING
