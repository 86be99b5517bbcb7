"""What names mean: in the scopes of a file, in modules, and as definitions with their decorators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from remora.isg.facts import Binding, Expr, Scope
from remora.isg.link.calls import Arguments, result
from remora.isg.link.flows import ANY
from remora.isg.link.items import iterated
from remora.isg.link.looks import Looks
from remora.isg.link.unit import Unit
from remora.isg.link.values import HEURISTIC, INFERRED, NOTHING, Value, Values, union

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator

ACCESSORS = frozenset({"setter", "deleter", "getter"})


class Names(Looks):
    """Names; expressions are a matter of the class below."""

    def values(self, unit: Unit, scope: int, expr: Expr, row: int | None = None, origin: tuple = ()) -> Values:
        raise NotImplementedError

    @property
    def whole(self) -> Evaluator:
        """This, as the evaluator that it is a part of."""
        return cast("Evaluator", self)

    def expand(self, values: Values) -> Values:
        raise NotImplementedError

    def attribute(self, value: Value, name: str) -> Values:
        raise NotImplementedError

    def name(self, unit: Unit, scope: int, name: str, row: int | None) -> Values:
        """What a name means in a scope, looked up outwards."""
        rules = unit.rules
        foreign = unit.path != self.path
        number, here = scope, True
        perhaps: Values = NOTHING  # members that a base from outside may have
        while number >= 0:
            around = unit.scopes[number]
            if around.kind == "class" and rules.class_scope_visible:
                mark = self.mark
                found = self.member_by_name(unit, number, name)
                if any(one[0] != "X" for one in found):
                    return found
                self.mark = mark
                perhaps = perhaps or found
            elif (around.kind != "class" or number == scope) and (
                foreign or name in around.names or around.parameters or not number
            ):
                bound = self.binding(unit, number, name, row if here else None)
                if bound is not None:
                    return bound
            if around.kind == "function":
                if (name in rules.self_names or name in rules.super_names) and around.parent >= 0:
                    receiver = self.receiver(unit, number)
                    if receiver and name in rules.super_names:
                        return (("U", ("C", *receiver[0][1:3]), ("I", *receiver[0][1:3])),)
                    if receiver:
                        return receiver
                here = False
            number = around.parent
        found = self.once(("out", unit.path, name), lambda: rules.outside(self.whole, unit, name))
        if perhaps and not found:
            self.least(HEURISTIC)
        return found or perhaps

    def member_by_name(self, unit: Unit, number: int, name: str) -> Values:
        value = self.class_value(unit, number)
        return self.attribute(("I", *value[1:]), name) if value else NOTHING

    def class_value(self, unit: Unit, number: int) -> Value | None:
        scope = unit.scopes[number]
        if scope.self_type is not None:
            owners = [v for v in self.values(unit, max(scope.parent, 0), scope.self_type) if v[0] == "C"]
            return owners[0] if owners else None
        return ("C", unit.path, unit.scope_names[number]) if scope.kind == "class" else None

    def receiver(self, unit: Unit, number: int) -> Values:
        """The object that a method of the scope `number` (a function) works on; nothing when it is no method."""
        scope = unit.scopes[number]
        parent = scope.parent
        while parent >= 0 and unit.scopes[parent].kind == "block":
            parent = unit.scopes[parent].parent
        owner = scope.self_type
        if owner is not None:
            value = next((v for v in self.values(unit, max(parent, 0), owner) if v[0] == "C"), None)
        else:
            value = self.class_value(unit, parent) if parent >= 0 and unit.scopes[parent].kind == "class" else None
        if value is None or "static" in scope.flags:
            return NOTHING
        key = unit.scope_names[number]
        if self.context is not None and self.context[:2] == (unit.path, key):
            return (self.context[2],)
        first = scope.parameters[0].name if scope.parameters and unit.rules.receiver_first else "this"
        kind = "C" if "classmethod" in scope.flags else "I"
        if unit.rules.receiver_first and scope.parameters and unit.rules.settled(self.whole.whole, unit, number, 0):
            return ((kind, *value[1:]),)
        return ((kind, *value[1:]), ("p", unit.path, key, first))

    def binding(self, unit: Unit, number: int, name: str, row: int | None) -> Values | None:
        """What one scope binds a name to; None when it does not."""
        final = (self.context, unit.path, number, name)
        known = self._final.get(final)
        if known is not None and (row is None or known[3]):
            self.mark = max(self.mark, known[1])
            if known[2]:
                self.asked |= known[2]
            return known[0]
        scope = unit.scopes[number]
        kind = scope.kind
        if unit.path != self.path:
            where = unit.scope_names[number]
            self.reads.add(("b", unit.path, where, name) if kind in ("module", "class") else ("f", unit.path, where))
        if number == 0 and unit.stars and (later := self.starred_over(unit, name)):
            return later
        position = unit.parameters(number).get(name) if scope.parameters else None
        bindings = unit.bindings(number, name)
        if position is None and not bindings:
            return None
        if kind == "class" and row is not None and all(one.row >= row for one in bindings):
            return None  # not bound yet: in a class body that is the outer name
        alone = kind != "class" and len(bindings) + (position is not None) == 1
        if alone:
            chosen, with_parameter = tuple(range(len(bindings))), position is not None
        else:
            chosen, with_parameter = chosen_bindings(unit, scope, bindings, row, position is not None)
        key = ("n", unit.path, number, name, chosen, with_parameter)
        found = self.once(
            key, lambda: self.bound(unit, number, name, bindings, chosen, position if with_parameter else None)
        )
        if row is not None and unit.path == self.path and (number, name) in unit.checks:
            return union(self.narrowed(unit, number, name, row), found)
        if alone or row is None:
            kept = self._memo.get(key if self.context is None else (self.context, *key))
            if kept is not None:
                self._final[final] = (*kept, alone)
        return found

    def narrowed(self, unit: Unit, number: int, name: str, row: int) -> Values:
        """Instances of the classes that a check above says the name's value may be of. Only in the file itself: what
        stands in the body of another file's function is not remembered as looked at.
        """
        types = [expr for at, expr in unit.checks[number, name] if at <= row]
        found = union(*(unit.rules.annotated(self.whole, unit, number, one) for one in types))
        instances = tuple(one for one in found if one[0] == "I")
        if instances:
            self.least(INFERRED)
        return instances

    def bound(
        self,
        unit: Unit,
        number: int,
        name: str,
        bindings: Sequence[Binding],
        chosen: tuple[int, ...],
        position: int | None,
    ) -> Values:
        found = [] if position is None else [self.parameter(unit, number, position)]
        if number == 0:
            if self.flows.slots(unit.path, ""):
                found.append(self.stored(unit.path, "", name))
            elif unit.path != self.path:
                self.reads.add(("p", unit.path, "", ANY))
        for index in chosen:
            one = bindings[index]
            # In another file the order of the module's lines is not remembered as looked at.
            row = one.row if unit.path == self.path or unit.scopes[number].kind not in ("module", "class") else None
            found.append(self.values(unit, number, one.expr, row, (name, index)))
        if len(found) > 1:
            self.least(INFERRED)
        return union(*found)

    def parameter(self, unit: Unit, number: int, position: int) -> Values:
        """What a parameter can be as far as its function tells, and the parameter itself for callers to fill in."""
        scope = unit.scopes[number]
        if position >= len(scope.parameters):
            return NOTHING
        one = scope.parameters[position]
        key = unit.scope_names[number]
        if one.kind in ("*", "**"):
            return (("V", unit.path, key, one.name),)
        around = max(scope.parent, 0)
        rules = unit.rules
        found: list[Values] = []
        if position == 0 and rules.receiver_first:
            found.append(self.receiver(unit, number))
        if one.annotation is not None:
            self.least(INFERRED)
            found.append(rules.annotated(self.whole, unit, around, one.annotation))
        if one.default is not None:
            self.least(INFERRED)
            found.append(self.values(unit, around, one.default))
        for name, function in rules.supplied(self.whole, unit, number):
            if name == one.name:
                self.least(INFERRED)
                given = result(self.whole, function, Arguments.given(unit, around))
                found.append(union(*(iterated(self.whole, each) if each[0] == "G" else (each,) for each in given)))
        if not rules.settled(self.whole, unit, number, position):
            found.append((("p", unit.path, key, one.name),))
        return union(*found)

    def defined(self, unit: Unit, node: int) -> Values:
        """The value of a definition, as its decorators leave it."""
        number = unit.scope_of_node.get(node)
        if number is None:
            return NOTHING
        scope = unit.scopes[number]
        key = unit.scope_names[number]
        if unit.path != self.path:
            self.look(("f" if scope.kind == "function" else "c", unit, key))
        value: Value = ("F" if scope.kind == "function" else "C", unit.path, key)
        if not scope.decorators:
            return (value,)
        return self.once(("d", unit.path, key), lambda: self.decorated(unit, scope, (value,), len(scope.decorators)))

    def decorated(self, unit: Unit, scope: Scope, value: Values, outer: int) -> Values:
        """A definition after its `outer`-th decorator, counted from the outermost, to the innermost were applied."""
        around = max(scope.parent, 0)
        for index in range(len(scope.decorators) - 1, len(scope.decorators) - 1 - outer, -1):
            decorator = scope.decorators[index]
            if decorator and decorator[0] == "a" and decorator[2] in ACCESSORS:
                continue
            called = self.expand(self.values(unit, around, decorator))
            given = Arguments.given(unit, around, value)
            out = union(*(result(self.whole, one, given) for one in called if one[0] not in "XZB"))
            value = tuple(one for one in out if one[0] not in ("Z", "k")) or value
        return value

    # Modules.

    def module_member(self, path: str, name: str) -> Values:
        unit = None if path.endswith("/") else self.unit(path)
        lang = unit.lang if unit else self.lang_of(path)
        found = self.files.rules(lang).member(self.whole, path, name)
        return union(found, self.stored(path, "", name)) if unit else found

    def lang_of(self, folder: str) -> str:
        unit = self.unit(self.path)
        return unit.lang if unit else ""

    def exported(self, path: str, name: str) -> Values:
        """A name that importers of a file see."""
        unit = self.unit(path)
        if unit is None:
            return NOTHING
        if unit.facts.exports is not None:
            self.look(("e", unit, name))
            if name in unit.facts.exports:
                return self.values(unit, 0, unit.facts.exports[name])
            return self.re_exported(unit, name)
        found = self.binding(unit, 0, name, None)
        if found is not None:
            return found
        return self.starred(unit, name)

    def re_exported(self, unit: Unit, name: str) -> Values:
        self.look(("*", unit))
        for key, expr in (unit.facts.exports or {}).items():
            if key.startswith("*") and expr and expr[0] == "I":
                modules = unit.rules.import_targets(self.whole, unit, unit.facts.imports[expr[1]])
                found = union(*(self.attribute(one, name) for one in modules if one[0] == "M"))
                if found:
                    return found
        return NOTHING

    def starred(self, unit: Unit, name: str) -> Values:
        """A name that star imports bring into a module; the last one wins."""
        if unit.path != self.path:
            self.look(("*", unit))
        for number in reversed(unit.stars):
            for module in unit.rules.import_targets(self.whole, unit, unit.facts.imports[number]):
                if module[0] == "M" and self.is_starred(module[1], name):
                    found = self.attribute(module, name)
                    if found:
                        return found
        return NOTHING

    def starred_over(self, unit: Unit, name: str) -> Values:
        """What a star import binds that stands below every other binding of the name."""
        bindings = unit.scopes[0].names.get(name)
        if not bindings or unit.facts.imports[unit.stars[-1]].place[0] < bindings[-1].row:
            return NOTHING
        return self.once(("over", unit.path, name), lambda: self.starred(unit, name))

    def is_starred(self, path: str, name: str) -> bool:
        """Whether `from path import *` brings a name."""
        unit = None if path.endswith("/") else self.unit(path)
        if unit is None:
            return False
        self.look(("*", unit))
        if unit.facts.all_names is not None:
            return name in unit.facts.all_names
        return not name.startswith("_")


def chosen_bindings(
    unit: Unit, scope: Scope, bindings: Sequence[Binding], row: int | None, parameter: bool
) -> tuple[tuple[int, ...], bool]:
    """Which bindings of a name can hold at a row (None: after all of them), and whether the parameter still can."""
    indexes = range(len(bindings))
    if row is not None and scope.kind != "block":
        before = [i for i in indexes if bindings[i].row < row]
        if before or parameter:
            indexes = before
    chosen: list[int] = []
    for index in indexes:
        one = bindings[index]
        if not one.conditional and not is_accessor(unit, one.expr):
            chosen, parameter = [], False
        chosen.append(index)
    return tuple(chosen), parameter


def is_accessor(unit: Unit, expr: Expr) -> bool:
    """Whether a definition adds a setter to a property rather than taking its name."""
    if not expr or expr[0] != "d":
        return False
    number = unit.scope_of_node.get(expr[1])
    decorators = unit.scopes[number].decorators if number is not None else ()
    return any(one and one[0] == "a" and one[2] in ACCESSORS for one in decorators)
