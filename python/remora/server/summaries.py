"""`summarize`, `summary_rows`, `metrics`: lines made by rules and by a model, as a request with a feed."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from remora.config import SummaryConfig
from remora.errors import UserError
from remora.server.engines import Engines
from remora.server.questions import Questions
from remora.server.requests import Requests
from remora.server.wire import Peer
from remora.server.workspaces import Workspaces
from remora.summary.metrics import Metrics
from remora.summary.run import Options, Run
from remora.summary.summarizer import summarize_targets

Params = dict[str, Any]
METHODS = ("summarize", "summary_rows", "metrics")

MOST_RUNS = 16
PAGE = 2000
FRAME_S = 0.1


class Summaries:
    """Rows of the latest requests are kept, so that a client reads them when it likes."""

    def __init__(
        self,
        workspaces: Workspaces,
        requests: Requests,
        questions: Questions,
        engines: Engines,
        config: SummaryConfig,
    ) -> None:
        self._workspaces = workspaces
        self._requests = requests
        self._questions = questions
        self._engines = engines
        self._config = config
        self._rows: OrderedDict[str, list[Params]] = OrderedDict()
        self._metrics = Metrics()

    async def summarize(self, params: Params, peer: Peer) -> Params:
        root = self._questions.root_of(params)
        keys = params.get("keys")
        path = root.relative(params["path"]) if "path" in params else ""
        if keys is None and not params.get("all") and "path" not in params:
            raise UserError("summarize needs a path, keys, or all: true. doc/protocol.md lists what it takes.", "usage")
        options = self._options(params)
        rows: list[Params] = []

        async def work(emit: Callable[..., None]) -> Params:
            run = Run.of(options)
            texts: dict[str, str] = {}
            if path and keys is None and root.inside(path).is_file():
                kept = await self._workspaces.kept(root, peer)
            else:
                emit("phase", phase="indexing")
                kept = await self._questions.ready({**params, "fresh": True}, peer)
            graph = kept.workspace.graph
            texts = await asyncio.to_thread(self._questions.texts, graph, root, params, peer)
            queue = None
            if options.mode != "rule" and not options.dry_run:
                try:
                    queue = self._engines.get(params.get("engine"), params.get("model"))
                    await self._engines.leave_only(queue)
                except UserError as error:
                    run.engine_error = str(error)
            emit(**_phase(run))
            told_at = time.monotonic()
            targets = summarize_targets(
                graph, keys, options, path=path, queue=queue, texts=texts, run=run, all_metrics=self._metrics
            )
            try:
                async for row in targets:
                    rows.append(row._asdict())
                    kept.workspace.used = time.monotonic()
                    if time.monotonic() - told_at >= FRAME_S:
                        told_at = time.monotonic()
                        emit(**_phase(run))
                        await asyncio.sleep(0)
            finally:
                await targets.aclose()
                emit(**_phase(run))
            return {"report": run.report()}

        request = self._requests.start(work, peer)
        self._rows[request] = rows
        while len(self._rows) > MOST_RUNS:
            self._rows.popitem(last=False)
        return {"request": request}

    async def summary_rows(self, params: Params, peer: Peer) -> Params:
        request, after = params["request"], params.get("after", 0)
        if request not in self._rows:
            raise UserError(f"There is no request {request!r} any more. Ask again.", code="unknown_request")
        rows = self._rows[request]
        part = rows[after : after + PAGE]
        return {"rows": part, "next": after + len(part), "more": after + len(part) < len(rows)}

    async def metrics(self, params: Params, peer: Peer) -> Params:
        return self._metrics.to_wire() | {"engines": self._engines.stats()}

    def _options(self, params: Params) -> Options:
        config = self._config
        return Options(
            mode=params.get("mode", config.mode),
            threshold=params.get("threshold", config.threshold),
            max_llm=params.get("max_llm", config.max_llm),
            batch_size=params.get("batch_size", config.batch_size),
            tokens_per_call=config.tokens_per_call,
            total_tokens=config.total_tokens,
            overwrite=params.get("overwrite", False),
            dry_run=params.get("dry_run", False),
        )


def _phase(run: Run) -> Params:
    return {"kind": "phase", **run.phase()}
