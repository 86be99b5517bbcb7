"""How JavaScript, TypeScript and TSX resolve names, modules and what built-ins call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from remora.isg.facts import Expr, ImportFact
from remora.isg.languages.callbacks import functions_of
from remora.isg.languages.ecmascript.known import CALLING_METHODS, GLOBALS, NODE_MODULES
from remora.isg.languages.ecmascript.library import AWAITED, BIND, handed, method_result, outside_calls, outside_result
from remora.isg.languages.ecmascript.resolving import resolve
from remora.isg.link.calls import Arguments, result
from remora.isg.link.classes import linearised, own_member, search
from remora.isg.link.items import iterated
from remora.isg.link.rules import Rules
from remora.isg.link.values import HEURISTIC, NOTHING, Value, Values, union

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator
    from remora.isg.link.unit import Unit

WHOLE = "export="
BINDING = ("n", "<bind>")
CHECK = ("n", "<instanceof>")
ITERATORS = ("[Symbol.iterator]", "[Symbol.asyncIterator]")
CONTAINERS = frozenset("RLYVG")
MADE_EMPTY: Mapping[str, str] = {"Array": "Array", "Map": "Map", "Set": "Set", "WeakMap": "Map", "WeakSet": "Set"}


class EcmaScriptRules(Rules):
    """The three languages see each other's modules: they are one."""

    builtins = GLOBALS
    receiver_first = True
    super_names = frozenset({"super"})
    constructor = "constructor"
    attributes_are_items = True
    numbers_count_up = True
    containers = MADE_EMPTY
    class_of = "constructor"

    # Modules.

    def import_targets(self, ev: Evaluator, unit: Unit, one: ImportFact) -> Values:
        found = ev.once(("mod", unit.path, one.module), lambda: self.module(ev, unit.path, one.module))
        return found

    def module(self, ev: Evaluator, path: str, specifier: str) -> Values:
        found = resolve(ev, path, specifier)
        if found:
            return (("M", found),)
        if specifier.startswith((".", "/")) or not specifier:
            return NOTHING
        head = specifier.removeprefix("node:").partition("/")[0]
        if head in NODE_MODULES and not specifier.startswith("@"):
            return (("X", f"ext:node:{specifier.removeprefix('node:')}"),)
        return (("X", f"ext:{specifier}"),)

    def import_values(self, ev: Evaluator, unit: Unit, one: ImportFact) -> Values:
        found: list[Values] = []
        for module in self.import_targets(ev, unit, one):
            if module[0] == "X":
                found.append(
                    (module,) if one.name in ("", "*", WHOLE, "default") else (("X", f"{module[1]}.{one.name}"),)
                )
            elif one.name in ("", "*"):
                found.append((module,))
            elif one.name == WHOLE:
                found.append(ev.attribute(module, WHOLE) or (module,))
            else:
                found.append(ev.attribute(module, one.name))
        return union(*found)

    def import_source(self, ev: Evaluator, unit: Unit, one: ImportFact) -> tuple[str, str] | None:
        if one.name in ("", "*", "default", WHOLE):
            return None
        values = self.import_targets(ev, unit, one)
        return (values[0][1], one.name) if values and values[0][0] == "M" and values[0][1] != unit.path else None

    def member(self, ev: Evaluator, path: str, name: str) -> Values:
        """What a module exports; what CommonJS exports as a whole is its default, and has members of its own."""
        found = ev.exported(path, name)
        if found or name == WHOLE:
            return found
        whole = ev.exported(path, WHOLE)
        if name == "default":
            return whole
        return ev.attributes(whole, name) if whole else NOTHING

    def outside(self, ev: Evaluator, unit: Unit, name: str) -> Values:
        if name == "exports":
            return (("M", unit.path),)
        if name == BINDING[1]:
            return (("X", BIND),)
        return (("X", f"builtin:{name}"),) if name in self.builtins else NOTHING

    # Classes.

    def base_values(self, ev: Evaluator, unit: Unit, scope: int, base: Expr, row: int) -> Values:
        """A base may be a parameter: a class that a function makes for each class that it is given."""
        while base and base[0] == "s":
            base = base[1]
        return tuple(one for one in ev.expand(ev.values(unit, scope, base, row)) if one[0] in "CX")

    def class_fallback(self, ev: Evaluator, value: Value, name: str) -> Values:
        return (value,) if name == "prototype" else NOTHING

    def constructors(self, ev: Evaluator, value: Value) -> Values:
        found = search(ev, linearised(ev, value), self.constructor, ("I", *value[1:3]))
        return tuple(one for one in found if one[0] in "FS")

    def accessors(self, ev: Evaluator, value: Value, name: str, write: bool) -> Values:
        """The function that reading or writing a member of a class, an object or a module calls."""
        if value[0] == "C":
            for entry in linearised(ev, value):
                for one in own_member(ev, entry, f"{name}=" if write else name) if entry[0] == "C" else ():
                    found = ev.scope_of(one[1], one[2]) if one[0] == "F" else None
                    flags = found[0].scopes[found[1]].flags if found else ()
                    return (one,) if "property" in flags and "classmethod" in flags else NOTHING
            return NOTHING
        if value[0] == "M":
            unit = ev.unit(value[1])
            if unit is None or unit.facts.exports is None:
                return NOTHING
            name = f"{name}=" if write else name
            ev.look(("e", unit, name))
            return accessor_of(ev, unit, unit.facts.exports.get(name), write)
        return ev.once(("acc", value, name, write), lambda: self.of_literal(ev, value, name, write))

    def of_literal(self, ev: Evaluator, value: Value, name: str, write: bool) -> Values:
        """The accessor that an object literal has, or what is spread into it or it was created from."""
        written = ev.literal(value)
        if written is None or written[2][0] != "m":
            return NOTHING
        unit, number, expr = written
        found: list[Values] = []
        for key, one in expr[1]:
            if key is None:
                wholes = [whole for whole in ev.expand(ev.values(unit, number, one)) if whole[0] in "CLM"]
                found += [self.accessors(ev, whole, name, write) for whole in wholes]
            elif key[0] == "k" and key[2] == name:
                found.append(accessor_of(ev, unit, one, write))
        return union(*found)

    # Values.

    def type_check(self, expr: Expr) -> tuple[str, tuple[Expr, ...]] | None:
        return (expr[2][0][1], expr[2][1:]) if expr and expr[1] == CHECK else None

    def item(self, ev: Evaluator, value: Value, key: str | int | None) -> Values:
        return ev.attribute(value, key) if isinstance(key, str) and key != self.constructor else NOTHING

    def iterated(self, ev: Evaluator, value: Value) -> Values:
        unit = ev.unit(value[1])
        if unit is None:
            return NOTHING
        given = Arguments.given(unit, 0)
        found: list[Values] = []
        for name in ITERATORS:
            for method in ev.attribute(value, name):
                for made in result(ev, method, given) if method[0] in "FS" else ():
                    steps = [one for one in ev.attribute(made, "next") if one[0] in "FS"] if made[0] in "IL" else []
                    gives = [result(ev, one, given) for one in steps]
                    found += [ev.attributes(one, "value") for one in gives] if steps else [iterated(ev, made)]
        return union(*found)

    def called_for(self, ev: Evaluator, how: str, values: Values, name: str) -> Values:
        """A loop calls the method that makes an iterator, and its `next`."""
        if how != "for":
            return values
        found = [one for one in values if one[0] in "FS"]
        for one in list(found):
            for made in result(ev, one, Arguments.given(ev.unit(ev.path), 0)):  # ty: ignore[invalid-argument-type]
                if made[0] in "IL":
                    found += [step for step in ev.attribute(made, "next") if step[0] in "FS"]
        return tuple(found)

    def annotated(self, ev: Evaluator, unit: Unit, scope: int, expr: Expr) -> Values:
        if expr and expr[0] == "d":  # a class itself, for `this` in its own code
            return union(*(self.instance(one) for one in ev.defined(unit, expr[1])))
        return super().annotated(ev, unit, scope, expr)

    def choose(self, ev: Evaluator, values: Values, arguments: Arguments) -> Values:
        """A method with the name of an array's or a promise's, called on something unknown with a function, is that."""
        callee = arguments.callee
        if values:
            return self.called(ev, values, arguments)
        if not callee or callee[0] != "a" or callee[2] not in CALLING_METHODS:
            return values
        mark = ev.mark
        if not functions_of(ev, arguments):
            ev.mark = mark
            return NOTHING
        bases = ev.expand(ev.values(arguments.unit, arguments.scope, callee[1], arguments.row))
        awaited = callee[2] in AWAITED
        ev.mark = mark
        if any(one[0] in "IMFSCP" for one in bases):  # what a promise gives stands for the promise
            known = [one for one in bases if one[0] in "IMFSCP" and awaited]
            return tuple(("B", f"builtin:Promise.{callee[2]}", one) for one in known)
        key = f"builtin:{'Promise' if awaited else 'Array'}.{callee[2]}"
        if known := tuple(("B", key, one) for one in bases if one[0] in CONTAINERS):
            return known
        ev.least(HEURISTIC)
        return (("X", key),)

    def outside_calls(self, ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[Value, Arguments]]:
        return outside_calls(ev, callee, arguments)

    def method_result(self, ev: Evaluator, key: str, of: Value, arguments: Arguments) -> Values:
        return method_result(ev, key, of, arguments)

    def called(self, ev: Evaluator, values: Values, arguments: Arguments) -> Values:
        """Methods with the `this` they are given, and none without a body where those that stand for it are known."""
        if len(values) > 1:
            made = [one[3] for one in values if one[0] == "S" and one[3][0] == "I" and not declaring(ev, one)]
            kinds = {one for each in made for one in linearised(ev, ("C", *each[1:3]))}
            values = tuple(one for one in values if declaring(ev, one) not in kinds) if kinds else values
        if arguments.named:  # `Class.prototype.method.call(object, …)`, `Base.call(this)`
            made = [self.constructors(ev, one) or (one,) if one[0] == "C" else (one,) for one in values]
            return tuple(self.with_this(ev, one, arguments) for one in union(*made))
        if values[0][0] == "U":  # `super(…)` where nobody above has a constructor
            above = self.bases(ev, values[0][1])
            made = [one for one in above if one[0] == "X" or self.constructors(ev, one)]
            return values if made or not above else (("X", "builtin:Object"),)
        if values[0] == ("X", BIND):
            own = [
                one for base in ev.expand(arguments.at(ev, 0)) if base[0] == "I" for one in ev.attribute(base, "bind")
            ]
            return tuple(("F", one[1], one[2]) for one in own if one[0] in "FS") or values
        return values

    def with_this(self, ev: Evaluator, value: Value, arguments: Arguments) -> Value:
        place = ev.scope_of(value[1], value[2]) if value[0] in ("F", "S") else None
        if place is None or not (given := place[0].scopes[place[1]].parameters) or given[0][:2] != ("this", "p"):
            return value
        this = next(
            (ev.expand(arguments.values(ev, expr)) for name, expr in arguments.named if name == "this"), NOTHING
        )
        return ("S", value[1], value[2], this[0] if this else ("Z", "builtin:Object"))

    def handed(self, ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[str, object, str, Value]]:
        """What containers keep; and what a function that is handed over gets, as far as declared types tell."""
        if (known := handed(ev, callee, arguments)) is not None:
            return known
        place = ev.scope_of(callee[1], callee[2]) if callee[0] in ("F", "S") and arguments.plain else None
        if place is None:
            return []
        unit, number = place
        scope = unit.scopes[number]
        known = scope.extra.get("callbacks")
        table: dict[str, tuple[Expr, ...]] = known if isinstance(known, dict) else {}
        mark, found = ev.mark, []
        parameters = [one for one in scope.parameters if one.name != "this"]
        for one, given in zip(parameters, arguments.plain, strict=False):
            if one.kind != "p" or (one.annotation is None and one.name not in table) or not given or given[0] != "d":
                continue
            types = table.get(one.name) or self.called_types(ev, unit, max(scope.parent, 0), one.annotation)
            for function in arguments.values(ev, given):
                found += self.typed(ev, unit, max(scope.parent, 0), function, types)
        ev.mark = mark
        return found

    def called_types(self, ev: Evaluator, unit: Unit, scope: int, annotation: Expr) -> tuple[Expr, ...]:
        """The parameter types of a type that has a name: an alias of a function type, or an interface that is called."""
        for value in self.annotated(ev, unit, scope, annotation):
            found = ev.scope_of(value[1], value[2]) if value[0] == "I" else None
            types = found[0].scopes[found[1]].extra.get("call") if found else None
            if found and types and found[0] is unit:
                return tuple(types)
        return ()

    def typed(
        self, ev: Evaluator, unit: Unit, scope: int, function: Value, types: tuple[Expr, ...]
    ) -> list[tuple[str, object, str, Value]]:
        place = ev.scope_of(function[1], function[2]) if function[0] == "F" else None
        if place is None:
            return []
        names = [one for one in place[0].scopes[place[1]].parameters if one.name != "this" and one.annotation is None]
        return [
            (function[1], function[2], one.name, value)
            for one, type_ in zip(names, types, strict=False)
            for value in self.annotated(ev, unit, scope, type_)
            if value[0] in ("I", "Y")
        ]

    def outside_result(self, ev: Evaluator, key: str, arguments: Arguments) -> Values:
        return outside_result(ev, key, arguments)


def declaring(ev: Evaluator, value: Value) -> Value | None:
    """The interface or abstract class of a method without a body; None for any other function."""
    place = ev.scope_of(value[1], value[2]) if value[0] in ("F", "S") else None
    if place is None or "declared" not in place[0].scopes[place[1]].flags:
        return None
    parent = place[0].scopes[place[1]].parent
    return ("C", value[1], place[0].scope_names[parent]) if parent >= 0 else None


def accessor_of(ev: Evaluator, unit: Unit, expr: Expr, write: bool) -> Values:
    """The getter or setter that a member of an object literal is; see `Reader.property_value`."""
    if not expr or expr[0] != ("set" if write else "c") or not expr[1] or expr[1][0] not in ("d", "D"):
        return NOTHING
    found = [one for one in ev.values(unit, 0, expr[1]) if one[0] == "F"]
    places = [(one, ev.scope_of(one[1], one[2])) for one in found]
    return tuple(one for one, place in places if place and "property" in place[0].scopes[place[1]].flags)


RULES = EcmaScriptRules()
