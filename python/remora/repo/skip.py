"""Rules for files that nobody wrote, or that are too large to read: the data is in skip.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from remora.repo.ignore import glob_as_regex

NEWLINE = b"\n"
COMMENT = re.compile(rb"\s*(#|//|/\*|\*|--|;|<!--|\"\"\"|''')")


def by_path(path: str, tracked: bool, project_folders: frozenset[str]) -> str:
    """Why a file is left out, as far as its path tells; "" when it is not.

    Args:
        path: from the root, "/" between the parts.
        tracked: git has it, so somebody put it there on purpose.
        project_folders: folders that hold a project file, "" for the root.
    """
    folders = path.split("/")[:-1]
    for depth, name in enumerate(folders):
        if name in _folders("vendored"):
            return f"vendored: {name}/"
        if name in _folders("built") and not tracked and "/".join(folders[:depth]) in project_folders:
            return f"built: {name}/"
    return ""


def by_name(path: str) -> str:
    """Why only a file's name goes into the graph, as far as the name tells; "" when all of it does."""
    name = path.rpartition("/")[2]
    for rule in ("minified", "generated"):
        for glob, pattern in _names(rule):
            if pattern.match(name):
                return f"{rule}: {glob}"
    return ""


def by_size(size: int) -> str:
    limit = rules()["large"]["bytes"]
    return f"large: {size:,} bytes, over {limit:,}" if size > limit else ""


def by_text(path: str, text: str) -> str:
    """Why a text is left out that is about to be the file's, as far as it and the path tell; "" when it is not."""
    raw = text.encode("utf-8", "replace")
    return by_path(path, False, frozenset()) or by_name(path) or by_size(len(raw)) or by_content(raw)


def by_content(raw: bytes) -> str:
    """Why only a file's name goes into the graph, as far as its bytes tell; "" when all of it does."""
    known = rules()
    nul = raw.find(b"\0")
    if nul >= 0:
        return f"binary: a NUL byte in line {raw.count(NEWLINE, 0, nul) + 1}"
    lines = raw.count(b"\n") + (not raw.endswith(b"\n"))
    if lines > known["large"]["lines"]:
        return f"large: {lines:,} lines, over {known['large']['lines']:,}"
    if len(raw) >= known["minified"]["least"] and len(raw) > lines * known["minified"]["mean_line"]:
        return f"minified: {len(raw) // lines:,} bytes per line"
    for line in raw[:4000].split(b"\n")[: known["generated"]["lines"]]:
        if COMMENT.match(line):
            for mark in known["generated"]["marks"]:
                if mark.encode() in line:
                    return f"generated: {mark!r} in its head"
    return ""


def is_left_out(folder: str, beside_project: bool) -> bool:
    """Whether a walk without git need not go into a folder of this name."""
    return folder in _folders("vendored") or (beside_project and folder in _folders("built"))


@cache
def rules() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("skip.toml").read_text("utf-8"))


def project_files() -> frozenset[str]:
    return frozenset(rules()["built"]["beside"])


@cache
def _folders(rule: str) -> frozenset[str]:
    return frozenset(rules()[rule]["folders"])


@cache
def _names(rule: str) -> list[tuple[str, re.Pattern[str]]]:
    return [(glob, re.compile(glob_as_regex(glob) + r"\Z")) for glob in rules()[rule]["names"]]
