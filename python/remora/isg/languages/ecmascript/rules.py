"""How JavaScript, TypeScript and TSX resolve names, modules and what built-ins call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from remora.isg.facts import Expr, ImportFact
from remora.isg.languages.callbacks import called_with_items, functions_of
from remora.isg.languages.ecmascript.known import CALLING, CALLING_METHODS, GLOBALS, NODE_MODULES, WRAPPING
from remora.isg.languages.ecmascript.resolving import resolve
from remora.isg.link.calls import Arguments, result
from remora.isg.link.items import item
from remora.isg.link.rules import Rules
from remora.isg.link.values import FLOWING, HEURISTIC, INFERRED, NOTHING, Value, Values, union

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator
    from remora.isg.link.unit import Unit

WHOLE = "export="
CONTAINERS = frozenset("RLYVG")
MADE_EMPTY: Mapping[str, str] = {"Array": "Array", "Map": "Map", "Set": "Set", "WeakMap": "Map", "WeakSet": "Set"}
KEEPING = frozenset({"add", "push", "set", "unshift"})
MAKING = frozenset({"useMemo", "useState"})
AWAITED = frozenset({"then", "catch", "finally"})
# Methods of arrays, maps and promises, by what they give.
GIVING_SAME = frozenset(
    {
        "catch", "concat", "entries", "fill", "filter", "finally", "flat", "reverse", "slice", "sort", "splice",
        "toReversed", "toSorted", "values",
    }
)  # fmt: skip
GIVING_ITEM = frozenset(["at", "find", "findLast", "get", "pop", "shift"])


class EcmaScriptRules(Rules):
    """The three languages see each other's modules: they are one."""

    builtins = GLOBALS
    receiver_first = True
    super_names = frozenset({"super"})
    constructor = "constructor"
    attributes_are_items = True
    containers = MADE_EMPTY

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
        return (("X", f"builtin:{name}"),) if name in self.builtins else NOTHING

    # Values.

    def annotated(self, ev: Evaluator, unit: Unit, scope: int, expr: Expr) -> Values:
        if expr and expr[0] == "d":  # a class itself, for `this` in its own code
            return union(*(self.instance(one) for one in ev.defined(unit, expr[1])))
        return super().annotated(ev, unit, scope, expr)

    def choose(self, ev: Evaluator, values: Values, arguments: Arguments) -> Values:
        """A method with the name of an array's or a promise's, called on something unknown with a function, is that."""
        callee = arguments.callee
        if values or not callee or callee[0] != "a" or callee[2] not in CALLING_METHODS:
            return values
        mark = ev.mark
        if not functions_of(ev, arguments):
            ev.mark = mark
            return NOTHING
        bases = ev.expand(ev.values(arguments.unit, arguments.scope, callee[1], arguments.row))
        awaited = callee[2] in AWAITED
        ev.mark = mark
        if any(one[0] in ("I", "M") for one in bases):  # what a promise gives stands for the promise
            known = [one for one in bases if one[0] in ("I", "M") and awaited]
            return tuple(("B", f"builtin:Promise.{callee[2]}", one) for one in known)
        key = f"builtin:{'Promise' if awaited else 'Array'}.{callee[2]}"
        if known := tuple(("B", key, one) for one in bases if one[0] in CONTAINERS):
            return known
        ev.least(HEURISTIC)
        return (("X", key),)

    def outside_calls(self, ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[Value, Arguments]]:
        last = callee[1].rpartition(".")[2]
        if callee[1].removeprefix("builtin:") not in CALLING and last not in CALLING_METHODS:
            return []
        if last in AWAITED:
            first = (callee[2],) if callee[0] == "B" and last == "then" else ()
            given = Arguments.given(arguments.unit, arguments.scope, *([first] if first else []))
            return [(one, given) for one in functions_of(ev, arguments)]
        return called_with_items(ev, callee, arguments, 1 if last.startswith("reduce") else 0)

    def method_result(self, ev: Evaluator, key: str, of: Value, arguments: Arguments) -> Values:
        name = key.rpartition(".")[2]
        if name in GIVING_SAME:
            return (of,)
        if name in GIVING_ITEM:
            return item(ev, of, None)
        functions = functions_of(ev, arguments) if name in ("then", "map", "flatMap") else NOTHING
        if name == "then":
            given = Arguments.given(arguments.unit, arguments.scope, (of,))
            return union(*(result(ev, one, given) for one in functions))
        return tuple(("R", "mapped", one) for one in functions)

    def handed(self, ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[str, object, str, Value]]:
        """What containers keep; and what a function that is handed over gets, as far as declared types tell."""
        if callee[0] == "B":
            return kept(ev, callee, arguments)
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
        """What wraps a function or a component is as good as what it wraps."""
        name = key.partition(":")[2]
        if name in WRAPPING or name.rpartition(".")[2] in WRAPPING:
            given = tuple(one for one in arguments.at(ev, 0) if one[0] in "FSCIL")
            if given:
                ev.least(INFERRED)
                return given
        if name.rpartition(".")[2] in MAKING:  # what a function makes, as it is or as the first of a pair
            functions = functions_of(ev, arguments)
            if functions and name.endswith("useState"):
                return tuple(("R", "zipped", (("R", "mapped", one),)) for one in functions)
            if functions:
                given = Arguments.given(arguments.unit, arguments.scope)
                return union(*(result(ev, one, given) for one in functions))
        return (("Z", key),)


def kept(ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[str, object, str, Value]]:
    """`xs.push(f)`, `map.set(key, f)`: what an array, a set or a map keeps."""
    container, name = callee[2], callee[1].rpartition(".")[2]
    if container[0] != "L" or name not in KEEPING:
        return []
    given = arguments.at(ev, 1) if name == "set" else union(*arguments.rest(ev, 0))
    return [(container[1], container, "", one) for one in given if one[0] in FLOWING]


RULES = EcmaScriptRules()
