"""What a one-line summary is about: plain data of one definition, from its file's nodes and facts alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from remora.isg.facts import Expr, Scope
from remora.isg.values import FileGraph, Node

KINDS = frozenset(
    {
        "module", "class", "interface", "trait", "struct", "enum", "type", "function", "method", "constructor",
        "property", "macro", "test",
    }
)  # fmt: skip
TYPES = frozenset({"class", "interface", "trait", "struct", "enum", "type"})
OWNERS = TYPES | {"impl"}
RECEIVERS = frozenset({"self", "cls", "this"})
BODY_CALLS = frozenset({"", "new", "macro", "with"})
WRITTEN_ON = frozenset({"self", "this", "cls"})
MOST = 24
"""Calls, returns, assignments and members that are kept of one definition."""


class Subject(NamedTuple):
    """One definition, or a module.

    Attributes:
        owner, owner_kind: the class, trait or impl around; "" when there is none.
        parameters: (name, type or ""), the receiver left out.
        calls: texts of what its own body calls, in order.
        gives: the return expressions (`remora.isg.facts`); None where nothing is known of one.
        sets: attributes that it assigns.
        members: names of what stands in a class or module.
        parent, number: places in the file's nodes.
        row, end_row: of its span.
        place: what the path says about the code: "test", "migration", "example", …, the folder's and file's words.
        hash: of everything a rule's line depends on; the same hash is the same line.
    """

    key: str
    path: str
    lang: str
    kind: str
    name: str
    qualname: str
    owner: str
    owner_kind: str
    signature: str
    doc: str
    parameters: tuple[tuple[str, str], ...]
    returns: str
    raises: tuple[str, ...]
    decorators: tuple[str, ...]
    bases: tuple[str, ...]
    flags: tuple[str, ...]
    visibility: str
    tdd: str
    calls: tuple[str, ...]
    gives: tuple[Expr, ...]
    sets: tuple[str, ...]
    yields: bool
    members: tuple[str, ...]
    parent: int
    number: int
    row: int
    end_row: int
    place: tuple[str, ...]
    body_hash: str
    hash: str


def is_rebound(scope: Scope, expr: Expr) -> bool:
    """Whether what is returned is a name that the function itself binds: then it is no longer the argument."""
    if not expr or expr[0] != "n":
        return False
    return any(not one.expr or one.expr[0] != "p" for one in scope.names.get(expr[1], ()))


def subjects(graph: FileGraph) -> tuple[Subject, ...]:
    """What lines can be made of, in the order of the file's nodes."""
    nodes, facts = graph.nodes, graph.facts
    if not nodes:
        return ()
    scopes = facts.scopes
    calls, gives, sets = defaultdict(list), {}, defaultdict(list)
    yielding, receivers = set(), {}
    for call in facts.calls:
        if call.how in BODY_CALLS:
            calls[scopes[call.scope].node].append((call.place, call.callee))
    for scope in scopes:
        if scope.kind == "function":
            gives.setdefault(scope.node, tuple(None if is_rebound(scope, one) else one for one in scope.returns))
            if scope.yields:
                yielding.add(scope.node)
            around = scopes[scope.parent] if scope.parent >= 0 else scope
            if around.self_type is not None:
                receivers[scope.node] = _type_name(around.self_type)
        for name, stored in scope.attributes.items():
            for at, _, row in stored:
                sets[scopes[at].node].append((row, name))
    for reference in facts.references:
        expr = reference.expr
        if reference.role == "write" and expr and expr[0] == "a" and expr[1] and expr[1][1] in WRITTEN_ON:
            sets[scopes[reference.scope].node].append((reference.place[0], expr[2]))
    kinds: dict[str, str] = {node.name: node.kind for node in nodes if node.kind in TYPES}
    members = defaultdict(list)
    for number, node in enumerate(nodes):
        if node.kind in KINDS or node.kind in ("field", "constant"):
            owner = receivers.get(number)
            if node.parent >= 0 and nodes[node.parent].kind != "impl" and owner is None:
                members[node.parent].append(node.name)
            elif owner is not None:
                members[owner].append(node.name)
    place = place_of(graph.path)
    made = []
    for number, node in enumerate(nodes):
        if node.kind not in KINDS:
            continue
        owner, owner_kind = _owner(nodes, node, receivers.get(number), kinds)
        own = (*members.get(number, ()), *(members.get(node.name, ()) if node.kind in TYPES else ()))
        made.append(
            _subject(
                graph,
                number,
                owner,
                owner_kind,
                _ordered(calls.get(number)),
                tuple(gives.get(number, ())[:MOST]),
                _ordered(sets.get(number)),
                number in yielding,
                own[:MOST],
                place,
            )
        )
    return tuple(made)


def _subject(
    graph: FileGraph,
    number: int,
    owner: str,
    owner_kind: str,
    calls: tuple[str, ...],
    gives: tuple[Expr, ...],
    sets: tuple[str, ...],
    yields: bool,
    members: tuple[str, ...],
    place: tuple[str, ...],
) -> Subject:
    node = graph.nodes[number]
    facets: dict[str, Any] = node.facets
    parameters = tuple(
        (str(one.get("name", "")), str(one.get("type", "")))
        for one in facets.get("parameters", ())
        if one.get("name") not in RECEIVERS
    )
    returns = str(facets.get("returns", "") or "")
    raises, decorators = tuple(facets.get("raises", ())), tuple(facets.get("decorators", ()))
    bases = tuple(facets.get("bases", ()))
    # The body's hash stands for calls, gives and sets; a comment above the definition, members of an impl elsewhere and
    # the owner are outside the body.
    depends = (
        graph.lang, node.kind, node.name, owner, owner_kind, node.signature, node.doc, node.visibility, node.tdd,
        returns, node.flags, raises, decorators, bases, members, place, node.body_hash,
    )  # fmt: skip
    return Subject(
        node.key,
        graph.path,
        graph.lang,
        node.kind,
        node.name,
        node.qualname,
        owner,
        owner_kind,
        node.signature,
        node.doc,
        parameters,
        returns,
        raises,
        decorators,
        bases,
        node.flags,
        node.visibility,
        node.tdd,
        calls,
        gives,
        sets,
        yields or "generator" in node.flags,
        members,
        node.parent,
        number,
        node.span.start_row,
        node.span.end_row,
        place,
        node.body_hash,
        blake2b(repr(depends).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest(),
    )


@lru_cache(maxsize=4096)
def place_of(path: str) -> tuple[str, ...]:
    """Lower-case names of the last two folders and of the file, without its suffix."""
    pure = PurePosixPath(path.lower())
    return (*pure.parent.parts[-2:], pure.name.partition(".")[0])


def _owner(nodes: Sequence[Node], node: Node, receiver: str | None, kinds: dict[str, str]) -> tuple[str, str]:
    if receiver:
        return receiver, kinds.get(receiver, "impl")
    if node.parent >= 0 and (around := nodes[node.parent]).kind in OWNERS:
        return around.name, around.kind
    return "", ""


def _type_name(expr: Expr) -> str:
    """The last name of a type expression: `Cart` of `*shop.Cart[T]`."""
    while isinstance(expr, tuple) and expr:
        if expr[0] == "n":
            return str(expr[1])
        if expr[0] == "a":
            return str(expr[2])
        expr = expr[1] if len(expr) > 1 else None
    return ""


def _ordered(found: list[tuple[Any, str]] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for _, text in sorted(found)))[:MOST] if found else ()
