"""The languages Remora knows. A language is a folder of data below this one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePath
from typing import Any


@dataclass(frozen=True)
class Language:
    """What a language's `lang.toml` says.

    Attributes:
        name: as Neovim names the file type and the tree-sitter parser.
        suffixes: of its files, with the dot.
        grammar: importable module of the tree-sitter grammar.
        grammar_function: function in it that gives the grammar.
        folder: where its data lies.
        tables: the rest of the file; `remora.isg.reader` says what it may hold.
    """

    name: str
    suffixes: tuple[str, ...]
    grammar: str
    grammar_function: str
    folder: Path
    tables: Mapping[str, Any] = field(default_factory=dict, hash=False, compare=False)

    @property
    def graph_query(self) -> Path:
        """The query that finds what the code graph is made of."""
        return self.folder / "isg.scm"

    @property
    def text_object_query(self) -> Path:
        """The query that finds text objects, shared with Neovim; not every language has one."""
        return queries_dir() / self.name / "remora.scm"


@cache
def languages() -> dict[str, Language]:
    """All languages by name."""
    found = {}
    for file in sorted(Path(__file__).parent.glob("*/lang.toml")):
        data = tomllib.loads(file.read_text("utf-8"))
        name = data.pop("name")
        found[name] = Language(
            name=name,
            suffixes=tuple(data.pop("suffixes")),
            grammar=data.pop("grammar"),
            grammar_function=data.pop("grammar_function"),
            folder=file.parent,
            tables=data,
        )
    return found


@cache
def _by_suffix() -> dict[str, Language]:
    return {suffix: language for language in languages().values() for suffix in language.suffixes}


def language_of(path: PurePath | str) -> Language | None:
    """The language of a file by its name; None when Remora has none for it."""
    name = str(path).rpartition("/")[2]
    stem, dot, suffix = name.rpartition(".")
    return _by_suffix().get(dot + suffix) if stem else None


def suffixes() -> tuple[str, ...]:
    """Suffixes of all languages."""
    return tuple(suffix for language in languages().values() for suffix in language.suffixes)


def queries_dir() -> Path:
    """The folder of the queries that Neovim reads too: the checkout's own, or the copy in an installed package."""
    package = Path(__file__).parent.parent
    packed = package / "queries"
    return packed if packed.is_dir() else package.parent.parent / "queries"
