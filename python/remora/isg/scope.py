"""A scope while its file is being read."""

from __future__ import annotations

from dataclasses import dataclass, field

from remora.isg.facts import Binding, Expr, Parameter, Scope


@dataclass(slots=True)
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

    number: int
    kind: str
    node: int
    around: Draft | None
    qualname: str
    level: int
    start_byte: int
    end_byte: int
    body_byte: int
    names: dict[str, list[Binding]] = field(default_factory=dict)
    attributes: dict[str, list[tuple[int, Expr, int]]] = field(default_factory=dict)
    parameters: list[Parameter] = field(default_factory=list)
    returns: list[Expr] = field(default_factory=list)
    yields: list[Expr] = field(default_factory=list)
    result: Expr = None
    bases: list[Expr] = field(default_factory=list)
    decorators: list[Expr] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    self_type: Expr = None
    extra: dict[str, object] = field(default_factory=dict)
    stores: list[tuple[Expr, Expr, int]] = field(default_factory=list)

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
        return Scope(
            self.kind,
            self.node,
            self.around.number if self.around else -1,
            {name: tuple(bound) for name, bound in self.names.items()},
            {name: tuple(set_) for name, set_ in self.attributes.items()},
            tuple(self.parameters),
            tuple(self.returns),
            tuple(self.yields),
            self.result,
            tuple(self.bases),
            tuple(self.decorators),
            tuple(sorted(self.flags)),
            self.self_type,
            {**self.extra, "stores": tuple(self.stores)} if self.stores else self.extra,
        )
