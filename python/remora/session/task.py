"""What a node agent is told of a selection: the node's text, the selected part of it, and what stands around it."""

from __future__ import annotations

import ast
import textwrap

from remora.codegraph.edits import import_lines
from remora.codegraph.hunks import lines_of
from remora.isg.graph import Graph
from remora.isg.values import Node
from remora.session.selection import Selection
from remora.swarm import Task


def task_of(selection: Selection, node: Node, text: str, graph: Graph) -> Task:
    """`text` is the file's; callers and callees come from the stored graph."""
    rows = lines_of(text)
    first = rows[node.span.start_row] if rows else ""
    return Task(
        key=node.key,
        path=selection.path,
        kind=node.kind,
        name=node.name,
        text=node.span.cut(text),
        indent=first.encode()[: node.span.start_col].decode(),
        request=selection.request,
        focus=_focus(selection, node, rows),
        context=_context(graph, node, text),
        outer=node.qualname.rpartition(".")[0].rpartition(".")[2] or None,
    )


def _focus(selection: Selection, node: Node, rows: list[str]) -> str:
    """The selected rows, when they are a true part of the node."""
    if selection.span is None:
        return ""
    first, _, last, last_col = selection.span
    last = last if last_col > 0 else last - 1
    node_last = node.span.end_row - (node.span.end_col == 0)
    if first <= node.span.start_row and last >= node_last:
        return ""
    # `vif` selects the body: that is the node, said another way.
    if last >= node_last and first <= _body_row(node, rows):
        return ""
    return "\n".join(rows[max(first, node.span.start_row) : last + 1])


def _context(graph: Graph, node: Node, text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What the agent may know, most worthy first: imports, its class, what it calls, who calls it."""
    found: list[tuple[str, tuple[str, ...]]] = []
    imports = import_lines(text)
    if imports:
        found.append(("Imports of the file, already there:", tuple(imports)))
    outer = node.qualname.rpartition(".")[0]
    if outer and node.kind == "method":
        siblings = [n for n in graph.refresh(node.path, text).nodes if n.qualname.rpartition(".")[0] == outer]
        lines = tuple(f"    {n.signature}" for n in siblings if n.key != node.key)
        found.append((f"Other members of class {outer}, already there:", lines))
    calls = tuple(dict.fromkeys(f"    {n.node.signature}" for n in graph.callees(node.key) if n.node.signature))
    if calls:
        found.append(("Functions it calls, already there:", calls))
    callers = tuple(dict.fromkeys(f"    {n.node.qualname} in {n.node.path}" for n in graph.callers(node.key)))
    if callers:
        found.append(("It is called by:", callers))
    return tuple(found)


def _body_row(node: Node, rows: list[str]) -> int:
    """The file's row on which the node's body starts."""
    source = textwrap.dedent("\n".join(rows[node.span.start_row : node.span.end_row + 1]))
    try:
        definition = ast.parse(source).body[0]
    except (SyntaxError, ValueError, IndexError):
        return node.span.start_row
    body = getattr(definition, "body", None)
    return node.span.start_row + (body[0].lineno - 1 if body else 0)
