"""Which fixture a test's parameter means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.languages.python.modules import joined
from remora.isg.link.unit import Unit
from remora.isg.link.values import Value

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator


def is_test(unit: Unit, node: int) -> bool:
    return "test" in unit.nodes[node].flags


def is_fixture(ev: Evaluator, unit: Unit, number: int) -> bool:
    scope = unit.scopes[number]
    decorators = [ev.values(unit, max(scope.parent, 0), one) for one in scope.decorators]
    return any(one[0] in "XZ" and one[1].startswith("ext:pytest.fixture") for values in decorators for one in values)


def fixture(ev: Evaluator, unit: Unit, asking: int, name: str) -> Value | None:
    """The fixture of a name that a test sees: of its own file, or of a conftest.py beside or above it."""
    folder = unit.path.rpartition("/")[0]
    paths = [unit.path, joined(folder, "conftest.py")]
    while folder:
        folder = folder.rpartition("/")[0]
        paths.append(joined(folder, "conftest.py"))
    for path in dict.fromkeys(paths):
        where = ev.unit(path) if ev.exists(path) else None
        if where is None:
            continue
        ev.look(("b", where, where.scope_names[0], name))
        for one in where.bindings(0, name):
            number = where.scope_of_node.get(one.expr[1]) if one.expr and one.expr[0] == "d" else None
            if number is not None and (where is not unit or number != asking):
                ev.look(("f", where, where.scope_names[number]))
                if where.scopes[number].kind == "function" and is_fixture(ev, where, number):
                    return ("F", where.path, where.scope_names[number])
    return None
