"""Which overload a call means: by the number of arguments, then by the types that are known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.languages.java.values import NUMBERS
from remora.isg.link.classes import linearised
from remora.isg.link.values import Value

if TYPE_CHECKING:
    from remora.isg.facts import Expr
    from remora.isg.link.calls import Arguments
    from remora.isg.link.evaluate import Evaluator
    from remora.isg.link.unit import Unit

# What a value of a type may be handed to, the best first.
ACCEPTING = {
    "String": ("String", "CharSequence", "Comparable", "Serializable", "Object"),
    "byte": ("byte", "short", "int", "long", "float", "double", "Byte", "Number", "Object"),
    "short": ("short", "int", "long", "float", "double", "Short", "Number", "Object"),
    "int": ("int", "long", "float", "double", "Integer", "short", "byte", "char", "Number", "Comparable", "Object"),
    "long": ("long", "float", "double", "Long", "Number", "Comparable", "Object"),
    "float": ("float", "double", "Float", "Number", "Comparable", "Object"),
    "double": ("double", "Double", "Number", "Comparable", "Object"),
    "boolean": ("boolean", "Boolean", "Object"),
    "Class": ("Class", "Type", "Object"),
    "char": ("char", "int", "long", "float", "double", "Character", "Comparable", "Object"),
}
BOXED = {"Byte": "byte", "Short": "short", "Integer": "int", "Long": "long", "Float": "float", "Double": "double"} | {
    "Boolean": "boolean",
    "Character": "char",
}
# What methods of the standard library give, whatever they are called on.
GIVING = {
    f"{name}()": kind
    for kind, names in {
        "String": "asString concat format formatted getCanonicalName getMessage getName getSimpleName join name readLine "
        "repeat replace replaceAll strip substring toLowerCase toString toUpperCase trim",
        "int": "compareTo hashCode indexOf intValue lastIndexOf length nextInt ordinal parseInt size",
        "boolean": "contains containsKey endsWith equals equalsIgnoreCase hasNext isEmpty matches startsWith",
        "long": "longValue nanoTime currentTimeMillis parseLong",
        "double": "doubleValue parseDouble random sqrt",
        "char": "charAt",
    }.items()
    for name in names.split()
}
PRIMITIVE = frozenset({"boolean", "byte", "char", "double", "float", "int", "long", "short"})
NO_MATCH = -1
# Of the very type; what is further from it counts less.
EXACTLY = 12


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
    """How near the arguments are to the types of their parameters; NO_MATCH when one cannot be handed over at all."""
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
    """For one argument: more than 1 the very type, or nearly, 1 a type that takes it, 0 nothing is known, NO_MATCH not
    possible.
    """
    if not given:
        return 0
    if given[0] == "k":
        return accepted(given[1], text)
    values = ev.expand(arguments.values(ev, given))
    if any(one[0] in ("L", "Y") for one in values) and len(values) == 1:
        return of_array(ev, values[0], text)
    instances = [one for one in values if one[0] in ("I", "Z")]
    kind = common_kind({builtin_kind(one) for one in instances} if instances else {given_kind(given)})
    if kind:
        return accepted(kind, text)
    if not instances:
        return 0
    if text in PRIMITIVE:
        return NO_MATCH if any(one[0] == "I" for one in instances) else 0
    if text == "String" and any(one[0] == "I" for one in instances):
        return NO_MATCH
    wanted = [one for one in unit.rules.annotated(ev, unit, scope, annotation) if one[0] in ("I", "Z")]
    if not wanted:
        return 0
    if any(one in wanted for one in instances):
        return EXACTLY
    classes = [entry for one in instances if one[0] == "I" for entry in linearised(ev, ("C", *one[1:3]))]
    places = [classes.index(("C", *one[1:3])) for one in wanted if one[0] == "I" and ("C", *one[1:3]) in classes]
    if places:  # the nearer base is meant
        return max(2, EXACTLY - min(places))
    known = all(one[0] == "I" for one in (*instances, *wanted)) and not any(one[0] == "X" for one in classes)
    return NO_MATCH if known else 0 if text != "Object" else 1


def accepted(kind: str, text: str) -> int:
    """How well a parameter takes a value of a built-in type."""
    accepting = ACCEPTING.get(kind)
    if accepting is None or (text not in PRIMITIVE and text not in accepting and len(text) == 1):
        return 0
    return max(1, EXACTLY - accepting.index(text)) if text in accepting else NO_MATCH


def common_kind(kinds: set[str]) -> str:
    """The one type that all are of, or the widest of numbers; "" when there is none."""
    if len(kinds) > 1 and kinds <= set(NUMBERS):
        return max(kinds, key=NUMBERS.index)
    return kinds.pop() if len(kinds) == 1 else ""


def builtin_kind(value: Value) -> str:
    """The primitive type that a value is of, or String; "" for another."""
    if value[0] != "Z":
        return ""
    name = str(value[1]).removeprefix("builtin:")
    name = "String" if name == "String.valueOf" else BOXED.get(name, name)
    return name if name in ACCEPTING else GIVING.get(f"{name.rpartition('.')[2].removesuffix('()')}()", "")


def given_kind(given: Expr) -> str:
    """The type that a call of a method of the standard library gives, by the method's name."""
    callee = given[1] if given[0] == "c" else None
    return GIVING.get(callee[2], "") if callee and callee[0] == "a" else ""


def of_array(ev: Evaluator, value: Value, text: str) -> int:
    """A collection or an array is nothing that a number or a text takes, and no array is a collection."""
    if text in PRIMITIVE or text == "String":
        return NO_MATCH
    is_array = ev.builtin_type(value) == "array"
    return 2 if is_array and text.endswith("[]") else NO_MATCH if text.endswith("[]") and value[0] == "Y" else 0
