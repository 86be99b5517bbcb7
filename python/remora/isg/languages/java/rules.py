"""How Java resolves names: classes of packages, imports, inherited members and overloads."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from remora.isg.facts import Expr, ImportFact
from remora.isg.languages.callbacks import functions_of
from remora.isg.languages.java.library import CALLING, COMBINING, OF_STREAMS, method_result, outside_calls
from remora.isg.languages.java.overloads import NO_MATCH, best, is_variable, score, takes
from remora.isg.link.calls import Arguments
from remora.isg.link.classes import linearised, own_member
from remora.isg.link.rules import Rules
from remora.isg.link.values import EXACT, HEURISTIC, INFERRED, NOTHING, Value, Values, union
from remora.lang import languages

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator
    from remora.isg.link.unit import Unit

INIT = "<init>"
# A package of more files is searched by the names of the files alone.
MOST_FILES = 300
# Packages of the language, written out in full.
LIBRARIES = frozenset({"java", "javax"})
# Methods that every object has.
OF_OBJECTS = frozenset({"equals()", "getClass()", "hashCode()", "notify()", "notifyAll()", "toString()", "wait()"})


class JavaRules(Rules):
    """A method's name ends in "()", so that it is told from a variable or field of that name."""

    builtins = frozenset(languages()["java"].tables["known"]["types"].split())
    receiver_first = True
    super_names = frozenset({"super"})
    class_scope_visible = True
    constructor = INIT

    # Packages and imports.

    def class_in(self, ev: Evaluator, unit: Unit, package: str, name: str) -> Values:
        """A class of a package by its name; the file is called like it, as a public one must be."""
        found: list[Value] = []
        for path in ev.named(f"{name}.java"):
            other = ev.unit(path)
            if other is not None and other.lang == "java" and self.package_of(ev, other) == package:
                found += [value for value in ev.exported(path, name) if value[0] == "C"]
        if len(found) > 1:  # the same package in several source trees: the nearest is meant
            near = max(len(posixpath.commonprefix([unit.path, value[1]])) for value in found)
            found = [value for value in found if len(posixpath.commonprefix([unit.path, value[1]])) == near]
        return tuple(found)

    def package_of(self, ev: Evaluator, unit: Unit) -> str:
        ev.look(("m", unit))
        return str(unit.facts.data.get("package", ""))

    def beside(self, ev: Evaluator, unit: Unit, name: str) -> Values:
        """A class of the same folder that stands in a file of another name."""
        files = [path for path in ev.listing(posixpath.dirname(unit.path)) if path.endswith(".java")]
        for path in files if len(files) <= MOST_FILES else ():
            other = ev.unit(path) if path != unit.path else None
            if other is not None and self.package_of(ev, other) == self.package_of(ev, unit):
                found = ev.binding(other, 0, name, None)
                if found and found[0][0] == "C" and found[0][1] == path:
                    return found
        return NOTHING

    def qualified(self, ev: Evaluator, unit: Unit, dotted: str) -> Values:
        """A class by its full name; nested classes are members."""
        parts = dotted.split(".")
        for at, part in enumerate(parts):
            if part[:1].isupper():
                values = self.class_in(ev, unit, ".".join(parts[:at]), part)
                for name in parts[at + 1 :]:
                    values = union(*(ev.attribute(value, name) for value in values))
                return values
        return NOTHING

    def import_values(self, ev: Evaluator, unit: Unit, one: ImportFact) -> Values:
        if one.name == "*":
            return NOTHING
        found = self.qualified(ev, unit, f"{one.module}.{one.name}")
        if found:
            return found
        owners = self.qualified(ev, unit, one.module)
        if owners:
            return union(*(ev.attribute(owner, f"{one.name}()") for owner in owners))
        return (("X", f"ext:{one.module}.{one.name}"),)

    def import_targets(self, ev: Evaluator, unit: Unit, one: ImportFact) -> Values:
        if one.name != "*":
            owners = self.qualified(ev, unit, f"{one.module}.{one.name}") or self.qualified(ev, unit, one.module)
            files = tuple(("M", value[1]) for value in owners if value[0] in "CF")
            return union(files) or (("X", f"ext:{one.module}.{one.name}"),)
        owners = self.qualified(ev, unit, one.module)
        if owners:
            return union(tuple(("M", value[1]) for value in owners))
        folder = self.root(unit) + one.module.replace(".", "/")
        return (("M", f"{folder}/"),) if ev.has_folder(folder) else (("X", f"ext:{one.module}"),)

    def import_source(self, ev: Evaluator, unit: Unit, one: ImportFact) -> tuple[str, str] | None:
        return None

    def root(self, unit: Unit) -> str:
        """The folder that packages start from, with a "/" at the end."""
        folder = posixpath.dirname(unit.path)
        package = str(unit.facts.data.get("package", "")).replace(".", "/")
        start = folder.removesuffix(package).rstrip("/") if package else folder
        return f"{start}/" if start else ""

    def outside(self, ev: Evaluator, unit: Unit, name: str) -> Values:
        if name.endswith("()"):
            return self.starred(ev, unit, name) or self.starred_outside(ev, unit, name)
        if name[:1].isupper():
            found = self.class_in(ev, unit, self.package_of(ev, unit), name)
            found = found or self.starred(ev, unit, name)
            if found or name in self.builtins:
                return found or (("X", f"builtin:{name}"),)
            return self.beside(ev, unit, name) or self.starred_outside(ev, unit, name)
        folder = self.root(unit) + name
        if name.isidentifier() and ev.has_folder(folder):
            return (("M", f"{folder}/"),)
        return (("X", f"ext:{name}"),) if name in LIBRARIES else NOTHING

    def starred(self, ev: Evaluator, unit: Unit, name: str) -> Values:
        """What `import a.*` brings from the package or the class a."""
        for number in unit.stars:
            module = unit.facts.imports[number].module
            owners = self.qualified(ev, unit, module)
            found = union(*(ev.attribute(owner, name) for owner in owners))
            if not found and not owners and name[:1].isupper():
                found = self.class_in(ev, unit, module, name)
            if found:
                return found
        return NOTHING

    def starred_outside(self, ev: Evaluator, unit: Unit, name: str) -> Values:
        """A class that nobody here has comes from the one package outside that is imported whole; a method from a class."""
        method = name.endswith("()")
        if len(name) < 2:
            return NOTHING
        outside = [
            module
            for number in unit.stars
            if (module := unit.facts.imports[number].module).rpartition(".")[2][:1].isupper() == method
            and not ev.has_folder(self.root(unit) + module.replace(".", "/"))
            and not self.qualified(ev, unit, module)
        ]
        if len(outside) != 1:
            return NOTHING
        ev.least(INFERRED)
        return (("X", f"ext:{outside[0]}.{name.removesuffix('()')}"),)

    def member(self, ev: Evaluator, path: str, name: str) -> Values:
        """A class or a package in a package, written out in full."""
        if not path.endswith("/"):
            return ev.exported(path, name)
        if ev.exists(f"{path}{name}.java"):
            return ev.exported(f"{path}{name}.java", name)
        return (("M", f"{path}{name}/"),) if ev.has_folder(f"{path}{name}") else NOTHING

    # Types and calls.

    def annotated(self, ev: Evaluator, unit: Unit, scope: int, expr: Expr) -> Values:
        if expr and expr[0] == "d":
            return union(*(self.instance(one) for one in ev.defined(unit, expr[1])))
        if expr and expr[0] == "k":
            return (("Z", f"builtin:{expr[1]}"),)
        return super().annotated(ev, unit, scope, expr)

    def choose(self, ev: Evaluator, values: Values, arguments: Arguments) -> Values:
        """Of overloads those that take as many arguments; several that do are told apart by what is known of types."""
        outside: Values = tuple(("X", value[1].removesuffix("()")) if value[0] == "X" else value for value in values)
        methods = [value for value in outside if value[0] in ("F", "S")]
        callee = arguments.callee
        if not outside and callee and callee[0] == "a" and callee[2] in OF_STREAMS:
            bases = ev.expand(ev.values(arguments.unit, arguments.scope, callee[1], arguments.row))
            if found := tuple(("B", f"builtin:Stream.{callee[2]}", one) for one in bases if one[0] == "R"):
                return found
        if not outside and (found := self.of_objects(ev, arguments)):
            return found
        if not outside and callee and callee[0] == "a" and callee[2] in CALLING and functions_of(ev, arguments):
            ev.least(HEURISTIC)  # whatever it is called on: what it is handed is called
            return (("B", f"builtin:Stream.{callee[2]}", ("Z", "builtin:Stream")),)
        if not methods:
            return outside
        if arguments.callee and arguments.callee[0] == "o":  # what a base from outside may have is no candidate then
            outside = tuple(methods)
            ev.mark = EXACT
            named = ev.values(arguments.unit, arguments.scope, arguments.callee[1][0], arguments.row)
            if any(one[:3] not in [own[:3] for own in named] for one in methods):
                ev.least(INFERRED)
        methods = self.own_or_lambda(ev, methods, callee)
        count = len(arguments.plain)
        fitting = [value for value in methods if takes(ev, value, count) or self.referred(ev, value, callee, count)]
        if not fitting and callee:
            named = callee[1][0] if callee[0] == "o" else callee
            fitting = self.inherited(ev, methods, str(named[-1]), count)
        groups: dict[tuple, list[Value]] = {}
        for value in fitting:
            groups.setdefault((value[1], f"{value[2]}".partition("~")[0]), []).append(value)
        chosen = [value for value in outside if value[0] not in ("F", "S")]
        for group in groups.values():
            fixed = [value for value in group if not is_variable(ev, value)]
            if len(fixed) < len(group):  # one that takes any number is meant when no other can be
                fixed = [value for value in fixed if score(ev, value, arguments) != NO_MATCH] or [
                    value for value in group if value not in fixed
                ]
            known = best(ev, fixed, arguments) if len(fixed) > 1 else fixed
            if len(known) > 1:
                ev.least(HEURISTIC)
            chosen += known
        return tuple(chosen)

    def of_objects(self, ev: Evaluator, arguments: Arguments) -> Values:
        """Methods that every object has; and what a variable that holds `Circle::new` makes when its method is called."""
        callee = arguments.callee
        if not callee or callee[0] not in "ao":
            return NOTHING
        of, name = callee[1:] if callee[0] == "a" else (None, callee[1][0][-1])
        if name in OF_OBJECTS:
            return (("X", f"builtin:Object.{name[:-2]}"),)
        if of is None or name in COMBINING or (of[0] in "na" and str(of[-1])[:1].isupper()):
            return NOTHING
        mark = ev.mark
        found = ev.expand(ev.values(arguments.unit, arguments.scope, of, arguments.row))
        made = tuple(one for one in found if one[0] == "C")
        ev.mark = mark if not made else max(mark, INFERRED)
        return made

    def own_or_lambda(self, ev: Evaluator, methods: list[Value], callee: Expr) -> list[Value]:
        """Without lambdas where an interface's method with a body is called: it is not the one that a lambda stands for."""
        if not callee or callee[0] != "a" or len(methods) < 2:
            return methods
        lambdas = {one for one in methods if one[0] == "F" and kind_of(ev, one) == "lambda"}
        with_body = [one for one in methods if one not in lambdas and is_default(ev, one)]
        return [one for one in methods if one not in lambdas] if lambdas and with_body else methods

    def referred(self, ev: Evaluator, value: Value, callee: Expr, count: int) -> bool:
        """Whether `Wheel::turn` is called through an interface, which hands it the wheel first."""
        if value[0] != "F" or not count or not callee or callee[0] != "a" or not takes(ev, value, count - 1):
            return False
        found = ev.scope_of(value[1], value[2])
        return found is not None and f"{found[0].nodes[found[0].scopes[found[1]].node].name}()" != callee[2]

    def inherited(self, ev: Evaluator, methods: list[Value], name: str, count: int) -> list[Value]:
        """Overloads of other arity that the bases have."""
        found: dict[Value, None] = {}
        for value in methods:
            if value[0] != "S" or value[3][0] != "I":
                continue
            for entry in linearised(ev, ("C", *value[3][1:3])):
                for one in own_member(ev, entry, name) if entry[0] == "C" else ():
                    if one[0] == "F" and takes(ev, one, count):
                        found[("S", one[1], one[2], value[3])] = None
        return list(found)

    def function_attribute(self, ev: Evaluator, value: Value, name: str) -> Values:
        """A lambda stands for a functional interface: calling its one method calls the lambda."""
        if not name.endswith("()") or name in COMBINING:
            return NOTHING
        ev.least(INFERRED)
        return (value,)

    def method_result(self, ev: Evaluator, key: str, of: Value, arguments: Arguments) -> Values:
        return method_result(ev, key, of, arguments)

    def outside_calls(self, ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[Value, Arguments]]:
        return outside_calls(ev, callee, arguments)

    def handed(self, ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[str, object, str, Value]]:
        """A lambda that is handed over for an interface of the workspace gets what the interface's one method takes."""
        found = ev.scope_of(callee[1], callee[2]) if callee[0] in ("F", "S") else None
        unit = arguments.unit
        if found is None or not any(is_lambda(unit, one) for one in arguments.plain):
            return []
        scope = found[0].scopes[found[1]]
        declared = [one for one in scope.parameters if one.name != "this"]
        flows: list[tuple[str, object, str, Value]] = []
        mark = ev.mark
        for parameter, given in zip(declared, arguments.plain, strict=False):
            if not is_lambda(unit, given) or parameter.annotation is None:
                continue
            lambda_number = unit.scope_of_node.get(given[1])
            if lambda_number is None:
                continue
            names = [one.name for one in unit.scopes[lambda_number].parameters]
            for one in found[0].rules.annotated(ev, found[0], max(scope.parent, 0), parameter.annotation):
                for name, values in zip(names, taken_by(ev, one), strict=False):
                    flows += [(unit.path, unit.scope_names[lambda_number], name, value) for value in values]
        ev.mark = mark
        return flows


def kind_of(ev: Evaluator, value: Value) -> str:
    found = ev.scope_of(value[1], value[2])
    return found[0].nodes[found[0].scopes[found[1]].node].kind if found else ""


def is_default(ev: Evaluator, value: Value) -> bool:
    """Whether a method of an interface has a body."""
    found = ev.scope_of(value[1], value[2]) if value[0] == "S" else None
    if found is None or "abstract" in found[0].scopes[found[1]].flags:
        return False
    parent = found[0].scopes[found[1]].parent
    return parent >= 0 and found[0].nodes[found[0].scopes[parent].node].kind == "interface"


def is_lambda(unit: Unit, expr: Expr) -> bool:
    return expr is not None and expr[0] == "d" and unit.nodes[expr[1]].kind == "lambda"


def taken_by(ev: Evaluator, value: Value) -> list[Values]:
    """What the one method without a body of an interface takes, parameter by parameter; [] when there is not one."""
    found = ev.scope_of(value[1], value[2]) if value[0] == "I" else None
    if found is None or found[0].nodes[found[0].scopes[found[1]].node].kind != "interface":
        return []
    unit, number = found
    if unit.path != ev.path:
        ev.look(("N", unit, unit.scope_names[number]))
    bodiless = [
        inner
        for bound in unit.scopes[number].names.values()
        for one in bound
        if one.expr
        and one.expr[0] == "d"
        and (inner := unit.scope_of_node.get(one.expr[1])) is not None
        and "abstract" in unit.scopes[inner].flags
    ]
    if len(bodiless) != 1:
        return []
    if unit.path != ev.path:
        ev.look(("f", unit, unit.scope_names[bodiless[0]]))
    parameters = [one for one in unit.scopes[bodiless[0]].parameters if one.name != "this"]
    return [unit.rules.annotated(ev, unit, number, one.annotation) for one in parameters]


RULES = JavaRules()
