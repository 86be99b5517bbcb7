"""Which definition a name in a Python file means, and whether that is certain.

Only what cannot be otherwise counts: a name bound once where Python looks for it first. Everything else stays open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from remora.isg.values import Import, Target

INITIALISER = "__init__"


@dataclass
class Scope:
    """A module, class or function while its file is being read.

    Attributes:
        key: of its node.
        body_byte: where its body starts; what stands before belongs to the scope around it.
        bindings: everything that binds a name here: a definition's scope, an import, or None for anything else.
        attributes: (object, attribute) names that are assigned to somewhere in a class.
        first_parameter: of a method that gets its object; "" otherwise.
    """

    kind: Literal["module", "class", "function"]
    key: str
    qualname: str
    parent: Scope | None
    start_byte: int
    end_byte: int
    body_byte: int
    bindings: dict[str, list[Scope | Import | None]] = field(default_factory=dict)
    attributes: set[str] = field(default_factory=set)
    first_parameter: str = ""
    gets_object: bool = False

    def bind(self, name: str, to: Scope | Import | None) -> None:
        self.bindings.setdefault(name, []).append(to)

    def member(self, name: str) -> Scope | None:
        """The one definition of this name in a class; None when there is none, or more than one answer."""
        found = self.bindings.get(name, [])
        if name in self.attributes or len(found) != 1:
            return None
        return found[0] if isinstance(found[0], Scope) else None


def target_of(callee: Sequence[str], scope: Scope) -> Target | None:
    """What a dotted name that is called in a scope certainly means; None when that is open.

    A class means its own `__init__` where it has one.
    """
    head, *rest = callee
    where = find_scope(head, scope)
    if where is None:
        return None
    bindings = where.bindings[head]
    modules = [one for one in bindings if isinstance(one, Import) and not one.name and one.alias == one.module]
    if modules and len(modules) == len(bindings):
        return below_modules(callee, modules)
    if len(bindings) != 1:
        return None
    bound = bindings[0]
    if isinstance(bound, Import):
        return imported(bound, rest)
    if bound is None:
        owner = where.parent
        is_object = where.gets_object and where.first_parameter == head and owner is not None
        return local(owner.member(rest[0])) if is_object and owner and len(rest) == 1 else None
    if not rest:
        return local(bound)
    return local(bound.member(rest[0])) if bound.kind == "class" and len(rest) == 1 else None


def find_scope(name: str, scope: Scope) -> Scope | None:
    """The scope in which Python finds a name: names of a class are seen in its body, not in its methods."""
    here: Scope | None = scope
    while here is not None:
        if name in here.bindings and (here is scope or here.kind != "class"):
            return here
        here = here.parent
    return None


def local(found: Scope | None) -> Target | None:
    if found is None:
        return None
    if found.kind == "class" and INITIALISER in found.bindings:
        found = found.member(INITIALISER)
    return Target("", found.key) if found else None


def imported(binding: Import, rest: Sequence[str]) -> Target | None:
    if binding.name == "*":
        return None
    names = [binding.name, *rest] if binding.name else rest
    return Target(binding.module, ".".join(names)) if names else None


def below_modules(callee: Sequence[str], modules: Sequence[Import]) -> Target | None:
    """`import a.b` and `import a.c` both bind `a`; the longest module that the callee starts with is meant."""
    fitting = [one.module.split(".") for one in modules]
    fitting = [parts for parts in fitting if list(callee[: len(parts)]) == parts]
    module = max(fitting, key=len, default=list(callee[:1]))
    rest = callee[len(module) :]
    return Target(".".join(module), ".".join(rest)) if rest else None
