"""Calls in the arguments of Rust macros, which the grammar leaves as runs of tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.facts import Expr, Parameter
from remora.isg.languages.rust.code import GIVING_ITEMS, PLAIN, WRAPPING, Code
from remora.isg.signature import collapsed

if TYPE_CHECKING:
    import tree_sitter

# `default` and `union` are words of the language in some places, and names like others here.
NAMES = frozenset({"identifier", "self", "crate", "super", "metavariable", "primitive_type", "default", "union"})
LITERALS = {"string_literal": "str", "integer_literal": "i32", "float_literal": "f64", "boolean_literal": "bool"}
PREFIXES = frozenset({"&", "*", "mut", "ref"})
# What a macro of the standard library gives.
SAME_AS_ARGUMENT = frozenset({"dbg", "pin", "addr_of"})
TEXTS = frozenset({"format", "concat", "stringify", "include_str", "env", "file"})

Tokens = list["tree_sitter.Node"]


class Macros(Code):
    """Reads `name`, `a::b`, `.name`, `(…)`, `[…]`, `?` and `name!(…)` out of tokens; the rest is passed over.

    Attributes: handing: what the method whose arguments are read hands to a closure.
    """

    handing: Expr = None

    def macro_call(self, node: tree_sitter.Node) -> Expr:
        macro = node.child_by_field_name("macro")
        if macro is None:
            return None
        trees = [child for child in node.named_children if child.type == "token_tree"]
        values = self.tokens(trees[-1]) if trees else ()
        return self.called_macro(self.macro_name(self.path_expr(macro)), self.text_at(macro), values, self.place(node))

    @staticmethod
    def macro_name(expr: Expr) -> Expr:
        """Macros have names of their own kind, written with the mark."""
        return (*expr[:-1], f"{expr[-1]}!") if expr is not None and expr[0] in "na" else None

    def called_macro(self, callee: Expr, text: str, values: tuple[Expr, ...], place: tuple) -> Expr:
        self.add_call(("c", callee, (), ()), "macro", f"{text}!", place, self.scope)
        if text == "vec":
            return ("l", "[]", values)
        if text in TEXTS:
            return ("k", "String", None)
        return values[0] if text in SAME_AS_ARGUMENT and values else None

    def tokens(self, tree: tree_sitter.Node) -> tuple[Expr, ...]:
        """Values of the arguments between the commas; None for those that are more than a chain of calls."""
        if self.depth > 60:
            return ()
        self.depth += 1
        with self.block():
            found = self.arguments_in(tree.children[1:-1])
        self.depth -= 1
        return found

    def arguments_in(self, tokens: Tokens) -> tuple[Expr, ...]:
        found: list[Expr] = []
        value: Expr = None
        fresh, at = True, 0
        while at < len(tokens):
            token = tokens[at]
            kind = token.type
            if kind in NAMES:
                value, at = self.chain(tokens, at)
                value = value if fresh else None
            elif kind == "token_tree":
                inner = self.tokens(token)
                value, at = (inner[0] if fresh and len(inner) == 1 else None), at + 1
            elif kind in (",", ";", "=>"):
                found.append(value)
                value, at = None, at + 1
            elif kind in ("|", "||") and fresh:
                value, at = self.token_closure(tokens, at)
                fresh = False
                continue
            else:
                value = ("k", LITERALS[kind], None) if fresh and kind in LITERALS else None
                at += 1
            fresh = kind in (",", ";", "=>") or (fresh and kind in PREFIXES)
        return (*found, value) if tokens and tokens[-1].type != "," else tuple(found)

    def token_closure(self, tokens: Tokens, at: int) -> tuple[Expr, int]:
        """A closure: what stands between the bars, and its body up to the next comma. Its value and where it ends."""
        start, given = tokens[at], self.handing
        self.handing = None
        at += 1
        if start.type == "|":
            first = at
            while at < len(tokens) and tokens[at].type != "|":
                at += 1
            names, at = tokens[first:at], at + 1
        else:
            names = []
        end = at
        while end < len(tokens) and tokens[end].type not in (",", ";", "=>"):
            end += 1
        last = tokens[min(max(end - 1, at - 1), len(tokens) - 1)]
        header = collapsed(
            self.source[start.start_byte : tokens[min(at, len(tokens)) - 1].end_byte].decode("utf-8", "replace")
        )
        draft = self.open_lambda(start, header, None, last)
        with self.within(draft, sees_locals=True):
            self.token_parameters(names, given)
            values = self.arguments_in(tokens[at:end])
            draft.returns.append(values[0] if len(values) == 1 else None)
        return ("d", draft.node), end

    def token_parameters(self, tokens: Tokens, given: Expr) -> None:
        """The names before a colon; the first of several in brackets is not told from the others."""
        position, skip = 0, False
        for token in tokens:
            if token.type == ",":
                position, skip = position + 1, False
            elif token.type == ":":
                skip = True
            elif token.type == "identifier" and not skip:
                name = self.text_at(token)
                self.scope.parameters.append(Parameter(name, "p", given if position == 0 else None, None))
                self.declare_parameter(name, len(self.scope.parameters) - 1, self.row(token))
                skip = True
            elif token.type == "token_tree":
                for one in token.children:
                    if one.type == "identifier":
                        self.declare(self.text_at(one), None, self.row(one))

    def chain(self, tokens: Tokens, at: int) -> tuple[Expr, int]:
        """A path and what follows it: members, calls, indexes. Its value, and the position after it."""
        start = tokens[at]
        callee, at = self.token_path(tokens, at)
        used = False  # whether a call or a reference says already what the chain begins with
        while at < len(tokens):
            kind = tokens[at].type
            after = tokens[at + 1] if at + 1 < len(tokens) else None
            if kind == "!" and after is not None and after.type == "token_tree" and not used:
                text = self.text_between(start, tokens[at])
                place = (*start.start_point, *after.end_point)
                callee = self.called_macro(self.macro_name(callee), text, self.tokens(after), place)
                used, at = True, at + 2
            elif kind == "token_tree" and self.opens(tokens[at]) == "(":
                callee = self.token_call(callee, start, tokens[at])
                used, at = True, at + 1
            elif kind == "token_tree" and self.opens(tokens[at]) == "[":
                self.tokens(tokens[at])
                callee, at = ("s", callee, None), at + 1
            elif kind == "token_tree" and not used and callee is not None and self.text_at(start)[:1].isupper():
                place = (*start.start_point, *tokens[at].end_point)
                callee = ("c", callee, (), ())
                self.add_call(callee, "new", self.text_between(start, tokens[at]), place, self.scope)
                self.tokens(tokens[at])
                used, at = True, at + 1
            elif kind == "." and after is not None and after.type in ("identifier", "integer_literal"):
                name = self.text_at(after)
                callee, used, at = ("a", callee, name), used, at + 2
            elif kind == "::" and after is not None and after.type == "<":
                at = self.after_angle(tokens, at + 1)
            elif kind == "." and after is not None and after.type == "await":
                callee, at = ("w", callee), at + 2
            elif kind == "?":
                callee, at = ("i", callee), at + 1
            else:
                break
        if not used and callee is not None and not (callee[0] == "n" and self.is_here(callee[1])):
            self.refer("read", callee, (*start.start_point, *tokens[at - 1].end_point), self.scope)
        return callee, at

    def is_here(self, name: str) -> bool:
        return name == "self" or "'" in name or name in self.scope.names

    def token_call(self, callee: Expr, start: tree_sitter.Node, tree: tree_sitter.Node) -> Expr:
        self.handing = (
            ("i", callee[1]) if callee is not None and callee[0] == "a" and callee[2] in GIVING_ITEMS else None
        )
        args = self.tokens(tree)
        self.handing = None
        if callee is not None and callee[0] == "n" and callee[1] in WRAPPING:
            return ("l", WRAPPING[callee[1]], args)
        if callee is not None and callee[0] == "n" and callee[1] in PLAIN:
            return None
        expr: Expr = ("c", callee, args, ())
        place = (*start.start_point, *tree.end_point)
        self.add_call(expr, "", self.text_between(start, tree), place, self.scope)
        return expr

    def token_path(self, tokens: Tokens, at: int) -> tuple[Expr, int]:
        """`a::b::c`, with the generic arguments between left out."""
        first = self.text_at(tokens[at])
        at += 1
        more: list[str] = []
        while at + 1 < len(tokens) and tokens[at].type == "::":
            if tokens[at + 1].type == "<":
                at = self.after_angle(tokens, at + 1)
            elif tokens[at + 1].type in NAMES:
                more.append(self.text_at(tokens[at + 1]))
                at += 2
            else:
                break
        return self.path_of(first, more), at

    def path_of(self, first: str, more: list[str]) -> Expr:
        expr: Expr
        if not more:
            own = self.local(first)
            return ("n", own) if own else self.self_type() if first == "Self" else ("n", first)
        if first in ("self", "super"):
            up = first == "super"
            while more and more[0] == "super":
                up, more = up + 1, more[1:]
            expr = self.above(int(up))
        else:
            expr = self.type_name(first)
        for name in more:
            expr = ("a", expr, name) if expr is not None else None
        return expr

    @staticmethod
    def after_angle(tokens: Tokens, at: int) -> int:
        depth = 0
        while at < len(tokens):
            kind = tokens[at].type
            depth += (kind == "<") - (kind == ">") - 2 * (kind == ">>")
            at += 1
            if depth <= 0:
                break
        return at

    def opens(self, tree: tree_sitter.Node) -> str:
        return chr(self.source[tree.start_byte])

    def text_between(self, start: tree_sitter.Node, end: tree_sitter.Node) -> str:
        return self.source[start.start_byte : end.start_byte].decode("utf-8", "replace").strip()
