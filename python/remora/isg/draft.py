"""One file's graph in the making: what every reader needs, whatever way it walks the tree."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from blake3 import blake3

from remora.isg.facts import CallFact, Expr, Facts, ImportFact, PlaceT, Reference
from remora.isg.scope import Draft
from remora.isg.values import MODULE, FileGraph, Kind, Node, Span
from remora.lang import Language

if TYPE_CHECKING:
    import tree_sitter

MAX_DOC = 2000
MAX_CALLEE = 80
NOT_YET = Node("", "", "module", "", "", "", "", Span(0, 0, 0, 0, 0, 0), 0, "", (0, 0, 0, 0), -1)
COMMENT_MARKS = re.compile(r"^\s*(?:/\*+!?|//+!?|\*+/|\*(?!/)|#+)?\s?|\s*\*+/\s*$")


class FileDraft:
    """Nodes, scopes and facts of one file, while they are being made.

    Attributes:
        source: the text as UTF-8, which the bytes in spans count.
        stem: the file's name without its suffix.
        module: the scope with the number 0.
        exports, all_names, data: as in `facts.Facts`; for the language's reader to fill.
    """

    def __init__(self, path: str, text: str, repo: str, language: Language | None) -> None:
        self.path = path
        self.text = text
        self.repo = repo
        self.language = language
        self.lang = language.name if language else ""
        self.source = text.encode("utf-8", "surrogatepass")
        self.stem = PurePosixPath(path).stem
        self.nodes: list[Node] = []
        self.scopes: list[Draft] = []
        self.imports: list[ImportFact] = []
        self.calls: list[CallFact] = []
        self.references: dict[tuple[int, str, Expr], Reference] = {}
        self.exports: dict[str, Expr] | None = None
        self.all_names: tuple[str, ...] | None = None
        self.data: dict[str, object] = {}
        self.lambda_counts: dict[int, int] = {}
        self.module: Draft
        self._hasher = blake3()
        self._seen: dict[str, int] = {}
        self.tests: set[int] = set()  # numbers of nodes that are tests, or stand in one
        self._keys: list[str] = []
        self._key_prefix = f"{path}-{self.stem}-"
        self._interface = f"{repo}|{self.lang}|{path}|"
        tests: dict[str, Any] = language.tables.get("tests", {}) if language else {}
        self._test_names: Sequence[str] = tests.get("names", ())
        self.in_tests = is_test_path(path, tuple(tests.get("files", ())), tuple(tests.get("folders", ())))

    # ---- the text

    def text_at(self, node: tree_sitter.Node | None) -> str:
        """The text of a syntax node; "" for none."""
        return self.source[node.start_byte : node.end_byte].decode("utf-8", "replace") if node is not None else ""

    def place(self, node: tree_sitter.Node) -> PlaceT:
        return (*node.start_point, *node.end_point)

    def doc_text(self, comments: Iterable[str]) -> str:
        """Comments without their marks, as one text."""
        lines = [COMMENT_MARKS.sub("", line).rstrip() for text in comments for line in text.splitlines()]
        return "\n".join(lines).strip()[:MAX_DOC]

    def is_test_name(self, name: str) -> bool:
        """Whether a function with this name is a test by the language's table."""
        return any(fnmatchcase(name, pattern) for pattern in self._test_names)

    # ---- nodes and scopes

    def open_module(self) -> Draft:
        """The node and the scope of the file itself; the first of both."""
        end = len(self.source)
        rows = self.source.count(b"\n")
        span = (0, 0, rows, end - self.source.rfind(b"\n") - 1, 0, end)
        self.module = Draft(0, "module", 0, None, "", 0, 0, end + 1, 0)
        self.scopes.append(self.module)
        self.add_node("module", self.stem, MODULE, None, f"module {self.stem}", span, (0, 0, 0, 0))
        return self.module

    def open_scope(
        self, kind: str, node: int, start_byte: int, end_byte: int, body_byte: int = 0, around: Draft | None = None
    ) -> Draft:
        """A new scope in `around`, by default the one that holds at this place."""
        if around is None:
            around = self.scope_here()
        draft = Draft(
            len(self.scopes), kind, node, around, around.qualname, around.level, start_byte, end_byte, body_byte
        )
        self.scopes.append(draft)
        return draft

    def scope_here(self) -> Draft:
        return self.module

    def add_node(
        self,
        kind: Kind,
        name: str,
        qualname: str,
        around: Draft | None,
        signature: str,
        span: tuple[int, int, int, int, int, int],
        name_span: PlaceT,
        *,
        visibility: str = "public",
        flags: Iterable[str] = (),
        doc: str = "",
        facets: dict[str, object] | None = None,
    ) -> int:
        """Make a node and give its number; its key gets "~2" when the file has the qualname already."""
        flags = tuple(flags)
        number = self.reserve(kind, qualname, around, flags)
        self.fill(
            number,
            kind,
            name,
            qualname,
            around,
            signature,
            span,
            name_span,
            visibility,
            flags,
            doc,
            facets if facets is not None else {},
        )
        return number

    def reserve(self, kind: Kind, qualname: str, around: Draft | None, flags: Collection[str]) -> int:
        """A node's number and key, before its end is known; `fill` makes the node."""
        number = len(self._keys)
        key = self._key_prefix + qualname
        count = self._seen[key] = self._seen.get(key, 0) + 1
        self._keys.append(f"{key}~{count}" if count > 1 else key)
        self.nodes.append(NOT_YET)
        if self.in_tests or kind == "test" or "test" in flags or (around is not None and around.node in self.tests):
            self.tests.add(number)
        return number

    def fill(
        self,
        number: int,
        kind: Kind,
        name: str,
        qualname: str,
        around: Draft | None,
        signature: str,
        span: tuple[int, int, int, int, int, int],
        name_span: PlaceT,
        visibility: str,
        flags: Collection[str],
        doc: str,
        facets: dict[str, object],
    ) -> None:
        if doc:
            facets["has_doc"] = True
        self.nodes[number] = tuple.__new__(  # half the time of the Python-level constructor
            Node,
            (
                self._keys[number],
                self._hash(f"{self._interface}{qualname}|{signature}".encode("utf-8", "surrogatepass")),
                kind,
                name,
                qualname,
                self.path,
                signature,
                tuple.__new__(Span, span),
                around.level + 1 if around is not None else 0,
                self._hash(self.source[span[4] : span[5]]),
                name_span,
                around.node if around is not None else -1,
                visibility,
                tuple(sorted(flags)) if flags else (),
                doc[:MAX_DOC],
                "TEST_IMPLEMENTATION" if number in self.tests else "CODE_IMPLEMENTATION",
                facets,
                False,
            ),
        )

    def _hash(self, raw: bytes) -> str:
        """blake3 as hex; one hasher for all, since making one takes as long as hashing."""
        self._hasher.reset()
        self._hasher.update(raw)
        return self._hasher.digest().hex()

    # ---- facts

    def add_call(self, expr: Expr, how: str, callee: str, place: PlaceT, scope: Draft) -> None:
        self.calls.append(CallFact(scope.number, expr, how, " ".join(callee.split())[:MAX_CALLEE], place))

    def refer(self, role: str, expr: Expr, place: PlaceT, scope: Draft) -> None:
        """A use of a name or attribute; the first in a scope stands for all. A choice of types is several uses."""
        if expr is None or expr[0] not in "naskolA":
            return
        if expr[0] == "o":
            for choice in expr[1]:
                self.refer(role, choice, place, scope)
        elif expr[0] == "A":
            self.refer(role, expr[1], place, scope)
        elif expr[0] == "s" and role in ("type", "returns", "bound"):
            self.refer(role, expr[1], place, scope)
            self.refer("type", expr[2], place, scope)
        elif expr[0] == "l":
            for item in expr[2]:
                self.refer("type" if role == "returns" else role, item, place, scope)
        elif expr[0] != "k" or role == "gate":
            self.references.setdefault((scope.number, role, expr), Reference(scope.number, role, expr, place))

    def prefer_methods(self) -> None:
        """Of a field and a method with one name the method has the plain key: it is what people mean."""
        fields = {node.qualname: number for number, node in enumerate(self.nodes) if node.kind == "field"}
        for number, node in enumerate(self.nodes):
            if node.kind == "method" and node.qualname in fields:
                field = fields.pop(node.qualname)
                key = self.nodes[field].key
                self.nodes[field] = self.nodes[field]._replace(key=node.key)
                self.nodes[number] = node._replace(key=key)

    def store(self, target: Expr, value: Expr, row: int, scope: Draft) -> None:
        """An assignment to an attribute or an item: of the object, to its class; of another, to the scope's `stores`."""
        if target is None:
            return
        names = self.language.tables.get("self_names", ()) if self.language else ()
        if target[0] == "a" and target[1] is not None and target[1][0] == "n" and target[1][1] in names:
            here: Draft | None = scope
            while here is not None and here.kind != "class":
                here = here.around
            if here is not None:
                here.attribute(target[2], scope.number, value, row)
                return
        scope.owner().stores.append((target, value, row))

    def drop_local_names(self) -> None:
        """Reads and writes of names that are local to a function are no references."""
        for key in list(self.references):
            number, role, expr = key
            if role in ("read", "write") and expr and expr[0] == "n" and self.is_local(expr[1], number):
                del self.references[key]

    def is_local(self, name: str, number: int) -> bool:
        """Whether a name that is used in a scope belongs to a function or a block."""
        here: Draft | None = self.scopes[number]
        first = True
        while here is not None:
            if name in here.names and (first or here.kind != "class"):
                return here.kind in ("function", "block")
            first = False
            here = here.around
        return False

    def graph(self, *, partial: bool, reason: str = "") -> FileGraph:
        """What was made, frozen."""
        facts = Facts(
            tuple(draft.done() for draft in self.scopes),
            tuple(self.imports),
            tuple(self.calls),
            tuple(self.references.values()),
            self.exports,
            self.all_names,
            self.data,
        )
        return FileGraph(
            self.path,
            blake3(self.source).hexdigest(),
            self.lang,
            tuple(self.nodes),
            facts,
            "partial" if partial else "ok",
            reason or ("syntax errors" if partial else ""),
            self.text,
        )


@lru_cache(maxsize=4096)
def is_test_path(path: str, files: tuple[str, ...], folders: tuple[str, ...]) -> bool:
    """Whether a file's name, or a folder it lies in, fits one of these patterns."""
    *above, name = path.split("/")
    return any(fnmatchcase(name, pattern) for pattern in files) or any(
        fnmatchcase(folder, pattern) for folder in above for pattern in folders
    )
