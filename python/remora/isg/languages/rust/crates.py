"""Where Rust modules lie: the tree of `mod` declarations, and the crates that manifests name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from remora.isg.link.values import NOTHING, Values

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator
    from remora.isg.link.files import Files
    from remora.isg.link.unit import Unit

ROOTS = ("lib.rs", "main.rs", "mod.rs")
MAX_LEVELS = 30
MOST_INLINE = 3
MANIFEST = "Cargo.toml"
LIBRARY = frozenset({"std", "core", "alloc", "proc_macro", "test"})


def joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def folder_of(path: str) -> str:
    return path.rpartition("/")[0]


def is_root(ev: Evaluator, path: str) -> bool:
    """Whether a file is a crate's own: a library, a binary, a test, an example or a build script."""
    name = path.rpartition("/")[2]
    return name in ("lib.rs", "main.rs") or (name != "mod.rs" and not parent(ev, path))


def inner_folder(ev: Evaluator, path: str) -> str:
    """The folder in which the files of a module's children lie."""
    if path.rpartition("/")[2] in ROOTS or is_root(ev, path):
        return folder_of(path)
    return path.removesuffix(".rs")


def child(ev: Evaluator, unit: Unit, inline: list[str], name: str) -> str:
    """The file of `mod name;`, written in the inline modules `inline` of a file; "" when there is none.

    A name with "=" and a path behind it is of a module whose attribute says where its file is.
    """
    folder = "/".join([one for one in (inner_folder(ev, unit.path), *inline) if one])
    paths = unit.facts.data.get("paths")
    given = paths.get(name) if isinstance(paths, dict) else None
    if given:
        candidates = [normal(joined(folder_of(unit.path), given)), normal(joined(folder, given))]
    else:
        candidates = [joined(folder, f"{name}.rs"), joined(folder, f"{name}/mod.rs")]
        if not inline:
            candidates += [joined(folder_of(unit.path), f"{name}.rs"), joined(folder_of(unit.path), f"{name}/mod.rs")]
    return next((path for path in candidates if path != unit.path and ev.exists(path)), "")


def normal(path: str) -> str:
    parts: list[str] = []
    for part in path.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", ".", ".."):
            parts.append(part)
    return "/".join(parts)


def parent(ev: Evaluator, path: str) -> str:
    """The file that declares the module of a file; "" for a crate's root."""
    found = declared_in(ev, path)
    return found[0][0] if found else ""


def inline_names(ev: Evaluator, path: str) -> tuple[str, ...]:
    """The inline modules in that file around the declaration: `mod a { mod b; }` lies in `a/b.rs`."""
    found = declared_in(ev, path)
    return tuple(found[0][1:]) if found else ()


def declared_in(ev: Evaluator, path: str) -> Values:
    """((file, names of inline modules), ) of the declaration of a file's module; () for a crate's root."""

    def compute() -> Values:
        folder, _, file = path.rpartition("/")
        if file in ("lib.rs", "main.rs"):
            return NOTHING
        name = file.removesuffix(".rs")
        if file == "mod.rs":
            folder, _, name = folder.rpartition("/")
        candidates = [joined(folder, root) for root in ROOTS]
        if folder:
            candidates.append(f"{folder}.rs")
        for candidate in candidates:
            if candidate != path and ev.exists(candidate):
                unit = ev.unit(candidate)
                if unit is not None and declares(ev, unit, name):
                    return ((candidate,),)
        return inline_parent(ev, folder, name)

    return ev.once(("rust-parent", path), compute)


def inline_parent(ev: Evaluator, folder: str, name: str) -> Values:
    """A file above whose inline modules, called like the folders between, declare a module; and their names."""
    inner: list[str] = []
    for _ in range(MOST_INLINE):
        folder, _, last = folder.rpartition("/")
        inner.insert(0, last)
        files = [joined(folder, root) for root in ROOTS] + ([f"{folder}.rs"] if folder else [])
        for path in files if last else ():
            unit = ev.unit(path) if ev.exists(path) else None
            if unit is not None and declares_inline(ev, unit, inner, name):
                return ((path, *inner),)
        if not folder:
            break
    return NOTHING


def declares_inline(ev: Evaluator, unit: Unit, inner: list[str], name: str) -> bool:
    number = 0
    for one in (*inner, name):
        ev.look(("b", unit, unit.scope_names[number], one))
        bound = [each.expr for each in unit.scopes[number].names.get(one, ()) if each.expr and each.expr[0] == "d"]
        if not bound or one == name:
            break
        number = unit.scope_of_node.get(bound[0][1], 0)
    where = "::".join(("mod", *inner))
    return any(one.module == where and one.alias == name for one in unit.facts.imports)


def declares(ev: Evaluator, unit: Unit, name: str) -> bool:
    ev.look(("b", unit, unit.scope_names[0], name))
    files = (f"{name}.rs", f"{name}/mod.rs")
    return any(
        one.module == "mod" and (one.alias == name or one.name.partition("=")[2] in files) for one in unit.facts.imports
    )


def root(ev: Evaluator, path: str) -> str:
    """The crate's root file."""
    for _ in range(MAX_LEVELS):
        above = parent(ev, path)
        if not above:
            break
        path = above
    return path


def ancestors(ev: Evaluator, path: str) -> list[str]:
    """The files of the modules around a file's, the nearest first."""
    found: list[str] = []
    while len(found) < MAX_LEVELS and (path := parent(ev, path)):
        found.append(path)
    return found


def manifest(ev: Evaluator, path: str) -> Unit | None:
    """The nearest manifest above a file."""
    folder = folder_of(path)
    while True:
        candidate = joined(folder, MANIFEST)
        if ev.exists(candidate):
            unit = ev.unit(candidate)
            if unit is not None and unit.facts.data.get("name"):
                ev.look(("m", unit))
                return unit
        if not folder:
            return None
        folder = folder_of(folder)


def library(ev: Evaluator, name: str) -> str:
    """The root of a library of the workspace by its name in code; "" when the workspace has none of that name."""
    manifests = ev.named(MANIFEST)
    ev.reads |= {("m", path) for path in manifests}
    known = _LIBRARIES.setdefault(ev.files, {})
    if not known:
        known[""] = ()
        for path in manifests:
            unit = ev.files.unit(path)
            data = unit.facts.data if unit is not None else {}
            given = data.get("lib")
            files = (given, "src/lib.rs") if isinstance(given, str) else ("src/lib.rs",)
            called = str(data.get("name", "")).replace("-", "_")
            known.setdefault(called, tuple(normal(joined(folder_of(path), file)) for file in files))
    return next((path for path in known.get(name, ()) if ev.exists(path)), "")


# What every path may ask for; it goes with the run it was read in.
_LIBRARIES: WeakKeyDictionary[Files, dict[str, tuple[str, ...]]] = WeakKeyDictionary()


def crate(ev: Evaluator, path: str, name: str, *, certain: bool) -> Values:
    """A crate by the first segment of a path. `certain`: it can be nothing else, as in a `use` of an unknown name."""
    if name in LIBRARY:
        return (("X", f"ext:{name}"),)
    if found := library(ev, name):
        return (("M", found),)
    own = manifest(ev, path)
    packages = own.facts.data.get("packages", ()) if own is not None else ()
    wanted = isinstance(packages, (tuple, list)) and any(str(one).replace("-", "_") == name for one in packages)
    return (("X", f"ext:{name}"),) if certain or wanted else NOTHING
