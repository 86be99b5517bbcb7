"""Inference engines: one interface, three implementations, one queue in front of them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from remora.engine.protocol import Engine
from remora.errors import UserError

SPECS = "llama, endpoint:URL or scripted:FILE.json"


def open_engine(
    spec: str,
    model_path: Path | None = None,
    *,
    model: str | None = None,
    context: int = 8192,
    threads: int = 0,
    log: Path | None = None,
    key_env: str = "REMORA_API_KEY",
    environ: Mapping[str, str] = os.environ,
) -> Engine:
    """The engine that `spec` names; nothing is started or sent yet.

    Args:
        spec: `llama`, `endpoint:URL` or `scripted:FILE.json`.
        model_path: the GGUF file, for `llama`.
        model: its name; for an endpoint the one to ask for, None takes the first that it lists.
        context: tokens, for `llama`.
        threads: for `llama`; 0 leaves one core to the editor.
        log: what llama.cpp prints goes there.
        key_env: the environment variable that holds an endpoint's key.

    Raises:
        UserError: an unknown spec, a bad address or script; `no_model` when `llama` has no file.
    """
    kind, _, rest = spec.partition(":")
    if kind == "llama" and not rest:
        from remora.engine.llama import Llama

        if model_path is None:
            raise UserError("There is no model yet. Run `remora model pull`.", code="no_model", name=model or "")
        return Llama(model_path, model, context, threads=threads or None, log=log)
    if kind == "endpoint" and rest:
        from remora.engine.endpoint import Endpoint

        return Endpoint(rest, model, environ.get(key_env, "").strip(), key_env)
    if kind == "scripted" and rest:
        from remora.engine.scripted import Scripted

        return Scripted.from_file(Path(rest))
    raise UserError(f"{spec!r} is no engine. Use {SPECS}.")
