"""Statements of Python. Each function takes the reader, a syntax node and how deep it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from remora.isg.facts import CallFact, Expr, ImportFact
from remora.isg.languages.python.annotations import TYPE, annotation, type_variable
from remora.isg.languages.python.expressions import (
    AS_TARGET,
    ATTRIBUTE,
    COMMENT,
    EXPRESSIONS,
    IDENTIFIER,
    PARENTHESES,
    SUBSCRIPT,
    anything,
    bind_chain,
    bind_target,
    callee,
    code,
    iteration,
    subscript,
)
from remora.isg.languages.python.plain import ASSIGNED, MAX_PLAIN, plain_call, plain_value
from remora.isg.languages.python.state import MAX_DEPTH, Handler, State, dispatch, kinds

if TYPE_CHECKING:
    import tree_sitter

    from remora.isg.languages.python.reader import PythonReader

BLOCK = kinds("block")
ASSIGNMENT = kinds("assignment")
AUGMENTED = kinds("augmented_assignment")
STRING = kinds("string")
CALL = kinds("call")
AS_PATTERN = kinds("as_pattern")
WITH_ITEM = kinds("with_item")
WITH_CLAUSE = kinds("with_clause")
TUPLE = kinds("tuple")
ALIASED = kinds("aliased_import")
DOTTED = kinds("dotted_name")
RELATIVE = kinds("relative_import")
WILDCARD = kinds("wildcard_import")
EXCEPT = kinds("except_clause")
FINALLY = kinds("finally_clause")
CASE = kinds("case_clause")
LEAVES = kinds(
    "expression_statement",
    "return_statement",
    "import_statement",
    "import_from_statement",
    "future_import_statement",
    "pass_statement",
    "break_statement",
    "continue_statement",
    "raise_statement",
    "assert_statement",
    "delete_statement",
    "global_statement",
    "nonlocal_statement",
    "type_alias_statement",
    "print_statement",
    "exec_statement",
    "ERROR",
) | {0xFFFF}
CLASS_NAME = re.compile(r"[\w.]*?\b_*[A-Z]\w*", re.ASCII)
GATE = re.compile(r"TYPE_CHECKING|sys\.(?:version_info|platform|implementation)|os\.name|platform\.system|PY[23]\b")
FROM = re.compile(
    r"from ([\w.]++) import (?:\(\s*+)?+(\w++(?: as \w++)?+(?:\s*+,\s*+\w++(?: as \w++)?+)*+)\s*+,?+\s*+\)?+", re.ASCII
)
OPTIONAL = re.compile(r"\b(?:ImportError|ModuleNotFoundError)\b")


def block(self: State, node: tree_sitter.Node, depth: int) -> None:
    """The statements of a module or a block; `last_end` is kept at the end of the last one."""
    if depth > MAX_DEPTH:
        self.deep = True
        return
    statements(self, node.named_children, depth)


def statements(self: State, children: list[tree_sitter.Node], depth: int) -> None:
    last = None
    for child in children:
        kind = child.kind_id
        if kind != COMMENT:
            STATEMENTS[kind](self, child, depth + 1)
            last = child, kind
    if last is not None and last[1] in LEAVES:  # others end in a block of their own
        self.last_end = last[0].end_byte


def branch(self: State, node: tree_sitter.Node, depth: int) -> None:
    """A compound statement or one of its clauses: expressions first, then blocks that may not run."""
    if depth > MAX_DEPTH:
        self.deep = True
        return
    for child in node.named_children:
        kind = child.kind_id
        if kind in BLOCK:
            self.branch += 1
            block(self, child, depth)
            self.branch -= 1
        else:
            STATEMENTS[kind](self, child, depth + 1)


def certain(self: State, node: tree_sitter.Node, depth: int) -> None:
    """`finally`: its block always runs."""
    for child in node.named_children:
        (block if child.kind_id in BLOCK else STATEMENTS[child.kind_id])(self, child, depth + 1)


def expression_statement(self: State, node: tree_sitter.Node, depth: int) -> None:
    start, end = node.start_byte, node.end_byte
    if end - start <= MAX_PLAIN and self.ascii:
        text = self.raw[start:end]
        target = ASSIGNED.match(text)
        if target is not None:
            if plain_assignment(self, text, target, start):
                return
        elif (value := plain_call(self, text, start)) is not None:
            if self.scope is self.module:
                cast("PythonReader", self).exported_call(value)
            return
    for child in node.named_children:
        kind = child.kind_id
        if kind in ASSIGNMENT:
            assignment(self, child, depth)
        elif kind in AUGMENTED:
            augmented(self, child, depth)
        elif kind not in STRING or self.raw[child.start_byte] in "fFrRtT":
            value = EXPRESSIONS[kind](self, child, depth)
            if kind in CALL and self.scope is self.module:
                cast("PythonReader", self).exported_call(value)


def plain_assignment(self: State, text: str, target: re.Match[str], start: int) -> bool:
    """`name = …` or `self.name = …` with a plain value, read from its text; False when it is not plain."""
    name = target[1]
    if name == "__all__":
        return False
    value = plain_value(self, text[target.end() :], start + target.end())
    if value is None:
        return False
    if value[0] == "c":
        type_variable(self, value, start + target.end(), start + len(text))
    if "." not in name and self.scope.kind == "function":
        self.bind(name, value, start)
    else:
        bind_chain(self, name, start, value, start, start + len(text))
    return True


def assignment(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    """Bind what stands on the left; gives the value, for `a = b = c`."""
    parts = code(node)
    if not parts or depth > MAX_DEPTH:
        return anything(self, node, depth)
    declared, value = None, None
    for one in parts[1:]:
        kind = one.kind_id
        if kind in TYPE:
            declared = ("A", annotation(self, one, "type", self.scope))
        elif kind in ASSIGNMENT:
            value = assignment(self, one, depth + 1)
        else:
            value = EXPRESSIONS[kind](self, one, depth)
            if kind in CALL:
                type_variable(self, value, one.start_byte, one.end_byte)
    target = parts[0]
    if self.scope is self.module and target.kind_id == IDENTIFIER and self.at(target) == "__all__":
        cast("PythonReader", self).exported_names(value, more=False)
    if declared is not None and declared[1] is not None:
        value = ("o", (value, declared)) if value is not None else declared
        if target.kind_id == IDENTIFIER and self.scope.kind == "class":
            self.scope.extra.setdefault("annotated", {})[self.mangled(self.at(target))] = declared[1]  # ty: ignore
    bind_target(self, target, value, node)
    return value


def augmented(self: State, node: tree_sitter.Node, depth: int) -> None:
    """`x += y`: what was bound before may still be what is meant."""
    parts = code(node)
    if len(parts) != 2:
        anything(self, node, depth)
        return
    value = EXPRESSIONS[parts[1].kind_id](self, parts[1], depth)
    target = parts[0]
    if target.kind_id == IDENTIFIER:
        name = self.at(target)
        if self.scope is self.module and name == "__all__":
            cast("PythonReader", self).exported_names(value, more=True)
        self.reads.setdefault(name, (target.start_byte, ("n", self.mangled(name))))
        self.branch += 1
        self.bind(name, value if value is not None and value[0] in "lo" else None, node.start_byte)
        self.branch -= 1
    elif target.kind_id == ATTRIBUTE or target.kind_id == SUBSCRIPT:
        left = (callee if target.kind_id == ATTRIBUTE else subscript)(self, target, depth)
        where = left if left is None or left[0] == "a" else left[1]
        if where is not None and where[0] in "na":
            self.refer("write", where, self.place_of(target.start_byte, target.end_byte), self.scope)
    else:
        EXPRESSIONS[target.kind_id](self, target, depth)


def returned(self: State, node: tree_sitter.Node, depth: int) -> None:
    for one in code(node):
        value = EXPRESSIONS[one.kind_id](self, one, depth)
        scope = self.scope
        if value not in scope.returns:
            scope.returns.append(value)


def deleted(self: State, node: tree_sitter.Node, depth: int) -> None:
    for one in code(node):
        targets = code(one) if one.type == "expression_list" else [one]
        for target in targets:
            if target.kind_id == IDENTIFIER:
                self.branch += 1
                self.bind(self.at(target), None, node.start_byte)
                self.branch -= 1
            else:
                EXPRESSIONS[target.kind_id](self, target, depth)


def declared_global(self: State, node: tree_sitter.Node, depth: int) -> None:
    if self.scope is self.module:
        return
    self.redirects = dict(self.redirects)
    for one in code(node):
        self.redirects[self.at(one)] = self.module
        place = (one.start_byte, one.end_byte)
        self.spots.setdefault((0, self.at(one)), (*place, *place))


def declared_nonlocal(self: State, node: tree_sitter.Node, depth: int) -> None:
    self.redirects = dict(self.redirects)
    for one in code(node):
        name, here = self.at(one), self.scope.around
        nearest = here
        while here is not None and not (here.kind == "function" and name in here.names):
            here = here.around
        where = here or nearest
        if where is not None and where.kind == "function":
            self.redirects[name] = where


def raised(self: State, node: tree_sitter.Node, depth: int) -> None:
    parts = code(node)
    for number, one in enumerate(parts):
        kind = one.kind_id
        value = (callee if kind in (IDENTIFIER, ATTRIBUTE) else EXPRESSIONS[kind])(self, one, depth)
        if number or value is None:
            continue
        name = self.line(one).partition("(")[0]
        if CLASS_NAME.fullmatch(name):
            raises = cast("PythonReader", self).raises
            raises.setdefault(self.scope.node, {})[name] = None
        if kind in (IDENTIFIER, ATTRIBUTE):
            place = self.place_of(one.start_byte, one.end_byte)
            self.calls.append(CallFact(self.scope.number, ("c", value, (), ()), "raise", name[:80], place))


def loop(self: State, node: tree_sitter.Node, depth: int) -> None:
    """`for target in value: …`"""
    if depth > MAX_DEPTH:
        self.deep = True
        return
    parts = code(node)
    if len(parts) < 2 or parts[1].kind_id in BLOCK:
        branch(self, node, depth)
        return
    value = EXPRESSIONS[parts[1].kind_id](self, parts[1], depth)
    iteration(self, value, parts[1], asynchronous=self.raw.startswith("async", node.start_byte))
    self.branch += 1
    bind_target(self, parts[0], ("i", value) if value is not None else None, node)
    self.branch -= 1
    for child in parts[2:]:
        if child.kind_id in BLOCK:
            self.branch += 1
            block(self, child, depth)
            self.branch -= 1
        else:
            STATEMENTS[child.kind_id](self, child, depth + 1)


def with_statement(self: State, node: tree_sitter.Node, depth: int) -> None:
    if depth > MAX_DEPTH:
        self.deep = True
        return
    asynchronous = self.raw.startswith("async", node.start_byte)
    for child in node.named_children:
        if child.kind_id in BLOCK:
            block(self, child, depth)
        elif child.kind_id in WITH_CLAUSE:
            for item in code(child):
                entered(self, item, node, asynchronous, depth)
        else:
            STATEMENTS[child.kind_id](self, child, depth + 1)


def entered(self: State, item: tree_sitter.Node, node: tree_sitter.Node, asynchronous: bool, depth: int) -> None:
    """One context manager: `value as target`, also in parentheses."""
    while item.kind_id in WITH_ITEM or item.kind_id == PARENTHESES:
        parts = code(item)
        if len(parts) != 1:
            break
        item = parts[0]
    if item.kind_id in TUPLE:
        for one in code(item):
            entered(self, one, node, asynchronous, depth + 1)
        return
    parts = code(item) if item.kind_id in AS_PATTERN else [item]
    if not parts or depth > MAX_DEPTH:
        return
    value = EXPRESSIONS[parts[0].kind_id](self, parts[0], depth)
    if value is not None:
        before = "__a" if asynchronous else "__"
        place = self.place_of(parts[0].start_byte, parts[0].end_byte)
        text = self.line(parts[0])[:64]
        for method in (f"{before}enter__", f"{before}exit__"):
            self.calls.append(
                CallFact(self.scope.number, ("c", ("a", value, method), (), ()), "with", f"{text}.{method}", place)
            )
    for target in parts[1:]:
        bind_target(self, target, ("e", value) if value is not None else None, node)


def tried(self: State, node: tree_sitter.Node, depth: int) -> None:
    """`try`: what it imports is optional when a handler takes the ImportError."""
    clauses = [one for one in node.named_children if one.kind_id in EXCEPT]
    gate = self.gate
    if any(OPTIONAL.search(self.raw, one.start_byte, header_end(one)) for one in clauses):
        self.gate = joined_gate(gate, "except ImportError")
    branch(self, node, depth)
    self.gate = gate


def header_end(node: tree_sitter.Node) -> int:
    body = next((one for one in node.named_children if one.kind_id in BLOCK), None)
    return body.start_byte if body is not None else node.end_byte


def handler(self: State, node: tree_sitter.Node, depth: int) -> None:
    """`except E as e`"""
    for child in node.named_children:
        kind = child.kind_id
        if kind in BLOCK:
            self.branch += 1
            block(self, child, depth)
            self.branch -= 1
        elif kind in AS_PATTERN:
            parts = code(child)
            value = caught(self, parts[0], depth) if parts else None
            self.branch += 1
            for target in parts[1:]:
                for name in code(target) if target.kind_id in AS_TARGET else [target]:
                    if name.kind_id == IDENTIFIER:
                        self.bind(self.at(name), ("x", value) if value is not None else None, child.start_byte)
            self.branch -= 1
        elif kind != COMMENT:
            caught(self, child, depth)


def caught(self: State, node: tree_sitter.Node, depth: int) -> Expr:
    """The classes a handler takes."""
    while node.kind_id == PARENTHESES and len(code(node)) == 1:
        node = code(node)[0]
    parts = code(node) if node.kind_id in TUPLE else [node]
    found = []
    for one in parts:
        kind = one.kind_id
        value = (callee if kind in (IDENTIFIER, ATTRIBUTE) else EXPRESSIONS[kind])(self, one, depth)
        found.append(value)
        if value is not None and value[0] in "na":
            self.refer("except", value, self.place_of(one.start_byte, one.end_byte), self.scope)
    return ("l", "tuple", tuple(found)) if node.kind_id in TUPLE else found[0]


def chosen(self: State, node: tree_sitter.Node, depth: int) -> None:
    """`if`: the gate of what stands in it, when it asks for a version, a platform or a type checker."""
    if depth > MAX_DEPTH:
        self.deep = True
        return
    if not GATE.search(self.raw, node.start_byte, header_end(node)):
        branch(self, node, depth)
        return
    parts = code(node)
    text = self.line(parts[0]) if parts and parts[0].kind_id not in BLOCK else ""
    gate = self.gate
    for child in node.named_children:
        kind = child.kind_id
        if kind in BLOCK:
            self.gate = joined_gate(gate, text.removeprefix("typing."))
            self.branch += 1
            block(self, child, depth)
            self.branch -= 1
        else:
            self.gate = joined_gate(gate, f"not ({text.removeprefix('typing.')})")
            STATEMENTS[kind](self, child, depth + 1)
    self.gate = gate


def joined_gate(outer: str, inner: str) -> str:
    return (f"{outer} and {inner}" if outer and outer != inner else inner)[:120]


def imported(self: State, node: tree_sitter.Node, depth: int) -> None:
    """`import a.b as c, d`"""
    for one in code(node):
        module, alias = name_and_alias(self, one)
        if module:
            add_import(self, node, module, "", alias or module)


def imported_from(self: State, node: tree_sitter.Node, depth: int) -> None:
    """`from .a import b as c`"""
    start, end = node.start_byte, node.end_byte
    plain = FROM.fullmatch(self.raw, start, end) if self.ascii else None
    if plain is not None:
        for part in plain[2].split(","):
            name, _, alias = part.partition(" as ")
            name = name.strip()
            if name:
                add_import(self, node, plain[1], name, alias.strip() or name)
        return
    parts = code(node)
    if not parts:
        return
    module = "".join(self.at(parts[0]).split())
    for one in parts[1:]:
        if one.kind_id in WILDCARD:
            add_import(self, node, module, "*", "")
        elif one.kind_id in DOTTED or one.kind_id in ALIASED:
            name, alias = name_and_alias(self, one)
            if name:
                add_import(self, node, module, name, alias or name)


def name_and_alias(self: State, node: tree_sitter.Node) -> tuple[str, str]:
    if node.kind_id in ALIASED:
        parts = code(node)
        return ("".join(self.at(parts[0]).split()), self.at(parts[1])) if len(parts) == 2 else ("", "")
    return ("".join(self.at(node).split()), "") if node.kind_id in DOTTED else ("", "")


def add_import(self: State, node: tree_sitter.Node, module: str, name: str, alias: str) -> None:
    number = len(self.imports)
    place = self.place_of(node.start_byte, node.end_byte)
    self.imports.append(ImportFact(self.scope.number, module, name, alias, self.gate, place))
    if alias:
        self.bind(alias.partition(".")[0], ("I", number), node.start_byte)


def definition(self: State, node: tree_sitter.Node, depth: int) -> None:
    cast("PythonReader", self).define(node, node, [], depth)


def decorated(self: State, node: tree_sitter.Node, depth: int) -> None:
    cast("PythonReader", self).decorated(node, depth)


def alias_statement(self: State, node: tree_sitter.Node, depth: int) -> None:
    cast("PythonReader", self).type_alias(node)


def matched(self: State, node: tree_sitter.Node, depth: int) -> None:
    from remora.isg.languages.python.matching import match

    match(self, node, depth)


def ignored(self: State, node: tree_sitter.Node, depth: int) -> None:
    """A comment, `pass`, `break`, …"""


def other(self: State, node: tree_sitter.Node, depth: int) -> None:
    """Expressions, and what the grammar could make nothing of: definitions in it count all the same."""
    if node.is_error:
        block(self, node, depth)
    else:
        EXPRESSIONS[node.kind_id](self, node, depth)


STATEMENTS: dict[int, Handler] = dispatch(
    {
        "expression_statement": expression_statement,
        "assignment": assignment,
        "augmented_assignment": augmented,
        "return_statement": returned,
        "delete_statement": deleted,
        "global_statement": declared_global,
        "nonlocal_statement": declared_nonlocal,
        "raise_statement": raised,
        "if_statement": chosen,
        "elif_clause": branch,
        "else_clause": branch,
        "while_statement": branch,
        "for_statement": loop,
        "with_statement": with_statement,
        "try_statement": tried,
        "except_clause": handler,
        "except_group_clause": handler,
        "finally_clause": certain,
        "match_statement": matched,
        "import_statement": imported,
        "import_from_statement": imported_from,
        "future_import_statement": ignored,
        "function_definition": definition,
        "class_definition": definition,
        "decorated_definition": decorated,
        "type_alias_statement": alias_statement,
        "block": block,
        "comment": ignored,
        "pass_statement": ignored,
        "break_statement": ignored,
        "continue_statement": ignored,
    },
    other,
)
