"""What an expression can stand for while linking. Values are plain tuples, so that they can rest in the store.

("F", path, key)                 a function or lambda
("C", path, key)                 a class, struct, interface, trait or enum
("I", path, key)                 an instance of one
("S", path, key, receiver)       a function bound to a receiver
("M", path)                      a module; a path that ends in "/" is a package without a file of its own
("U", class value, receiver)     what `super()` gives
("L", path, scope, origin, expr) a list, tuple, set or dictionary made at a place; see `literal`
("V", path, key, slot)           the tuple or dictionary of a rest parameter
("G", path, key, receiver)       what a call of a generator function gives
("Y", path, scope, type expr)    an instance of a generic type of somebody else's: `list[Cart]`
("P", value, n)                  a callable with its first n arguments given
("R", kind, of)                  a view: "mapped" (a function), "values", "items", "enumerate", "zip", or a pair of one
("X", key)                       something outside: "ext:requests.get", "builtin:len"
("Z", key)                       what calling that gives
("B", key, value)                a method of a built-in type, bound to a value
("k", constant)                  a string or a number that may be a key
("p", path, key, slot)           whatever a caller hands to a parameter
"""

from __future__ import annotations

Value = tuple
Values = tuple[Value, ...]
NOTHING: Values = ()

EXACT, INFERRED, HEURISTIC = 0, 1, 2
MARKS = ("exact", "inferred", "heuristic")

CALLABLE = frozenset("FCSIPXBL")
# What is worth following through a parameter.
FLOWING = frozenset("FCISMLVGYPRp")


def union(*many: Values) -> Values:
    """Without repetition, in the order of first appearance."""
    filled = [values for values in many if values]
    if len(filled) < 2:
        return filled[0] if filled else NOTHING
    return tuple(dict.fromkeys(value for values in filled for value in values))
