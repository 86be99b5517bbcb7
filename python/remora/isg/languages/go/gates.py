"""Build constraints of a Go file: its `//go:build` line, and the system and architecture in its name."""

from __future__ import annotations

import re

SYSTEMS = frozenset(
    {"aix", "android", "darwin", "dragonfly", "freebsd", "illumos", "ios", "js", "linux", "nacl", "netbsd", "openbsd"}
    | {"plan9", "solaris", "wasip1", "windows", "zos"}
)
MACHINES = frozenset(
    {"386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64", "ppc64le", "riscv64"}
    | {"s390x", "sparc64", "wasm"}
)
BUILD = re.compile(r"^//\s*go:build\s+(.+)$|^//\s*\+build\s+(.+)$")


def gates_of_name(path: str) -> list[str]:
    """`dial_linux_arm64.go` is built where both hold."""
    parts = path.rpartition("/")[2].removesuffix(".go").removesuffix("_test").split("_")[1:]
    if len(parts) >= 2 and parts[-1] in MACHINES and parts[-2] in SYSTEMS:
        return parts[-2:]
    return parts[-1:] if parts and parts[-1] in SYSTEMS | MACHINES else []


def gates_of_comment(text: str) -> list[str]:
    """The parts of a build line that all have to hold; [] for another comment."""
    found = BUILD.match(text.strip())
    if not found:
        return []
    if found[2]:  # the old form: a space is "or", a comma "and"
        return (
            [found[2].strip().replace(",", " && ").replace(" ", " || ")]
            if " " in found[2].strip()
            else found[2].split(",")
        )
    return conjuncts(found[1].strip())


def conjuncts(text: str) -> list[str]:
    """Split at `&&` that stands in no bracket, unless there is a `||` beside it; brackets around a part are dropped."""
    depth, flat = 0, []
    for char in text:
        depth += (char == "(") - (char == ")")
        flat.append(char if depth == 0 else " ")
    outside = "".join(flat)
    if "||" in outside:
        return [" ".join(text.split())]
    parts, start = [], 0
    while (at := outside.find("&&", start)) >= 0:
        parts.append(text[start:at])
        start = at + 2
    parts.append(text[start:])
    return [" ".join(bare(part).split()) for part in parts if part.strip()]


def bare(text: str) -> str:
    text = text.strip()
    return text[1:-1] if text.startswith("(") and text.endswith(")") and text.count("(") == 1 else text
