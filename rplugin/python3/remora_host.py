"""The door between Neovim and the server. Thin: it forwards, and never waits on Neovim's behalf.

Started by lua/remora/host.lua as a job. It holds only `rpc_export` methods, so `:UpdateRemotePlugins` registers nothing.
Not named remora.py: the host imports plugin files by bare name, and that would shadow the package.
"""

from __future__ import annotations

import os
import threading

import pynvim


@pynvim.plugin
class Host:
    def __init__(self, nvim: pynvim.Nvim) -> None:
        self._nvim = nvim
        self._client = None
        self._connecting = False
        self._waiting: list[tuple] = []
        self._lock = threading.Lock()

    @pynvim.rpc_export("remora_call", sync=False)
    def call(self, number: int, method: str, params: dict | None = None) -> None:
        """Forward one request; its answer goes to `on_reply`. The first one connects, in a thread."""
        params = params or {}
        with self._lock:
            client = self._client
        if client is not None:
            try:
                self._send(client, number, method, params)
                return
            except ConnectionError:  # it left just now, and `_lost` is on its way
                pass
        with self._lock:
            self._waiting.append((number, method, params))
            if self._connecting:
                return
            self._connecting = True
        threading.Thread(target=self._connect, name="remora-connect", daemon=True).start()

    def _connect(self) -> None:
        from remora.config import places
        from remora.errors import UserError
        from remora.server.client import open_client

        self._tell("on_state", "starting", None)
        try:
            client = open_client(
                places(),
                "nvim",
                on_event=lambda event: self._tell("on_event", event),
                on_request=self._ask,
            )
        except Exception as error:
            code = error.code if isinstance(error, UserError) else "internal"
            with self._lock:
                waiting, self._waiting, self._connecting = self._waiting, [], False
            for number, _, _ in waiting:
                self._tell("on_reply", number, {"code": code, "message": str(error), "data": {}}, None)
            self._tell("on_state", "failed", str(error))
            return
        with self._lock:
            self._client, self._connecting = client, False
            waiting, self._waiting = self._waiting, []
        client.watch(lambda: self._lost(client))
        self._tell("on_state", "ready", None)
        for number, method, params in waiting:
            try:
                self._send(client, number, method, params)
            except ConnectionError:
                return  # `_lost` has told it

    def _send(self, client, number: int, method: str, params: dict) -> None:
        client.send(method, params, lambda error, result: self._tell("on_reply", number, error, result))

    def _ask(self, method: str, params: dict, answer) -> None:
        """The server asks about buffers: Lua answers, on Neovim's own thread."""

        def on_main() -> None:
            try:
                answer(self._nvim.exec_lua("return require('remora.host').on_request(...)", method, params))
            except (pynvim.NvimError, OSError) as error:
                answer(None, {"code": "editor", "message": str(error), "data": {}})

        self._nvim.async_call(on_main)

    def _lost(self, client) -> None:
        with self._lock:
            if self._client is client:
                self._client = None
        self._tell("on_state", "lost", None)

    def _tell(self, function: str, *values) -> None:
        code = f"require('remora.host').{function}(...)"

        def on_main() -> None:
            try:
                self._nvim.exec_lua(code, *values, async_=True)
            except OSError:  # Neovim is leaving
                os._exit(0)

        self._nvim.async_call(on_main)
