"""The values the graph is made of. Rows are 0-based, columns are UTF-8 bytes, ends are exclusive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal

MODULE = "<module>"

Kind = Literal["module", "class", "function", "method"]


@dataclass(frozen=True)
class Span:
    """A range of a text, by position and by byte."""

    start_row: int
    start_col: int
    end_row: int
    end_col: int
    start_byte: int
    end_byte: int

    def cut(self, text: str) -> str:
        """The part of `text` that this span covers."""
        return text.encode("utf-8", "surrogatepass")[self.start_byte : self.end_byte].decode("utf-8", "surrogatepass")

    def holds(self, start: tuple[int, int], end: tuple[int, int]) -> bool:
        """Whether a range lies in this one; an empty range is a cursor, which stands on a character."""
        if (self.start_row, self.start_col) > start:
            return False
        last = (self.end_row, self.end_col)
        return end < last if start == end else end <= last


@dataclass(frozen=True)
class Node:
    """A module, class, function or method of one file.

    Attributes:
        key: `path-stem-qualname`, with "~2" and so on when the file has the qualname before.
        interface_id: blake3 of repository, language, path, qualname and signature: changes when the interface does.
        signature: the header on one line, in one spelling: `def total(self, vat: float = 0.2) -> Decimal`.
        span: from the first decorator, or the header, to the last statement; a module's is the whole file.
        level: 0 the module, 1 what stands in it, 2 what stands in those, …
        body_hash: of the text in the span.
        rebound: the name is bound again beside this definition, so a use of the name is not certain to mean it.
    """

    key: str
    interface_id: str
    kind: Kind
    name: str
    qualname: str
    path: str
    signature: str
    span: Span
    level: int
    body_hash: str
    rebound: bool = False


@dataclass(frozen=True)
class Import:
    """One name that an import statement binds.

    Attributes:
        module: as written, with leading dots: `.tax`.
        name: what is taken from the module, "*" for everything, "" for the module itself.
        alias: the name it is bound to; for `import a.b` without `as` it is "a.b", which binds `a`.
        row: of the statement.
        certain: it stands at module level and nothing else binds its name there.
    """

    module: str
    name: str
    alias: str
    row: int
    certain: bool = True


@dataclass(frozen=True)
class Target:
    """What a call certainly means, as far as its own file tells.

    `module` is "" and `name` a key for a node of the same file; else a module as an import names it, and the dotted
    name below it.
    """

    module: str
    name: str


@dataclass(frozen=True)
class Call:
    """A call in the text of the node `caller` (a key); `callee` as it is written, "" when it is no dotted name."""

    caller: str
    callee: str
    row: int
    target: Target | None


@dataclass(frozen=True)
class FileGraph:
    """One file's share of the graph.

    Attributes:
        nodes: the module first, then in the order of the text.
        error: why the language's front end refuses the text, or why it could not be read; None when all is well.
        text: the canonical text the spans refer to.
    """

    path: str
    text_hash: str
    nodes: tuple[Node, ...]
    calls: tuple[Call, ...]
    imports: tuple[Import, ...]
    error: str | None
    lang: str = ""
    text: str = field(default="", repr=False, compare=False)

    def text_of(self, node: Node) -> str:
        return node.span.cut(self.text)

    def node(self, key: str) -> Node | None:
        return next((node for node in self.nodes if node.key == key), None)


def key_of(path: str, qualname: str) -> str:
    """The key of the first node with this qualname in a file."""
    return f"{path}-{PurePosixPath(path).stem}-{qualname}"


def smallest(nodes: Sequence[Node]) -> Node | None:
    return min(nodes, key=lambda node: node.span.end_byte - node.span.start_byte, default=None)
