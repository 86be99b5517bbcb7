"""Overlays by the names that `--overlay` takes."""

from __future__ import annotations

import re
import shlex

from remora.errors import UserError
from remora.isg.overlay.lsp import EVERY, LanguageServers
from remora.isg.overlay.protocol import Overlay
from remora.lang import languages

NAMES = "lsp, lsp:COMMAND, lsp:LANGUAGE=COMMAND, rust-analyzer"
OF_ONE_LANGUAGE = re.compile(r"(?P<lang>\w+)=(?P<command>.+)")


def overlay_named(name: str) -> Overlay:
    """An overlay.

    Args:
        name: "lsp": the server that each language's lang.toml names as `lsp`; "lsp:ty server": this command for every
            language, "lsp:python=ty server" for one; "rust-analyzer": the same as "lsp:rust=rust-analyzer".

    Raises:
        UserError: `unknown_overlay`.
    """
    if name == "lsp":
        own = {one.name: tuple(one.tables["lsp"]) for one in languages().values() if one.tables.get("lsp")}
        return LanguageServers(own)
    if name == "rust-analyzer":
        return LanguageServers({"rust": ("rust-analyzer",)}, name)
    scheme, _, command = name.partition(":")
    match = OF_ONE_LANGUAGE.fullmatch(command)
    lang = match["lang"] if match else EVERY
    try:
        words = tuple(shlex.split(match["command"] if match else command))
    except ValueError:
        words = ()
    if scheme != "lsp" or not words:
        raise UserError(f"There is no overlay {name!r}. Choose one of {NAMES}.", "unknown_overlay")
    return LanguageServers({lang: words}, name)
