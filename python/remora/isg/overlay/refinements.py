"""The answers of overlays: kept by file and text, and put into the file's links each time these are stored.

The linker is not told of them: it works and stores what it hands to other files as if they were not there.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgpack

from remora.isg import fingerprint
from remora.isg.link.symbols import symbol_hash
from remora.isg.overlay.protocol import Answer, Refined
from remora.isg.overlay.questions import ROLE_OF_EDGE
from remora.isg.packing import outside_kind
from remora.isg.records import Records
from remora.isg.values import FileGraph, Node
from remora.isg.world import Linked, World
from remora.store.database import Row

if TYPE_CHECKING:
    from remora.isg.stored import StoredWorld

CLASSES = frozenset({"class", "interface", "trait", "struct", "enum", "type", "impl"})
FUNCTIONS = frozenset({"function", "method", "constructor", "macro", "lambda", "test"})
USE_OF = {"variable": "READS", "field": "READS", "property": "CALLS", "constant": "USES"}
KIND_OF_TYPE = {"returns": "RETURNS", "bound": "REQUIRES_BOUND"}

COLUMNS = "repo, path, overlay => text_hash, reading, answers"
KEEP = f"""
{{?[repo, path, overlay] <- $gone :rm isg_refined {{repo, path, overlay}}}}
{{?[repo, path, overlay, text_hash, reading, answers] <- $rows :put isg_refined {{{COLUMNS}}}}}
{{?[repo, path, before] <- $pending :put isg_pending {{repo, path => before}}}}
"""
ALL = "?[path, overlay, text_hash, reading, answers] := *isg_refined{repo: $repo, path, overlay, text_hash, reading, answers}"


class Refinements:
    """Answers of one repository. They are read when they are first asked for; a workspace without any pays nothing."""

    def __init__(self, records: Records, world: StoredWorld) -> None:
        self._records = records
        self._world = world
        self._by_path: dict[str, dict[str, tuple[str, tuple[Answer, ...]]]] | None = None
        self._gone: list[Row] = []

    def keep(self, overlay: str, refined: Sequence[Refined]) -> None:
        """Store what an overlay says, beside what it said of the same texts before, and the files as pending."""
        known = self._known()
        rows = []
        for one in refined:
            mine = known.setdefault(one.path, {})
            before = mine.get(overlay, ("", ()))
            answered = {answer[:3] for answer in one.answers}
            older = before[1] if before[0] == one.text_hash else ()
            answers = (*(answer for answer in older if answer[:3] not in answered), *one.answers)
            mine[overlay] = (one.text_hash, answers)
            packed = msgpack.packb(answers)
            rows.append([self._records.repo, one.path, overlay, one.text_hash, fingerprint.reading(), packed])
        pending = [[self._records.repo, one.path, one.text_hash] for one in refined]
        if rows:
            params = {"gone": self._gone, "rows": rows, "pending": pending}
            self._records.store.write(KEEP, params, durable=False)
            self._gone = []

    def merged(self, path: str, linked: Linked) -> Linked:
        """A file's links as they are to be stored."""
        found = self._known().get(path)
        graph = self._world.graph(path) if found else None
        if not found or graph is None:
            return linked
        answers = [
            answer for _, (text_hash, some) in sorted(found.items()) if text_hash == graph.text_hash for answer in some
        ]
        return merge(linked, graph, answers, self._world) if answers else linked

    def _known(self) -> dict[str, dict[str, tuple[str, tuple[Answer, ...]]]]:
        if self._by_path is None:
            self._by_path = {}
            now = fingerprint.reading()  # another reader may number and name nodes in another way
            for path, overlay, text_hash, reading, raw in self._records.store.read(ALL, {"repo": self._records.repo}):
                if reading != now or path not in self._world.files:
                    self._gone.append([self._records.repo, path, overlay])
                else:
                    answers = tuple(Answer._make(one) for one in msgpack.unpackb(raw, use_list=False))
                    self._by_path.setdefault(path, {})[overlay] = (text_hash, answers)
        return self._by_path


def merge(linked: Linked, graph: FileGraph, answers: Iterable[Answer], world: World) -> Linked:
    """A file's links with answers about it; see `protocol.Overlay` for what an answer does."""
    edges = {edge[:3]: edge[3:] for edge in linked.edges}
    at_place: dict[tuple, list[tuple[int, str, str]]] = {}
    for edge in linked.edges:
        if edge[1] in ROLE_OF_EDGE:
            at_place.setdefault((edge[0], ROLE_OF_EDGE[edge[1]], tuple(edge[4])), []).append(edge[:3])
    resolved: set[tuple] = set()
    reads: set[int] = set()
    for answer in answers:
        if answer.path and answer.path != graph.path:
            # The file is linked again when that node comes, goes or becomes something else.
            reads.add(symbol_hash(("t", answer.path, answer.key)))
        wanted = meant(answer, graph, world)
        if not wanted:
            continue
        resolved.add((answer.src, answer.role, answer.place))
        for known in at_place.get((answer.src, answer.role, answer.place), ()):
            if known not in edges or known[1:] in wanted or edges[known][0] != "heuristic":
                continue
            del edges[known]
            edges.pop((known[0], "TESTS", known[2]), None)
        for kind, key in wanted:
            place = edges.get((answer.src, kind, key), ("", answer.place))[1]
            edges[answer.src, kind, key] = ("exact", min(place, answer.place))
    return Linked(
        tuple(sorted((*key, *rest) for key, rest in edges.items())),
        tuple(one for one in linked.unresolved if (one[0], one[1], tuple(one[3])) not in resolved),
        with_reads(linked.reads, reads),
        linked.flows,
    )


def meant(answer: Answer, graph: FileGraph, world: World) -> set[tuple[str, str]]:
    """(kind, key of the target) of the edges that an answer makes; none when there is no such node any more."""
    if outside_kind(answer.key):
        kind = {"call": "CALLS", "type": "USES", **KIND_OF_TYPE}.get(answer.role)
        return {(kind, answer.key)} if kind else set()
    target = graph if answer.path == graph.path else world.graph(answer.path)
    number = next((n for n, one in enumerate(target.nodes) if one.key == answer.key), None) if target else None
    if target is None or number is None:
        return set()
    node = target.nodes[number]
    if answer.role != "call":
        kind = kind_of_use(answer.role, node)
        return {(kind, node.key)} if kind else set()
    found: set[tuple[str, str]] = set()
    if node.kind in FUNCTIONS or node.kind == "property":
        found = {("CALLS", node.key)}
    elif node.kind in CLASSES:
        made_by = [one for one in target.nodes if one.parent == number and "constructor" in one.flags]
        found = {("INSTANTIATES", node.key), *(("CALLS", one.key) for one in made_by[:1])}
    if node.tdd == "CODE_IMPLEMENTATION" and stands_in_test(graph, answer.src):
        found |= {("TESTS", key) for kind, key in found if kind == "CALLS"}
    return found


def kind_of_use(role: str, node: Node) -> str | None:
    if node.kind in USE_OF:
        return "WRITES" if role == "write" else USE_OF[node.kind]
    if node.kind in FUNCTIONS:
        return "REFERENCES"
    return KIND_OF_TYPE.get(role, "USES") if node.kind in CLASSES else None


def stands_in_test(graph: FileGraph, number: int) -> bool:
    while number > 0:
        node = graph.nodes[number]
        if "test" in node.flags or node.kind == "test":
            return True
        number = node.parent
    return False


def with_reads(packed: bytes, more: set[int]) -> bytes:
    known = array("q", packed)
    return array("q", sorted({*known, *more})).tobytes() if more else packed
