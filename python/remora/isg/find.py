"""The ways in which people and programs name a node."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath

from remora.errors import UserError
from remora.isg.values import Node, key_of

MOST_CANDIDATES = 10


def path_and_qualname(key: str) -> tuple[str, str] | None:
    """`src/app.py::Cart.total` as its two parts."""
    path, colons, qualname = key.partition("::")
    return (path, qualname) if path and colons and qualname else None


def path_and_line(key: str) -> tuple[str, int] | None:
    """`src/app.py:120` as path and line, 1-based."""
    match = re.fullmatch(r"(.+):([1-9]\d{0,8})", key, re.S)
    return (match[1], int(match[2])) if match else None


def paths_in_key(key: str) -> Iterator[str]:
    """Every path that `path-stem-qualname` may start with; a path may hold dashes itself."""
    for dash in re.finditer("-", key):
        path, rest = key[: dash.start()], key[dash.end() :]
        if path and rest.startswith(f"{PurePosixPath(path).stem}-"):
            yield path


def named(node: Node, qualname: str) -> bool:
    """Whether a qualname means this node; `total~2` means the second one only."""
    return qualname == node.qualname or f"{key_of(node.path, '')}{qualname}" == node.key


Similar = Callable[[str], list[str]]
"""Keys of nodes whose name holds a text, exact names first."""


def only_one(asked: str, nodes: Sequence[Node], similar: Similar) -> Node:
    """The node, when there is exactly one.

    Raises:
        UserError: `ambiguous` or `unknown_node`; `data["candidates"]` holds keys.
    """
    if len(nodes) == 1:
        return nodes[0]
    if nodes:
        keys = sorted(node.key for node in nodes)
        raise UserError(f"{asked!r} means several nodes. Name one of them:{listed(keys)}", "ambiguous", candidates=keys)
    raise unknown(asked, similar)


def unknown(asked: str, similar: Similar) -> UserError:
    keys = similar(re.split(r"[.:\-/]", asked.partition("~")[0])[-1])[:MOST_CANDIDATES]
    if not keys:
        message = f"There is no node {asked!r}. Name one like src/app.py::Cart.total or src/app.py:120."
    else:
        message = f"There is no node {asked!r}. Perhaps one of these:{listed(keys)}"
    return UserError(message, "unknown_node", candidates=keys)


def listed(keys: Sequence[str]) -> str:
    shown = "".join(f"\n  {key}" for key in keys[:MOST_CANDIDATES])
    return shown + (f"\n  and {len(keys) - MOST_CANDIDATES} more" if len(keys) > MOST_CANDIDATES else "")
