"""A pytest plugin that drives a real Neovim: keys in, screens out, and waiting without sleeping.

Use it by importing the fixtures into a `conftest.py`::

    from pytest_neovim.fixtures import editor, open_editor, snapshot  # noqa: F401

`editor` is an Editor on an empty buffer; `open_editor(...)` starts one with other arguments; `snapshot(text)` compares
with a reference file beside the test and is rewritten by `UPDATE_SCREENS=1`. Without the fixtures, pytest is not needed.
"""

from pytest_neovim.binary import find_neovim
from pytest_neovim.editor import Editor

__all__ = ["Editor", "find_neovim"]
