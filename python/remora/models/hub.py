"""One file from the model hub over HTTP, going on where an earlier try stopped."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from remora.models.catalogue import HubFile, Model
from remora.models.partial import Partial, SourceFailed

if TYPE_CHECKING:
    import httpx

HUB = "https://huggingface.co"
TRIES = 3
PAUSE_SECONDS = 0.5


async def fetch(
    source: HubFile, model: Model, partial: Partial, report: Callable[[int, int, str], None], environ: Mapping[str, str]
) -> None:
    """Append what is missing to `partial`.

    `HF_ENDPOINT` and `HF_TOKEN` mean what they mean for the hub's own tools: another address, and a login for files
    whose licence must be accepted first. A connection that breaks once bytes have come is taken up again, until it has
    broken `TRIES` times in a row without a new one.

    Raises:
        SourceFailed: the hub is out of reach, refuses, or offers another file than the catalogue names.
    """
    import httpx

    url = f"{environ.get('HF_ENDPOINT', HUB).rstrip('/')}/{source.repo}/resolve/{source.revision}/{source.file}"
    token = environ.get("HF_TOKEN", "")
    headers = {"accept-encoding": "identity"} | ({"authorization": f"Bearer {token}"} if token else {})
    timeout = httpx.Timeout(30, connect=6)
    await partial.keep(partial.size)
    unreachable = (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL)
    found, tries = partial.size, 0
    async with httpx.AsyncClient(follow_redirects=True, timeout=timeout, headers=headers) as client:
        while True:
            before = partial.size
            try:
                async with client.stream("GET", url, headers=_range(partial.size)) as response:
                    await _take(response, source, model, partial, report)
                return
            except (httpx.RequestError, httpx.InvalidURL, _Dropped) as error:
                reason = str(error) or type(error).__name__
                if partial.size == found and isinstance(error, unreachable):
                    raise SourceFailed(f"{url.split('/')[2]} is out of reach ({reason})") from error
            tries = 1 if partial.size > before else tries + 1
            if tries >= TRIES:
                raise SourceFailed(f"{url.split('/')[2]} broke off {tries} times ({reason})")
            await asyncio.sleep(PAUSE_SECONDS * tries)


class _Dropped(Exception):
    """The answer ended early or the server had a bad moment; ask again."""


def _range(size: int) -> dict[str, str]:
    return {"range": f"bytes={size}-"} if size else {}


async def _take(
    response: httpx.Response,
    source: HubFile,
    model: Model,
    partial: Partial,
    report: Callable[[int, int, str], None],
) -> None:
    total = await _total(response, source, model, partial)
    report(partial.size, total, "hub")
    # No chunk size: httpx would hold bytes back until a chunk is full, and lose them when the connection breaks.
    async for data in response.aiter_raw():
        if partial.size + len(data) > total:
            raise SourceFailed(f"{source.repo} sends more than the {total} bytes it promised")
        partial.append(data)
        report(partial.size, total, "hub")
    if partial.size < total:
        raise _Dropped(f"the answer ended after {partial.size} of {total} bytes")


async def _total(response: httpx.Response, source: HubFile, model: Model, partial: Partial) -> int:
    """The whole file's size by the server's word, once it is clear that this is the file and where its bytes begin."""
    status = response.status_code
    if status in (401, 403):
        raise SourceFailed(f"{source.repo} asks for a login: accept its licence on the hub, then set HF_TOKEN")
    if status == 416:
        await partial.keep(0)
        raise _Dropped("the partial file is longer than the hub's")
    if status >= 500 or status == 429:
        raise _Dropped(f"the hub answered {status}")
    if status not in (200, 206):
        raise SourceFailed(f"{source.repo}/{source.file}: the hub answered {status}")
    if status == 206:
        stated = re.fullmatch(r"bytes (\d+)-\d+/(\d+)", response.headers.get("content-range", ""))
        if not stated or int(stated[1]) != partial.size:
            raise SourceFailed(f"{source.repo}: the hub sent another range than asked for")
        total = int(stated[2])
    else:
        await partial.keep(0)
        total = int(response.headers.get("content-length", model.bytes))
    if model.exact and total != model.bytes:
        raise SourceFailed(f"{source.repo}: the hub's file has {total} bytes, the catalogue's {model.bytes}")
    for answer in (*response.history, response):
        # The hub states a large file's sha256 up front; a changed file is then refused before a gigabyte has arrived.
        stated_hash = answer.headers.get("x-linked-etag", "").strip('"')
        if re.fullmatch(r"[0-9a-f]{64}", stated_hash) and stated_hash != model.sha256:
            raise SourceFailed(f"{source.repo}: the hub's file has sha256 {stated_hash}, not {model.sha256}")
    return total
