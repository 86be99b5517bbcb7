"""What a change of a file changes for those that looked at it.

While a file is linked, everything it looks at elsewhere is noted as a tuple:

    ("x", path)                    whether a file is there
    ("fd", folder), ("ls", folder), ("nm", file name)    which files are there
    ("b", path, scope, name)       what a module's or class's scope binds a name to, and how the name is declared
    ("f", path, key)               a function: its parameters, returns, decorators and everything its scope binds
    ("c", path, key)               a class: bases, decorators, flags
    ("N", path, scope)             the names of a class
    ("s", path, scope, name)       what methods assign to an attribute
    ("e", path, name)              an export
    ("*", path)                    what a star import of the module brings
    ("t", path, key)               whether a node is a test
    ("p", path, owner, slot)       what flows into a slot of an owner; see `flows`

The same tuples name what differs between two states of a file. Both are compared as 64-bit hashes.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import PurePosixPath

from blake3 import blake3

from remora.isg.facts import Binding, Expr, Scope
from remora.isg.link.unit import Unit
from remora.isg.values import FileGraph

NONE = object()


@lru_cache(maxsize=1 << 15)
def symbol_hash(symbol: tuple) -> int:
    """A signed 64-bit number for a symbol, the same in every process."""
    return int.from_bytes(blake3(repr(symbol).encode("utf-8", "surrogatepass")).digest(length=8), "little", signed=True)


def packed(hashes: Iterable[int]) -> bytes:
    """Hashes of symbols as sorted little-endian int64."""
    found = array("q", sorted(hashes))
    if found.itemsize != 8:
        raise AssertionError("an int64 has 8 bytes")
    return found.tobytes()


def changed_symbols(changes: Mapping[str, tuple[FileGraph | None, FileGraph | None]]) -> set[tuple]:
    """Everything that differs between two states of some files."""
    found: set[tuple] = set()
    for path, (old, new) in changes.items():
        if old is None or new is None:  # whoever looked at anything in the file looked whether it is there
            found |= of_presence(path) if old is not new else set()
            continue
        before, after = symbols(old), symbols(new)
        for key in before.keys() | after.keys():
            if before.get(key, NONE) != after.get(key, NONE):
                found.add(key)
    return found


def of_presence(path: str) -> set[tuple]:
    file = PurePosixPath(path)
    folders = ["" if str(one) == "." else str(one) for one in file.parents]
    return {("x", path), ("nm", file.name), ("ls", folders[0]), *(("fd", folder) for folder in folders)}


def symbols(graph: FileGraph | None) -> dict[tuple, object]:
    """What others can look at in a file, in a form that does not change when code around it moves."""
    if graph is None or not graph.facts.scopes:
        return {}
    unit = Unit(graph)
    path = graph.path
    found: dict[tuple, object] = {
        ("*", path): (unit.facts.all_names, *(unit.facts.imports[n][1:5] for n in unit.stars))
    }
    for number, scope in enumerate(unit.scopes):
        name = unit.scope_names[number]
        if scope.kind in ("module", "class"):
            declared = {one: None for node, one in unit.declared if node == scope.node}
            for bound in {**scope.names, **declared}:
                node = unit.declared.get((scope.node, bound))
                kind = (unit.nodes[node].key, unit.nodes[node].kind) if node is not None else None
                there = scope.names.get(bound, ())
                bindings = tuple(plain_binding(unit, one) for one in there)
                starred = number == 0 and bool(unit.stars and there)
                below = starred and unit.facts.imports[unit.stars[-1]].place[0] >= there[-1].row
                found["b", path, name, bound] = (bindings, kind, below)
            if scope.kind == "class":
                found["N", path, name] = tuple(scope.names)
            for attribute, stored in scope.attributes.items():
                found["s", path, name, attribute] = tuple(
                    (unit.scope_names[inner], plain(unit, expr), rows_above(unit.scopes[inner], row))
                    for inner, expr, row in stored
                    if inner < len(unit.scopes)
                )
        kind = unit.nodes[scope.node].kind
        if scope.kind == "class":
            own = (
                plain_all(unit, scope.bases),
                plain_all(unit, scope.decorators),
                scope.flags,
                plain(unit, scope.self_type),
            )
            row = unit.nodes[scope.node].span.start_row
            around = unit.scopes[max(scope.parent, 0)].names
            earlier = tuple(
                sum(one[1] < row for one in around.get(used, ())) for base in scope.bases for used in names_in(base)
            )
            fields = tuple(n for at, n in unit.declared if at == scope.node) if "dataclass" in scope.flags else ()
            found["c", path, name] = (
                *own,
                earlier,
                fields,
                kind,
                repr(sorted(scope.extra.items())) if scope.extra else "",
            )
        elif scope.kind == "function":
            found["f", path, name] = (kind, *function(unit, number, scope))
        elif scope.kind == "block":
            found["f", path, name] = function(unit, number, scope)
    for node in graph.nodes:
        found["t", path, node.key] = (node.tdd, node.kind)
    for name, expr in (graph.facts.exports or {}).items():
        found["e", path, name] = plain(unit, expr)
    if graph.facts.data:
        found["m", path] = repr(graph.facts.data)
    return found


def rows_above(scope: Scope, row: int) -> int:
    """How many of a scope's rows that bind something stand above a row."""
    return len({one[1] for bound in scope.names.values() for one in bound if one[1] < row})


def names_in(expr: Expr) -> Iterator[str]:
    """The names in an expression, in the order of the text."""
    if not isinstance(expr, tuple) or not expr:
        return
    if expr[0] == "n" and len(expr) == 2 and isinstance(expr[1], str):
        yield expr[1]
    else:
        for part in expr:
            yield from names_in(part)


def function(unit: Unit, number: int, scope: Scope) -> tuple:
    rows = sorted({one.row for bindings in scope.names.values() for one in bindings})
    rank = {row: n for n, row in enumerate(rows)}
    return (
        tuple(
            sorted((name, *(plain_binding(unit, one, rank) for one in bound)) for name, bound in scope.names.items())
        ),
        tuple((one[0], one[1], plain(unit, one[2]), plain(unit, one[3])) for one in scope.parameters),
        plain_all(unit, scope.returns),
        plain_all(unit, scope.yields),
        plain(unit, scope.result),
        plain_all(unit, scope.decorators),
        scope.flags,
        plain(unit, scope.self_type),
        unit.key_names(number),
        repr(scope.extra.get("callbacks") or scope.extra.get("types")),
    )


def plain_all(unit: Unit, exprs: Iterable[Expr]) -> tuple:
    return tuple(plain(unit, one) for one in exprs)


def plain_binding(unit: Unit, bound: Binding, rank: Mapping[int, int] | None = None) -> tuple:
    return (plain(unit, bound[0]), bound[2], rank[bound[1]] if rank else 0)


def plain(unit: Unit, expr: Expr) -> Expr:
    """An expression without numbers of nodes and imports."""
    if not isinstance(expr, tuple) or not expr:
        return expr
    number = expr[1] if len(expr) > 1 and isinstance(expr[1], int) else None
    if number is not None and expr[0] == "d":
        return ("D", unit.nodes[number].key, unit.nodes[number].kind)
    if number is not None and expr[0] == "I":
        return ("I", *unit.facts.imports[number][1:5])
    if number is not None and expr[0] == "b" and len(expr) == 3:
        return ("B", unit.scope_names[number], plain(unit, expr[2]))
    return tuple(plain(unit, part) if isinstance(part, tuple) else part for part in expr)
