"""From what a file says a call means to the key of the node it means, across files; only where that is certain."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Protocol

from remora.isg.scope import INITIALISER
from remora.isg.values import Import, Kind, Target

# How many re-exports are followed; two modules may import a name from each other.
MAX_HOPS = 8
SOURCE_FOLDERS = ("", "src", "lib", "python")


class Symbols(Protocol):
    """What the workspace holds, by path from its root."""

    def has_file(self, path: str) -> bool: ...

    def node(self, path: str, qualname: str) -> tuple[str, Kind, bool] | None:
        """(key, kind, rebound) of the first node with this qualname."""
        ...

    def imported(self, path: str, alias: str) -> Import | None:
        """The certain module-level import that binds a name in a file."""
        ...


def resolve(path: str, target: Target, symbols: Symbols) -> str | None:
    """The key that a target in the file `path` means; None when it is not in the workspace, or not certain."""
    if not target.module:
        return target.name
    return in_module(path, target.module, target.name.split("."), symbols, MAX_HOPS)


def in_module(path: str, module: str, names: list[str], symbols: Symbols, hops: int) -> str | None:
    found = locate(path, module, symbols)
    if found is not None:
        return in_file(found, names, symbols, hops)
    if len(names) > 1:  # a folder without __init__.py holds modules too
        return in_module(path, joined(module, names[0]), names[1:], symbols, hops)
    return None


def in_file(path: str, names: list[str], symbols: Symbols, hops: int) -> str | None:
    """The node a dotted name means in a module: defined there, imported there, or a module of that package."""
    if not names or hops == 0:
        return None
    defined = symbols.node(path, names[0])
    if defined is not None:
        return defined_in(path, names, symbols)
    bound = symbols.imported(path, names[0])
    if bound is not None:
        rest = [bound.name, *names[1:]] if bound.name else names[1:]
        return in_module(path, bound.module, rest, symbols, hops - 1) if rest else None
    if PurePosixPath(path).name == "__init__.py":
        inner = module_file(PurePosixPath(path).parent, [names[0]], symbols)
        return in_file(inner, names[1:], symbols, hops) if inner else None
    return None


def defined_in(path: str, names: list[str], symbols: Symbols) -> str | None:
    """A function, a class or a class's method, none of them bound twice; a class means its own `__init__`."""
    for depth in range(1, len(names) + 1):
        found = symbols.node(path, ".".join(names[:depth]))
        if found is None or found[2] or (depth < len(names) and found[1] != "class"):
            return None
    key, kind, _ = found
    if kind != "class":
        return key
    initialiser = symbols.node(path, ".".join([*names, INITIALISER]))
    if initialiser is None:
        return key
    return None if initialiser[2] else initialiser[0]


def locate(path: str, module: str, symbols: Symbols) -> str | None:
    """The file of a module as the file `path` names it; None when there is none, or more than one candidate."""
    name = module.lstrip(".")
    dots = len(module) - len(name)
    parts = name.split(".") if name else []
    here = PurePosixPath(path).parent
    if dots:
        for _ in range(dots - 1):
            here = here.parent
        return module_file(here, parts, symbols)
    if parts[0] in sys.stdlib_module_names:
        return None
    found = {file for base in search_folders(here, symbols) if (file := module_file(base, parts, symbols))}
    return found.pop() if len(found) == 1 else None


def search_folders(here: PurePosixPath, symbols: Symbols) -> Iterator[PurePosixPath]:
    """Where an absolute import may start: folders from the importing package's top upwards, with their src folders."""
    while here != here.parent and symbols.has_file(str(here / "__init__.py")):
        here = here.parent
    for folder in (here, *here.parents):
        for source in SOURCE_FOLDERS:
            yield folder / source


def module_file(base: PurePosixPath, parts: list[str], symbols: Symbols) -> str | None:
    folder = base.joinpath(*parts)
    candidates = (
        [folder / "__init__.py"] if not parts else [folder / "__init__.py", folder.with_name(f"{folder.name}.py")]
    )
    return next((str(file) for file in candidates if symbols.has_file(str(file))), None)


def joined(module: str, name: str) -> str:
    return module + name if module.endswith(".") else f"{module}.{name}"


def tails(path: str, imports: tuple[Import, ...]) -> frozenset[str]:
    """Last parts of all that a file imports: a change of a file `…/tax.py` concerns files with the tail "tax"."""
    found: set[str] = set()
    for one in imports:
        name = one.module.lstrip(".")
        if name:
            found.add(name.rpartition(".")[2])
        else:
            here = PurePosixPath(path).parent
            for _ in range(len(one.module) - 1):
                here = here.parent
            found.add(here.name)
        if one.name not in ("", "*"):
            found.add(one.name)
    return frozenset(found)


def tail_of(path: str) -> str:
    """The last part of the name that a file is imported by."""
    file = PurePosixPath(path)
    return file.parent.name if file.stem == "__init__" else file.stem
