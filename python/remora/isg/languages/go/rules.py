"""How Go finds packages, names and members. A package is all files of a folder: ("M", "folder/")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.facts import Expr, ImportFact
from remora.isg.languages.go.packages import files_of, located, name_of, package, package_of
from remora.isg.languages.go.types import STRUCT
from remora.isg.link.calls import Arguments
from remora.isg.link.items import item, iterated
from remora.isg.link.rules import Rules
from remora.isg.link.values import INFERRED, NOTHING, Value, Values, union

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator
    from remora.isg.link.unit import Unit

BUILTINS = frozenset(
    {"append", "cap", "clear", "close", "complex", "copy", "delete", "imag", "len", "make", "max", "min", "new"}
    | {"panic", "print", "println", "real", "recover", "error", "string", "bool", "byte", "rune", "any", "comparable"}
    | {"int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "uintptr"}
    | {"float32", "float64", "complex64", "complex128"}
)
MOST_METHODS = 40
KEEPING = frozenset({"builtin:append", "builtin:panic", "builtin:print", "builtin:println", "ext:reflect.ValueOf"})


class GoRules(Rules):
    """Go."""

    builtins = BUILTINS
    receiver_first = True
    settles = True
    attributes_are_items = True  # of a struct without a name, whose literals are maps here

    # ---- packages and imports

    def import_values(self, ev: Evaluator, unit: Unit, one: ImportFact) -> Values:
        return located(ev, unit.path, one.module)

    def import_targets(self, ev: Evaluator, unit: Unit, one: ImportFact) -> Values:
        found: list[Value] = []
        for value in located(ev, unit.path, one.module):
            found += files_of(ev, value[1][:-1]) if value[0] == "M" else [value]
        return tuple(found)

    def member(self, ev: Evaluator, path: str, name: str) -> Values:
        if not path.endswith("/"):
            return ev.exported(path, name)
        return self.declared(ev, package(ev, path[:-1]).names.get(name, ()), name)

    def declared(self, ev: Evaluator, paths: tuple[str, ...], name: str) -> Values:
        """What the files of a package declare a name to be: more than one when build constraints choose."""
        found: list[Values] = []
        for path in paths:
            unit = ev.unit(path)
            here = ev.binding(unit, 0, name, None) if unit is not None else None
            if here:
                found.append(here)
        if len(found) > 1:
            ev.least(INFERRED)
        return union(*found)

    def outside(self, ev: Evaluator, unit: Unit, name: str) -> Values:
        found = self.declared(ev, package_of(ev, unit).names.get(name, ()), name)
        if found:
            return found
        for one in unit.facts.imports:
            if one.name == "*":
                for value in located(ev, unit.path, one.module):
                    if value[0] == "M" and (here := ev.attribute(value, name)):
                        return here
            elif one.alias:  # a package that is called otherwise than its folder
                for value in located(ev, unit.path, one.module):
                    if value[0] == "M" and name_of(ev, value[1][:-1]) == name:
                        return (value,)
        return (("X", f"builtin:{name}"),) if name in self.builtins else NOTHING

    def outside_source(self, ev: Evaluator, unit: Unit, name: str) -> tuple[str, str] | None:
        paths = package_of(ev, unit).names.get(name, ())
        return (paths[0], name) if paths and paths[0] != unit.path else None

    def package_source(self, ev: Evaluator, folder: str, name: str) -> tuple[str, str] | None:
        paths = package(ev, folder[:-1]).names.get(name, ())
        return (paths[0], name) if paths else None

    # ---- types

    def annotated(self, ev: Evaluator, unit: Unit, scope: int, expr: Expr) -> Values:
        if expr is None:
            return NOTHING
        while scope > 0 and unit.scopes[scope].kind == "class":
            scope = unit.scopes[scope].parent
        if expr[0] == "o":
            return union(*(self.annotated(ev, unit, scope, one) for one in expr[1]))
        if expr[:2] == STRUCT:
            return ev.values(unit, scope, expr[2])
        found: list[Values] = []
        for value in ev.values(unit, scope, expr[1] if expr[0] == "s" else expr):
            alias = self.meaning(ev, value, "alias")
            if alias is not None:
                found.append(ev.once(("go-alias", value), lambda meant=alias: self.annotated(ev, *meant)))
            elif value[0] == "C":
                found.append((("I", value[1], value[2]),))
            elif value[0] == "X" and expr[0] != "s":
                found.append((("Z", value[1]),))
        if not found and expr[0] == "s":
            return (("Y", unit.path, unit.scope_names[scope], unit.stable(expr)),)
        return union(*found)

    def meaning(self, ev: Evaluator, value: Value, word: str) -> tuple[Unit, int, Expr] | None:
        """What `type A = B` ("alias") or `type A B` ("underlying") is declared as: (file, scope, type)."""
        found = ev.scope_of(value[1], value[2]) if value[0] in "CI" else None
        if found is None:
            return None
        unit, number = found
        expr = unit.scopes[number].extra.get(word)
        return (unit, max(unit.scopes[number].parent, 0), expr) if isinstance(expr, tuple) else None

    def class_scopes(self, ev: Evaluator, value: Value) -> tuple[tuple[Unit, int], ...]:
        """A type's own scope, and the methods that the files of its package give it."""
        return ev.once(("go-methods", value), lambda: self.methods(ev, value))

    def methods(self, ev: Evaluator, value: Value) -> tuple[tuple[Unit, int], ...]:
        found = ev.scope_of(value[1], value[2])
        if found is None:
            return ()
        unit, number = found
        alias = self.meaning(ev, value, "alias")
        if alias is not None:
            meant = [one for one in ev.values(*alias) if one[0] == "C" and one != value]
            return tuple(pair for one in meant for pair in self.class_scopes(ev, one))
        scopes = [(unit, number)]
        name = unit.nodes[unit.scopes[number].node].name
        if unit.scopes[number].parent > 0:  # a type of a function has no methods
            return tuple(scopes)
        for path in package_of(ev, unit).receivers.get(name, ()):
            other = ev.unit(path)
            for at, scope in enumerate(other.scopes if other is not None else ()):
                if other is not None and scope.kind == "class" and scope.self_type == ("n", name):
                    scopes.append((other, at))
        return tuple(scopes)

    def bases(self, ev: Evaluator, value: Value) -> Values:
        """What a struct or an interface embeds; something outside comes last, and only when it is one thing."""
        found = super().bases(ev, value)
        foreign = [one for one in found if one[0] == "X"]
        return (*(one for one in found if one[0] == "C"), *(foreign if len(foreign) == 1 else ()))

    def promised(self, ev: Evaluator, unit: Unit, number: int) -> Values:
        """Interfaces of its package, and of those that its file imports, all of whose methods a type has."""
        scope = unit.scopes[number]
        node = unit.nodes[scope.node]
        if scope.self_type is not None or scope.parent != 0 or node.kind not in ("struct", "type"):
            return NOTHING
        value = ("C", unit.path, unit.scope_names[number])
        if "alias" in scope.extra or not (node.name in package_of(ev, unit).receivers or scope.bases):
            return NOTHING
        known = list(package_of(ev, unit).interfaces)
        for one in unit.facts.imports:
            for module in located(ev, unit.path, one.module):
                if module[0] == "M":
                    known += package(ev, module[1][:-1]).interfaces
        found: list[Value] = []
        for path, name in dict.fromkeys(known):
            for interface in self.declared(ev, (path,), name):
                wanted = self.method_names(ev, interface) if interface[0] == "C" else ()
                if wanted and all(self.has_method(ev, value, method) for method in wanted):
                    found.append(interface)
        return tuple(found)

    def method_names(self, ev: Evaluator, interface: Value) -> tuple[str, ...]:
        """Every method that an interface asks for; () when that cannot be told."""
        names: dict[str, None] = {}
        waiting, seen = [interface], {interface}
        while waiting:
            one = waiting.pop()
            found = ev.scope_of(one[1], one[2])
            if found is None:
                return ()
            unit, number = found
            names |= dict.fromkeys(unit.scopes[number].names)
            for base in unit.scopes[number].bases:
                values = [v for v in ev.values(unit, max(unit.scopes[number].parent, 0), base) if v[0] == "C"]
                if not values:
                    return ()
                new = [v for v in values if v not in seen]
                seen.update(new)
                waiting += new
        return tuple(names) if len(names) <= MOST_METHODS else ()

    def has_method(self, ev: Evaluator, value: Value, name: str) -> bool:
        return any(one[0] == "F" for one in ev.attribute(value, name))

    # ---- values and calls

    def underlying(self, ev: Evaluator, value: Value) -> Values:
        meaning = self.meaning(ev, value, "underlying")
        return self.annotated(ev, *meaning) if meaning is not None else NOTHING

    def iterated(self, ev: Evaluator, value: Value) -> Values:
        inner = [one for one in self.underlying(ev, value) if one != value]
        return ev.once(("go-iterated", value), lambda: union(*(iterated(ev, one) for one in inner)))

    def item(self, ev: Evaluator, value: Value, key: str | int | None) -> Values:
        inner = [one for one in self.underlying(ev, value) if one != value]
        return ev.once(("go-item", value, key), lambda: union(*(item(ev, one, key) for one in inner)))

    def outside_calls(self, ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[Value, Arguments]]:
        """Functions that are handed to something outside, which calls them, unless it only keeps them."""
        if callee[1] in KEEPING:
            return []
        given = union(*(ev.expand(values) for values in arguments.rest(ev, 0))) if arguments.plain else NOTHING
        called = [one for one in given if one[0] in "FS"]
        if called:
            ev.least(INFERRED)
        return [(one, Arguments.given(arguments.unit, arguments.scope)) for one in called]

    def handed(self, ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[str, object, str, Value]]:
        """A literal's values rest in the fields of the struct."""
        found = ev.scope_of(callee[1], callee[2]) if callee[0] == "C" else None
        if found is None or not (arguments.named or arguments.plain):
            return []
        unit, number = found
        if unit.nodes[unit.scopes[number].node].kind == "type":  # a conversion, perhaps of a function
            functions = arguments.at(ev, 0) if len(arguments.plain) == 1 else NOTHING
            return [(callee[1], callee[2], ".__call__", value) for value in functions if value[0] in "FSPp"]
        fields = list(unit.scopes[number].names)
        given = [(name, arguments.values(ev, expr)) for name, expr in arguments.named]
        given += [(name, arguments.values(ev, expr)) for name, expr in zip(fields, arguments.plain, strict=False)]
        return [
            (callee[1], callee[2], f".{name}", value)
            for name, values in given
            for value in values
            if value[0] in "FSPp"
        ]


RULES = GoRules()
