"""Text to syntax tree. Nothing here raises because of what the text holds."""

from __future__ import annotations

import ast
import importlib
import threading
import warnings
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from remora.lang import languages

if TYPE_CHECKING:
    import tree_sitter

# No person nests this deep; a file that does costs a query time by the square of its depth.
MAX_DEPTH = 500
MAX_STRAY_TOKENS = 10_000

# A broken file costs tree-sitter the square of its length; a sound one of two megabytes takes less than half a second.
GIVE_UP_AFTER_S = 10

_WARNINGS = threading.Lock()
_parsers = threading.local()  # a parser belongs to one thread


@dataclass(frozen=True)
class Tree:
    """A parsed text. Rows and byte columns are the text's, as UTF-8.

    `given_up`: parsing took too long; the tree is that of an empty text. `is_mended`: it is that of a text in which
    something was mended (`mending.py`), so that there is an error although the tree shows none.
    """

    lang: str
    source: bytes
    root: tree_sitter.Node = field(repr=False, compare=False)
    given_up: bool = False
    is_mended: bool = False

    @property
    def has_error(self) -> bool:
        """Whether tree-sitter had to skip or invent something. It overlooks much that the language itself refuses."""
        return self.given_up or self.is_mended or self.root.has_error

    def captures(self, query: Path) -> dict[str, list[tree_sitter.Node]]:
        """What a query file captures, by capture name; nothing where the text is one long run of stray tokens."""
        import tree_sitter

        if not is_readable(self):
            return {}
        cursor = tree_sitter.QueryCursor(compiled(self.lang, query))
        cursor.set_max_start_depth(MAX_DEPTH)
        return cursor.captures(self.root)


def parse(text: str | bytes, lang: str) -> Tree:
    """Parse a text; a broken one gives a tree too.

    Args:
        text: as UTF-8 when it is bytes.
        lang: name of a known language (`remora.lang.languages`).
    """
    source = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    parser = parser_of(lang)
    try:
        return Tree(lang, source, parser.parse(source).root_node)
    except ValueError:  # what running out of time is called
        parser.reset()
        return Tree(lang, source, parser.parse(b"").root_node, given_up=True)


def parser_of(lang: str) -> tree_sitter.Parser:
    """This thread's parser for a language."""
    import tree_sitter

    found = _parsers.__dict__.get(lang)
    if found is None:
        # The callback that is to take the time limit's place is not called for bytes, and crashes otherwise (0.25.2).
        with _WARNINGS, warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            found = tree_sitter.Parser(grammar(lang), timeout_micros=GIVE_UP_AFTER_S * 1_000_000)  # ty: ignore[deprecated]
        _parsers.__dict__[lang] = found
    return found


def syntax_error(text: str, lang: str) -> str | None:
    """What the language's own front end has against a text, as "line 3: …" (1-based); None when it takes it."""
    error = refusal(text) if lang == "python" else None
    if isinstance(error, SyntaxError):
        return f"line {error.lineno or 1}: {error.msg}"
    return f"line 1: {str(error) or 'nested too deeply'}" if error is not None else None


def refusal(text: str) -> Exception | None:
    """Why Python does not take a text."""
    try:
        # Warnings about odd escapes are the project's matter; switching them off is global, hence the lock.
        with _WARNINGS, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return error
    return None


def is_readable(tree: Tree) -> bool:
    """Whether a tree holds more than one long run of stray tokens."""
    return not tree.given_up and not (
        tree.has_error and any(is_debris(node) for node in (tree.root, *tree.root.children))
    )


def is_debris(node: tree_sitter.Node) -> bool:
    """A broken stretch with next to no structure; a query takes the square of its length in time."""
    return node.is_error and node.child_count > MAX_STRAY_TOKENS > 10 * node.named_child_count


@cache
def grammar(lang: str) -> tree_sitter.Language:
    import tree_sitter

    language = languages()[lang]
    pointer: object = getattr(importlib.import_module(language.grammar), language.grammar_function)()
    return tree_sitter.Language(pointer)


@cache
def compiled(lang: str, query: Path) -> tree_sitter.Query:
    """A query file, compiled once per process: compiling is the slow part."""
    import tree_sitter

    return tree_sitter.Query(grammar(lang), query.read_text("utf-8"))
