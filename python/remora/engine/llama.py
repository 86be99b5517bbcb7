"""The embedded engine: llama.cpp in a process of its own, started when first needed and again after it died."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import signal
import sys
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import Any

from remora.engine.endpoint import ChatClient, ConnectionLost, drain, warm_request
from remora.engine.protocol import Caps, Delta, Loading, Message, OnProgress, Request
from remora.engine.worker import Worker, end_process, log_errors, open_log, usable_cores
from remora.errors import EngineError, UserError

PROGRESS_S = 0.2


class Llama:
    """Answers with a GGUF file.

    Args:
        model_path: the file.
        model: its name in messages; the file's stem when None.
        context: tokens that all running requests share, prompts and answers.
        slots: requests that run at the same time.
        threads: None leaves one core to the editor. More threads than free cores are many times slower.
        log: takes what llama.cpp prints (no prompts); None drops it.
        load_s, stall_s: the longest time to load, and the longest silence within an answer.
    """

    name = "llama"

    def __init__(
        self,
        model_path: Path,
        model: str | None = None,
        context: int = 8192,
        slots: int = 4,
        threads: int | None = None,
        log: Path | None = None,
        load_s: float = 300.0,
        stall_s: float = 300.0,
    ) -> None:
        self.model_path = model_path.absolute()
        self.model = model or model_path.stem
        self.caps = Caps(slots, context, prefix_cache=True, exact_count=True, local=True)
        self.threads = threads or max(1, usable_cores() - 1)
        self._log = log
        self._load_s = load_s
        self._stall_s = stall_s
        self._worker: Worker | None = None
        self._loading: asyncio.subprocess.Process | None = None
        self._launch: asyncio.Task[None] | None = None
        self._starts = 0
        self._closed = False

    async def start(self, on_progress: OnProgress | None = None) -> None:
        async with aclosing(self._started()) as steps:
            async for step in steps:
                if on_progress:
                    on_progress(step)

    async def generate(self, request: Request) -> AsyncGenerator[Delta, None]:
        for attempt in (1, 2):
            fresh = not (self._worker and self._worker.alive)
            async with aclosing(self._started()) as steps:
                async for step in steps:
                    yield step
            worker = self._present()
            answering = False
            try:
                async with aclosing(worker.client.stream(request, self.model)) as deltas:
                    async for delta in deltas:
                        answering = True
                        yield delta
                return
            except ConnectionLost as lost:
                if self._closed:
                    raise EngineError("The model was unloaded in the middle of its answer. Ask again.") from lost
                if not await worker.has_died():
                    raise
                # A worker that had died unnoticed before this request is simply replaced.
                if answering or fresh or attempt == 2:
                    raise EngineError(self._obituary(worker.process.returncode)) from lost

    async def warm(self, messages: Sequence[Message]) -> None:
        if messages:
            await drain(self.generate(warm_request(messages)))

    async def count(self, text: str) -> int:
        await self.start()
        return await self._present().client.tokens(text)

    def stats(self) -> dict[str, Any]:
        alive = self._worker is not None and self._worker.alive
        return {
            "name": self.name,
            "model": self.model,
            "path": str(self.model_path),
            "state": "ready" if alive else "loading" if self._launch else "idle",
            "pid": self._worker.process.pid if self._worker and alive else None,
            "threads": self.threads,
            "starts": self._starts,
        }

    async def close(self) -> None:
        self._closed = True
        launch, self._launch = self._launch, None
        if launch is not None:
            launch.cancel()
            await asyncio.wait({launch})
        worker, self._worker = self._worker, None
        if worker is not None:
            await worker.close()

    def _present(self) -> Worker:
        if self._worker is None:
            raise EngineError("The model was unloaded. Ask again.")
        return self._worker

    async def _started(self) -> AsyncGenerator[Loading, None]:
        """Yield progress until the worker answers. Leaving early lets it go on loading, for whoever asks next."""
        if self._closed:
            raise EngineError("The model was unloaded. Open a new engine.")
        if self._worker and self._worker.alive:
            return
        if self._launch is None or self._launch.done():
            self._launch = asyncio.create_task(self._start_worker())
            self._launch.add_done_callback(self._launched)
        launch = self._launch
        while not launch.done():
            yield self._progress()
            await asyncio.wait({launch}, timeout=PROGRESS_S)
        if launch.cancelled():
            raise EngineError("Loading the model was stopped. Ask again.")
        launch.result()

    def _launched(self, launch: asyncio.Task[None]) -> None:
        if self._launch is launch:
            self._launch = None
        if not launch.cancelled():
            launch.exception()  # seen, even when everybody who waited for it has left

    async def _start_worker(self) -> None:
        if self._worker is not None:
            await self._worker.close()
            self._worker = None
        self._check_file()
        self._starts += 1
        secret = secrets.token_urlsafe(32)
        settings = {
            "model": str(self.model_path),
            "context": self.caps.context,
            "slots": self.caps.slots,
            "threads": self.threads,
            "secret": secret,
        }
        with open_log(self._log) as log:
            log_start = log.tell()
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",  # a folder that the user stands in must not lend us modules
                "-m",
                "remora.engine.llama_worker",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        self._loading = process
        try:
            async with asyncio.timeout(self._load_s):
                reply = await self._hand_over(process, settings)
        except TimeoutError:
            await end_process(process)
            raise EngineError(
                f"{self.model} was not loaded within {self._load_s:g} seconds. Ask again, or choose a smaller model."
            ) from None
        except BaseException:
            await end_process(process)
            raise
        finally:
            self._loading = None
        if "address" in reply:
            self._worker = Worker(process, ChatClient(f"{reply['address']}/v1", secret, stall_s=self._stall_s))
            return
        await end_process(process)
        raise self._unloadable(reply, process.returncode, log_start)

    async def _hand_over(self, process: asyncio.subprocess.Process, settings: dict[str, Any]) -> dict[str, Any]:
        """The worker's one line; empty when it died first."""
        assert process.stdin is not None and process.stdout is not None
        with contextlib.suppress(ConnectionError):
            process.stdin.write(json.dumps(settings).encode() + b"\n")
            await process.stdin.drain()
        line = await process.stdout.readline()
        try:
            reply = json.loads(line)
        except ValueError:
            return {}
        return reply if isinstance(reply, dict) else {}

    def _check_file(self) -> None:
        try:
            with self.model_path.open("rb") as file:
                magic = file.read(4)
        except FileNotFoundError:
            raise UserError(
                f"The model file {self.model_path} is not there. Run `remora model pull {self.model}`.",
                code="no_model",
                name=self.model,
                path=str(self.model_path),
            ) from None
        except OSError as error:
            raise self._bad_model(f"it cannot be read ({error.strerror})") from None
        if magic != b"GGUF":
            raise self._bad_model("it is not a GGUF file")

    def _bad_model(self, why: str) -> UserError:
        return UserError(
            f"The model file {self.model_path} cannot be used: {why}. "
            f"Run `remora model pull {self.model}` to get it anew.",
            code="bad_model",
            name=self.model,
            path=str(self.model_path),
        )

    def _unloadable(self, reply: dict[str, Any], returncode: int | None, log_start: int) -> UserError | EngineError:
        told = log_errors(self._log, log_start)
        if "allocate" in told or "bad_alloc" in told or returncode == -signal.SIGKILL:
            return EngineError(
                f"There is not enough memory to load {self.model}. Close something, or choose a smaller model."
            )
        if "corrupted or incomplete" in told:
            return self._bad_model("it is truncated or damaged")
        if "error" in reply and "No module" not in reply["error"]:
            return self._bad_model(told or reply["error"])
        why = reply.get("error") or told or f"exit status {returncode}"
        return EngineError(f"The model process could not start: {why}. Run `remora doctor`{self._log_hint()}.")

    def _obituary(self, returncode: int | None) -> str:
        how = f"signal {-returncode}" if returncode is not None and returncode < 0 else f"exit status {returncode}"
        memory = " It may have run out of memory." if returncode == -signal.SIGKILL else ""
        return (
            f"The model process died in the middle of its answer ({how}).{memory} "
            f"Ask again: it starts anew{self._log_hint()}."
        )

    def _log_hint(self) -> str:
        return f"; its log is {self._log}" if self._log else ""

    def _progress(self) -> Loading:
        """How far the loading process is, by the memory it holds; only Linux tells.

        llama.cpp maps the file and then packs most of it anew, so the whole is about twice the file. Where it packs
        less, the model is ready before the number gets there.
        """
        try:
            total = self.model_path.stat().st_size
        except OSError:
            return Loading(None, None)
        if self._loading is None:
            return Loading(0, total)
        try:
            resident_pages = int(Path(f"/proc/{self._loading.pid}/statm").read_text().split()[1])
        except (OSError, ValueError, IndexError):
            return Loading(None, total)
        return Loading(min(resident_pages * os.sysconf("SC_PAGE_SIZE") // 2, total), total)
