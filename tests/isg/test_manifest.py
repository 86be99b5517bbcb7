"""What manifests say, and what hostile ones cannot do."""

from __future__ import annotations

from typing import Any

import pytest

from remora.isg.extract import pack, unpack
from remora.isg.manifest import is_manifest, read_manifest

POM = """<?xml version="1.0"?>
<!-- a comment -->
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <parent><groupId>org.shop</groupId></parent>
  <artifactId>cart</artifactId>
  <modules><module>core</module></modules>
  <dependencies>
    <dependency><groupId>org.junit</groupId><artifactId>junit</artifactId></dependency>
    <dependency><groupId>${its}</groupId><artifactId>own</artifactId></dependency>
  </dependencies>
</project>
"""
CASES: list[tuple[str, str, dict[str, Any]]] = [
    (
        "pyproject.toml",
        '[project]\nname = "shop"\ndependencies = ["Rich>=1; python_version>\'3\'", "typing-extensions"]\n'
        '[project.optional-dependencies]\nfast = ["numpy[all]~=2"]\n[build-system]\nrequires = ["hatchling"]\n',
        {"name": "shop", "packages": ("hatchling", "numpy", "rich", "typing_extensions"), "extras": ("fast",)},
    ),
    (
        "pyproject.toml",
        '[tool.poetry]\nname = "old"\n[tool.poetry.dependencies]\npython = "^3"\nclick = "*"\n',
        {"name": "old", "packages": ("click",)},
    ),
    (
        "requirements-dev.txt",
        "# tools\n-r other.txt\npytest==8\n\nruamel.yaml\n",
        {"packages": ("pytest", "ruamel_yaml")},
    ),
    (
        "Cargo.toml",
        '[package]\nname = "cart"\n[dependencies]\nserde-json = "1"\nlocal = { package = "its-name", path = "x" }\n'
        '[target.\'cfg(unix)\'.dependencies]\nlibc = "1"\n[features]\nextra = []\n[lib]\npath = "src/root.rs"\n'
        '[[bin]]\npath = "src/cli.rs"\n[workspace]\nmembers = ["core"]\n',
        {
            "name": "cart",
            "packages": ("its_name", "libc", "serde_json"),
            "extras": ("extra",),
            "members": ("core",),
            "lib": "src/root.rs",
            "bins": ("src/cli.rs",),
        },
    ),
    (
        "go.mod",
        "module example.org/shop // here\n\ngo 1.22\n\nrequire example.org/one v1.0.0\nrequire (\n\texample.org/two v2 // indirect\n)\n"
        "replace example.org/two => ./two\nreplace example.org/one v1 => example.org/fork v2\n",
        {
            "name": "example.org/shop",
            "packages": ("example.org/one", "example.org/two"),
            "replace": {"example.org/two": "./two"},
        },
    ),
    (
        "package.json",
        '{"name": "@shop/cart", "main": "lib/index.js", "type": "module", "workspaces": {"packages": ["packages/*"]},'
        ' "dependencies": {"left": "1"}, "devDependencies": {"vite": "1"},'
        ' "exports": {".": {"types": "./t.d.ts", "import": "./i.js"}, "./deep/*": "./deep/*.js", "./no": null}}',
        {
            "name": "@shop/cart",
            "main": "lib/index.js",
            "type": "module",
            "members": ("packages/*",),
            "packages": ("left", "vite"),
            "exports": {".": "./i.js", "./deep/*": "./deep/*.js"},
        },
    ),
    ("package.json", '{"exports": "./only.js"}', {"exports": {".": "./only.js"}}),
    (
        "tsconfig.base.json",
        '{ // a comment\n "extends": "./b.json", /* and\n another */ "compilerOptions": {"baseUrl": "./src",'
        ' "paths": {"@/*": ["a//*", "b/*",],},},\n}',
        {"extends": ("./b.json",), "base_url": "./src", "paths": {"@/*": ("a//*", "b/*")}},
    ),
    ("pom.xml", POM, {"name": "org.shop:cart", "packages": ("org.junit:junit",), "members": ("core",)}),
    (
        "build.gradle.kts",
        'dependencies {\n    implementation("a.b:c:1")\n    testImplementation(platform("d:e:2"))\n    // api("no:no:1")\n}\n',
        {"packages": ("a.b:c", "d:e")},
    ),
]


@pytest.mark.parametrize(("path", "text", "expected"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_manifest_says_what_is_in_it(path: str, text: str, expected: dict[str, Any]):
    graph = read_manifest(path, text, "shop")
    assert (graph.status, graph.reason) == ("ok", "")
    assert {key: value for key, value in graph.facts.data.items() if key != "kind"} == expected
    assert [node.kind for node in graph.nodes] == ["module"]
    assert unpack(pack(graph)) == graph


def test_only_files_with_a_manifests_name_are_manifests():
    assert all(is_manifest(path) for path in ("a/go.mod", "jsconfig.json", "tsconfig.app.json", "requirements.txt"))
    assert not any(is_manifest(path) for path in ("data.json", "my-package.json", "go.mod.bak", "requirements.md"))


BROKEN = [
    ("pyproject.toml", "[project"),
    ("pyproject.toml", "x = " + "[" * 5000),
    ("package.json", "{"),
    ("package.json", "[" * 100_000),
    ("tsconfig.json", "/*"),
    ("pom.xml", "<project>"),
    ("pom.xml", '<!DOCTYPE p [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><project>&c;</project>'),
    ("pom.xml", '<!DOCTYPE p SYSTEM "file:///etc/passwd"><project/>'),
]
ODD = [
    ("pyproject.toml", 'project = "no table"\n'),
    ("pyproject.toml", '[project]\nname = 3\ndependencies = "none"\n[project.optional-dependencies]\na = 1\n'),
    ("Cargo.toml", 'dependencies = ["x"]\nbin = "a"\nworkspace = 1\ntarget = 2\n'),
    ("package.json", "[1]"),
    ("package.json", '{"exports": [[], {"a": {}}], "dependencies": [1], "workspaces": 7, "name": {}}'),
    ("tsconfig.json", '{"compilerOptions": {"paths": {"a": 1, "b": [2]}}, "extends": 5}'),
    ("tsconfig.json", ""),
    ("go.mod", "module\nrequire (\nreplace a =>\n)\n\x00"),
    ("requirements.txt", "\x00\n==\n🦀>=1\n"),
    ("build.gradle", "implementation(" * 1000),
    ("pom.xml", "<project><dependencies><dependency/></dependencies></project>"),
]


@pytest.mark.parametrize(("path", "text"), BROKEN)
def test_a_broken_manifest_is_partial_and_says_why(path: str, text: str):
    graph = read_manifest(path, text, "shop")
    assert graph.status == "partial"
    assert graph.reason
    assert "passwd" not in graph.reason


@pytest.mark.parametrize(("path", "text"), ODD)
def test_values_of_other_types_are_left_out(path: str, text: str):
    graph = read_manifest(path, text, "shop")
    assert graph.status == "ok"
    assert unpack(pack(graph)) == graph
