"""Manifests: the files that say what a project is called, what it needs and where its modules lie.

A manifest is a file of the language "manifest" with a module node and nothing in it. What it says is in `facts.data`;
paths in it are as written, relative to the manifest's folder. Keys that a file says nothing about are left out:

    kind        python, requirements, cargo, go, npm, tsconfig, maven or gradle
    name        of the project or package, as written ("example.org/shop" of a go.mod, "group:artifact" of a pom.xml)
    packages    what it depends on, sorted, each `ext:…` without the "ext:": the linker makes DEPENDS edges of these
    extras      python: names of optional dependency groups; cargo: names of features
    members     cargo, npm, maven: folders (or globs) of the packages of a workspace
    lib         cargo: path of the library's root; bins: paths of the binaries' roots
    replace     go: module path -> local folder
    main, module, types, type   npm: as in package.json
    exports     npm: subpath -> path, the first choice where there are conditions ("." for the package itself)
    base_url    tsconfig: folder that bare names start from
    paths       tsconfig: pattern -> patterns
    extends     tsconfig: files it builds on

No manifest is run, and no program is asked about one. One that cannot be read is "partial", with why.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

from remora.isg.extract import only_module
from remora.isg.values import FileGraph

LANG = "manifest"
REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)")
GRADLE = re.compile(
    r"^\s*(?:\w*[iI]mplementation|api|compileOnly|runtimeOnly|\w*[cC]ompile|annotationProcessor|kapt)\s*\(?\s*"
    r"(?:platform\s*\(\s*)?['\"]([^'\":\s]+):([^'\":\s]+)",
    re.M,
)
# Strings first, so that what looks like a comment in one stays.
JSON_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|//[^\n]*|/\*.*?\*/|,(?=\s*[}\]])', re.S)

Data = dict[str, Any]


def is_manifest(path: str) -> bool:
    return _reader(path.rpartition("/")[2]) is not None


def read_manifest(path: str, text: str, repo: str) -> FileGraph:
    """A manifest's share of the graph; never raises."""
    graph = replace(only_module(path, text, repo, None, "ok", ""), lang=LANG)
    reader = _reader(path.rpartition("/")[2])
    try:
        data = reader(text) if reader else {}
    except (ValueError, TypeError, AttributeError, RecursionError, ElementTree.ParseError) as error:
        reason = str(error).partition("\n")[0][:200] or "nested too deeply"
        return replace(graph, status="partial", reason=reason)
    known = {key: value for key, value in data.items() if value}
    return replace(graph, facts=graph.facts._replace(data=known))


def _reader(name: str) -> Callable[[str], Data] | None:
    if name in READERS:
        return READERS[name]
    if re.fullmatch(r"requirements[\w.-]*\.(txt|in)", name):
        return requirements
    return tsconfig if re.fullmatch(r"(ts|js)config(\.[\w-]+)*\.json", name) else None


def pyproject(text: str) -> Data:
    data = tomllib.loads(text)
    project = _table(data, "project")
    extras = _table(project, "optional-dependencies")
    poetry = _table(data, "tool", "poetry")
    wanted = [*_texts(project.get("dependencies")), *(one for group in extras.values() for one in _texts(group))]
    wanted += [one for group in _table(data, "dependency-groups").values() for one in _texts(group)]
    wanted += [name for name in _table(poetry, "dependencies") if name.lower() != "python"]
    wanted += _texts(_table(data, "build-system").get("requires"))
    return {
        "kind": "python",
        "name": _text(project.get("name")) or _text(poetry.get("name")),
        "packages": _python_names(wanted),
        "extras": tuple(sorted(extras)),
    }


def requirements(text: str) -> Data:
    lines = [line.strip() for line in text.split("\n")]
    return {"kind": "requirements", "packages": _python_names(line for line in lines if line[:1] not in ("#", "-"))}


def cargo(text: str) -> Data:
    data = tomllib.loads(text)
    tables = [data, _table(data, "workspace"), *_table(data, "target").values()]
    kinds = ("dependencies", "dev-dependencies", "build-dependencies")
    wanted = {
        (_text(spec.get("package")) if isinstance(spec, dict) else "") or name
        for table in tables
        for kind in kinds
        for name, spec in _table(table, kind).items()
    }
    bins = data.get("bin")
    return {
        "kind": "cargo",
        "name": _text(_table(data, "package").get("name")),
        "packages": tuple(sorted(name.replace("-", "_") for name in wanted)),
        "extras": tuple(sorted(_table(data, "features"))),
        "members": _texts(_table(data, "workspace").get("members")),
        "lib": _text(_table(data, "lib").get("path")),
        "bins": tuple(_text(_table(one).get("path")) for one in bins) if isinstance(bins, list) else (),
    }


def go_mod(text: str) -> Data:
    """Its directives, in a block or one by one; comments are no part of them."""
    name, block = "", ""
    wanted: set[str] = set()
    replaced: dict[str, str] = {}
    for raw in text.split("\n"):
        words = raw.partition("//")[0].split()
        if not words:
            continue
        if block and words[0] == ")":
            block = ""
            continue
        if not block and len(words) > 1 and words[1] == "(":
            block = words[0]
            continue
        verb, rest = (block, words) if block else (words[0], words[1:])
        rest = [word.strip('"') for word in rest]
        if verb == "module" and rest:
            name = rest[0]
        elif verb == "require" and rest:
            wanted.add(rest[0])
        elif verb == "replace" and "=>" in rest[:-1] and rest[rest.index("=>") + 1].startswith("."):
            replaced[rest[0]] = rest[rest.index("=>") + 1]
    return {"kind": "go", "name": name, "packages": tuple(sorted(wanted)), "replace": replaced}


def package_json(text: str) -> Data:
    data = _table(json.loads(text))
    kinds = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")
    workspaces = data.get("workspaces")
    members = workspaces.get("packages") if isinstance(workspaces, dict) else workspaces
    return {
        "kind": "npm",
        "packages": tuple(sorted({name for kind in kinds for name in _table(data, kind)})),
        "members": _texts(members),
        "exports": _exports(data.get("exports")),
        **{key: _text(data.get(key)) for key in ("name", "main", "module", "types", "type")},
    }


def _exports(value: Any) -> dict[str, str]:
    if isinstance(value, dict) and any(key.startswith(".") for key in value):
        return {key: path for key, inner in value.items() if (path := _first_path(inner))}
    path = _first_path(value)
    return {".": path} if path else {}


def _first_path(value: Any) -> str:
    """The path that source code would be read from: of conditions the first that has one, types last."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return next((path for one in value if (path := _first_path(one))), "")
    if isinstance(value, dict):
        order = sorted(value, key=lambda key: key == "types")
        return next((path for key in order if (path := _first_path(value[key]))), "")
    return ""


def tsconfig(text: str) -> Data:
    data = _table(json.loads(without_comments(text)) if text.strip() else {})
    options = _table(data, "compilerOptions")
    extends = data.get("extends")
    return {
        "kind": "tsconfig",
        "base_url": _text(options.get("baseUrl")),
        "paths": {pattern: _texts(targets) for pattern, targets in _table(options, "paths").items()},
        "extends": (extends,) if isinstance(extends, str) else _texts(extends),
    }


def without_comments(text: str) -> str:
    """JSON as the TypeScript compiler takes it: with comments, and commas behind the last item."""
    once = JSON_COMMENT.sub(lambda found: found[1] or ("" if found[0] != "," else ","), text)
    return JSON_COMMENT.sub(lambda found: found[1] or "", once)


def pom(text: str) -> Data:
    if "<!" in text.replace("<!--", "").replace("<![CDATA[", ""):
        raise ValueError("a document type is not read: it can name files and grow without bound")
    root = ElementTree.fromstring(re.sub(r'\sxmlns="[^"]*"', "", text, count=1))
    parent = root.findtext("parent/groupId", "")
    wanted = {
        f"{(one.findtext('groupId') or '').strip()}:{(one.findtext('artifactId') or '').strip()}"
        for one in root.iter("dependency")
    }
    group, artifact = root.findtext("groupId") or parent, root.findtext("artifactId") or ""
    return {
        "kind": "maven",
        "name": f"{group.strip()}:{artifact.strip()}" if artifact else "",
        "packages": tuple(sorted(one for one in wanted if "$" not in one)),
        "members": tuple(module.text.strip() for module in root.iter("module") if module.text),
    }


def gradle(text: str) -> Data:
    return {"kind": "gradle", "packages": tuple(sorted({f"{group}:{name}" for group, name in GRADLE.findall(text)}))}


READERS: Mapping[str, Callable[[str], Data]] = {
    "pyproject.toml": pyproject,
    "Cargo.toml": cargo,
    "go.mod": go_mod,
    "package.json": package_json,
    "pom.xml": pom,
    "build.gradle": gradle,
    "build.gradle.kts": gradle,
}


def _table(value: Any, *way: str) -> dict[str, Any]:
    """The table at the end of a way of keys; an empty one when something else, or nothing, is there."""
    for key in way:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _python_names(wanted: Iterable[str]) -> tuple[str, ...]:
    """Distribution names as one would import them: small letters, underscores."""
    found = {re.sub(r"[-_.]+", "_", match[1]).lower() for one in wanted if (match := REQUIREMENT.match(one))}
    return tuple(sorted(found))
