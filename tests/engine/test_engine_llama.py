"""The embedded engine with a real small model: its process, its port, its death."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from engine.asking import ask, read, read_until, text_of
from remora.engine import open_engine
from remora.engine.llama import Llama
from remora.engine.protocol import Finished, Loading, Message, Reading, Text
from remora.errors import EngineError, UserError

LONG = "word " * 1500  # about 1,500 tokens: many batches to read


@asynccontextmanager
async def running(model_file, context=2048, **options):
    engine = Llama(model_file, context=context, **options)
    try:
        yield engine
    finally:
        await engine.close()


def exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def is_zombie(pid: int) -> bool:
    """Ended, and not yet collected by whoever adopts orphans here."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return False


def command_of(pid: int) -> str:
    if Path("/proc/self").exists():
        return Path(f"/proc/{pid}/cmdline").read_text()
    return subprocess.check_output(["ps", "-ww", "-o", "args=", "-p", str(pid)], text=True)


@pytest.mark.model
def test_the_workers_port_answers_nobody_without_its_key(model_file):
    async def main():
        async with running(model_file) as engine:
            await engine.start()
            root = engine._worker.client.root
            async with httpx.AsyncClient(trust_env=False) as anyone:
                body = {"messages": [{"role": "user", "content": "hi"}], "max_tokens": 1}
                asked = await anyone.post(f"{root}/chat/completions", json=body)
                wrong = await anyone.post(
                    f"{root}/chat/completions", json=body, headers={"Authorization": "Bearer guess"}
                )
                listed = await anyone.get(root.removesuffix("/v1") + "/props")
                page = await anyone.options(f"{root}/chat/completions", headers={"Origin": "https://page.example"})
            command = command_of(engine.stats()["pid"])
            secret = engine._worker.client._key
            assert root.startswith("http://127.0.0.1:")
            assert "llama_worker" in command and secret not in command
            return [asked.status_code, wrong.status_code, listed.status_code], page.headers

    statuses, headers = asyncio.run(main())
    assert statuses == [401, 401, 401]
    assert headers.get("access-control-allow-origin") not in ("*", "https://page.example")


@pytest.mark.model
def test_cancelling_while_the_prompt_is_read_stops_the_reading_and_frees_the_only_slot(model_file):
    async def main():
        async with running(model_file, slots=1) as engine:
            async with aclosing(engine.generate(ask(LONG))) as stream:
                reading = await read_until(stream, Reading)
            assert reading.done < reading.total
            deltas = await read(engine.generate(ask(LONG, max_tokens=1)))
            return deltas[-1]

    last = asyncio.run(main())
    # What the cancelled request had read is still in the slot's cache: far from all of it.
    assert last.cached_tokens < last.prompt_tokens / 2


@pytest.mark.model
def test_a_worker_killed_mid_stream_is_one_error_and_the_next_request_works(model_file, tmp_path):
    async def main():
        async with running(model_file, log=tmp_path / "engine.log") as engine:
            streams = [engine.generate(ask("Count to a thousand.", max_tokens=1000)) for _ in range(2)]
            for stream in streams:
                await read_until(stream, Text)
            os.kill(engine.stats()["pid"], signal.SIGKILL)
            for stream in streams:
                with pytest.raises(EngineError, match=r"died in the middle of its answer \(signal 9\).*Ask again"):
                    await read(stream)
            deltas = await read(engine.generate(ask(max_tokens=4)))
            return deltas, engine.stats()["starts"]

    deltas, starts = asyncio.run(main())
    assert isinstance(deltas[0], Loading)
    assert isinstance(deltas[-1], Finished)
    assert starts == 2


@pytest.mark.model
def test_a_worker_that_died_while_idle_is_replaced_without_an_error(model_file):
    async def main():
        async with running(model_file) as engine:
            await engine.start()
            os.kill(engine.stats()["pid"], signal.SIGKILL)
            return await read(engine.generate(ask(max_tokens=4)))

    assert text_of(asyncio.run(main()))


@pytest.mark.model
def test_no_process_is_left_after_close(model_file):
    async def main():
        async with running(model_file) as engine:
            await engine.start()
            pid = engine.stats()["pid"]
            stream = engine.generate(ask("Count to a thousand.", max_tokens=1000))
            await read_until(stream, Text)
            await engine.close()
            with pytest.raises(EngineError, match=r"unloaded in the middle of its answer\. Ask again\."):
                await read(stream)
            return pid

    assert not exists(asyncio.run(main()))


@pytest.mark.model
def test_closing_while_the_model_loads_leaves_no_process(model_file):
    async def main():
        async with running(model_file) as engine:
            stream = engine.generate(ask())
            await anext(stream)
            while engine._loading is None:
                await asyncio.sleep(0)
            pid = engine._loading.pid
            await engine.close()
            with pytest.raises(EngineError, match=r"was stopped\. Ask again\."):
                await read(stream)
            return pid

    assert not exists(asyncio.run(main()))


@pytest.mark.model
def test_leaving_while_the_model_loads_lets_it_load_for_the_next(model_file):
    async def main():
        async with running(model_file) as engine:
            async with aclosing(engine.generate(ask())) as stream:
                assert isinstance(await anext(stream), Loading)
            await asyncio.gather(*(read(engine.generate(ask(max_tokens=2))) for _ in range(2)))
            return engine.stats()["starts"]

    assert asyncio.run(main()) == 1


async def worker_process(model_file) -> asyncio.subprocess.Process:
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "remora.engine.llama_worker",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    settings = {"model": str(model_file), "context": 512, "slots": 1, "threads": 1, "secret": "s"}
    assert worker.stdin
    worker.stdin.write(json.dumps(settings).encode() + b"\n")
    await worker.stdin.drain()
    return worker


@pytest.mark.model
def test_the_worker_ends_when_its_parents_end_of_stdin_closes(model_file):
    async def main():
        worker = await worker_process(model_file)
        assert worker.stdin and worker.stdout
        assert "address" in json.loads(await worker.stdout.readline())
        worker.stdin.close()
        await asyncio.wait_for(worker.communicate(), 30)

    asyncio.run(main())


@pytest.mark.model
def test_a_worker_that_is_loading_ends_at_once_when_stdin_closes(model_file):
    async def main():
        worker = await worker_process(model_file)
        assert worker.stdin and worker.stderr
        async for line in worker.stderr:
            if b"loading model" in line:
                break
        worker.stdin.close()
        out, _ = await asyncio.wait_for(worker.communicate(), 30)
        return out

    assert asyncio.run(main()) == b"", "it went on loading, and announced itself"


@pytest.mark.model
def test_the_worker_does_not_outlive_a_killed_parent(model_file):
    parent_program = (
        "import asyncio, pathlib, sys\n"
        "from remora.engine.llama import Llama\n"
        "async def main():\n"
        "    engine = Llama(pathlib.Path(sys.argv[1]), context=512)\n"
        "    await engine.start()\n"
        "    print(engine.stats()['pid'], flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )

    async def main():
        parent = await asyncio.create_subprocess_exec(
            sys.executable, "-c", parent_program, str(model_file), stdout=asyncio.subprocess.PIPE
        )
        assert parent.stdout
        pid = int(await asyncio.wait_for(parent.stdout.readline(), 60))
        assert exists(pid)
        parent.kill()
        await parent.wait()
        async with asyncio.timeout(30):
            while exists(pid) and not is_zombie(pid):
                await asyncio.sleep(0.01)

    asyncio.run(main())


@pytest.mark.model
def test_a_warmed_prefix_is_not_read_again(model_file):
    prefix = Message("system", "You edit code with great care. " * 30)

    async def main():
        async with running(model_file) as engine:
            await engine.warm([prefix])
            deltas = await read(engine.generate(ask()))
            request = ask(max_tokens=2)
            warmed = replace(request, messages=(prefix, *request.messages))
            return await engine.count(prefix.content), deltas[-1], (await read(engine.generate(warmed)))[-1]

    prefix_tokens, _, last = asyncio.run(main())
    assert last.cached_tokens >= prefix_tokens
    assert last.prompt_tokens > last.cached_tokens


@pytest.mark.model
def test_a_prompt_that_does_not_fit_is_refused_with_its_size(model_file):
    async def main():
        async with running(model_file, context=512) as engine:
            with pytest.raises(EngineError, match=r"exceeds the available context size"):
                await read(engine.generate(ask(LONG)))
            return await read(engine.generate(ask(max_tokens=2)))

    assert isinstance(asyncio.run(main())[-1], Finished)


@pytest.mark.model
def test_the_log_holds_no_prompt_and_is_the_owners_alone(model_file, tmp_path):
    log = tmp_path / "deep" / "engine.log"

    async def main():
        async with running(model_file, log=log) as engine:
            await read(engine.generate(ask("The word is xylophone.", max_tokens=2)))

    asyncio.run(main())
    assert "model loaded" in log.read_text()
    assert "xylophone" not in log.read_text()
    assert log.stat().st_mode & 0o077 == 0


def refused(path, **options):
    async def main():
        engine = Llama(path, **options)
        try:
            await engine.start()
        finally:
            await engine.close()

    with pytest.raises(UserError) as raised:
        asyncio.run(main())
    return raised.value


@pytest.mark.model
def test_a_truncated_model_file_is_named_with_the_command_that_gets_it_anew(model_file, tmp_path):
    path = tmp_path / "small.gguf"
    with model_file.open("rb") as whole:
        path.write_bytes(whole.read(20_000_000))
    error = refused(path, log=tmp_path / "engine.log")
    assert error.code == "bad_model"
    assert str(error) == (
        f"The model file {path} cannot be used: it is truncated or damaged. "
        "Run `remora model pull small` to get it anew."
    )


def test_a_file_that_is_no_model_is_named_without_starting_a_process(tmp_path):
    path = tmp_path / "page.gguf"
    path.write_text("<html>")
    error = refused(path)
    assert error.code == "bad_model"
    assert f"{path} cannot be used: it is not a GGUF file. Run `remora model pull page`" in str(error)


def test_a_missing_model_file_is_no_model(tmp_path):
    error = refused(tmp_path / "gone.gguf", model="small")
    assert error.code == "no_model"
    assert str(error).endswith("Run `remora model pull small`.")


def test_open_engine_without_a_file_is_no_model():
    with pytest.raises(UserError) as raised:
        open_engine("llama")
    assert raised.value.code == "no_model"


def test_a_worker_that_cannot_start_says_why_and_what_next(tmp_path, monkeypatch):
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho no such library >&2\nexit 3\n")
    broken.chmod(0o700)
    path = tmp_path / "small.gguf"
    path.write_bytes(b"GGUF")
    monkeypatch.setattr(sys, "executable", str(broken))

    async def main():
        await Llama(path).start()

    with pytest.raises(EngineError, match=r"The model process could not start: exit status 3\. Run `remora doctor`\."):
        asyncio.run(main())
