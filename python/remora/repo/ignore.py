"""The rules that say which files of a folder nobody wrote, for folders where git cannot be asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class IgnoreRule:
    """One line of a .gitignore file; `pattern` matches a "/"-separated path relative to that file's folder."""

    pattern: re.Pattern[str]
    folders_only: bool
    keeps: bool


def read_rules(folder: Path) -> tuple[IgnoreRule, ...]:
    """The rules of the folder's .gitignore, in order; a missing or unreadable file has none."""
    try:
        lines = (folder / ".gitignore").read_text("utf-8").split("\n")
    except (OSError, UnicodeError):
        return ()
    return tuple(rule for line in lines if (rule := parse_rule(line)) is not None)


def parse_rule(line: str) -> IgnoreRule | None:
    line = line.rstrip("\r ")
    if not line or line.startswith("#"):
        return None
    keeps = line.startswith("!")
    body = line.removeprefix("!").removeprefix("\\")
    folders_only = body.endswith("/")
    body = body.rstrip("/")
    anchored = "/" in body
    body = body.removeprefix("/")
    if not body:
        return None
    prefix = "" if anchored else "(?:.*/)?"
    try:
        return IgnoreRule(re.compile(prefix + glob_as_regex(body) + r"\Z"), folders_only, keeps)
    except re.error:
        return None


def glob_as_regex(glob: str) -> str:
    """A gitignore glob as a regular expression: `*` and `?` stay within one part, `**` spans any number of parts."""
    out, i = "", 0
    while i < len(glob):
        if glob.startswith("**/", i):
            out, i = out + "(?:.*/)?", i + 3
        elif glob.startswith("/**", i) and i + 3 == len(glob):
            out, i = out + "/.+", i + 3
        elif glob[i] == "*":
            out, i = out + "[^/]*", i + 1
        elif glob[i] == "?":
            out, i = out + "[^/]", i + 1
        elif glob[i] == "[" and "]" in glob[i + 2 :]:
            end = glob.index("]", i + 2)
            # A set within a set, and operators between them, are no part of a glob.
            inner = re.sub(r"([\\\[&|~])", r"\\\1", glob[i + 1 : end])
            out, i = out + "[" + re.sub("^!", "^", inner) + "]", end + 1
        else:
            out, i = out + re.escape(glob[i]), i + 1
    return out


def has_open_set(glob: str) -> bool:
    """Whether a `[` in a glob stands for itself, since no `]` closes it."""
    i = glob.find("[")
    while i >= 0:
        if "]" not in glob[i + 2 :]:
            return True
        i = glob.find("[", glob.index("]", i + 2))
    return False


def is_ignored(relative: str, is_folder: bool, rules_by_folder: dict[str, tuple[IgnoreRule, ...]]) -> bool:
    """Whether the rules of the folders above a path leave it out; the last rule that matches decides.

    Args:
        relative: path from the root, "/" between the parts.
        rules_by_folder: rules by the folder's path from the root; "" is the root.
    """
    parts = relative.split("/")
    ignored = False
    for depth in range(len(parts)):
        below = "/".join(parts[depth:])
        for rule in rules_by_folder.get("/".join(parts[:depth]), ()):
            if (is_folder or not rule.folders_only) and rule.pattern.match(below):
                ignored = not rule.keeps
    return ignored
