"""From a node and its new text to edits: where text goes, how a new node is spaced, how imports are added."""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence

from remora.codegraph.hunks import lines_of
from remora.codegraph.proposal import Edit
from remora.config import TddClass
from remora.errors import UserError
from remora.isg.imports import imports_span
from remora.isg.values import FileGraph, Node, Span
from remora.repo.text import body_hash


def replace_node(base: str, node: Node, future: str, tdd_class: TddClass) -> Edit:
    """The node's text, from its own column, becomes `future`."""
    current = node.span.cut(base)
    return Edit(
        node.key, "Edit", node.path, _rows(node.span), body_hash(current), current, future.strip("\n"), tdd_class
    )


def delete_node(base: str, node: Node, tdd_class: TddClass) -> Edit:
    """The node's rows go, with the blank rows above it, so that its neighbours keep their distance."""
    current = node.span.cut(base)
    start, end = node.span.start_row, node.span.end_row + (node.span.end_col > 0)
    rows = lines_of(base)
    while start > 0 and not rows[start - 1].strip():
        start -= 1
    return Edit(node.key, "Delete", node.path, (start, 0, end, 0), body_hash(current), current, "", tdd_class)


def create_node(
    base: str, graph: FileGraph, path: str, qualname: str, key: str, code: str, tdd_class: TddClass
) -> Edit:
    """A new node stands at the end of its class, or of the file.

    Raises:
        UserError: the class that should hold it is not in the file.
    """
    outer, _, _ = qualname.rpartition(".")
    rows = lines_of(base)
    code = code.strip("\n")
    if not outer:
        lead = "\n\n" if rows else ""
        at = len(rows)
    else:
        parent = next((n for n in graph.nodes if n.qualname == outer and n.kind == "class"), None)
        if parent is None:
            raise UserError(
                f"{path} has no class {outer}. Create the class first, or name another one.", code="unknown_node"
            )
        at = parent.span.end_row + (parent.span.end_col > 0)
        lead = "\n"
        code = indented(code, _body_indent(rows, parent))
    return Edit(key, "Create", path, (at, 0, at, 0), body_hash(""), "", lead + code + "\n", tdd_class)


def _body_indent(rows: Sequence[str], parent: Node) -> str:
    for row in rows[parent.span.start_row + 1 : parent.span.end_row + 1]:
        indent = row[: len(row) - len(row.lstrip())]
        if row.strip() and len(indent.encode()) > parent.span.start_col:
            return indent
    return " " * (parent.span.start_col + 4)


def indented(code: str, indent: str) -> str:
    """`code` moved right by `indent`, unless it already stands there."""
    rows = code.split("\n")
    if rows[0].startswith(indent) and indent:
        return code
    return "\n".join(indent + row if row.strip() else row for row in rows)


def add_imports(base: str, path: str, module_key: str, imports: Sequence[str], tdd_class: TddClass) -> Edit | None:
    """The import statements of `imports` that the file does not have yet, added to its import run; None when there are none.

    `from m import a` joins nothing: it becomes a line of its own. One of the standard library follows the last such
    line, where there is one; any other stands at the end.
    """
    have = _imported(base)
    lines = [line for line in dict.fromkeys(imports) if not _imported(line) <= have]
    if not lines:
        return None
    span = imports_span(path, base)
    current = span.cut(base)
    key = module_key.replace("<module>", "<imports>")
    if current:
        future = _joined(current.rstrip("\n"), lines)
        return Edit(key, "Edit", path, _rows(span), body_hash(current), current, future, tdd_class)
    rows = lines_of(base)
    at = span.start_row
    above = "\n" if at > 0 and rows[at - 1].strip() else ""
    below = "\n" if at < len(rows) and rows[at].strip() else ""
    future = above + "\n".join(lines) + "\n" + below
    return Edit(key, "Edit", path, (at, 0, at, 0), body_hash(""), "", future, tdd_class)


def _joined(run: str, lines: Sequence[str]) -> str:
    """The import run with `lines` in it."""
    rows = run.split("\n")
    standard = [item.end_lineno or item.lineno for item in _imports(run) if _is_standard(item)]
    at = max(standard, default=len(rows))
    early = [line for line in lines if _is_standard(_imports(line)[0])]
    late = [line for line in lines if line not in early]
    return "\n".join([*rows[:at], *early, *rows[at:], *late])


def _is_standard(item: ast.Import | ast.ImportFrom) -> bool:
    if isinstance(item, ast.ImportFrom):
        return item.level == 0 and (item.module or "").partition(".")[0] in sys.stdlib_module_names
    return all(name.name.partition(".")[0] in sys.stdlib_module_names for name in item.names)


def import_lines(text: str) -> list[str]:
    """The import statements at the top level of `text`, one line each; none when it does not parse."""
    return [ast.unparse(item) for item in _imports(text)]


def _imported(text: str) -> set[tuple]:
    """What the top level of `text` imports, one tuple per bound name."""
    found: set[tuple] = set()
    for item in _imports(text):
        if isinstance(item, ast.Import):
            found |= {("import", name.name, name.asname) for name in item.names}
        else:
            found |= {("from", item.level, item.module, name.name, name.asname) for name in item.names}
    return found


def _imports(text: str) -> list[ast.Import | ast.ImportFrom]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return [item for item in tree.body if isinstance(item, ast.Import | ast.ImportFrom)]


def _rows(span: Span) -> tuple[int, int, int, int]:
    return (span.start_row, span.start_col, span.end_row, span.end_col)
