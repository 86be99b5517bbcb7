"""Which file a module specifier of JavaScript or TypeScript means."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from remora.isg.languages.ecmascript.known import NODE_MODULES

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator

TYPED = (".ts", ".tsx", ".mts", ".cts")
PLAIN = (".js", ".jsx", ".mjs", ".cjs")
DECLARED = (".d.ts", ".d.mts", ".d.cts")
SUFFIXES = frozenset(TYPED + PLAIN)
# A specifier names what is run; the source may be what that is made from.
MADE_FROM = {".js": (".ts", ".tsx", ".jsx"), ".jsx": (".tsx",), ".mjs": (".mts",), ".cjs": (".cts",)}
MOST_EXTENDED = 8


def resolve(ev: Evaluator, path: str, specifier: str) -> str:
    """The path of the file that a module of `path` gets; "" for a package from elsewhere or nothing."""
    folder, plain = posixpath.dirname(path), path.endswith(PLAIN)
    if specifier.startswith(("./", "../")) or specifier in (".", ".."):
        return file_of(ev, join(folder, specifier), plain)
    if not specifier or specifier.startswith(("/", "node:", "data:", "http:", "https:")):
        return ""
    found = from_paths(ev, folder, specifier, plain)
    if found or (specifier.partition("/")[0] in NODE_MODULES):
        return found
    return from_packages(ev, specifier, plain)


def join(folder: str, name: str) -> str:
    """A path in the workspace; "..x" for one outside it."""
    joined = posixpath.normpath(posixpath.join(folder, name))
    return "" if joined == "." else joined


def file_of(ev: Evaluator, base: str, plain: bool) -> str:
    """A file by its name without a suffix, or a folder by its index; suffixes in the order they are tried."""
    if base.startswith(".."):
        return ""
    return next((one for one in candidates(base, plain) if ev.exists(one)), "")


def candidates(base: str, plain: bool) -> Iterator[str]:
    """Args: plain: JavaScript asks; it runs JavaScript. Declarations come last: they have no bodies."""
    stem, suffix = posixpath.splitext(base)
    sources = [stem + one for one in MADE_FROM.get(suffix, ())]
    own = [base] if suffix in SUFFIXES else []
    yield from (*own, *sources) if plain else (*sources, *own)
    suffixes = (*PLAIN, *TYPED, *DECLARED) if plain else (*TYPED, *PLAIN, *DECLARED)
    if suffix in SUFFIXES:
        yield from (stem + one for one in DECLARED)
    if base:
        yield from (base + one for one in suffixes)
    prefix = f"{base}/" if base else ""
    yield from (f"{prefix}index{one}" for one in suffixes)


def above(folder: str) -> Iterator[str]:
    """A folder and those around it, with a "/" at the end; "" is the workspace."""
    while folder:
        yield f"{folder}/"
        folder = posixpath.dirname(folder)
    yield ""


def from_paths(ev: Evaluator, folder: str, specifier: str, plain: bool) -> str:
    """By `paths` and `baseUrl` of the nearest tsconfig.json or jsconfig.json."""
    for prefix in above(folder):
        for name in ("tsconfig.json", "jsconfig.json"):
            if ev.exists(prefix + name):
                return by_config(ev, prefix + name, specifier, plain, 0)
    return ""


def by_config(ev: Evaluator, config: str, specifier: str, plain: bool, hops: int) -> str:
    unit = ev.unit(config)
    if unit is None or hops > MOST_EXTENDED:
        return ""
    ev.look(("m", unit))
    data = unit.facts.data
    folder = posixpath.dirname(config)
    base_url = data.get("base_url")
    base = join(folder, str(base_url)) if base_url else folder
    paths = data.get("paths")
    table: dict[str, object] = paths if isinstance(paths, dict) else {}
    for pattern in sorted(table, key=len, reverse=True):
        before, star, after = pattern.partition("*")
        fits = specifier.startswith(before) and specifier.endswith(after) if star else specifier == pattern
        if not fits or len(specifier) < len(before) + len(after):
            continue
        middle = specifier[len(before) : len(specifier) - len(after)] if star else ""
        targets = table[pattern]
        for target in targets if isinstance(targets, list | tuple) else (targets,):
            found = file_of(ev, join(base, str(target).replace("*", middle)), plain)
            if found:
                return found
    if base_url and (found := file_of(ev, join(base, specifier), plain)):
        return found
    extended = data.get("extends", ())
    for one in (extended,) if isinstance(extended, str) else extended if isinstance(extended, list | tuple) else ():
        if str(one).startswith("."):
            target = join(folder, str(one))
            target = target if target.endswith(".json") else f"{target}.json"
            found = by_config(ev, target, specifier, plain, hops + 1) if ev.exists(target) else ""
            if found:
                return found
    return ""


def from_packages(ev: Evaluator, specifier: str, plain: bool) -> str:
    """A package of the same workspace, by the name in its package.json."""
    parts = specifier.split("/")
    size = 2 if specifier.startswith("@") else 1
    name, rest = "/".join(parts[:size]), "/".join(parts[size:])
    for manifest in ev.named("package.json"):
        unit = ev.unit(manifest)
        if unit is not None:
            ev.look(("m", unit))
        if unit is None or unit.facts.data.get("name") != name:
            continue
        home = posixpath.dirname(manifest)
        data = unit.facts.data
        exported = data.get("exports")
        table = exported if isinstance(exported, dict) else {}
        wanted = [table.get(f"./{rest}" if rest else "."), rest or None]
        if not rest:
            wanted += [data.get(key) for key in ("types", "module", "main")]
        for one in wanted:
            if isinstance(one, str) and (found := built_from(ev, home, one, plain)):
                return found
        if not rest:
            return file_of(ev, home, plain) or file_of(ev, join(home, "src"), plain)
    return ""


def built_from(ev: Evaluator, home: str, target: str, plain: bool) -> str:
    """What a package's entry is, or the source that it is built from."""
    found = file_of(ev, join(home, target), plain)
    if found:
        return found
    first, _, rest = posixpath.normpath(target).partition("/")
    return file_of(ev, join(home, f"src/{rest}"), plain) if first in ("dist", "lib", "build", "out") and rest else ""
