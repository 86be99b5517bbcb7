"""Which overload a call means: by the number of arguments, then by the types that are known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.link.classes import linearised
from remora.isg.link.values import Value

if TYPE_CHECKING:
    from remora.isg.facts import Expr
    from remora.isg.link.calls import Arguments
    from remora.isg.link.evaluate import Evaluator
    from remora.isg.link.unit import Unit

# What a literal of a type may be handed to, the best first.
ACCEPTING = {
    "String": ("String", "CharSequence", "Comparable", "Object"),
    "int": ("int", "long", "short", "byte", "char", "float", "double", "Integer", "Number", "Object"),
    "double": ("double", "float", "Double", "Number", "Object"),
    "boolean": ("boolean", "Boolean", "Object"),
    "char": ("char", "int", "long", "Character", "Object"),
}
PRIMITIVE = frozenset({"boolean", "byte", "char", "double", "float", "int", "long", "short"})
NO_MATCH = -1


def takes(ev: Evaluator, value: Value, count: int) -> bool:
    """Whether a method can be called with so many arguments."""
    found = ev.scope_of(value[1], value[2])
    if found is None:
        return True
    parameters = [one for one in found[0].scopes[found[1]].parameters if one.name != "this"]
    if found[0].nodes[found[0].scopes[found[1]].node].kind == "lambda":
        return True
    if parameters and parameters[-1].kind == "*":
        return count >= len(parameters) - 1
    return count == len(parameters)


def is_variable(ev: Evaluator, value: Value) -> bool:
    """Whether a method takes any number of arguments; one that does not is meant before it."""
    found = ev.scope_of(value[1], value[2])
    parameters = found[0].scopes[found[1]].parameters if found else ()
    return bool(parameters) and parameters[-1].kind == "*"


def best(ev: Evaluator, values: list[Value], arguments: Arguments) -> list[Value]:
    """Those of several methods with the same number of parameters that take the arguments best."""
    mark = ev.mark
    scores = [score(ev, value, arguments) for value in values]
    ev.mark = mark
    highest = max(scores)
    return values if highest == NO_MATCH else [v for v, own in zip(values, scores, strict=True) if own == highest]


def score(ev: Evaluator, value: Value, arguments: Arguments) -> int:
    """How many arguments have the very type of their parameter; NO_MATCH when one cannot be handed over at all."""
    found = ev.scope_of(value[1], value[2])
    if found is None:
        return 0
    unit, number = found
    scope = unit.scopes[number]
    types: tuple[str, ...] = scope.extra.get("types", ())
    total = 0
    declared = [one for one in scope.parameters if one.name != "this"]
    for text, parameter, given in zip(types, declared, arguments.plain, strict=False):
        if parameter.kind == "*":
            continue
        own = match(ev, unit, max(scope.parent, 0), text, parameter.annotation, given, arguments)
        if own == NO_MATCH:
            return NO_MATCH
        total += own
    return total


def match(ev: Evaluator, unit: Unit, scope: int, text: str, annotation: Expr, given: Expr, arguments: Arguments) -> int:
    """For one argument: 2 the very type, 1 a type that takes it, 0 nothing is known, NO_MATCH not possible."""
    if not given:
        return 0
    if given[0] == "k":
        accepting = ACCEPTING.get(given[1])
        if accepting is None or (text not in PRIMITIVE and text not in accepting and len(text) == 1):
            return 0
        if text not in accepting:
            return NO_MATCH
        return 2 if text == accepting[0] else 1
    instances = [one for one in ev.expand(arguments.values(ev, given)) if one[0] in ("I", "Z")]
    if not instances:
        return 0
    if text in PRIMITIVE:
        return NO_MATCH if any(one[0] == "I" for one in instances) else 0
    wanted = [one for one in unit.rules.annotated(ev, unit, scope, annotation) if one[0] in ("I", "Z")]
    if not wanted:
        return 0
    if any(one in wanted for one in instances):
        return 2
    classes = [entry for one in instances if one[0] == "I" for entry in linearised(ev, ("C", *one[1:3]))]
    if any(("C", *one[1:3]) in classes for one in wanted if one[0] == "I"):
        return 1
    known = all(one[0] == "I" for one in (*instances, *wanted)) and not any(one[0] == "X" for one in classes)
    return NO_MATCH if known else 0
