"""Where Go packages lie, and what the files of one declare together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from remora.isg.link.values import HEURISTIC, NOTHING, Values

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator
    from remora.isg.link.files import Files
    from remora.isg.link.unit import Unit

MANIFEST = "go.mod"
TEST = "_test.go"


class Package(NamedTuple):
    """The files of a package by what they declare: names and types with methods; interfaces as (path, name)."""

    names: dict[str, tuple[str, ...]]
    receivers: dict[str, tuple[str, ...]]
    interfaces: tuple[tuple[str, str], ...]


def folder_of(path: str) -> str:
    return path.rpartition("/")[0]


def package_of(ev: Evaluator, unit: Unit) -> Package:
    """The package that a file belongs to, as that file sees it."""
    return package(ev, folder_of(unit.path), str(unit.facts.data.get("package", "")), unit.path.endswith(TEST))


def package(ev: Evaluator, folder: str, name: str = "", tests: bool = False) -> Package:
    """The package in a folder. `name`: of the package, when known; `tests`: its test files count too."""
    asked = _ASKED.setdefault(ev, {})
    key = (folder, name, tests)
    if key in asked:
        return asked[key]
    paths = [one for one in ev.listing(folder) if one.endswith(".go") and (tests or not one.endswith(TEST))]
    ev.reads |= {("m", path) for path in paths if path != ev.path}
    known = _PACKAGES.setdefault(ev.files, {})
    if key not in known:
        known[key] = gathered(ev.files, paths, name)
    asked[key] = known[key]
    return known[key]


def gathered(files: Files, paths: list[str], package: str) -> Package:
    names: dict[str, list[str]] = {}
    receivers: dict[str, list[str]] = {}
    interfaces: list[tuple[str, str]] = []
    for path in paths:
        unit = files.unit(path)
        data = unit.facts.data if unit is not None else {}
        if package and data.get("package", "") != package:
            continue
        for one in data.get("names", ()):
            names.setdefault(one, []).append(path)
        for one in data.get("receivers", ()):
            receivers.setdefault(one, []).append(path)
        interfaces += [(path, one) for one in data.get("interfaces", ())]
    return Package(
        {one: tuple(some) for one, some in names.items()},
        {one: tuple(some) for one, some in receivers.items()},
        tuple(interfaces),
    )


# What every name of a package may ask for; it goes with the run it was read in.
_PACKAGES: WeakKeyDictionary[Files, dict[tuple[str, str, bool], Package]] = WeakKeyDictionary()
# The same for one file's linking, which has to note what it looked at.
_ASKED: WeakKeyDictionary[Evaluator, dict[tuple[str, str, bool], Package]] = WeakKeyDictionary()


def name_of(ev: Evaluator, folder: str) -> str:
    """What the package in a folder calls itself."""
    for path in ev.listing(folder):
        if path.endswith(".go") and not path.endswith(TEST) and (unit := ev.unit(path)) is not None:
            ev.look(("m", unit))
            return str(unit.facts.data.get("package", ""))
    return ""


def located(ev: Evaluator, path: str, module: str) -> Values:
    """The package that an import in a file names: ("M", "folder/"), or ("X", …) when it is not in the workspace."""

    def compute() -> Values:
        manifests = ev.named(MANIFEST)
        for manifest in sorted(manifests, key=lambda one: (not path.startswith(folder_of(one)), -len(one))):
            unit = ev.unit(manifest)
            if unit is None:
                continue
            ev.look(("m", unit))
            name = str(unit.facts.data.get("name", ""))
            if name and (module == name or module.startswith(f"{name}/")):
                inner = module[len(name) + 1 :]
                folder = "/".join(part for part in (folder_of(manifest), inner) if part)
                if has_files(ev, folder):
                    return (("M", f"{folder}/"),)
        first = module.partition("/")[0]
        if not manifests and "." in first:
            return without_manifest(ev, module)
        return (("X", f"ext:{module}"),)

    return ev.once(("go-import", folder_of(path), module), compute)


def without_manifest(ev: Evaluator, module: str) -> Values:
    """A checkout without go.mod: the import's path ends in the folder's."""
    parts = module.split("/")
    for start in range(1, len(parts)):
        folder = "/".join(parts[start:])
        if has_files(ev, folder):
            ev.least(HEURISTIC)
            return (("M", f"{folder}/"),)
    return (("X", f"ext:{module}"),)


def has_files(ev: Evaluator, folder: str) -> bool:
    return any(path.endswith(".go") for path in ev.listing(folder))


def files_of(ev: Evaluator, folder: str) -> Values:
    """The files of a package that a dependency on it means."""
    return (
        tuple(("M", path) for path in ev.listing(folder) if path.endswith(".go") and not path.endswith(TEST)) or NOTHING
    )
