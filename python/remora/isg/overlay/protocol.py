"""What an overlay is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from pathlib import Path
from typing import NamedTuple, Protocol

from remora.isg.facts import PlaceT
from remora.isg.values import Node


class Question(NamedTuple):
    """A place where the linker knows nothing, or is not certain.

    Attributes:
        src: number of the node that the code at the place belongs to.
        role: "call", "read", "write", "type", "returns" or "bound": how the name is used there.
        place: of the whole call or reference, as the linker's edges and unresolved references have it.
        at: row and byte column where the name itself starts: `total` in `cart.total(2)`.
        name: as written.
    """

    src: int
    role: str
    place: PlaceT
    at: tuple[int, int]
    name: str


class Asked(NamedTuple):
    """A file with questions. `text` is the canonical text that all places refer to, the one on the disk."""

    path: str
    lang: str
    text_hash: str
    text: str
    questions: tuple[Question, ...]


class Answer(NamedTuple):
    """What the name at a question's place means.

    Attributes:
        key: of a node of the workspace, one of `Refined.nodes` included, or `ext:package.name`, `builtin:name`.
        path: of the file that holds the node; "" for what lies outside.
    """

    src: int
    role: str
    place: PlaceT
    key: str
    path: str


class Refined(NamedTuple):
    """Everything an overlay says of one file. It holds for the text with this hash and for no other.

    Attributes:
        answers: for questions that it could answer; the others are left out.
        nodes: definitions that the text does not show, such as what a macro makes, `parent` being a node of the file.
    """

    path: str
    text_hash: str
    answers: tuple[Answer, ...]
    nodes: tuple[Node, ...] = ()


class View(Protocol):
    """The workspace as an overlay may look at it."""

    @property
    def root(self) -> Path: ...

    def key_at(self, path: str, row: int, col: int) -> str | None:
        """Key of the node whose name stands at a place, or of the module at 0, 0; col counts UTF-8 bytes."""
        ...


class Overlay(Protocol):
    """A compiler, a language server or an index of one, that refines the graph when it is there.

    The graph asks about unresolved references and about edges that are not exact. Every answer becomes an exact edge:

    - an edge from that place to the same node becomes exact;
    - an unresolved reference at that place is resolved;
    - a heuristic edge from that place to something else goes, for the compiler contradicts the guess; an inferred one
      stays, for a value may be a subclass of what was declared;
    - everything that was not asked, or not answered, stays as the linker has it.

    Attributes:
        name: as the answers are stored under: one overlay's answers never replace another's.
    """

    name: str

    def takes(self, lang: str) -> bool:
        """Whether files of a language are its to answer for."""
        ...

    def refine(self, view: View, asked: Iterable[Asked]) -> Generator[Refined]:
        """Answer for each file, in their order; what it starts, it ends when the iterator is closed.

        `asked` is made while it is read: a file that waits takes no memory.

        Raises:
            UserError: it is not there, cannot be started, or does not answer. What was given until then is kept.
        """
        ...
