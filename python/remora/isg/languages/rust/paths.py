"""How Rust finds modules and names: `use` trees, paths, globs and macros."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from remora.isg.facts import ImportFact
from remora.isg.languages.rust.crates import ancestors, child, crate, inline_names, parent, root
from remora.isg.languages.rust.library import MACROS
from remora.isg.languages.rust.types import MODULE_ITSELF
from remora.isg.link.rules import Rules
from remora.isg.link.values import NOTHING, Value, Values, union

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator
    from remora.isg.link.unit import Unit

MOST_PARTS = 20


class Paths(Rules):
    """Modules, imports and names that no scope of a file binds."""

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
        if not one.name or one.module.partition("::")[0] == "mod":
            return None
        modules = [value for value in self.path(ev, unit, one, one.module.split("::")) if value[0] == "M"]
        return (modules[0][1], one.name) if modules else None

    def path(
        self, ev: Evaluator, unit: Unit, one: ImportFact, segments: Sequence[str], *, modules: bool = False
    ) -> Values:
        """What the path of a `use` leads to: everything that has the last segment's name, or `modules` before others."""
        values = self.first(ev, unit, one, segments[0], more=len(segments) > 1)
        for at, segment in enumerate(segments[1:MOST_PARTS], 2):
            last = at == len(segments) and not modules
            values = union(*(self.below(ev, value, segment, last=last) for value in values))
        return values

    def below(self, ev: Evaluator, value: Value, segment: str, *, last: bool) -> Values:
        """A name in what a path has led to; a macro goes by the same path as a function."""
        if value[0] == "M" and segment == "super":
            return self.above(ev, value[1])
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
        found: list[Values] = []  # more than one where a cfg chooses
        for bound in unit.scopes[number].names.get(name, ()):
            expr = bound.expr
            if expr is not None and expr[0] == "d" and unit.nodes[expr[1]].kind == "module":
                found.append(ev.defined(unit, expr[1]))
            if expr is not None and expr[0] == "I" and unit.facts.imports[expr[1]].module.partition("::")[0] == "mod":
                found.append(self.import_values(ev, unit, unit.facts.imports[expr[1]]))
        return union(*found)

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
                taken = unit.facts.imports[bound.expr[1]] if bound.expr and bound.expr[0] == "I" else None
                # `use anyhow::{anyhow, Result}`: what is taken from the crate is not the crate.
                if bound.expr and taken != one and (taken is None or taken.module != name):
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
            return self.above(ev, unit.path)
        return None

    def above(self, ev: Evaluator, path: str) -> Values:
        """The module that declares a file's: a file, or an inline module of one."""
        file = parent(ev, path)
        values: Values = (("M", file),) if file else NOTHING
        for name in inline_names(ev, path):
            values = union(*(self.module_of(ev, value, name) for value in values))
        return values

    def member(self, ev: Evaluator, path: str, name: str) -> Values:
        if name == "super":
            return self.above(ev, path)
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
        if name.endswith("::"):
            return crate(ev, unit.path, name[:-2], certain=True)
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
            for value in self.path(ev, unit, one, one.module.split("::"), modules=True):
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
