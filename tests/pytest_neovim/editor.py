"""A real Neovim with an attached UI."""

import os
import signal
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pynvim

from pytest_neovim.binary import find_neovim
from pytest_neovim.screen import Screen


class Editor:
    """One `nvim --embed`. Close it, or use it as a context manager.

    Args:
        runtime: folders put first on 'runtimepath', the plugin's own among them.
        arguments: command-line arguments after `--embed --clean -n`.
        before: Ex commands run before plugins are sourced, where `vim.g` settings belong.
        env: the whole environment; None inherits this process's.
        rows: height of the screen.
        cols: width of the screen.
    """

    def __init__(
        self,
        runtime: Sequence[Path] = (),
        arguments: Sequence[str] = (),
        before: Sequence[str] = (),
        env: Mapping[str, str] | None = None,
        rows: int = 24,
        cols: int = 80,
    ) -> None:
        argv = [find_neovim(), "--embed", "--clean", "-n"]
        for folder in reversed(runtime):
            argv += ["--cmd", f"set rtp^={folder}"]
        for command in before:
            argv += ["--cmd", command]
        self.screen = Screen(rows, cols)
        self.notifications: list[tuple[str, list[Any]]] = []
        outer = dict(os.environ)
        if env is not None:
            os.environ.clear()
            os.environ.update(env)
        try:
            self.api = pynvim.attach("child", argv=[*argv, *arguments])
        finally:
            if env is not None:
                os.environ.clear()
                os.environ.update(outer)
        self.api.ui_attach(cols, rows, rgb=True, ext_linegrid=True, ext_hlstate=True)
        self._closed = False
        self.pid = self.api.call("getpid")
        self.sync()

    def __enter__(self) -> "Editor":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End Neovim and everything it started. Closing twice is no error."""
        if self._closed:
            return
        self._closed = True
        try:
            if self.api.request("nvim_get_mode")["blocking"]:
                os.kill(self.pid, signal.SIGTERM)
            else:
                self.api.command("qall!", async_=True)
            while self.api.next_message() is not None:
                pass
        except (OSError, EOFError):
            pass
        self.api.close()

    def keys(self, keys: str) -> "Editor":
        """Type, in key notation: mappings, operators and `.` act as for a person. Returns when they have run."""
        self.api.input(keys)
        return self.sync()

    def lua(self, code: str, *arguments: Any) -> Any:
        """Run Lua with `...` as arguments, and return its value."""
        return self.api.exec_lua(code, *arguments)

    def command(self, command: str) -> "Editor":
        """Run an Ex command."""
        self.api.command(command)
        return self.sync()

    def sync(self) -> "Editor":
        """Read what Neovim sent, up to a marker of our own: the screen is then the present one.

        Raises:
            AssertionError: Neovim asks for a key (a message that needs Enter, an unfinished command), so that no
                request would be answered before one is typed.
        """
        mode = self.api.request("nvim_get_mode")
        if mode["blocking"]:
            while self.api._session._pending_messages:
                self._take()
            raise AssertionError(f"Neovim waits for a key in mode {mode['mode']!r}\n{self._shown()}")
        self.api.exec_lua("vim.cmd.redraw(); vim.rpcnotify(..., 'pytest_neovim_mark')", self.api.channel_id)
        while self._take() != "pytest_neovim_mark":
            pass
        return self

    def _take(self) -> str:
        """Take one message; wait for it when there is none."""
        message = self.api.next_message()
        if message is None:
            raise EOFError("Neovim ended")
        _, name, arguments = message
        if name == "redraw":
            self.screen.apply(arguments)
        elif not name.startswith("pytest_neovim"):
            self.notifications.append((name, arguments))
        return name

    def wait_for(self, predicate: "str | Callable[[Editor], Any]", deadline_ms: int = 10_000) -> Any:
        """Wait until `predicate` holds, and return its value.

        Args:
            predicate: Lua code that returns a value (Neovim goes on with its events meanwhile), or a function of this
                editor that is asked again after each drawing.
            deadline_ms: after this the wait fails and shows the screen.

        Raises:
            AssertionError: the deadline passed.
        """
        if isinstance(predicate, str):
            code = f"""local value
            vim.wait({deadline_ms}, function() value = (function() {predicate} end)(); return value end, 5)
            return value"""
            value = self.api.exec_lua(code)
            self.sync()
            if not value:
                raise AssertionError(f"not within {deadline_ms} ms: {predicate}\n{self._shown()}")
            return value
        self.sync()
        timer = self.api.exec_lua(
            "local chan, ms = ...; _G.pytest_neovim_timer = vim.defer_fn(function()"
            " vim.rpcnotify(chan, 'pytest_neovim_late') end, ms)",
            self.api.channel_id,
            deadline_ms,
        )
        del timer
        while not (value := predicate(self)):
            if self._take() == "pytest_neovim_late":
                raise AssertionError(f"not within {deadline_ms} ms\n{self._shown()}")
        self.api.exec_lua("if not pytest_neovim_timer:is_closing() then pytest_neovim_timer:close() end")
        return value

    def wait_for_text(self, part: str, deadline_ms: int = 10_000) -> "Editor":
        """Wait until `part` is on the screen."""
        self.wait_for(lambda editor: any(part in line for line in editor.screen.lines()), deadline_ms)
        return self

    def text(self) -> str:
        """The present screen; rows end without blanks."""
        self.sync()
        return self._shown()

    def _shown(self) -> str:
        return "\n".join(self.screen.lines())

    def lines(self, buffer: int = 0) -> list[str]:
        """A buffer's lines."""
        return self.api.exec_lua("return vim.api.nvim_buf_get_lines(..., 0, -1, false)", buffer)

    def messages(self) -> str:
        """What `:messages` shows."""
        return self.api.exec_lua("return vim.fn.execute('messages')").strip()
