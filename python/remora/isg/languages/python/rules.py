"""How Python finds modules, names, bases and the methods that its syntax calls."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from typing import TYPE_CHECKING

from remora.isg.facts import Expr, ImportFact, Scope
from remora.isg.languages.python.attributes import descriptor, fallback, given_by
from remora.isg.languages.python.calls import PUTTING, method_result, outside_calls, outside_result
from remora.isg.languages.python.classes import class_statement, derived, metaclass_member
from remora.isg.languages.python.fixtures import fixture, is_fixture, is_test
from remora.isg.languages.python.modules import module, submodule
from remora.isg.link.calls import Arguments, called_method, into_parameters, result
from remora.isg.link.items import iterated
from remora.isg.link.rules import Rules
from remora.isg.link.values import FLOWING, NOTHING, Value, Values, union

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator
    from remora.isg.link.unit import Unit

# Names in annotations that say nothing about the instance, or say it with their argument.
WRAPPERS = frozenset(
    {
        "Optional",
        "Union",
        "Annotated",
        "Final",
        "ClassVar",
        "Required",
        "NotRequired",
        "ReadOnly",
        "Awaitable",
        "Coroutine",
    }
)
SILENT_TYPES = frozenset({"Any", "None", "Literal", "NoReturn", "Never", "object"})
# A subcommand is a function that one parser keeps as a default and the parsed arguments bring back.
PARSERS = "ext:argparse."
PARSED = (".parse_args", ".parse_known_args")
OF_OBJECT = frozenset(dir(object))
GROWING = frozenset({"append", "add", "insert", "appendleft", "put", "put_nowait"})

# Types whose call makes a container, and what kind of one.
CONTAINERS = {
    **dict.fromkeys(("dict", "defaultdict", "OrderedDict", "WeakKeyDictionary", "WeakValueDictionary"), "dict"),
    **dict.fromkeys(("Queue", "LifoQueue", "PriorityQueue", "SimpleQueue"), "deque"),
    **{name: name for name in ("list", "set", "tuple", "deque", "frozenset")},
}


class PythonRules(Rules):
    """Python."""

    builtins = frozenset(dir(builtins)) | {"reveal_type"}
    receiver_first = True
    constructor = "__init__"
    annotations_hold = True
    containers = CONTAINERS

    # Modules.

    def import_targets(self, ev: Evaluator, unit: Unit, one: ImportFact) -> Values:
        found = module(ev, unit.path, one.module)
        return found

    def import_values(self, ev: Evaluator, unit: Unit, one: ImportFact) -> Values:
        if not one.name:
            # `import a.b` binds `a`, `import a.b as c` binds the module a.b
            return module(ev, unit.path, one.module.partition(".")[0] if one.alias == one.module else one.module)
        found: list[Values] = []
        for value in module(ev, unit.path, one.module):
            if value[0] == "X":
                return (("X", f"{value[1]}.{one.name}"),)
            if value[1] == unit.path:  # `from . import name` in the package's own file
                found.append(submodule(ev, value[1], one.name))
            else:
                found.append(ev.attribute(value, one.name))
        return union(*found)

    def import_source(self, ev: Evaluator, unit: Unit, one: ImportFact) -> tuple[str, str] | None:
        values = module(ev, unit.path, one.module) if one.name else NOTHING
        return (values[0][1], one.name) if values and values[0][0] == "M" and values[0][1] != unit.path else None

    def member(self, ev: Evaluator, path: str, name: str) -> Values:
        if path.endswith("/"):
            return submodule(ev, path, name)
        return ev.exported(path, name) or submodule(ev, path, name)

    def outside(self, ev: Evaluator, unit: Unit, name: str) -> Values:
        found = ev.starred(unit, name)
        if found:
            return found
        if name == "__class__":
            return NOTHING
        return (("X", f"builtin:{name}"),) if name in self.builtins else NOTHING

    # Types.

    def annotated(self, ev: Evaluator, unit: Unit, scope: int, expr: Expr) -> Values:
        if expr is None:
            return NOTHING
        what = expr[0]
        if what == "o":
            return union(*(self.annotated(ev, unit, scope, one) for one in expr[1]))
        if what == "s":
            return self.generic(ev, unit, scope, expr)
        if what not in ("n", "a"):
            return NOTHING
        name = expr[-1]
        if name in SILENT_TYPES:
            return NOTHING
        if name == "Self":
            return self.own_class(ev, unit, scope)
        found: list[Values] = []
        for value in ev.values(unit, scope, expr):
            if value[0] == "C":
                found.append((("I", value[1], value[2]),))
            elif value[0] == "X" and not value[1].startswith("ext:typing."):
                found.append((("Z", value[1]),))
            elif value[0] in ("L", "Y", "P"):
                continue
        if not found:
            found.append(self.alias(ev, unit, scope, expr))
        return union(*found)

    def generic(self, ev: Evaluator, unit: Unit, scope: int, expr: Expr) -> Values:
        base = expr[1]
        name = base[-1] if base and base[0] in ("n", "a") else ""
        inner = expr[2]
        given = inner[2] if inner and inner[0] == "l" else (inner,)
        if name == "Literal":
            return NOTHING
        if name in WRAPPERS:
            wanted = (
                given
                if name in ("Optional", "Union")
                else given[-1:]
                if name in ("Coroutine", "Awaitable")
                else given[:1]
            )
            return union(*(self.annotated(ev, unit, scope, one) for one in wanted))
        if name in ("type", "Type"):
            out = union(*(self.annotated(ev, unit, scope, one) for one in given))
            return tuple(("C", *one[1:3]) if one[0] == "I" else ("X", one[1]) for one in out if one[0] in "IZ")
        own = tuple(("I", *one[1:3]) for one in ev.values(unit, scope, base) if one[0] == "C")
        return own or (("Y", unit.path, unit.scope_names[scope], unit.stable(expr)),)

    def alias(self, ev: Evaluator, unit: Unit, scope: int, expr: Expr) -> Values:
        """`Carts = list[Cart]` and the like: the binding is a type expression itself."""
        if expr[0] != "n":
            return NOTHING
        number = 0
        bindings = unit.scopes[number].names.get(expr[1], ())
        ev.look(("b", unit, unit.scope_names[number], expr[1]))
        if len(bindings) != 1 or not bindings[0].expr or bindings[0].expr[0] not in ("s", "o", "c"):
            return NOTHING
        bound = bindings[0].expr
        if bound[0] == "c":
            bound = type_bound(bound)
        return ev.once(("alias", unit.path, expr[1]), lambda: self.annotated(ev, unit, number, bound))

    def own_class(self, ev: Evaluator, unit: Unit, scope: int) -> Values:
        number = scope
        while number >= 0:
            if unit.scopes[number].kind == "class":
                return (("I", unit.path, unit.scope_names[number]),)
            number = unit.scopes[number].parent
        return NOTHING

    # Calls that the language or its library makes.

    def constructors(self, ev: Evaluator, value: Value) -> Values:
        made = ("I", *value[1:3])
        found = [super().constructors(ev, value)]
        for name in ("__new__", "__post_init__"):
            own = tuple(one for one in ev.attribute(made, name) if one[0] in "FS")
            found.append(tuple(("S", one[1], one[2], value) if name == "__new__" else one for one in own))
        return union(*found)

    def outside_result(self, ev: Evaluator, key: str, arguments: Arguments) -> Values:
        return outside_result(ev, key, arguments)

    def outside_attribute(self, ev: Evaluator, key: str, name: str) -> Values:
        outside = (("X", f"{key}.{name}"),)
        if key.startswith(PARSERS) and key.endswith(PARSED):
            return union(ev.handed("", "argparse", f".{name}"), outside)
        return outside

    def type_check(self, expr: Expr) -> tuple[str, tuple[Expr, ...]] | None:
        if not expr or expr[1] != ("n", "isinstance") or len(expr[2]) != 2:
            return None
        checked, types = expr[2]
        if not checked or checked[0] != "n" or not types:
            return None
        return checked[1], types[2] if types[0] == "l" else (types,)

    def bounds(self, ev: Evaluator, unit: Unit, scope: int, part: Expr) -> Values:
        if part[0] != "n" or scope == 0:
            return NOTHING
        bindings = unit.scopes[0].names.get(part[1], ())
        if len(bindings) != 1 or not bindings[0].expr or bindings[0].expr[0] != "c":
            return NOTHING
        bound = type_bound(bindings[0].expr)
        return tuple(one for one in ev.values(unit, 0, bound) if one[0] == "C") if bound else NOTHING

    def supplied(self, ev: Evaluator, unit: Unit, number: int) -> list[tuple[str, Value]]:
        scope = unit.scopes[number]
        if not unit.is_test or not (is_test(unit, scope.node) or is_fixture(ev, unit, number)):
            return []
        found = [(one.name, fixture(ev, unit, number, one.name)) for one in scope.parameters]
        return [(name, value) for name, value in found if value is not None]

    def of_every_object(self, name: str) -> Values:
        return (("X", f"builtin:object.{name}"),) if name in OF_OBJECT else NOTHING

    def class_fallback(self, ev: Evaluator, value: Value, name: str) -> Values:
        return metaclass_member(ev, value, name)

    def descriptor(self, ev: Evaluator, value: Value, write: bool) -> Values:
        return descriptor(ev, value, write)

    def fallback(self, ev: Evaluator, value: Value, name: str) -> Values:
        return fallback(ev, value, name)

    def given_by_fallback(self, ev: Evaluator, value: Value, name: str) -> Values:
        return given_by(ev, value, name)

    def is_promise(self, scope: Scope) -> bool:
        return "promise" in scope.extra or ("abstract" in scope.flags and scope.kind == "function")

    def outside_calls(self, ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[Value, Arguments]]:
        return outside_calls(ev, callee, arguments)

    def method_result(self, ev: Evaluator, key: str, of: Value, arguments: Arguments) -> Values:
        return method_result(ev, key, of, arguments)

    def handed(self, ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[str, object, str, Value]]:
        if callee[0] == "L":
            return derived(ev, callee, arguments)
        if callee[0] == "B" and callee[2][0] == "L":
            return list(kept(ev, callee, arguments))
        if callee[0] == "X" and callee[1] in PUTTING:
            given = [one for one in arguments.at(ev, 1) if one[0] in FLOWING]
            containers = [one for one in ev.expand(arguments.at(ev, 0)) if one[0] == "L"]
            return [(one[1], one, "", value) for one in containers for value in given]
        if callee[0] == "C":
            return list(fields(ev, callee, arguments))
        if callee[0] == "X" and callee[1].startswith(PARSERS) and callee[1].endswith(".set_defaults"):
            return [
                ("", "argparse", f".{name}", value)
                for name, expr in arguments.named
                for value in ev.expand(arguments.values(ev, expr))
                if value[0] in "FCSP"
            ]
        if callee == ("X", "ext:functools.partial"):
            return list(bound_early(ev, arguments))
        return []

    def called_for(self, ev: Evaluator, how: str, values: Values, name: str) -> Values:
        if how == "operator":
            return class_statement(ev, values)
        if how != "for":
            return tuple(one for one in values if one[0] != "B") if how in ("with", "raise") else values
        found = [one for one in values if one[0] in "FS"]
        for one in list(found):
            for made in result(ev, one, Arguments.given(ev.unit(ev.path), 0)):  # ty: ignore[invalid-argument-type]
                if made[0] == "I":
                    found += called_method(ev, made, "__next__") or called_method(ev, made, "__anext__")
        return tuple(found)

    def item(self, ev: Evaluator, value: Value, key: str | int | None) -> Values:
        found: list[Values] = []
        for method in called_method(ev, value, "__getitem__"):
            given = Arguments.given(ev.unit(value[1]), 0, ((("k", key),) if key is not None else NOTHING))  # ty: ignore[invalid-argument-type]
            found.append(result(ev, method, given))
        return union(*found)

    def iterated(self, ev: Evaluator, value: Value) -> Values:
        unit = ev.unit(value[1])
        if unit is None:
            return NOTHING
        given = Arguments.given(unit, 0)
        found: list[Values] = []
        for method in called_method(ev, value, "__iter__") or called_method(ev, value, "__aiter__"):
            for made in result(ev, method, given):
                if made[0] in ("G", "L", "Y", "V"):
                    found.append(iterated(ev, made))
                elif made[0] == "I":
                    found += [result(ev, one, given) for one in called_method(ev, made, "__next__")]
        return union(*found)

    def entered(self, ev: Evaluator, value: Value) -> Values:
        if value[0] == "G":  # a generator under @contextmanager
            return iterated(ev, value)
        if value[0] == "I":
            unit = ev.unit(value[1])
            methods = called_method(ev, value, "__enter__") or called_method(ev, value, "__aenter__")
            if unit is None or not methods:
                return NOTHING
            return union(*(result(ev, one, Arguments.given(unit, 0)) for one in methods))
        return (value,) if value[0] == "Z" else NOTHING


def type_bound(call: Expr) -> Expr:
    """What `TypeVar("T", bound=Cart)` is bound to."""
    callee = call[1]
    if not callee or callee[0] not in ("n", "a") or callee[-1] != "TypeVar":
        return None
    return next((expr for name, expr in call[3] if name == "bound"), None)


def kept(ev: Evaluator, callee: Value, arguments: Arguments) -> Iterator[tuple[str, object, str, Value]]:
    """`xs.append(f)`, `d.update(k=f)`, `d.setdefault(k, f)`: what a container keeps."""
    container = callee[2]
    name = callee[1].rpartition(".")[2]
    taken: list[tuple[str, Values]] = []
    if name in GROWING:
        taken.append(("", arguments.at(ev, 1 if name == "insert" else 0)))
    elif name == "setdefault":
        keys = [one[1] for one in arguments.at(ev, 0) if one[0] == "k"]
        taken += [(str(key), arguments.at(ev, 1)) for key in keys or [""]]
    elif name in ("extend", "update"):
        for one in ev.expand(arguments.at(ev, 0)):
            if one[0] == "L" and (written := ev.literal(one)) and written[2][0] == "m":
                unit, number, expr = written
                for key, item in expr[1]:
                    slots = [k[1] for k in ev.values(unit, number, key) if k[0] == "k"] if key else []
                    taken += [(str(slot), ev.values(unit, number, item)) for slot in slots or [""]]
            else:
                taken.append(("", iterated(ev, one)))
        taken += [(key, arguments.values(ev, expr)) for key, expr in arguments.named if key != "**"]
    for slot, values in taken:
        for value in values:
            if value[0] in FLOWING:
                yield container[1], container, slot, value


def bound_early(ev: Evaluator, arguments: Arguments) -> Iterator[tuple[str, object, str, Value]]:
    """`partial(f, x, key=y)` hands x and y to f."""
    expr = ("c", None, (), arguments.named)
    for value in ev.expand(arguments.at(ev, 0)):
        if value[0] in "FS":
            first = (*(((value[3],),) if value[0] == "S" else ()), *arguments.rest(ev, 1))
            given = Arguments(arguments.unit, arguments.scope, expr, arguments.row, first)
            for path, flow in into_parameters(ev, value, given):
                yield path, flow[0], flow[1], flow[2]


def fields(ev: Evaluator, callee: Value, arguments: Arguments) -> Iterator[tuple[str, object, str, Value]]:
    """A dataclass keeps its arguments in the attributes of the same name or place."""
    found = ev.scope_of(callee[1], callee[2])
    if found is None or "dataclass" not in found[0].scopes[found[1]].flags:
        return
    unit, number = found
    names = [
        unit.nodes[n].name for n in sorted(unit.declared.values()) if unit.nodes[n].parent == unit.scopes[number].node
    ]
    for position, name in enumerate(names):
        for value in arguments.at(ev, position, name):
            if value[0] in FLOWING:
                yield callee[1], callee[2], f".{name}", value


RULES = PythonRules()
