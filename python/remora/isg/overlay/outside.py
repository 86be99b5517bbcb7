"""Keys for definitions that lie outside the workspace, by where they lie: Python's own library and installed packages."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from remora.isg.extract import extract
from remora.isg.values import MODULE, FileGraph
from remora.lang import language_of
from remora.repo.text import canonical

MOST_BYTES = 2_000_000
# The last of these in a path is followed by a module's path.
BEFORE_MODULE = re.compile(
    r".*/(?:(?:site|dist)-packages|typeshed/(?:.*/)?stdlib|lib/python3\.\d+)/(?P<module>.+)\.pyi?$"
)


def outside_key(file: Path, row: int, col: int) -> str | None:
    """`ext:package.module.name` or `builtin:name` of what is defined at a place; None when it has no such name.

    The name is that of the place, which a package may show to others under a shorter one.
    """
    match = BEFORE_MODULE.match(file.as_posix())
    if match is None:
        return None
    graph = graph_of(file)
    if graph is None:
        return None
    parts = match["module"].split("/")
    parts[0] = parts[0].removesuffix("-stubs")
    if parts[-1] == "__init__":
        parts.pop()
    node = next((one for one in graph.nodes if tuple(one.name_span[:2]) == (row, col) and one.qualname != MODULE), None)
    if node is None and (row, col) != (0, 0):
        return None
    if parts == ["builtins"]:
        return f"builtin:{node.qualname}" if node else None
    return "ext:" + ".".join([*parts, *([node.qualname] if node else [])])


@lru_cache(maxsize=32)
def graph_of(file: Path) -> FileGraph | None:
    """What a file outside the workspace defines; None when it cannot be read."""
    try:
        if language_of(file) is None or file.stat().st_size > MOST_BYTES:
            return None
        text = canonical(file.read_text("utf-8", "replace"))
    except (OSError, ValueError):
        return None
    return extract(file.name, text)
