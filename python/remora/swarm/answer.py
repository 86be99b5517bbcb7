"""Reading a model's answer: strict first, then the repairs of doc/protocol.md in their order, each recorded.

The result is always one definition of the asked kind and name that parses where it will stand, or a `ToolRefused` that
tells the model exactly what was wrong.
"""

from __future__ import annotations

import ast
import io
import re
import textwrap
import tokenize
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from remora.errors import ToolRefused
from remora.swarm.prompt import Task

_FENCE = re.compile(r"^[ \t]*(```+|~~~+)[ \t]*([\w+-]*)[ \t]*$", re.MULTILINE)
_ELISION = re.compile(
    r"^\s*(?:#|\.\.\.).*\b(?:rest of|unchanged|existing code|remaining|same as before|previous code)\b", re.I | re.M
)
_IMPORT = re.compile(r"^\s*(?:import\s+\w|from\s+[\w.]+\s+import\b)")


@dataclass(frozen=True)
class Answer:
    """`text` starts at the node's own column; `imports` are whole statements; `repairs` say what was mended."""

    text: str
    imports: tuple[str, ...]
    repairs: tuple[str, ...]


def read_answer(answer: str, task: Task) -> Answer:
    """Take the node's new text out of `answer`.

    Raises:
        ToolRefused: it is empty, elided, does not parse, or holds anything but the one definition.
    """
    repairs: list[str] = []
    code = _code(answer.replace("\r\n", "\n"), task, repairs)
    if not code.strip():
        raise ToolRefused("it is empty.")
    if (elided := _ELISION.search(code)) and elided[0].strip() not in task.text:
        raise ToolRefused(f"it leaves code out ({elided[0].strip()!r}). Write out every line.")
    imports, code = _split_imports(code, repairs)
    text, tree = _placed(code, task, repairs)
    text, definition = _only_definition(text, tree, task, repairs)
    _same_name(definition, task)
    text = _with_decorators(text, definition, task, repairs)
    text = text.removeprefix(task.indent).rstrip()
    return Answer(text, tuple(line for line in imports if _serves(line, text)), tuple(repairs))


def unasked_decorator(answer: Answer, task: Task) -> str | None:
    """A decorator that the node did not have and the request does not speak of; models copy them from neighbours."""
    words = [word for word in re.findall(r"[a-z]{4,}", task.request.lower()) if word not in ("that", "with", "this")]
    for line in _decorators(answer.text):
        name = re.split(r"[.(]", line.removeprefix("@").partition("(")[0])[-1].lower()
        asked = "decorator" in words or any(word in name or part in word for word in words for part in name.split("_"))
        if line not in _decorators(task.text) and not asked:
            return line
    return None


def _decorators(text: str) -> list[str]:
    return [row.strip() for row in text.split("\n") if row.lstrip().startswith("@")]


def preview(partial: str, indent: str) -> str:
    """What to show of an unfinished answer: the code so far, at the node's indentation."""
    opened = _FENCE.search(partial)
    if opened is None:
        return "" if partial.lstrip().startswith(("`", "~")) or len(partial) < 40 else partial
    body = partial[opened.end() + 1 :]
    closed = re.search(r"^[ \t]*(```|~~~)", body, re.MULTILINE)
    body = body[: closed.start()] if closed else re.sub(r"\n[ \t]*`{1,2}$", "\n", body)
    rows = body.split("\n")
    while rows and (not rows[0].strip() or _IMPORT.match(rows[0])):
        rows.pop(0)
    body = "\n".join(rows)
    first = rows[0] if rows else ""
    if indent and first and not first.startswith(indent):
        body = "\n".join(indent + row if row.strip() else row for row in body.split("\n"))
    return body


def _code(answer: str, task: Task, repairs: list[str]) -> str:
    blocks = list(_blocks(answer))
    if not blocks:
        lines = answer.strip("\n").split("\n")
        starts = [i for i, line in enumerate(lines) if re.match(r"\s*(@|def |async def |class |import |from )", line)]
        if starts and starts[0] > 0:
            repairs.append("chatter before the code was dropped")
        return "\n".join(lines[starts[0] :] if starts else lines)
    named = [block for block in blocks if _defines(block, task)]
    chosen = (named or blocks)[0]
    if len(blocks) > 1:
        repairs.append(f"one of {len(blocks)} code blocks was taken")
    elif _FENCE.sub("", answer).replace(chosen, "", 1).strip():
        repairs.append("chatter around the code was dropped")
    return chosen


def is_complete(partial: str, task: Task) -> bool:
    """Whether the block with the definition is closed and the model talks on. Nothing that follows counts."""
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(partial):
        if opened is None:
            opened = fence
        elif not fence[2]:
            block = partial[opened.end() : fence.start()]
            if partial[fence.end() : fence.end() + 1] == "\n" and _defines(block, task):
                return True
            opened = None
    return False


def _defines(block: str, task: Task) -> bool:
    return re.search(rf"\b(?:def|class)\s+{re.escape(task.name)}\b", block) is not None


def _blocks(answer: str) -> Iterator[str]:
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(answer):
        if opened is None:
            opened = fence
        elif not fence[2]:
            yield answer[opened.end() + 1 : fence.start()].rstrip("\n")
            opened = None
    if opened is not None:
        yield answer[opened.end() + 1 :].rstrip("\n")


def _split_imports(code: str, repairs: list[str]) -> tuple[tuple[str, ...], str]:
    """Import statements at the head of the block, and the rest. Comments between them belong to neither."""
    lines = code.strip("\n").split("\n")
    imports: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if _IMPORT.match(line):
            statement = line.strip()
            while at + 1 < len(lines) and (statement.count("(") > statement.count(")") or statement.endswith("\\")):
                at += 1
                statement += "\n" + lines[at]
            imports += _statements(statement)
        elif line.strip().startswith("#"):
            repairs.append("a comment above the definition was dropped")
        elif line.strip():
            break
        at += 1
    return tuple(imports), "\n".join(lines[at:])


def _serves(statement: str, text: str) -> bool:
    """Whether `text` uses a name that the import binds; models repeat imports that they saw elsewhere."""
    (item,) = ast.parse(statement).body
    assert isinstance(item, ast.Import | ast.ImportFrom), "only import statements get here"
    names = [(n.asname or n.name).partition(".")[0] for n in item.names]
    future = isinstance(item, ast.ImportFrom) and item.module == "__future__"
    return future or any(name == "*" or re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names)


def _statements(source: str) -> list[str]:
    try:
        return [ast.unparse(item) for item in ast.parse(source).body]
    except SyntaxError as error:
        raise ToolRefused(f"its import line {source!r} does not parse: {error.msg}.") from error


def _placed(code: str, task: Task, repairs: list[str]) -> tuple[str, ast.Module]:
    """`code` as it will stand in the file, and its tree. Exact first; then from the node's column; then indented."""
    candidates = [("", code)]
    if task.indent:
        candidates.append(("", task.indent + code))
    if ("\t" in task.indent or "\n\t" in task.text) and re.search(r"^ +\S", code, re.MULTILINE):
        # Tried first of the mended ones: tabs followed by spaces parse too, and are no way to write a file.
        candidates = [("spaces became tabs", _tabbed(textwrap.dedent(code), task.indent))]
    candidates.append(("the indentation was mended", _shifted(code, task)))
    last: SyntaxError | None = None
    for repair, text in candidates:
        if task.indent and not text.startswith(task.indent):
            continue
        try:
            tree = _parse(text, task.indent)
        except SyntaxError as error:
            last = error  # the mended text's error is the one that the model can see in its own
            continue
        if repair and text != code:
            repairs.append(repair)
        return text, tree
    if last is None:
        raise ToolRefused(f"it does not hold the {task.kind} {task.name}.")
    row = max((last.lineno or 1) - 1 - bool(task.indent), 0)
    near = (code.split("\n")[row : row + 1] or [""])[0].strip()
    raise ToolRefused(f"it does not parse: {last.msg}, near {near!r}.")


def _parse(text: str, indent: str) -> ast.Module:
    wrapped = f"if True:\n{text}\n" if indent else text + "\n"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(wrapped)
    except (ValueError, RecursionError, MemoryError) as error:
        raise SyntaxError(str(error) or "too deeply nested") from error
    if indent:
        outer = tree.body[0]
        if len(tree.body) != 1 or not isinstance(outer, ast.If):
            raise SyntaxError("it does not stand at one indentation")
        return ast.Module(body=outer.body, type_ignores=[])
    return tree


def _shifted(code: str, task: Task) -> str:
    """`code` moved to the node's indentation. Rows inside a string that the node had already keep their place."""
    flat = textwrap.dedent(code).strip("\n")
    kept = _string_rows(flat, task.text)
    rows = flat.split("\n")
    return "\n".join(row if not row.strip() or i in kept else task.indent + row for i, row in enumerate(rows))


def _string_rows(code: str, original: str) -> set[int]:
    """0-based rows that lie inside a multi-line string of `code` that stands literally in `original`."""
    rows: set[int] = set()
    try:
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            if token.type == tokenize.STRING and token.start[0] < token.end[0] and token.string in original:
                rows |= set(range(token.start[0], token.end[0]))
    except (tokenize.TokenError, SyntaxError):
        return rows
    return rows


def _tabbed(flat: str, indent: str) -> str:
    def row(line: str) -> str:
        body = line.lstrip(" ")
        return indent + "\t" * ((len(line) - len(body)) // 4) + body if body else line

    return "\n".join(row(line) for line in flat.strip("\n").split("\n"))


def _only_definition(text: str, tree: ast.Module, task: Task, repairs: list[str]) -> tuple[str, ast.AST]:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    wanted = (ast.ClassDef,) if task.kind == "class" else functions
    body = tree.body
    if task.kind == "method" and len(body) == 1 and isinstance(body[0], ast.ClassDef) and body[0].name == task.outer:
        inner = [item for item in body[0].body if getattr(item, "name", None) == task.name]
        if len(inner) == 1 and isinstance(inner[0], functions):
            repairs.append("the method was taken out of its class")
            flat = textwrap.dedent("\n".join(text.split("\n")[_first_row(inner[0], task) : inner[0].end_lineno]))
            moved = _shifted(flat, task)
            return moved, _parse(moved, task.indent).body[0]
    others = [item for item in body if not isinstance(item, wanted)]
    definitions = [item for item in body if isinstance(item, wanted)]
    if len(definitions) == 1 and not others:
        return text, definitions[0]
    names = [getattr(item, "name", type(item).__name__) for item in body]
    raise ToolRefused(f"it must hold the {task.kind} {task.name} alone, but it holds: {', '.join(names)}.")


def _first_row(node: ast.FunctionDef | ast.AsyncFunctionDef, task: Task) -> int:
    first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
    return first - 1 - bool(task.indent)


def _same_name(definition: ast.AST, task: Task) -> None:
    name = getattr(definition, "name", "")
    if name != task.name and not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", task.request):
        raise ToolRefused(f"it renames {task.name} to {name}, and the request does not ask for that.")


def _with_decorators(text: str, definition: ast.AST, task: Task, repairs: list[str]) -> str:
    """Put back decorators that the answer dropped without being asked to."""
    if getattr(definition, "decorator_list", None) or not task.text.startswith("@"):
        return text
    if "decorator" in task.request.lower():
        return text
    try:
        original = _parse(task.indent + task.text, task.indent).body[0]
    except (SyntaxError, IndexError):
        return text
    head_rows = original.lineno - 1 - bool(task.indent)
    head = (task.indent + task.text).split("\n")[:head_rows]
    names = [re.split(r"[.(]", ast.unparse(d))[-1] for d in getattr(original, "decorator_list", [])]
    if any(name and name in task.request for name in names):
        return text
    repairs.append("lost decorators were put back")
    return "\n".join([*head, text])
