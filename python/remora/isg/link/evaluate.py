"""What an expression stands for: names, attributes, calls and items, across files.

Nothing is executed. Bindings of a scope are taken in the order of the text where that order is certain; beyond that an
expression may stand for several values, and every step that could be otherwise lowers the mark.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from remora.isg.facts import Binding, Expr, Scope
from remora.isg.link.calls import Arguments, result
from remora.isg.link.classes import (
    class_attribute,
    instance_attribute,
    is_protocol,
    linearised,
    super_attribute,
)
from remora.isg.link.files import Files
from remora.isg.link.flows import Asked, FlowTable
from remora.isg.link.items import item, iterated
from remora.isg.link.unit import Unit
from remora.isg.link.values import EXACT, HEURISTIC, INFERRED, NOTHING, Value, Values, union

# Evaluations that are under way at once, and evaluations for one place; real code needs a tenth of either.
MAX_DEPTH = 60
MAX_WORK = 2000
MAX_ROUNDS = 3
# What can be more than this is as good as unknown.
MOST_VALUES = 128
NO_CYCLE = 1 << 30
ACCESSORS = frozenset({"setter", "deleter", "getter"})


class Evaluator:
    """Evaluates for one file at one level of flows.

    Attributes:
        path: the file whose edges are wanted.
        reads: what was looked at in other files; see `symbols`.
        asked, asked_before: owners whose flows were looked at since `begin`, and before.
        context: (path, key, receiver) while the result of a method is evaluated for one receiver of a derived class.
        mark: how certain the values since the caller set it to EXACT are.
    """

    def __init__(self, files: Files, path: str, flows: FlowTable) -> None:
        self.files = files
        self.path = path
        self.flows = flows
        self.reads: set[tuple] = set()
        self.asked: set[Asked] = set()
        self.asked_before: set[Asked] = set()
        self.mark = EXACT
        self._memo: dict[tuple, tuple[Values, int, frozenset[Asked]]] = {}
        self._partial: dict[tuple, tuple[Values, int, frozenset[Asked]]] = {}
        # Names after all their bindings; the last item: whether it is the same before some of them.
        self._final: dict[tuple, tuple[Values, int, frozenset[Asked], bool]] = {}
        self._active: dict[tuple, int] = {}
        self._assumed: dict[tuple, Values] = {}
        self._lowest = NO_CYCLE
        self._work = 0
        self.context: tuple[str, str, Value] | None = None
        self._scopes: dict[tuple[str, str], tuple[Unit, int] | None] = {}
        self._units: dict[str, Unit | None] = {}  # held, so that the identity of an expression names it

    # Looking at files, each look remembered.

    def unit(self, path: str) -> Unit | None:
        if path not in self._units:
            self._units[path] = self.files.unit(path)
            if path != self.path:
                self.reads.add(("x", path))
        return self._units[path]

    def exists(self, path: str) -> bool:
        if path != self.path:
            self.reads.add(("x", path))
        return self.files.world.exists(path)

    def has_folder(self, folder: str) -> bool:
        self.reads.add(("fd", folder))
        return self.files.world.has_folder(folder)

    def listing(self, folder: str) -> tuple[str, ...]:
        self.reads.add(("ls", folder))
        return self.files.world.listing(folder)

    def named(self, name: str) -> tuple[str, ...]:
        self.reads.add(("nm", name))
        return self.files.world.named(name)

    def scope_of(self, path: str, key: str) -> tuple[Unit, int] | None:
        """The scope of a function or class, by its key."""
        at = (path, key)
        if at in self._scopes:
            return self._scopes[at]
        unit = self.unit(path)
        number = unit.scope_by_name.get(key) if unit else None
        found = None if unit is None or number is None else (unit, number)
        if found is not None and path != self.path:
            self.reads.add(("f" if found[0].scopes[found[1]].kind == "function" else "c", path, key))
        self._scopes[at] = found
        return found

    def reach(self, path: str, owner: object) -> dict[str, Values]:
        """What flows into an owner, by slot."""
        slots, asked = self.flows.every(path, owner)
        self.asked |= asked
        return slots

    def handed(self, path: str, owner: object, slot: str) -> Values:
        """What flows into a slot of an owner."""
        values, asked = self.flows.into(path, owner, slot)
        self.asked |= asked
        return values

    def stored(self, path: str, owner: str, name: str) -> Values:
        """What was stored from elsewhere into an attribute of a module, class, instance or function."""
        found = self.handed(path, owner, f".{name}")
        if found:
            self.least(INFERRED)
        return found

    def least(self, mark: int) -> None:
        """Say that what follows is no more certain than this."""
        self.mark = max(self.mark, mark)

    # Evaluating once, whatever the cycles.

    def once(self, key: tuple, compute: Callable[[], Values]) -> Values:
        """A value that is computed once. What is under way gives what the last round gave."""
        if self.context is not None:
            key = (self.context, *key)
        known = self._memo.get(key) or self._partial.get(key)
        if known is not None:
            if known[1] > self.mark:
                self.mark = known[1]
            if known[2]:
                self.asked |= known[2]
            return known[0]
        depth = len(self._active)
        if key in self._active:
            self._lowest = min(self._lowest, self._active[key])
            return self._assumed.get(key, NOTHING)
        self._work += 1
        if depth >= MAX_DEPTH or self._work > MAX_WORK:
            self._lowest = 0
            return NOTHING
        outer = self.mark, self.asked, self._lowest
        self.mark, self.asked, self._lowest = EXACT, set(), NO_CYCLE
        self._active[key] = depth
        found = compute()
        rounds = 0
        while self._lowest == depth and found != self._assumed.get(key, NOTHING) and rounds < MAX_ROUNDS:
            self._assumed[key] = found  # it depends on itself: once more with what is known by now
            self._partial.clear()
            found = compute() if self._work <= MAX_WORK else found
            rounds += 1
        if rounds and self._lowest == depth and found == self._assumed[key]:
            self._memo.update(self._partial)  # whatever depends on it was found with what it is
            self._partial.clear()
        if len(found) > MOST_VALUES:
            found = NOTHING
        self._assumed.pop(key, None)
        del self._active[key]
        kept = (found, self.mark, frozenset(self.asked))
        if self._lowest >= depth and self._work <= MAX_WORK:
            self._memo[key] = kept
            lowest = outer[2]
        else:  # a part of a cycle that is not closed yet: good for this place only
            self._partial[key] = kept
            lowest = min(outer[2], self._lowest)
        self.mark, self._lowest = max(outer[0], kept[1]), lowest
        self.asked = outer[1] | kept[2] if kept[2] else outer[1]
        if not self._active:
            self._partial.clear()
            self._lowest = NO_CYCLE
        return found

    def begin(self) -> None:
        """Before each place: full certainty, nothing asked, all the work still to spend."""
        self.asked_before |= self.asked
        self.mark, self.asked, self._work = EXACT, set(), 0
        self._partial.clear()

    # Expressions.

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
        constants = [key[1] for key in self.expand(keys) if key[0] == "k"]
        found: list[Values] = []
        for value in self.expand(base):
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
            self.look(("b", unit, value[2], name))
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

    def look(self, at: tuple) -> None:
        """Remember a look at something in another file: (what, unit, …)."""
        if at[1].path != self.path:
            self.reads.add((at[0], at[1].path, *at[2:]))

    # Names.

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
        found = self.once(("out", unit.path, name), lambda: rules.outside(self, unit, name))
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
        if unit.rules.receiver_first and scope.parameters and unit.rules.settled(self, unit, number, 0):
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
        found = union(*(unit.rules.annotated(self, unit, number, one) for one in types))
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
        if number == 0 and self.flows.slots(unit.path, ""):
            found.append(self.stored(unit.path, "", name))
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
            found.append(rules.annotated(self, unit, around, one.annotation))
        if one.default is not None:
            self.least(INFERRED)
            found.append(self.values(unit, around, one.default))
        for name, function in rules.supplied(self, unit, number):
            if name == one.name:
                self.least(INFERRED)
                given = result(self, function, Arguments.given(unit, around))
                found.append(union(*(iterated(self, each) if each[0] == "G" else (each,) for each in given)))
        if not rules.settled(self, unit, number, position):
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
            out = union(*(result(self, one, given) for one in called if one[0] not in "XZB"))
            value = tuple(one for one in out if one[0] not in ("Z", "k")) or value
        return value

    # Modules.

    def module_member(self, path: str, name: str) -> Values:
        unit = None if path.endswith("/") else self.unit(path)
        lang = unit.lang if unit else self.lang_of(path)
        found = self.files.rules(lang).member(self, path, name)
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
        for key, expr in (unit.facts.exports or {}).items():
            if key.startswith("*") and expr and expr[0] == "I":
                modules = unit.rules.import_targets(self, unit, unit.facts.imports[expr[1]])
                found = union(*(self.attribute(one, name) for one in modules if one[0] == "M"))
                if found:
                    return found
        return NOTHING

    def starred(self, unit: Unit, name: str) -> Values:
        """A name that star imports bring into a module; the last one wins."""
        if unit.path != self.path:
            self.look(("*", unit))
        for number in reversed(unit.stars):
            for module in unit.rules.import_targets(self, unit, unit.facts.imports[number]):
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

    def raised(self, unit: Unit, scope: int, expr: Expr, row: int | None) -> Values:
        if expr and expr[0] == "l":
            return union(*(self.raised(unit, scope, one, row) for one in expr[2]))
        instance = unit.rules.instance
        return union(*(instance(one) for one in self.expand(self.values(unit, scope, expr, row))))


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
