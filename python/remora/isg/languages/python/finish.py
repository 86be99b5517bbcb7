"""What can be said of a file only when all of it was read: variables, uses of names, names bound twice."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from remora.isg.languages.python.headers import visibility
from remora.isg.languages.python.plain import reference
from remora.isg.languages.python.state import State
from remora.isg.values import Kind

if TYPE_CHECKING:
    from remora.isg.scope import Draft

BUILTINS = frozenset(dir(builtins))
MAX_SIGNATURE = 120


def variables(self: State) -> None:
    """Nodes for what modules, classes and objects bind, unless a definition has the name already."""
    taken = {(node.parent, node.name) for node in self.nodes}
    spots = sorted(self.spots.items(), key=lambda spot: (spot[1][2], spot[1][0]))
    for (number, name), (start, end, outer_start, outer_end) in spots:
        scope = self.scopes[number]
        if (scope.node, name) in taken or is_imported(scope, name):
            continue
        taken.add((scope.node, name))
        kind: Kind = "constant" if name.isupper() else "field" if scope.kind == "class" else "variable"
        qualname = f"{scope.qualname}.{name}" if scope.qualname else name
        node = self.reserve(kind, qualname, scope, ())
        self.fill(
            node,
            kind,
            name,
            qualname,
            scope,
            signature(self, start, end, outer_end),
            (*self.place_of(outer_start, outer_end), outer_start, outer_end),
            self.place_of(start, end),
            visibility(name, scope.kind),
            (),
            "",
            {},
        )


def is_imported(scope: Draft, name: str) -> bool:
    """Whether an import binds the name too: then it means what was imported."""
    return any(one.expr is not None and one.expr[0] == "I" for one in scope.names.get(name, ()))


def signature(self: State, start: int, end: int, outer_end: int) -> str:
    """`name` or `name: type`."""
    name = self.between(start, end)
    rest = self.between(end, min(outer_end, end + 2 * MAX_SIGNATURE))
    if not rest.lstrip().startswith(":"):
        return name
    declared = " ".join(rest.lstrip()[1:].partition("=")[0].split())[:MAX_SIGNATURE]
    return f"{name}: {declared}" if declared else name


def finish(self: State) -> None:
    """Uses of names that are not local to a function become references; names bound twice are marked."""
    starred = any(one.name == "*" for one in self.imports)
    for number, role, expr in list(self.references):
        if role == "write" and expr and expr[0] == "n" and is_own(self, number, expr[1], starred):
            del self.references[number, role, expr]
    for number, reads in self.all_reads:
        scope = self.scopes[number]
        local = scope.names if scope.kind in ("function", "block") else {}
        for text, (start, expr) in reads.items():
            if expr[0] == "n":
                if expr[1] in local or is_own(self, number, expr[1], starred):
                    continue
            elif expr[0] != "a":
                continue
            key = (number, "read", expr)
            if key not in self.references:
                self.references[key] = reference((*key, self.place_of(start, start + len(text))))
    for scope in self.scopes:
        for bound in scope.names.values():
            if len(bound) > 1:
                for one in bound:
                    if one.expr is not None and one.expr[0] == "d":
                        self.nodes[one.expr[1]] = self.nodes[one.expr[1]]._replace(rebound=True)


def is_own(self: State, number: int, name: str, starred: bool) -> bool:
    """Whether a name is local to a function, or a built-in that nothing in the file binds."""
    here: Draft | None = self.scopes[number]
    first = True
    while here is not None:
        if name in here.names and (first or here.kind != "class"):
            return here.kind in ("function", "block")
        first = False
        here = here.around
    return name in BUILTINS and not starred
