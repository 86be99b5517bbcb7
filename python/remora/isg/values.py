"""The values the graph is made of. Rows are 0-based, columns are UTF-8 bytes, ends are exclusive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal, NamedTuple

from remora.isg.facts import Facts, PlaceT

MODULE = "<module>"

Kind = Literal[
    "module",
    "class",
    "interface",
    "trait",
    "struct",
    "enum",
    "type",
    "impl",
    "function",
    "method",
    "constructor",
    "property",
    "field",
    "variable",
    "constant",
    "macro",
    "test",
    "lambda",
]

# What a person means by the definition that a cursor stands in.
EDITABLE: frozenset[Kind] = frozenset(
    {
        "class",
        "interface",
        "trait",
        "struct",
        "enum",
        "impl",
        "function",
        "method",
        "constructor",
        "property",
        "macro",
        "test",
    }
)

Status = Literal["ok", "partial", "failed", "skipped"]

TddClassT = Literal["TEST_IMPLEMENTATION", "CODE_IMPLEMENTATION"]


class Span(NamedTuple):
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


# Named tuples: an index makes a hundred thousand of these, and a frozen dataclass takes four times as long to make.
class Node(NamedTuple):
    """A module or a definition of one file.

    Attributes:
        key: `path-stem-qualname`, with "~2" and so on when the file has the qualname before.
        interface_id: blake3 of repository, language, path, qualname and signature: changes when the interface does.
        qualname: dotted: `Cart.total`, `outer.inner`, `Cart.<lambda1>`, `impl Display for Cart`.
        signature: the header on one line, in one spelling: `def total(self, vat: float = 0.2) -> Decimal`.
        span: from the first decorator, or the header, to the last statement; a module's is the whole file.
        level: 0 the module, 1 what stands in it, 2 what stands in those, …
        body_hash: of the text in the span.
        name_span: of the name in the definition; the span's start where it has none.
        parent: number of the containing node in the file's nodes; -1 for the module.
        visibility: "public", "private", "protected", "crate", "package", …
        flags: sorted: "abstract", "async", "const", "constructor", "generator", "property", "static", "test", …
        doc: the docstring or the comment that documents it, without its marks; at most 2000 characters.
        tdd: whether it is a test, or helps one.
        facets: only those that are there: generics, where, decorators, attributes, derives, parameters (each
            {name, type?, default?}), returns, bases, raises, feature_gates, has_doc. Sequences in it are tuples.
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
    name_span: PlaceT
    parent: int
    visibility: str = "public"
    flags: tuple[str, ...] = ()
    doc: str = ""
    tdd: TddClassT = "CODE_IMPLEMENTATION"
    facets: dict[str, object] = {}  # noqa: RUF012 (never changed)
    rebound: bool = False


@dataclass(frozen=True)
class FileGraph:
    """One file's share of the graph.

    Attributes:
        nodes: the module first, then definitions in the order of the text; variables and fields that are only bound,
            never declared, come last.
        facts: what the linker makes edges from.
        status: "partial": the text has errors, and what could be read is there.
        reason: why the status is not "ok".
        text: the canonical text the spans refer to; "" when the graph comes from the store.
    """

    path: str
    text_hash: str
    lang: str
    nodes: tuple[Node, ...]
    facts: Facts = field(default_factory=Facts)
    status: Status = "ok"
    reason: str = ""
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
