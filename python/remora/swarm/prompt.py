"""The words that a node agent sends. The texts are files in prompts/; this only fills them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Template

from remora.engine.protocol import Message


@dataclass(frozen=True)
class Task:
    """One node to change, and what the agent may know about it.

    `text` is the node as it stands in the file, from its own column on; `indent` is the blank before it. `focus` holds the
    selected rows when only a part of the node was selected. `context` is (title, lines) in order of worth.
    """

    key: str
    path: str
    kind: str
    name: str
    text: str
    indent: str
    request: str
    focus: str = ""
    context: tuple[tuple[str, tuple[str, ...]], ...] = ()
    outer: str | None = None
    """The class a method stands in."""


def fixed_prefix() -> tuple[Message, ...]:
    """What every edit request begins with; an engine may keep it warm."""
    return (Message("system", _file("edit_system.txt").rstrip("\n")),)


def ask(task: Task, context_tokens: int) -> tuple[Message, ...]:
    """The whole question. Context beyond `context_tokens` is left out, the least worthy first."""
    focus = f"Only these rows of it were selected:\n```python\n{task.focus}\n```" if task.focus else ""
    body = Template(_file("edit_user.txt")).substitute(
        path=task.path,
        context=_packed(task.context, context_tokens),
        kind=task.kind,
        name=task.name,
        node=task.indent + task.text,
        focus=focus,
        request=task.request,
    )
    return (*fixed_prefix(), Message("user", _without_gaps(body)))


def ask_again(task: Task, answer: str, problem: str) -> tuple[Message, ...]:
    """The refused answer and why, to follow the first question, so that the engine's prefix stays valid."""
    words = Template(_file("edit_retry.txt")).substitute(problem=problem, kind=task.kind, name=task.name)
    return (Message("assistant", answer), Message("user", words.rstrip("\n")))


def estimated_tokens(text: str) -> int:
    """An upper estimate: code has 3.2 to 4 bytes a token with the tokenizers in the catalogue."""
    return len(text.encode()) // 3 + 1


def _packed(context: Sequence[tuple[str, tuple[str, ...]]], budget: int) -> str:
    parts = []
    for title, lines in context:
        kept = []
        budget -= estimated_tokens(title)
        for line in lines:
            budget -= estimated_tokens(line)
            if budget < 0:
                break
            kept.append(line)
        if kept:
            parts.append(f"{title}\n" + "\n".join(kept))
        if budget < 0:
            break
    return "\n".join(parts)


def _without_gaps(text: str) -> str:
    """No runs of blank lines outside the node: an empty slot should not look like one."""
    head, fence, rest = text.partition("```python")
    head = "\n".join(line for line in head.split("\n") if line.strip())
    return (head + "\n" + fence + rest).replace("```\n\n", "```\n").rstrip("\n")


@cache
def _file(name: str) -> str:
    return resources.files("remora.swarm").joinpath("prompts", name).read_text(encoding="utf-8")
