"""How JavaScript, TypeScript and TSX resolve names, modules and what built-ins call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.facts import Expr, ImportFact
from remora.isg.languages.callbacks import called_with_items, functions_of
from remora.isg.languages.ecmascript.known import CALLING, CALLING_METHODS, GLOBALS, NODE_MODULES, WRAPPING
from remora.isg.languages.ecmascript.resolving import resolve
from remora.isg.link.rules import Rules
from remora.isg.link.values import HEURISTIC, INFERRED, NOTHING, Value, Values, union

if TYPE_CHECKING:
    from remora.isg.link.calls import Arguments
    from remora.isg.link.evaluate import Evaluator
    from remora.isg.link.unit import Unit

WHOLE = "export="


class EcmaScriptRules(Rules):
    """The three languages see each other's modules: they are one."""

    builtins = GLOBALS
    receiver_first = True
    super_names = frozenset({"super"})
    constructor = "constructor"
    attributes_are_items = True

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
        ev.mark = max(mark, HEURISTIC)
        owner = "Promise" if callee[2] in ("then", "catch", "finally") else "Array"
        return (("X", f"builtin:{owner}.{callee[2]}"),)

    def outside_calls(self, ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[Value, Arguments]]:
        name = callee[1].removeprefix("builtin:")
        last = name.rpartition(".")[2]
        if not callee[1].startswith("builtin:") or (name not in CALLING and last not in CALLING_METHODS):
            return []
        return called_with_items(ev, callee, arguments, 1 if last.startswith("reduce") else 0)

    def outside_result(self, ev: Evaluator, key: str, arguments: Arguments) -> Values:
        """What wraps a function or a component is as good as what it wraps."""
        name = key.partition(":")[2]
        if name in WRAPPING or name.rpartition(".")[2] in WRAPPING:
            given = tuple(one for one in arguments.at(ev, 0) if one[0] in "FSCIL")
            if given:
                ev.least(INFERRED)
                return given
        return (("Z", key),)


RULES = EcmaScriptRules()
