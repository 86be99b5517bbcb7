"""What a built-in method that calls a function hands to it: the items of what it is a method of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.link.calls import Arguments
from remora.isg.link.items import item
from remora.isg.link.values import NOTHING, Value, Values, union

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator

CALLABLE = frozenset("FSCP")


def functions_of(ev: Evaluator, arguments: Arguments) -> Values:
    """Functions among the first two arguments."""
    given = ev.expand(union(arguments.at(ev, 0), arguments.at(ev, 1)))
    return tuple(one for one in given if one[0] in CALLABLE)


def called_with_items(
    ev: Evaluator, callee: Value, arguments: Arguments, before: int = 0
) -> list[tuple[Value, Arguments]]:
    """The functions among the arguments of a built-in method, called with an item; `before`: parameters before that."""
    functions = functions_of(ev, arguments)
    mark = ev.mark
    items = item(ev, callee[2], None, sequence=True) if functions and callee[0] == "B" else NOTHING
    ev.mark = mark
    first = (*([NOTHING] * before), items) if items else ()
    given = Arguments.given(arguments.unit, arguments.scope, *first)
    return [(one, given) for one in functions]
