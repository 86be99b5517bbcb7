"""Members that a call defines: `Object.defineProperty(object, "name", {get() {…}})`, and what compilers write for exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.facts import Expr
from remora.isg.languages.ecmascript.calls import EXPORTS
from remora.isg.languages.ecmascript.modules import Modules
from remora.isg.languages.ecmascript.values import FUNCTIONS

if TYPE_CHECKING:
    import tree_sitter

    from remora.isg.scope import Draft

PARTS = frozenset({"get", "set", "value"})


class Properties(Modules):
    def call_of_object(self, node: tree_sitter.Node, function: tree_sitter.Node, how: str) -> Expr:
        """`Object.defineProperty(…)` and `Object.defineProperties(…)`; None when it is not written out."""
        arguments = node.child_by_field_name("arguments")
        given = [one for one in arguments.named_children if one.type != "comment"] if arguments is not None else []
        if how == "defineProperty":
            pairs = [(given[1], given[2])] if len(given) == 3 and given[1].type == "string" else []
        else:
            every = given[1].named_children if len(given) == 2 and given[1].type == "object" else []
            split = [(one.child_by_field_name("key"), one.child_by_field_name("value")) for one in every]
            pairs = [(key, value) for key, value in split if key is not None and value is not None]
            pairs = pairs if len(pairs) == len(every) else []
        if not pairs or any(value.type != "object" for _, value in pairs):
            return None
        target = self.chain(given[0]) if given[0].type == "member_expression" else self.visit(given[0])
        if target == ("n", "this") and self.this_class() is None:
            target = self.object_at_hand()
        for key, descriptor in pairs:
            self.defined_member(target, self.key_text(key), key, descriptor)
        expr = ("c", self.callee(function), (target,), ())
        self.add_call(expr, "", self.shown(function), self.place(node), self.scope)
        return expr

    def defined_member(self, target: Expr, name: str, key: tree_sitter.Node, descriptor: tree_sitter.Node) -> None:
        """One member by its descriptor."""
        draft, flags = self.class_of_target(target)
        holder = draft or self.holder_of_target(target)
        for part in descriptor.named_children:
            what = self.key_text(part.child_by_field_name("name" if part.type == "method_definition" else "key"))
            value = part if part.type == "method_definition" else part.child_by_field_name("value")
            if what not in PARTS or value is None:
                self.visit(value)
                continue
            if part.type != "method_definition" and value.type not in FUNCTIONS:
                expr = self.visit(value)
            else:
                kind = "method" if what == "value" else "property"
                words = flags if what == "value" else (*flags, "property")
                made = self.function(
                    value, kind, name, key, holder=holder, around=draft, flags=words, first=part, last=part,
                    this=None if draft is not None else target,
                )  # fmt: skip
                expr = ("d", made)
            if expr is not None and name != "__esModule":
                self.keep_member(target, draft, name, what, expr, key.start_point[0])

    def keep_member(self, target: Expr, draft: Draft | None, name: str, what: str, expr: Expr, row: int) -> None:
        if draft is not None:
            draft.bind(f"{name}=" if what == "set" else name, expr, row)
            return
        read = ("set", expr) if what == "set" else ("c", expr, (), ()) if what == "get" else expr
        if target == EXPORTS:
            self.seen_exports.setdefault(f"{name}=" if what == "set" else name, read)
        elif target is not None and not (target[0] == "n" and self.extend(target[1], name, read)) and what != "set":
            self.store_elsewhere(("a", target, name), read, row)

    def object_at_hand(self) -> Expr:
        """The object whose function the scope at hand is, by its name."""
        here: Draft | None = self.scope
        while here is not None and "this" not in here.names:
            here = here.around
        expr = here.names["this"][0].expr if here is not None else None
        first = expr[1][0] if expr is not None and expr[0] == "o" else expr
        return first if first is not None and first[0] == "n" else ("n", "this")

    def class_of_target(self, target: Expr) -> tuple[Draft | None, tuple[str, ...]]:
        """The class that gets the member, and the flags of a member of the class itself."""
        if target is None or target[0] not in ("n", "a"):
            return None, ()
        if target == ("n", "this"):
            return self.this_class(), ()
        prototype = target[0] == "a" and target[2] == "prototype"
        of = target[1] if prototype else target
        name = of[1] if of is not None and of[0] == "n" else ""
        known = self.known_node(name) if name else None
        found = [one for one in self.scopes if one.node == known and one.kind == "class"] if known is not None else []
        return (found[0], () if prototype else ("static",)) if found else (None, ())

    def holder_of_target(self, target: Expr) -> Draft:
        known = self.known_node(target[1]) if target is not None and target[0] == "n" else None
        return self.holder(known) if known is not None else self.scope

    def extend(self, name: str, member: str, expr: Expr) -> bool:
        """Add a member to the object literal that a name was bound to."""
        pair = (("k", "String", member), expr)
        for number in range(len(self.assignments) - 1, -1, -1):
            one = self.assignments[number]
            if one.name == name and one.expr is not None and one.expr[0] == "m":
                self.assignments[number] = one._replace(expr=("m", (*one.expr[1], pair)))
                return True
        here: Draft | None = self.scope
        while here is not None:
            bound = here.names.get(name)
            if bound:
                last = bound[-1]
                if last.expr is None or last.expr[0] != "m":
                    return False
                bound[-1] = last._replace(expr=("m", (*last.expr[1], pair)))
                return True
            here = here.around
        return False

    # ---- what compilers write

    def call_of_compiler(self, name: str, given: tuple[Expr, ...], node: tree_sitter.Node) -> Expr:
        """`__exportStar(require("./a"), exports)`, `__export(all, {a: () => a})`, `__toCommonJS(all)`; None for others."""
        if name == "__toCommonJS":
            return given[0] if given else None
        if len(given) != 2 or given[0] is None or given[1] is None:
            return None
        if name == "__exportStar" and given[0][0] == "I":
            self.stars += 1
            self.export(f"*{self.stars}", self.imported(self.imports[given[0][1]].module, "*", "", node), 0)
        elif name == "__export" and given[0][0] == "n" and given[1][0] == "m":
            for key, value in given[1][1]:
                if key is not None and key[0] == "k" and key[2] and value is not None and value[0] == "d":
                    self.extend(given[0][1], key[2], ("c", value, (), ()))
        return None
