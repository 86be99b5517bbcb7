"""A scope while its file is being read."""

from __future__ import annotations

from remora.isg.facts import Binding, Expr, Parameter, Scope


class Draft:
    """A `facts.Scope` in the making; the fields they share mean the same.

    Attributes:
        number: of the scope.
        qualname: of the node it belongs to, "" for the module.
        level: of the node it belongs to.
        start_byte, end_byte: the text it covers.
        body_byte: where its body starts; code before it (decorators, defaults, bases) is run by the scope around it.
        around: the scope around it; None for the module.
        stores: (attribute or subscript, value, row) of assignments to them; it becomes `extra["stores"]`.
    """

    __slots__ = (
        "around",
        "attributes",
        "bases",
        "body_byte",
        "decorators",
        "end_byte",
        "extra",
        "flags",
        "kind",
        "level",
        "names",
        "node",
        "number",
        "parameters",
        "qualname",
        "result",
        "returns",
        "self_type",
        "start_byte",
        "stores",
        "yields",
    )

    def __init__(
        self,
        number: int,
        kind: str,
        node: int,
        around: Draft | None,
        qualname: str,
        level: int,
        start_byte: int,
        end_byte: int,
        body_byte: int,
    ) -> None:
        self.number = number
        self.kind = kind
        self.node = node
        self.around = around
        self.qualname = qualname
        self.level = level
        self.start_byte = start_byte
        self.end_byte = end_byte
        self.body_byte = body_byte
        self.names: dict[str, list[Binding]] = {}
        self.attributes: dict[str, list[tuple[int, Expr, int]]] = {}
        self.parameters: list[Parameter] = []
        self.returns: list[Expr] = []
        self.yields: list[Expr] = []
        self.result: Expr = None
        self.bases: list[Expr] = []
        self.decorators: list[Expr] = []
        self.flags: set[str] = set()
        self.self_type: Expr = None
        self.extra: dict[str, object] = {}
        self.stores: list[tuple[Expr, Expr, int]] = []

    def bind(self, name: str, expr: Expr, row: int, conditional: bool = False) -> None:
        self.names.setdefault(name, []).append(Binding(expr, row, conditional))

    def attribute(self, name: str, scope: int, expr: Expr, row: int) -> None:
        """`self.name = …`, seen in the scope number `scope`."""
        self.attributes.setdefault(name, []).append((scope, expr, row))

    def owner(self) -> Draft:
        """The function, class or module that a block stands in; itself for those."""
        here = self
        while here.kind == "block" and here.around is not None:
            here = here.around
        return here

    def done(self) -> Scope:
        names = {name: tuple(bound) for name, bound in self.names.items()} if self.names else {}
        attributes = {name: tuple(given) for name, given in self.attributes.items()} if self.attributes else {}
        return tuple.__new__(  # half the time of the Python-level constructor
            Scope,
            (
                self.kind,
                self.node,
                self.around.number if self.around else -1,
                names,
                attributes,
                tuple(self.parameters),
                tuple(self.returns),
                tuple(self.yields),
                self.result,
                tuple(self.bases),
                tuple(self.decorators),
                tuple(sorted(self.flags)) if self.flags else (),
                self.self_type,
                {**self.extra, "stores": tuple(self.stores)} if self.stores else self.extra,
            ),
        )
