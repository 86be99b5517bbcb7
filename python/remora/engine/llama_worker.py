"""The process that holds the model: llama.cpp's own HTTP server on a random loopback port.

Run as `python -m remora.engine.llama_worker`. Reads one line of JSON from stdin: `model` (path), `context`, `slots`,
`threads`, `secret`. Writes one line of JSON to stdout: `{"address"}` when it listens, `{"error"}` when it cannot.
llama.cpp logs to stderr. The process ends when stdin does, so it never outlives its parent.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import sys
from typing import Any

BATCH = 64  # tokens: a cancelled request is given up at the next batch boundary, also while reading its prompt
CACHE_MIB = 256  # for prompts that lost their slot


def main() -> int:
    reply = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever else is printed belongs to the log
    line = sys.stdin.buffer.readline()
    if not line:
        return 0
    settings = json.loads(line)
    _end_with_parent()
    try:
        server = _serve(settings)
    except Exception as error:
        print(json.dumps({"error": str(error)}), file=reply, flush=True)
        return 1
    print(json.dumps({"address": server.listening_address}), file=reply, flush=True)
    while sys.stdin.buffer.read(4096):
        pass
    # Not by way of the server's destructor: it would wait for the answers in progress.
    os._exit(0)


def _end_with_parent() -> None:
    """Have the kernel end this process when the other end of stdin closes.

    llama.cpp's loader holds the interpreter for seconds, so no thread of ours could do it meanwhile.
    """
    fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)
    poll = select.poll()
    poll.register(0, 0)
    if poll.poll(0):  # it closed before SIGIO was on
        os._exit(0)


def _serve(settings: dict[str, Any]) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()  # ty: ignore[missing-attribute]
    params.model.path = settings["model"]
    params.n_ctx = settings["context"]
    params.n_parallel = settings["slots"]
    params.kv_unified = True  # one request may use the whole context
    params.n_batch = params.n_ubatch = BATCH
    params.cpuparams.n_threads = settings["threads"]
    params.cpuparams_batch.n_threads = settings["threads"]
    params.cache_ram_mib = CACHE_MIB
    params.api_keys = [settings["secret"]]
    params.hostnames = ["127.0.0.1"]
    params.cors_origins = "http://127.0.0.1"  # any other page in a browser is refused
    params.cors_credentials = False
    params.endpoint_slots = False
    params.ui = False
    params.warmup = False
    params.offline = True
    return xllamacpp.Server(params)  # ty: ignore[missing-attribute]


if __name__ == "__main__":
    raise SystemExit(main())
