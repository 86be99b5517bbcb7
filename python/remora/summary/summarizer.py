"""Lines for many definitions: rules for all of them at once, then a model where rules are not sure.

```
files ──► lines by rules, and what is stored ──► rows ─────────────────────────► out
                                            └──► not sure: functions, classes, modules, in this order
                                                 └──► model, as many at a time as the engine holds ──► rows ──► out
```
Every line is stored when it is made, so a run that is cut off goes on where it was.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import aclosing, suppress

from remora.engine.queue import Queue
from remora.errors import EngineError, UserError
from remora.isg.graph import Graph
from remora.isg.reading import uncollected
from remora.isg.values import FileGraph
from remora.summary.lines import Told, body_of, file_lines, ruled
from remora.summary.metrics import Metrics
from remora.summary.model_pass import EngineDown, Job, ModelPass
from remora.summary.prompt import params_hash
from remora.summary.records import RULES, Source, Stored, SummaryRecords
from remora.summary.rules import VERSION as RULES_VERSION
from remora.summary.run import Options, Row, Run
from remora.summary.subject import TYPES, subjects

STEP_S = 0.25
"""Rules work in steps of about this long; rows go out after each."""


DEFAULTS = Options()


async def summarize_targets(
    graph: Graph,
    keys: Sequence[str] | None = None,
    options: Options = DEFAULTS,
    *,
    path: str = "",
    queue: Queue | None = None,
    texts: Mapping[str, str] | None = None,
    run: Run | None = None,
    all_metrics: Metrics | None = None,
) -> AsyncGenerator[Row, None]:
    """One row for each definition, as soon as its line is made. Closing it early keeps what was made.

    Args:
        graph: an indexed workspace.
        keys: what to summarise, in any form that `Graph.find` takes; None: everything in `path`.
        path: a file or folder from the root; "" for all.
        queue: the way to a model; None: rules alone.
        texts: unsaved texts by path, which stand for the files.
        run: filled with how it goes.
        all_metrics: counts on, beside those of this run.

    Raises:
        UserError: `unknown_node`, `ambiguous`: a key that names nothing, or several; `unknown_path`.
    """
    run = run or Run.of(options)
    made = _Summaries(graph, run, queue, dict(texts or {}), tuple(filter(None, (run.metrics, all_metrics))))
    chosen = await asyncio.to_thread(made.chosen, keys, path)
    async with aclosing(made.rows(chosen)) as rows:
        async for row in rows:
            yield row


Chosen = dict[str, frozenset[str] | None]
"""Keys by path; None for all that stands in a file."""


class _Summaries:
    def __init__(
        self, graph: Graph, run: Run, queue: Queue | None, texts: dict[str, str], metrics: tuple[Metrics, ...]
    ) -> None:
        self._graph = graph
        self._run = run
        self._options = run.options
        self._queue = queue
        self._texts = texts
        self._metrics = metrics
        self._records = SummaryRecords(graph.store, str(graph.root.path))
        self._asked: list[dict[str, list[str]]] = [{}, {}, {}]
        self._fallback: dict[str, Row] = {}

    def chosen(self, keys: Sequence[str] | None, path: str) -> Chosen:
        if keys is not None:
            found: dict[str, set[str]] = {}
            for key in keys:
                node = self._graph.find(key, self._texts)
                found.setdefault(node.path, set()).add(node.key)
            return {where: frozenset(names) for where, names in found.items()}
        if path and (path in self._texts or self._graph.root.inside(path).is_file()):
            return {path: None}
        start = f"{path.rstrip('/')}/" if path not in ("", ".") else ""
        paths = [one for one in self._graph.paths() if one.startswith(start)]
        if not paths and start:
            raise UserError(f"Nothing in the code graph lies in {path}. Name a file or folder of it.", "unknown_path")
        return dict.fromkeys(paths)

    async def rows(self, chosen: Chosen) -> AsyncGenerator[Row, None]:
        await self._name_model()
        steps = self._steps(chosen)
        while (step := await asyncio.to_thread(lambda: next(steps, None))) is not None:
            for row in step:
                yield row
        for metrics in self._metrics:
            metrics.waiting = sum(len(keys) for wave in self._asked for keys in wave.values())
        if self._queue is not None and not self._options.dry_run:
            async with aclosing(self._by_model()) as rows:
                async for row in rows:
                    yield row
        for row in list(self._fallback.values()):
            yield self._counted(row, 0.0)
        for metrics in self._metrics:
            metrics.waiting = 0

    async def _name_model(self) -> None:
        """An endpoint says which model it serves when it is asked; nothing is loaded for the name alone."""
        if self._queue is None or self._options.dry_run:
            return
        if not self._queue.engine.model:
            try:
                await self._queue.engine.start()
            except (UserError, EngineError) as error:
                self._run.engine_error, self._queue = str(error), None
                return
        self._model = self._queue.engine.model or self._queue.engine.name

    # -- rules ----------------------------------------------------------------------------------------------------

    def _steps(self, chosen: Chosen) -> Iterator[list[Row]]:
        """Rows that need no model, some at a time."""
        rows: list[Row] = []
        lines: dict[Source, Stored] = {}
        until = time.monotonic() + STEP_S
        for path, keys in chosen.items():
            with uncollected():
                rows += self._of_file(path, keys, lines)
            if time.monotonic() > until:
                self._keep(lines)
                yield rows
                rows, lines, until = [], {}, time.monotonic() + STEP_S
        self._keep(lines)
        yield rows

    def _of_file(self, path: str, keys: frozenset[str] | None, lines: dict[Source, Stored]) -> list[Row]:
        began = time.perf_counter()
        graph = self._file(path)
        if graph is None:
            self._run.gone += len(keys or ())
            return []
        chosen = [one for one in self._told(graph) if keys is None or one.subject.key in keys]
        self._run.gone += len(keys or ()) and len(keys or ()) - len(chosen)
        self._run.total += len(chosen)
        each_ms = (time.perf_counter() - began) * 1000 / max(len(chosen), 1)
        rows = []
        for one in chosen:
            rule = one.rule
            source = Source(one.subject.body_hash, RULES, one.subject.hash, RULES_VERSION)
            lines[source] = Stored(rule.text, "rule_based", rule.confidence)
            if self._is_wanted(one):
                self._run.wanted += 1
                wave = 2 if one.subject.kind == "module" else 1 if one.subject.kind in TYPES else 0
                self._asked[wave].setdefault(path, []).append(one.subject.key)
                what = "rule_based" if self._options.dry_run else "rule_based_insufficient"
                self._fallback[one.subject.key] = Row(one.subject.key, rule.text, what, rule.confidence)
            else:
                rows.append(self._counted(self._row(one), each_ms))
        return rows

    def _told(self, graph: FileGraph) -> list[Told]:
        if self._options.mode != "rule":
            return file_lines(graph, self._records, self._model, sure=0.0)
        found = subjects(graph)
        rules = ruled(found)
        return [Told(one, rules[one.number], (), "") for one in found]

    def _is_wanted(self, told: Told) -> bool:
        options = self._options
        if options.mode == "rule" or (options.mode == "hybrid" and told.rule.confidence >= options.threshold):
            return False
        if told.stored is not None and told.stored.is_settled and not options.overwrite:
            self._run.cached += told.stored.provenance == "llm_assisted"
            return False
        return True

    def _row(self, told: Told) -> Row:
        if self._options.mode == "hybrid" and told.rule.confidence >= self._options.threshold:
            return Row(told.subject.key, told.rule.text, "rule_based", told.rule.confidence)
        return Row(told.subject.key, told.text, told.provenance, told.confidence)

    def _file(self, path: str) -> FileGraph | None:
        """A file as it is now: with its text when somebody has it open, as it is stored otherwise."""
        if path in self._texts:
            return self._graph.refresh(path, self._texts[path])
        if (stored := self._graph.stored(path)) is not None:
            return stored
        with suppress(UserError):
            graph = self._graph.refresh(path)
            return graph if graph.nodes else None
        return None

    def _keep(self, lines: Mapping[Source, Stored]) -> None:
        if not lines or self._options.dry_run:
            return
        there = self._records.get(list(lines))
        self._records.put({source: line for source, line in lines.items() if source not in there})

    # -- the model ------------------------------------------------------------------------------------------------

    async def _by_model(self) -> AsyncGenerator[Row, None]:
        assert self._queue is not None
        asking = ModelPass(self._queue, self._run.budget, self._metrics, str(self._graph.root.path))
        for wave in self._asked:
            if self._run.spent or self._run.engine_error:
                return
            async with aclosing(self._wave(asking, wave)) as rows:
                async for row in rows:
                    yield row

    async def _wave(self, asking: ModelPass, wave: Mapping[str, list[str]]) -> AsyncGenerator[Row, None]:
        """Ask about definitions that do not depend on each other."""
        jobs = self._jobs(wave)
        running: set[asyncio.Task[tuple[Job, Stored | None, float]]] = set()
        kept: dict[Source, Stored] = {}
        last: dict[str, Source] = {}
        is_over = False
        try:
            while True:
                while not is_over and len(running) < asking.width:
                    job = await asyncio.to_thread(lambda: next(jobs, None))
                    if job is None:
                        is_over = True
                        break
                    running.add(asyncio.create_task(self._timed(asking, job)))
                if not running:
                    break
                done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    try:
                        job, line, ms = task.result()
                    except EngineDown as error:
                        self._run.engine_error, is_over = str(error), True
                        continue
                    if line is None:
                        self._run.spent = is_over = True
                        continue
                    if line.error.startswith("engine:") and self._failures(line):
                        is_over = True
                    elif not line.error.startswith("engine:"):
                        self._failed = 0
                    told = job.told
                    source = self._source(told)
                    kept[source] = line
                    if line.provenance == "llm_assisted":
                        last[told.subject.key] = source
                    self._fallback.pop(told.subject.key, None)
                    yield self._counted(Row(told.subject.key, line.summary, line.provenance, line.confidence), ms)
                if len(kept) >= min(self._options.batch_size, asking.width):
                    await asyncio.to_thread(self._keep_model, kept, last)
                    kept, last = {}, {}
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            self._keep_model(kept, last)

    _failed = 0
    _model = ""

    def _failures(self, line: Stored) -> bool:
        """Whether the engine failed so often that the rest is left for another run."""
        self._failed += 1
        if self._failed >= 3:
            self._run.engine_error = line.error.removeprefix("engine: ")
        return self._failed >= 3

    async def _timed(self, asking: ModelPass, job: Job) -> tuple[Job, Stored | None, float]:
        began = time.perf_counter()
        line = await asking.line(job)
        for metrics in self._metrics:
            metrics.waiting = max(0, metrics.waiting - 1)
        return job, line, (time.perf_counter() - began) * 1000

    def _source(self, told: Told) -> Source:
        assert self._queue is not None
        body = body_of(told.subject, told.members)
        return Source(body, self._model, told.prompt, params_hash())

    def _jobs(self, wave: Mapping[str, list[str]]) -> Iterator[Job]:
        """With texts as they are now: what was deleted meanwhile is left out, what changed is asked about as it is."""
        for path, keys in wave.items():
            try:
                graph = self._graph.refresh(path, self._texts.get(path))
            except UserError:
                self._drop(keys)
                continue
            present = {one.subject.key: one for one in file_lines(graph, self._records, self._model, sure=0.0)}
            raw = graph.text.encode("utf-8", "surrogatepass")
            for key in keys:
                told = present.get(key)
                if told is None:
                    self._drop([key])
                    continue
                span = graph.nodes[told.subject.number].span
                yield Job(told, raw[span.start_byte : span.end_byte].decode("utf-8", "replace"))

    def _drop(self, keys: Sequence[str]) -> None:
        for key in keys:
            self._run.gone += self._fallback.pop(key, None) is not None

    def _keep_model(self, lines: Mapping[Source, Stored], last: Mapping[str, Source]) -> None:
        if lines:
            self._records.put(lines)
            self._records.set_last(last)

    def _counted(self, row: Row, latency_ms: float) -> Row:
        self._run.done += 1
        for metrics in self._metrics:
            metrics.row(row.provenance, latency_ms)
        return row
