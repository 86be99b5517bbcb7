"""What one file says, before any other file is asked: definitions, scopes, bindings, calls and references.

A reader (`remora.isg.languages`) makes facts from a syntax tree, the linker (`remora.isg.link`) makes edges from them.
Facts are plain tuples, strings and numbers, so that they cross processes and rest in the store as msgpack.

An expression is a tuple whose first item says what it is. It is evaluated in the scope it stands in.

    ("n", name)                  a name, looked up from that scope outwards
    ("a", of, name)              an attribute, field, member or path segment
    ("c", callee, args, named)   the result of a call; an arg ("*", e) is spread; named: ((name or "**", e), …)
    ("s", of, key)               a subscript; the key is an expression or None (a slice: ("sl", of, start), start None when unknown)
    ("k", type, value)           a constant: type is the language's name ("str"); value a str <= 80 chars, an int or None
    ("f", beginning)             a string of which only the beginning is known: f"visit_{name}"
    ("l", type, items)           a list, tuple, set, array or comprehension; ("*", e) is spread
    ("m", items)                 a dictionary or object literal: ((key expression or None, value), …)
    ("o", choices)               one of several: a conditional, `or`, a union type
    ("i", of)                    an item of what is iterated
    ("u", n, of)                 item n of what is unpacked (from the end when negative); ("ur", n, m, of): items n to -m
    ("w", of)                    what an await gives
    ("e", of)                    what a context manager gives
    ("d", node)                  the function, class or lambda that is node number `node` of this file
    ("I", n)                     what import number n binds
    ("p", n)                     parameter number n of the scope the expression stands in
    ("A", type expression)       an instance of a type, from an annotation or a declaration
    ("x", of)                    an instance of an exception class, or of each class in a tuple (an except clause)
    ("y", of)                    what `yield from` / a delegated generator gives
    ("b", scope, of)             `of` evaluated in the scope number `scope`: what a comprehension collects, and what a
                                 function binds to a global or nonlocal name
    None                         nothing is known

All numbers are indexes from 0. Rows are 0-based, columns are UTF-8 bytes, ends are exclusive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import msgpack

Expr = Any
"""A tuple as above, or None."""

PlaceT = tuple[int, int, int, int]
"""start row, start column, end row, end column."""


class Binding(NamedTuple):
    """One thing that binds a name.

    `expr`: what it binds, evaluated in the scope that holds the binding. `row`: of the statement. `conditional`: it
    stands in a branch, a loop or a handler of its scope, so an earlier binding may still hold.
    """

    expr: Expr
    row: int
    conditional: bool


class Parameter(NamedTuple):
    """`kind`: "p" positional or named, "/" positional only, "k" named only, "*" and "**" the rest."""

    name: str
    kind: str
    default: Expr
    annotation: Expr


class Scope(NamedTuple):
    """A region with names of its own.

    Attributes:
        kind: "module", "class" (also struct, enum, trait, interface, impl), "function" (also lambda), or "block" for a
            comprehension and a language's block scope: a block belongs to the node of the function around it.
        node: number of the node that code in this scope belongs to.
        parent: number of the scope around it; -1 for the module.
        names: bindings by name, in the order of the text. Definitions are bindings too: ("d", node).
        attributes: for a class: what methods assign to the object (`self.x = …`): name -> ((scope, expr, row), …).
        parameters, returns, yields, result: for a function; returns and yields are evaluated in this scope, `result`
            (the declared type, without ("A", …) around it) and annotations and defaults in the parent.
        bases: for a class, evaluated in the parent; an impl block has the type as `self_type` and the trait as base.
        decorators: as written, outermost first, evaluated in the parent.
        flags: "async", "generator", "static", "classmethod", "property", "abstract", "dataclass", "overload", …
        self_type: for an impl block or a Go method: the type expression the members belong to; else None.
        extra: whatever the language's rules need, by name; msgpack-able.
    """

    kind: str
    node: int
    parent: int
    names: dict[str, tuple[Binding, ...]]
    attributes: dict[str, tuple[tuple[int, Expr, int], ...]] = {}  # noqa: RUF012
    parameters: tuple[Parameter, ...] = ()
    returns: tuple[Expr, ...] = ()
    yields: tuple[Expr, ...] = ()
    result: Expr = None
    bases: tuple[Expr, ...] = ()
    decorators: tuple[Expr, ...] = ()
    flags: tuple[str, ...] = ()
    self_type: Expr = None
    extra: dict[str, Any] = {}  # noqa: RUF012


class ImportFact(NamedTuple):
    """One name that an import statement binds (an import of several names is several of these).

    Attributes:
        scope: number of the scope it stands in.
        module: as the language writes it: ".tax", "./cart", "crate::cart", "java.util", "example.org/shop/cart".
        name: what is taken from the module; "" for the module itself, "*" for everything, "default" for a JS default.
        alias: the name it is bound to; "" when it binds none (a side-effect import, a star). Python's `import a.b`
            has the alias "a.b": it binds "a".
        gate: why it may not happen: "TYPE_CHECKING", a cfg, "except ImportError"; "" when it always does.
        place: of the statement.
    """

    scope: int
    module: str
    name: str
    alias: str
    gate: str
    place: PlaceT


class CallFact(NamedTuple):
    """A call at a place.

    `expr` is ("c", …). `how`: "" an ordinary call, "decorator", "new", "macro", "jsx", "with", "for", "raise",
    "operator": called by the language rather than by parentheses. `callee` is the text for people, <= 80 characters.
    """

    scope: int
    expr: Expr
    how: str
    callee: str
    place: PlaceT


class Reference(NamedTuple):
    """A name or attribute that is used other than by calling it; the same one twice in a scope is one reference.

    `role`: "read", "write", "type" (an annotation or another use of a type), "returns" (a declared result type),
    "bound" (a type parameter's or where clause's bound), "gate" (expr is ("k", "gate", text)), "except".
    Reads and writes of names that are local to a function are left out.
    """

    scope: int
    role: str
    expr: Expr
    place: PlaceT


class Facts(NamedTuple):
    """Everything the linker needs of one file beside its nodes.

    Attributes:
        scopes: number 0 is the module's.
        exports: what importers see, when the language says so: name -> expression in scope 0 ("default" for a default
            export, ("I", n) for a re-export); a re-export of everything has the key "*" + number and ("I", n). None:
            importers see what scope 0 binds.
        all_names: a Python `__all__` that could be read; None otherwise.
        data: what a manifest says, or what the language's rules need per file (a Java or Go package's name).
    """

    scopes: tuple[Scope, ...] = ()
    imports: tuple[ImportFact, ...] = ()
    calls: Sequence[CallFact] = ()
    references: Sequence[Reference] = ()
    exports: dict[str, Expr] | None = None
    all_names: tuple[str, ...] | None = None
    data: dict[str, Any] = {}  # noqa: RUF012


class Stored(Sequence[Any]):
    """Calls or references as they rest in the store, unpacked when somebody first asks for them.

    Two fifths of a file's facts are these, and only the file itself is asked for them, not the files that it leads to.
    """

    __slots__ = ("_make", "_rows", "raw")

    def __init__(self, raw: bytes, make: Callable[[tuple], Any]) -> None:
        self.raw = raw
        self._make = make
        self._rows: tuple[Any, ...] | None = None

    def rows(self) -> tuple[Any, ...]:
        if self._rows is None:
            plain = msgpack.unpackb(self.raw, use_list=False, strict_map_key=False, unicode_errors="surrogatepass")
            self._rows = tuple(map(self._make, plain))
        return self._rows

    def __len__(self) -> int:
        return len(self.rows())

    def __getitem__(self, index: Any) -> Any:
        return self.rows()[index]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self.rows() == tuple(other)

    __hash__ = None


def packed(rows: Sequence) -> bytes:
    return rows.raw if isinstance(rows, Stored) else packer().pack(rows)


@cache
def packer() -> msgpack.Packer:
    """One packer: making one takes a buffer of a megabyte each time."""
    return msgpack.Packer(unicode_errors="surrogatepass")


def to_plain(facts: Facts) -> tuple:
    """For msgpack, which writes a named tuple as an array."""
    scopes, imports, calls, references, *rest = facts
    return (scopes, imports, packed(calls), packed(references), *rest)


def from_plain(plain: tuple) -> Facts:
    """From what `msgpack.unpackb(…, use_list=False)` gives; inner values stay plain tuples in the order of the fields.

    Scopes and imports are made into their named tuples, with bindings and parameters; calls and references when they
    are asked for.
    """
    scopes, imports, calls, references, *rest = plain
    return Facts(
        tuple(_scope(one) for one in scopes),
        tuple(ImportFact._make(one) for one in imports),
        Stored(calls, CallFact._make),
        Stored(references, Reference._make),
        *rest,
    )


def _scope(plain: tuple) -> Scope:
    scope = Scope._make(plain)
    return scope._replace(
        names={name: tuple(Binding._make(one) for one in bound) for name, bound in scope.names.items()},
        parameters=tuple(Parameter._make(one) for one in scope.parameters),
    )
