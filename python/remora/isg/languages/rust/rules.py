"""How Rust finds modules, names and members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from remora.isg.facts import Expr, ImportFact
from remora.isg.languages.rust.crates import ancestors, child, crate, folder_of, inner_folder, parent, root
from remora.isg.languages.rust.library import BUILTINS, MACROS, OF_TRAITS, method_result, outside_calls, outside_result
from remora.isg.languages.rust.types import MODULE_ITSELF
from remora.isg.link.calls import Arguments, called_method, result
from remora.isg.link.items import iterated
from remora.isg.link.rules import Rules
from remora.isg.link.values import NOTHING, Value, Values, union

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator
    from remora.isg.link.files import Files
    from remora.isg.link.unit import Unit

# A folder with more files than this is not searched for impl blocks of types declared beside them.
MOST_SIBLINGS = 60
MOST_PARTS = 20


class RustRules(Rules):
    """Rust."""

    settles = True
    builtins = BUILTINS
    receiver_first = True
    settles = True

    # ---- modules and imports

    def import_values(self, ev: Evaluator, unit: Unit, one: ImportFact) -> Values:
        if one.name == "*":
            return NOTHING
        segments = one.module.split("::")
        if segments[0] == "mod":
            found = child(ev, unit, segments[1:], one.name)
            return (("M", found),) if found else NOTHING
        return self.path(ev, unit, one, [*segments, one.name] if one.name else segments)

    def import_targets(self, ev: Evaluator, unit: Unit, one: ImportFact) -> Values:
        segments = one.module.split("::")
        values = self.import_values(ev, unit, one)
        if segments[0] == "mod" or any(value[0] == "M" for value in values):
            return tuple(value for value in values if value[0] == "M")
        found: list[Value] = []
        for value in self.path(ev, unit, one, segments) or values:
            if value[0] == "X":
                found.append(("X", value[1].partition(".")[0]))
            elif value[0] in ("M", "C", "F"):
                found.append(("M", value[1]))
        return tuple(dict.fromkeys(found))

    def import_source(self, ev: Evaluator, unit: Unit, one: ImportFact) -> tuple[str, str] | None:
        if not one.name or one.module.startswith("mod"):
            return None
        modules = [value for value in self.path(ev, unit, one, one.module.split("::")) if value[0] == "M"]
        return (modules[0][1], one.name) if modules else None

    def path(self, ev: Evaluator, unit: Unit, one: ImportFact, segments: Sequence[str]) -> Values:
        """What the path of a `use` leads to: everything that has the last segment's name."""
        values = self.first(ev, unit, one, segments[0], more=len(segments) > 1)
        for at, segment in enumerate(segments[1:MOST_PARTS], 2):
            last = at == len(segments)
            values = union(*(self.below(ev, value, segment, last=last) for value in values))
        return values

    def below(self, ev: Evaluator, value: Value, segment: str, *, last: bool) -> Values:
        """A name in what a path has led to; a macro goes by the same path as a function."""
        if value[0] == "M" and segment == "super":
            above = parent(ev, value[1])
            return (("M", above),) if above else NOTHING
        if not last and value[0] in "MC" and (found := self.module_of(ev, value, segment)):
            return found
        found = ev.attribute(value, segment)
        return found if found or value[0] != "M" else ev.attribute(value, f"{segment}!")

    def module_of(self, ev: Evaluator, value: Value, name: str) -> Values:
        """A module that a module declares, whatever else has its name there."""
        if value[0] == "M":
            unit = ev.unit(value[1])
            return self.declared_module(ev, unit, 0, name) if unit is not None else NOTHING
        found = ev.scope_of(value[1], value[2])
        return self.declared_module(ev, *found, name) if found else NOTHING

    def declared_module(self, ev: Evaluator, unit: Unit, number: int, name: str) -> Values:
        ev.look(("b", unit, unit.scope_names[number], name))
        for bound in unit.scopes[number].names.get(name, ()):
            expr = bound.expr
            if expr is not None and expr[0] == "d" and unit.nodes[expr[1]].kind == "module":
                return ev.defined(unit, expr[1])
            if expr is not None and expr[0] == "I" and unit.facts.imports[expr[1]].module.partition("::")[0] == "mod":
                return self.import_values(ev, unit, unit.facts.imports[expr[1]])
        return NOTHING

    def first(self, ev: Evaluator, unit: Unit, one: ImportFact, name: str, *, more: bool) -> Values:
        """The first segment: a module above, a name in scope that the import itself does not bind, or a crate."""
        above = self.module_word(ev, unit, name)
        if above is not None:
            return above
        number = one.scope
        while number >= 0:
            if more and (found := self.declared_module(ev, unit, number, name)):
                return found
            for bound in unit.scopes[number].names.get(name, ()):
                if bound.expr and not (bound.expr[0] == "I" and unit.facts.imports[bound.expr[1]] == one):
                    found = ev.values(unit, number, bound.expr)
                    if found:
                        return found
            number = unit.scopes[number].parent
        known = crate(ev, unit.path, name, certain=False)
        top = root(ev, unit.path)
        if not known and top != unit.path:  # before the edition of 2018 these paths begin at the crate's root
            known = self.module_of(ev, ("M", top), name) if more else ev.attribute(("M", top), name)
        return known or crate(ev, unit.path, name, certain=True)

    def module_word(self, ev: Evaluator, unit: Unit, name: str) -> Values | None:
        """`crate`, `self` and `super` at the beginning of a path; None for another word."""
        if name == "crate":
            return (("M", root(ev, unit.path)),)
        if name in ("self", MODULE_ITSELF):
            return (("M", unit.path),)
        if name == "super":
            above = parent(ev, unit.path)
            return (("M", above),) if above else NOTHING
        return None

    def member(self, ev: Evaluator, path: str, name: str) -> Values:
        if name == "super":
            above = parent(ev, path)
            return (("M", above),) if above else NOTHING
        found = ev.exported(path, name)
        if found:
            return found
        unit = ev.unit(path)
        if unit is None:
            return NOTHING
        if name.endswith("!") and not parent(ev, path):
            return self.exported_macro(ev, unit, name)
        return self.globbed(ev, unit, name, inner=False)

    # ---- names that no scope binds

    def outside(self, ev: Evaluator, unit: Unit, name: str) -> Values:
        above = self.module_word(ev, unit, name)
        if above is not None:
            return above
        if name.endswith("!"):
            return self.macro(ev, unit, name)
        found = self.globbed(ev, unit, name, inner=True)
        if found:
            return found
        if name in self.builtins:
            return (("X", f"builtin:{name}"),)
        return crate(ev, unit.path, name, certain=False) if name.islower() else NOTHING

    def globbed(self, ev: Evaluator, unit: Unit, name: str, *, inner: bool) -> Values:
        """A name that `use path::*` brings, of a module or an enum. `inner`: also where it stands deeper in the file."""
        for one in reversed(unit.facts.imports):
            if one.name != "*" or (one.scope and not inner):
                continue
            for value in self.path(ev, unit, one, one.module.split("::")):
                if value[0] in "MC" and value[1:] != (unit.path,):
                    found = ev.attribute(value, name)
                    if found:
                        return found
        return NOTHING

    def macro(self, ev: Evaluator, unit: Unit, name: str) -> Values:
        """A macro by its bare name: imported, of a module around or beside, exported by the crate, or the language's."""
        plain = name[:-1]
        for bound in unit.scopes[0].names.get(plain, ()):
            if bound.expr and bound.expr[0] == "I":
                one = unit.facts.imports[bound.expr[1]]
                base = self.path(ev, unit, one, one.module.split("::")) if one.name else NOTHING
                for value in base:
                    if value[0] == "X":
                        return (("X", f"{value[1]}.{one.name}!"),)
                    found = ev.attribute(value, f"{one.name}!") if value[0] == "M" else NOTHING
                    if found:
                        return found
        own = ev.binding(unit, 0, name, None)
        if own or plain in MACROS:  # nobody gives the macros of the language another meaning from afar
            return own or (("X", f"builtin:{name}"),)
        for path in (unit.path, *ancestors(ev, unit.path)):
            around = ev.unit(path)
            if around is None:
                continue
            found = ev.binding(around, 0, name, None) or self.exported_macro(ev, around, name)
            if found:
                return found
        return self.globbed(ev, unit, name, inner=True)

    def exported_macro(self, ev: Evaluator, unit: Unit, name: str) -> Values:
        """A macro of a module that this one declares."""
        for one in unit.facts.imports:
            if one.module == "mod":
                path = child(ev, unit, [], one.name)
                inner = ev.unit(path) if path else None
                found = ev.binding(inner, 0, name, None) if inner else None
                if found:
                    return found
        return NOTHING

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

    def settled(self, ev: Evaluator, unit: Unit, number: int, position: int) -> bool:
        """The reader says it by the kind of the parameter; a type that cannot be told settles nothing."""
        one = unit.scopes[number].parameters[position]
        if one.kind != "/" or one.annotation is None:
            return one.kind == "/"
        around = max(unit.scopes[number].parent, 0)
        key = ("settled", unit.path, number, position)
        return bool(ev.once(key, lambda: self.annotated(ev, unit, around, one.annotation)))

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
                for value in self.path(ev, unit, one, one.module.split("::")):
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
        return outside_calls(ev, arguments)

    def handed(self, ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[str, object, str, Value]]:
        """What a struct literal keeps in its fields."""
        if callee[0] != "C":
            return []
        return [
            (callee[1], callee[2], f".{name}", value)
            for name, expr in arguments.named
            for value in arguments.values(ev, expr)
            if value[0] in "FSP"
        ]

    def method_result(self, ev: Evaluator, key: str, of: Value, arguments: Arguments) -> Values:
        return method_result(ev, key, of, arguments)

    def called_for(self, ev: Evaluator, how: str, values: Values, name: str) -> Values:
        return tuple(one for one in values if one[0] in "FS") if how == "for" else values

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
