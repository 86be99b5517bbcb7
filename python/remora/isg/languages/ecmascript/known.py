"""What is there without an import, and which of it calls the functions that it is given: from JavaScript's lang.toml."""

from __future__ import annotations

from remora.lang import languages

_TABLE = languages()["javascript"].tables["known"]


def words(name: str) -> frozenset[str]:
    """A table of words."""
    return frozenset(_TABLE[name].split())


GLOBALS = words("globals") | words("test_globals") | words("types")
NODE_MODULES = words("node_modules")
CALLING_METHODS = words("calling_methods")
CALLING = words("calling")
WRAPPING = words("wrapping")
ASSIGNING = words("assigning")
