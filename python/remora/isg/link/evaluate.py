"""What an expression stands for: attributes, calls and items, across files.

Nothing is executed. Bindings of a scope are taken in the order of the text where that order is certain; beyond that an
expression may stand for several values, and every step that could be otherwise lowers the mark.
"""

from __future__ import annotations

from remora.isg.facts import Expr
from remora.isg.link.calls import Arguments, result
from remora.isg.link.classes import (
    class_attribute,
    instance_attribute,
    is_protocol,
    linearised,
    members_like,
    super_attribute,
)
from remora.isg.link.items import item, iterated
from remora.isg.link.names import Names
from remora.isg.link.unit import Unit
from remora.isg.link.values import HEURISTIC, INFERRED, NOTHING, Value, Values, union


class Evaluator(Names):
    """Evaluates for one file at one level of flows."""

    def values(self, unit: Unit, scope: int, expr: Expr, row: int | None = None, origin: tuple = ()) -> Values:
        """What an expression in a scope can stand for.

        Args:
            row: of the statement it stands in, when bindings of the same scope count by their order.
            origin: (name, number of the binding) when the expression is what a name is bound to; for an attribute
                ("@" + name, number of the assignment, number of the class's scope).
        """
        if not expr:
            return NOTHING
        what = expr[0]
        if what == "n":
            return self.name(unit, scope, expr[1], row)
        if what == "a":
            base = self.values(unit, scope, expr[1], row)
            return self.attributes(base, expr[2])
        if what == "c":
            if origin and self.made(unit, scope, expr):
                return (self.container(unit, scope, origin, expr),)
            return self.once(("c", unit.path, scope, expr, row), lambda: self.call(Arguments(unit, scope, expr, row)))
        if what == "d":
            return self.defined(unit, expr[1])
        if what == "D":
            number = unit.node_by_key.get(expr[1])
            return self.defined(unit, number) if number is not None else NOTHING
        if what == "I":
            one = unit.facts.imports[expr[1]]
            return self.once(("I", unit.path, expr[1]), lambda: unit.rules.import_values(self, unit, one))
        if what in ("l", "m"):
            return (self.container(unit, scope, origin, expr),)
        if what == "k":
            return (("k", expr[2]),) if expr[2] is not None else (("Z", f"builtin:{expr[1]}"),)
        if what == "p":
            return self.parameter(unit, scope, expr[1])
        if what == "f":
            return (expr,)
        if what == "A":
            self.least(INFERRED)
            return unit.rules.annotated(self, unit, scope, expr[1])
        if what == "o":
            return union(*(self.values(unit, scope, one, row) for one in expr[1]))
        if what == "s":
            base = self.values(unit, scope, expr[1], row)
            keys = self.values(unit, scope, expr[2], row) if expr[2] else NOTHING
            return self.items(base, keys)
        if what in ("i", "y"):
            return union(*(iterated(self, one) for one in self.expand(self.values(unit, scope, expr[1], row))))
        if what == "u":
            of = expr[2]
            if of and of[0] == "l" and expr[1] < len(of[2]) and not any(one and one[0] == "*" for one in of[2]):
                return self.values(unit, scope, of[2][expr[1]], row)
            return self.items(self.values(unit, scope, of, row), (("k", expr[1]),), sequence=True)
        if what == "e":
            entered = unit.rules.entered
            return union(*(entered(self, one) for one in self.expand(self.values(unit, scope, expr[1], row))))
        if what in ("w", "*"):
            return self.values(unit, scope, expr[1], row, origin)
        if what == "sl":
            start = expr[2] if len(expr) > 2 else None
            whole = self.expand(self.values(unit, scope, expr[1], row))
            return tuple(("R", "rest", (start, one)) if one[0] in "LVYR" else one for one in whole)
        if what == "ur":
            whole = self.expand(self.values(unit, scope, expr[3], row))
            return tuple(("R", "rest", (expr[1], one)) for one in whole)
        if what == "b":
            return self.values(unit, expr[1], expr[2])
        if what == "B":
            number = unit.scope_by_name.get(expr[1])
            return self.values(unit, number, expr[2]) if number is not None else NOTHING
        if what == "x":
            return self.raised(unit, scope, expr[1], row)
        return NOTHING

    def call(self, arguments: Arguments) -> Values:
        callees = self.callees(arguments)
        return union(*(result(self, one, arguments) for one in callees))

    def callees(self, arguments: Arguments) -> Values:
        """What a call calls: values before the call, overloads chosen."""
        unit = arguments.unit
        found = self.expand(self.values(unit, arguments.scope, arguments.callee, arguments.row))
        return unit.rules.choose(self, found, arguments)

    def expand(self, values: Values) -> Values:
        """Parameters replaced by what callers are known to hand over."""
        for value in values:
            if value[0] == "p":
                break
        else:
            return values
        out: list[Values] = []
        for value in values:
            if value[0] == "p":
                handed = self.handed(value[1], value[2], value[3])
                if handed:
                    self.least(INFERRED)
                    out.append(self.fitting(value, handed))
            else:
                out.append((value,))
        return union(*out)

    def fitting(self, parameter: Value, handed: Values) -> Values:
        """Of what callers hand over, the instances that the parameter's declared classes allow."""
        found = self.scope_of(parameter[1], parameter[2])
        position = found[0].parameters(found[1]).get(parameter[3]) if found else None
        if found is None or position is None:
            return handed
        unit, number = found
        scope = unit.scopes[number]
        annotation = scope.parameters[position].annotation
        if annotation is None or not unit.rules.annotations_hold:
            return handed
        declared = unit.rules.annotated(self, unit, max(scope.parent, 0), annotation)
        classes = {("C", *one[1:3]) for one in declared if one[0] == "I"}
        if not classes or any(is_protocol(self, one) for one in classes):
            return handed
        return tuple(one for one in handed if one[0] != "I" or classes & set(linearised(self, ("C", *one[1:3]))))

    def attributes(self, base: Values, name: str) -> Values:
        base = self.expand(base)
        if len(base) == 1:
            return self.attribute(base[0], name)
        if len(base) > 1:
            self.least(INFERRED)
        return union(*(self.attribute(value, name) for value in base))

    def attribute(self, value: Value, name: str) -> Values:
        """An attribute of one value."""
        what = value[0]
        if what == "M":
            return self.once(("M", value[1], name), lambda: self.module_member(value[1], name))
        if what == "I":
            return self.once(("Ia", value, name), lambda: instance_attribute(self, value, name))
        if what == "C":
            return self.once(("Ca", value, name), lambda: class_attribute(self, value, name, value))
        if what == "U":
            return super_attribute(self, value, name)
        if what == "X":
            return (("X", f"{value[1]}.{name}"),)
        if what == "Z":
            self.least(HEURISTIC)
            return self.files.rules(self.lang_of("")).outside_attribute(self, value[1], name)
        if what in ("F", "S"):
            stored = self.handed(value[1], value[2], f".{name}")
            unit = None if stored else self.unit(value[1])
            return unit.rules.function_attribute(self, value, name) if unit else stored
        if what == "L" and (unit := self.unit(value[1])) and unit.rules.attributes_are_items:
            literal = self.literal(value)
            found = item(self, value, name) if literal and literal[2][0] == "m" else NOTHING
            if found:
                return found
        kind = self.builtin_type(value)
        return (("B", f"builtin:{kind}.{name}", value),) if kind else NOTHING

    def builtin_type(self, value: Value) -> str:
        """The built-in type of a value, as its language calls it; "" when there is none."""
        if value[0] == "L":
            literal = self.literal(value)
            return ("dict" if literal[2][0] == "m" else literal[2][1]) if literal else ""
        if value[0] == "k":
            return type(value[1]).__name__
        if value[0] == "Y":
            expr = value[3][1]
            return str(expr[-1]).lower() if expr and expr[0] in ("n", "a") else ""
        return {"V": "tuple", "G": "generator", "f": "str"}.get(value[0], "")

    def items(self, base: Values, keys: Values, sequence: bool = False) -> Values:
        known = [key for key in self.expand(keys) if key[0] == "k"]
        counts_up = self.files.rules(self.lang_of("")).numbers_count_up
        constants = [key[1] for key in known if not counts_up or isinstance(key[1], str) or key in keys]
        beginnings = [key[1] for key in keys if key[0] == "f" and key[1]]
        found: list[Values] = []
        for value in self.expand(base):
            if beginnings and value[0] == "I":  # `visitor["visit" + name]`
                found += [members_like(self, value, one) for one in beginnings]
            if beginnings and not constants and value[0] == "L":
                names = [one[1] for one in iterated(self, value) if one[0] == "k"]
                likely = [one for one in names if str(one).startswith(tuple(beginnings))]
                found += [item(self, value, one, sequence) for one in likely]
                if names:
                    continue
            for key in constants or [None]:
                found.append(item(self, value, key, sequence))
        return union(*found)

    def container(self, unit: Unit, scope: int, origin: tuple, expr: Expr) -> Value:
        """A container by what it is bound to; where nothing is bound, by its text."""
        if not origin:
            return ("L", unit.path, unit.scope_names[scope], (), unit.stable(expr))
        where = origin[2] if len(origin) > 2 else scope
        return ("L", unit.path, unit.scope_names[where], origin[:2], ())

    def literal(self, value: Value) -> tuple[Unit, int, tuple] | None:
        """Where a container was written: its file, scope and expression."""
        unit = self.unit(value[1])
        number = unit.scope_by_name.get(value[2]) if unit else None
        if unit is None or number is None:
            return None
        if not value[3]:
            return unit, number, value[4]
        name, index = value[3]
        scope = unit.scopes[number]
        if name.startswith("@"):
            self.look(("s", unit, value[2], name[1:]))
            bound = scope.attributes.get(name[1:], ())
            if index >= len(bound):
                return None
            number, expr = bound[index][0], bound[index][1]
        else:
            inner = scope.kind not in ("module", "class")
            self.look(("f", unit, value[2]) if inner else ("b", unit, value[2], name))
            bindings = unit.bindings(number, name)
            if index >= len(bindings):
                return None
            expr = bindings[index].expr
        while expr and expr[0] in ("w", "*"):
            expr = expr[1]
        if expr and expr[0] == "c":
            expr = self.made(unit, number, expr)
        return (unit, number, expr) if expr and expr[0] in ("l", "m") else None

    def made(self, unit: Unit, scope: int, expr: Expr) -> Expr:
        """The literal that a call of a container's type stands for: `list(xs)` is `[*xs]`; None for other calls."""
        callee, plain, named = expr[1], expr[2], expr[3]
        containers = unit.rules.containers
        if not callee or callee[0] not in ("n", "a") or callee[-1] not in containers:
            return None
        if not any(one[0] == "X" for one in self.values(unit, scope, callee)):
            return None
        kind = containers[callee[-1]]
        if callee[-1] == "defaultdict":  # a key that is not there calls the factory
            return ("m", ((("any",), ("c", plain[0], (), ())),) if plain else ())
        if kind == "dict":
            return None if plain else ("m", tuple((("k", "str", name), one) for name, one in named))
        return ("l", kind, tuple(("*", one) for one in plain[:1]))

    def raised(self, unit: Unit, scope: int, expr: Expr, row: int | None) -> Values:
        if expr and expr[0] == "l":
            return union(*(self.raised(unit, scope, one, row) for one in expr[2]))
        instance = unit.rules.instance
        return union(*(instance(one) for one in self.expand(self.values(unit, scope, expr, row))))
