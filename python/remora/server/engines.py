"""Engines, built once and shared by every workspace."""

from __future__ import annotations

from remora.config import EngineConfig, Places
from remora.engine import open_engine
from remora.engine.queue import Queue
from remora.models import catalogue
from remora.models.local import require


class Engines:
    """One queue per (engine, model). At most one embedded model is in memory: another one takes its place when it is idle."""

    def __init__(self, places: Places, config: EngineConfig) -> None:
        self._places = places
        self._config = config
        self._open: dict[tuple[str, str], Queue] = {}

    def get(self, spec: str | None, model: str | None) -> Queue:
        """The queue for an engine; nothing is started yet.

        Raises:
            UserError: `no_model` with what a pull would cost, an unknown engine or model.
        """
        spec = spec or self._config.engine
        name = model or (self._config.model if spec == "llama" else "")
        key = (spec, name)
        if key not in self._open:
            self._open[key] = Queue(self._engine(spec, name or None))
        return self._open[key]

    def stats(self) -> list[dict]:
        return [{"engine": spec, "model": model, **queue.stats()} for (spec, model), queue in self._open.items()]

    def is_busy(self) -> bool:
        """Whether an engine answers somebody, or somebody waits for it. Called from any thread."""
        numbers = [queue.stats() for queue in tuple(self._open.values())]
        return any(one["running"] or one["waiting"] for one in numbers)

    async def leave_only(self, queue: Queue) -> None:
        """Close other embedded models that nobody uses: two of them rarely fit. Other engines cost nothing beside one."""
        if queue.engine.name != "llama":
            return
        for key, other in list(self._open.items()):
            if (
                other is not queue
                and key[0] == "llama"
                and not other.stats()["running"]
                and not other.stats()["waiting"]
            ):
                del self._open[key]
                await other.close()

    async def close(self) -> None:
        for queue in self._open.values():
            await queue.close()
        self._open.clear()

    def _engine(self, spec: str, model: str | None):
        path = None
        if spec == "llama" and model:
            path = require(catalogue.find(model), self._places.models)
        self._places.log.mkdir(parents=True, exist_ok=True, mode=0o700)
        return open_engine(
            spec,
            path,
            model=model,
            context=self._config.context_tokens,
            threads=self._config.threads,
            log=self._places.log / "engine.log",
            key_env=self._config.key_env,
        )
