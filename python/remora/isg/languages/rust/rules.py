"""How Rust finds the members of its types, and what calls give."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from remora.isg.facts import Expr
from remora.isg.languages.rust.crates import folder_of, inner_folder, parent
from remora.isg.languages.rust.library import (
    BUILTINS,
    CALLING,
    OF_ITERATORS,
    OF_TRAITS,
    method_result,
    outside_calls,
    outside_result,
)
from remora.isg.languages.rust.paths import Paths
from remora.isg.link.calls import Arguments, called_method, result
from remora.isg.link.items import iterated
from remora.isg.link.values import HEURISTIC, NOTHING, Value, Values, union

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator
    from remora.isg.link.files import Files
    from remora.isg.link.unit import Unit

# A folder with more files than this is not searched for impl blocks of types declared beside them.
MOST_SIBLINGS = 60


class RustRules(Paths):
    """Rust."""

    builtins = BUILTINS
    receiver_first = True
    settles = True

    # ---- types

    def annotated(self, ev: Evaluator, unit: Unit, scope: int, expr: Expr) -> Values:
        if expr is None:
            return NOTHING
        while scope > 0 and unit.scopes[scope].kind == "class":
            scope = unit.scopes[scope].parent
        if expr[0] == "o":
            return union(*(self.annotated(ev, unit, scope, one) for one in expr[1]))
        base = ev.values(unit, scope, expr[1] if expr[0] == "s" else expr)
        found: list[Values] = []
        for value in base:
            alias = self.alias(ev, value)
            if alias is not None and (expr[0] != "s" or alias[2][0] != "s"):
                found.append(self.aliased(ev, value, alias))
            elif value[0] == "C" and alias is None:
                found.append((("I", value[1], value[2]),))
            elif value[0] == "X" and expr[0] != "s":
                found.append((("Z", value[1]),))
        if not found and expr[0] == "s":
            return (("Y", unit.path, unit.scope_names[scope], unit.stable(expr)),)
        return union(*found)

    def aliased(self, ev: Evaluator, value: Value, alias: tuple[Unit, int, Expr]) -> Values:
        """Instances of what an alias stands for; one that stands for itself is nothing."""
        return ev.once(("rust-alias", value), lambda: self.annotated(ev, *alias))

    def alias(self, ev: Evaluator, value: Value) -> tuple[Unit, int, Expr] | None:
        """What a type alias stands for: (file, scope, type); None for another type."""
        found = ev.scope_of(value[1], value[2]) if value[0] == "C" else None
        if found is None:
            return None
        unit, number = found
        expr = unit.scopes[number].extra.get("alias")
        return (unit, max(unit.scopes[number].parent, 0), expr) if isinstance(expr, tuple) else None

    def class_scopes(self, ev: Evaluator, value: Value) -> tuple[tuple[Unit, int], ...]:
        """Its own scope and its impl blocks, in its own file, the modules beside and below, and the file at hand."""
        return ev.once(("rust-impls", value), lambda: self.impls(ev, value))

    def impls(self, ev: Evaluator, value: Value) -> tuple[tuple[Unit, int], ...]:
        found = ev.scope_of(value[1], value[2])
        if found is None:
            return ()
        unit, number = found
        alias = self.alias(ev, value)
        if alias is not None:
            meant = [one for one in ev.values(*alias) if one[0] == "C" and one != value]
            return tuple(pair for one in meant for pair in self.class_scopes(ev, one))
        scopes: list[tuple[Unit, int]] = [(unit, number)]
        name = unit.nodes[unit.scopes[number].node].name
        if unit.scopes[number].kind == "module":
            return (*scopes, *self.globs_of(ev, unit, number))
        if "variant" in unit.scopes[number].flags:
            return tuple(scopes)
        for path in self.neighbours(ev, unit.path):
            if path == unit.path or name in impl_names(ev, path):
                other = ev.unit(path)
                if other is not None:
                    scopes += self.blocks_of(ev, other, value, name)
        return tuple(scopes)

    def globs_of(self, ev: Evaluator, unit: Unit, number: int) -> list[tuple[Unit, int]]:
        """What `use path::*` in an inline module brings into it."""
        found: list[tuple[Unit, int]] = []
        for one in unit.facts.imports:
            if one.name == "*" and one.scope == number:
                for value in self.path(ev, unit, one, one.module.split("::"), modules=True):
                    if value[0] == "M" and (other := ev.unit(value[1])) is not None:
                        found.append((other, 0))
                    elif value[0] == "C":
                        found += self.class_scopes(ev, value)
        return found

    def blocks_of(self, ev: Evaluator, unit: Unit, value: Value, name: str) -> list[tuple[Unit, int]]:
        """The impl blocks in a file that are for a type."""
        found = []
        for number, scope in enumerate(unit.scopes):
            type_ = scope.self_type
            if type_ is None or scope.kind != "class":
                continue
            fits = type_[-1] == name or (type_[0] == "d" and unit.nodes[type_[1]].name == name)
            if fits and ev.class_value(unit, number) == value:
                found.append((unit, number))
        return found

    def neighbours(self, ev: Evaluator, path: str) -> list[str]:
        """Files that may hold impl blocks of a type in `path`."""
        found = dict.fromkeys((path, ev.path))
        below = inner_folder(ev, path)
        for folder in dict.fromkeys((folder_of(path), below)):
            files = [one for one in ev.listing(folder) if one.endswith(".rs")]
            if len(files) <= MOST_SIBLINGS:
                found |= dict.fromkeys(files)
        if above := parent(ev, path):
            found[above] = None
        return [one for one in found if one.endswith(".rs")]

    def bases(self, ev: Evaluator, value: Value) -> Values:
        """Traits of the workspace that a type implements or a trait builds on; the enum of a variant."""
        found: list[Values] = []
        for unit, number in self.class_scopes(ev, value):
            scope = unit.scopes[number]
            if "variant" in scope.flags and scope.parent >= 0:
                found.append((("C", unit.path, unit.scope_names[scope.parent]),))
            for base in scope.bases:
                expr = base[1] if base is not None and base[0] == "s" else base
                found.append(ev.values(unit, max(scope.parent, 0), expr))
                if expr is not None and expr[-1] in ("Deref", "DerefMut"):
                    found.append(self.target(ev, unit, number))
        return tuple(one for one in union(*found) if one[0] == "C")

    def class_fallback(self, ev: Evaluator, value: Value, name: str) -> Values:
        """`Cart::default()` of a derived trait makes a Cart, like a literal."""
        found = ev.scope_of(value[1], value[2]) if name == "default" else None
        if found is None:
            return NOTHING
        unit, number = found
        derives = unit.nodes[unit.scopes[number].node].facets.get("derives", ())
        return (value,) if isinstance(derives, tuple) and "Default" in derives else NOTHING

    def of_every_object(self, name: str) -> Values:
        trait = OF_TRAITS.get(name)
        return (("X", f"builtin:{trait}.{name}"),) if trait else NOTHING

    def target(self, ev: Evaluator, unit: Unit, number: int) -> Values:
        """What `impl Deref` lends out: its members are seen through the type."""
        aliases = [self.alias(ev, value) for value in ev.binding(unit, number, "Target", None) or NOTHING]
        made = union(*(self.annotated(ev, *one) for one in aliases if one is not None))
        return tuple(("C", *one[1:3]) for one in made if one[0] == "I")

    # ---- calls

    def outside_result(self, ev: Evaluator, key: str, arguments: Arguments) -> Values:
        return outside_result(key)

    def outside_calls(self, ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[Value, Arguments]]:
        return outside_calls(ev, callee, arguments)

    def choose(self, ev: Evaluator, values: Values, arguments: Arguments) -> Values:
        """A method of the library on what has no type of its own: an iterator that a workspace's type or a closure made."""
        callee = arguments.callee
        if values and callee:
            return self.callable_ones(ev, values, callee, arguments)
        if values or not callee or callee[0] != "a" or callee[2] not in OF_ITERATORS:
            return values
        mark = ev.mark
        bases = ev.expand(ev.values(arguments.unit, arguments.scope, callee[1], arguments.row))
        found = tuple(
            ("B", f"builtin:Iterator.{callee[2]}", one) for one in bases if one[0] == "R" or iterates(ev, one)
        )
        if found or callee[2] not in CALLING or not any(called_back(ev, one, arguments) for one in arguments.plain):
            return found
        ev.mark = mark
        ev.least(HEURISTIC)
        return (("B", f"builtin:Iterator.{callee[2]}", ("Z", "builtin:Iterator")),)

    def callable_ones(self, ev: Evaluator, values: Values, callee: Expr, arguments: Arguments) -> Values:
        """A module that has the name of a function is not what is called; a method of ours comes before the library's."""
        if all(one[0] == "M" for one in values):
            unit, name = arguments.unit, callee[-1]
            if callee[0] == "n":
                return tuple(one for one in self.globbed(ev, unit, name, inner=True) if one[0] != "M") or values
            bases = ev.expand(ev.values(unit, arguments.scope, callee[1])) if callee[0] == "a" else NOTHING
            units = [other for one in bases if one[0] == "M" and (other := ev.unit(one[1])) is not None]
            return union(*(self.globbed(ev, one, name, inner=False) for one in units)) or values
        if callee[0] == "a" and any(one[0] in "FS" for one in values):
            return tuple(one for one in values if one[0] != "B")
        return values

    def handed(self, ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[str, object, str, Value]]:
        """What a struct literal keeps in its fields."""
        if callee[0] != "C":
            return []
        return [
            (callee[1], callee[2], f".{name}", value)
            for name, expr in arguments.named
            for value in arguments.values(ev, expr)
            if value[0] in "FSPp"
        ]

    def method_result(self, ev: Evaluator, key: str, of: Value, arguments: Arguments) -> Values:
        return method_result(ev, key, of, arguments)

    def called_for(self, ev: Evaluator, how: str, values: Values, name: str) -> Values:
        return tuple(one for one in values if one[0] in "FS") if how == "for" else values

    def item(self, ev: Evaluator, value: Value, key: str | int | None) -> Values:
        """What `impl Index` gives."""
        unit = ev.unit(value[1])
        if unit is None:
            return NOTHING
        given = Arguments.given(unit, 0)
        return union(*(result(ev, one, given) for one in called_method(ev, value, "index")))

    def iterated(self, ev: Evaluator, value: Value) -> Values:
        """What `next` gives, or the iterator that `into_iter` makes."""
        unit = ev.unit(value[1])
        if unit is None:
            return NOTHING
        given = Arguments.given(unit, 0)
        found: list[Values] = []
        for name in ("next", "into_iter"):
            for method in called_method(ev, value, name):
                for made in result(ev, method, given):
                    if made != value:
                        found.append(iterated(ev, made))
            if found:
                break
        return union(*found)


def iterates(ev: Evaluator, value: Value) -> bool:
    """Whether an instance of a workspace's type is an iterator, so that the library gives it the methods of one."""
    return value[0] == "I" and bool(called_method(ev, value, "next"))


def called_back(ev: Evaluator, expr: Expr, arguments: Arguments) -> bool:
    return expr is not None and any(one[0] in "FS" for one in ev.expand(arguments.values(ev, expr)))


def impl_names(ev: Evaluator, path: str) -> frozenset[str]:
    """Names of the types that a file has impl blocks for; each file is asked once in a run."""
    if path != ev.path:
        ev.reads |= {("x", path), ("m", path)}
    known = _IMPLS.setdefault(ev.files, {})
    if path not in known:
        unit = ev.files.unit(path)
        written = unit.facts.data.get("impls", ()) if unit is not None else ()
        known[path] = frozenset(of for of, _ in written) if isinstance(written, tuple) else frozenset()
    return known[path]


# What is asked of many files and for many; it goes with the run it was read in.
_IMPLS: WeakKeyDictionary[Files, dict[str, frozenset[str]]] = WeakKeyDictionary()

RULES = RustRules()
