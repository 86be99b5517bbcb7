"""What differs between languages when names are resolved; each language's module has one `RULES`."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from remora.isg.facts import Expr, ImportFact, Scope
from remora.isg.link.values import NOTHING, Value, Values, union

if TYPE_CHECKING:
    from remora.isg.link.calls import Arguments
    from remora.isg.link.evaluate import Evaluator
    from remora.isg.link.unit import Unit


class Rules:
    """The rules that hold for a language without any of its own; a language's class overrides what differs.

    Every look into another file goes through the evaluator (`ev.exists`, `ev.unit`, `ev.binding` …), which remembers
    what was looked at: that is how a later change of it is known to matter.

    Attributes:
        builtins: names that are there without an import: evaluated to ("X", "builtin:name").
        receiver_first: a method's first parameter is its receiver, as in Python and Rust; else the receiver is `self_name`.
        self_names: names that mean the receiver inside a method, where it is no parameter ("this").
        super_names: names that mean the receiver's base classes ("super").
        class_scope_visible: a method sees its class's members (and inherited ones) without a receiver, as in Java.
        annotations_hold: a declared class leaves only its instances of what callers hand over.
        settles: a parameter's declared type can settle what it is; see `settled`.
        containers: names outside whose call makes an empty or copied container, and the container's kind.
        constructor: the name of the method that an instantiation calls, "" when the language has none.
        class_of: the name of the attribute under which an object has its class.
        numbers_count_up: a number that callers hand over is the first of several (`next(i + 1)`), so it picks no item.
        attributes_are_items: `object.name` and `object["name"]` are the same, as in JavaScript.
    """

    builtins: frozenset[str] = frozenset()
    receiver_first = False
    self_names: frozenset[str] = frozenset()
    super_names: frozenset[str] = frozenset()
    class_scope_visible = False
    constructor = ""
    class_of = "__class__"
    settles = False
    annotations_hold = False
    attributes_are_items = False
    numbers_count_up = False
    containers: Mapping[str, str] = {}

    def import_values(self, ev: Evaluator, unit: Unit, one: ImportFact) -> Values:
        """What an import binds: ("M", path), values of a member of a module, or ("X", "ext:…")."""
        return NOTHING

    def import_targets(self, ev: Evaluator, unit: Unit, one: ImportFact) -> Values:
        """The modules that an import depends on: ("M", path) or ("X", "ext:…")."""
        return NOTHING

    def import_source(self, ev: Evaluator, unit: Unit, one: ImportFact) -> tuple[str, str] | None:
        """(path of the module, name in it) of an import that takes one name, for variables, which have no value."""
        return None

    def outside_source(self, ev: Evaluator, unit: Unit, name: str) -> tuple[str, str] | None:
        """(path of the file, name in it) of a variable that no scope of its file binds: of the same package."""
        return None

    def package_source(self, ev: Evaluator, folder: str, name: str) -> tuple[str, str] | None:
        """The same for a variable of a package, a path that ends in "/"."""
        return None

    def promised(self, ev: Evaluator, unit: Unit, number: int) -> Values:
        """Interfaces that the class of a scope fulfils by its methods, without saying so."""
        return NOTHING

    def outside(self, ev: Evaluator, unit: Unit, name: str) -> Values:
        """A name that no scope of its file binds: star imports, files of the same package, built-ins."""
        for number in unit.stars:
            for module in self.import_targets(ev, unit, unit.facts.imports[number]):
                found = ev.attribute(module, name) if module[0] == "M" else NOTHING
                if found:
                    return found
        return (("X", f"builtin:{name}"),) if name in self.builtins else NOTHING

    def member(self, ev: Evaluator, path: str, name: str) -> Values:
        """A name in a module (a path ending in "/" is a package of files); overridden where packages are folders."""
        return ev.exported(path, name)

    def class_scopes(self, ev: Evaluator, value: Value) -> tuple[tuple[Unit, int], ...]:
        """Every scope that holds members of a class: its own, and impl blocks or methods written elsewhere."""
        found = ev.scope_of(value[1], value[2])
        return (found,) if found else ()

    def bases(self, ev: Evaluator, value: Value) -> Values:
        """Direct bases in the order of the text: classes of the workspace and ("X", …)."""
        found: list[Values] = []
        for unit, number in self.class_scopes(ev, value):
            scope = unit.scopes[number]
            row = unit.nodes[scope.node].span.start_row  # `class A(A)` means the earlier one
            found += [self.base_values(ev, unit, max(scope.parent, 0), base, row) for base in scope.bases]
        return union(*found)

    def annotated(self, ev: Evaluator, unit: Unit, scope: int, expr: Expr) -> Values:
        """Instances of what a type expression names."""
        if expr is None:
            return NOTHING
        if expr[0] == "o":
            return union(*(self.annotated(ev, unit, scope, one) for one in expr[1]))
        if expr[0] == "s":
            base = self.annotated(ev, unit, scope, expr[1])
            inner = [one for one in base if one[0] == "I"]
            return tuple(inner) or (("Y", unit.path, unit.scope_names[scope], unit.stable(expr)),)
        return union(*(self.instance(one) for one in ev.values(unit, scope, expr)))

    def settled(self, ev: Evaluator, unit: Unit, number: int, position: int) -> bool:
        """Whether a parameter's declared type says all there is, so that what callers hand over is not followed.

        Where types settle, the reader says so by the kind "/"; a type that cannot be told settles nothing.
        """
        one = unit.scopes[number].parameters[position]
        if not self.settles or one.kind != "/" or one.annotation is None:
            return self.settles and one.kind == "/"
        around = max(unit.scopes[number].parent, 0)
        key = ("settled", unit.path, number, position)
        return bool(ev.once(key, lambda: self.annotated(ev, unit, around, one.annotation)))

    def instance(self, value: Value) -> Values:
        if value[0] == "C":
            return (("I", value[1], value[2]),)
        return (("Z", value[1]),) if value[0] == "X" else NOTHING

    def choose(self, ev: Evaluator, values: Values, arguments: Arguments) -> Values:
        """Of several definitions of a called name those that fit; overloads by arity, for example."""
        return values

    def outside_result(self, ev: Evaluator, key: str, arguments: Arguments) -> Values:
        """What calling something outside gives."""
        return (("Z", key),)

    def outside_calls(self, ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[Value, Arguments]]:
        """What of its arguments something outside calls at once, and with what: the function of `map`, for example."""
        return []

    def method_result(self, ev: Evaluator, key: str, of: Value, arguments: Arguments) -> Values:
        """What a method of a built-in type gives; key is like "builtin:list.pop"."""
        return NOTHING

    def function_attribute(self, ev: Evaluator, value: Value, name: str) -> Values:
        """An attribute of a function that nothing was stored into: the one method of Java's functional interfaces."""
        return NOTHING

    def outside_attribute(self, ev: Evaluator, key: str, name: str) -> Values:
        """An attribute of what calling something outside gives."""
        return (("X", f"{key}.{name}"),)

    def type_check(self, expr: Expr) -> tuple[str, tuple[Expr, ...]] | None:
        """The name that a call checks and the types it checks for; None when the call is no such check."""
        return None

    def base_values(self, ev: Evaluator, unit: Unit, scope: int, base: Expr, row: int) -> Values:
        """What a base in a class's header is; `Parser[T]` is Parser."""
        while base and base[0] == "s":
            base = base[1]
        return tuple(one for one in ev.values(unit, scope, base, row) if one[0] in "CX")

    def bounds(self, ev: Evaluator, unit: Unit, scope: int, part: Expr) -> Values:
        """The classes that bound a type variable, where it is used."""
        return NOTHING

    def supplied(self, ev: Evaluator, unit: Unit, number: int) -> list[tuple[str, Value]]:
        """Functions whose results a framework hands to parameters of a function: (parameter, function)."""
        return []

    def accessors(self, ev: Evaluator, value: Value, name: str, write: bool) -> Values:
        """What reading or writing a member of something that is no instance calls; only where members are items."""
        return NOTHING

    def of_every_object(self, name: str) -> Values:
        """A method that every object has without anybody writing it."""
        return NOTHING

    def descriptor(self, ev: Evaluator, value: Value, write: bool) -> Values:
        """What reading or setting an object that a class has as a member calls, when it is done through an instance."""
        return NOTHING

    def fallback(self, ev: Evaluator, value: Value, name: str) -> Values:
        """What reading an attribute calls that an instance has not."""
        return NOTHING

    def given_by_fallback(self, ev: Evaluator, value: Value, name: str) -> Values:
        """What that gives."""
        return NOTHING

    def is_promise(self, scope: Scope) -> bool:
        """Whether a method only says what subclasses have."""
        return False

    def class_fallback(self, ev: Evaluator, value: Value, name: str) -> Values:
        """An attribute of a class that neither it nor its bases have: a metaclass's."""
        return NOTHING

    def constructors(self, ev: Evaluator, value: Value) -> Values:
        """The methods that making an instance of a class calls, bound to the new instance."""
        if not self.constructor:
            return NOTHING
        found = ev.attribute(("I", *value[1:3]), self.constructor)
        return tuple(one for one in found if one[0] in "FS")

    def handed(self, ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[str, object, str, Value]]:
        """Flows beside those into parameters: (path, owner, slot, value), for what `append` or a dataclass keeps."""
        return []

    def called_for(self, ev: Evaluator, how: str, values: Values, name: str) -> Values:
        """What the language itself calls at a `with`, a `for` and the like, given what is called at first."""
        return values

    def item(self, ev: Evaluator, value: Value, key: str | int | None) -> Values:
        """An item of an instance: what its subscript method gives."""
        return NOTHING

    def iterated(self, ev: Evaluator, value: Value) -> Values:
        """What iterating an instance gives."""
        return NOTHING

    def entered(self, ev: Evaluator, value: Value) -> Values:
        """What entering a context manager gives."""
        return NOTHING


@cache
def rules_of(lang: str) -> Rules:
    """The rules of a language: `RULES` of its module, or the general ones."""
    try:
        module = importlib.import_module(f"remora.isg.languages.{lang}")
    except ModuleNotFoundError as error:
        if error.name != f"remora.isg.languages.{lang}":
            raise
        return Rules()
    found = getattr(module, "RULES", None)
    return found if isinstance(found, Rules) else Rules()
