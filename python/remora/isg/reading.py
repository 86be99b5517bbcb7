"""One file on disk to what is stored of it. The same code for this process, for workers and for a cluster."""

from __future__ import annotations

import gc
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from remora.errors import UserError
from remora.isg.extract import extract, only_module, pack
from remora.isg.manifest import LANG as MANIFEST
from remora.isg.manifest import is_manifest, read_manifest
from remora.isg.packing import pack_brief
from remora.isg.records import FileRow, ReadFile
from remora.isg.values import FileGraph
from remora.lang import language_of
from remora.repo import skip
from remora.repo.read import read_file
from remora.repo.text import body_hash, canonical, code_hash, decode


class Wanted(NamedTuple):
    """A file to read.

    Attributes:
        path: from the workspace's folder, "/" between the parts.
        code_hash: of the bytes that were read last: the same ones are not read again.
        kept: hashes of texts whose graphs are kept: these are not extracted again.
    """

    path: str
    code_hash: str = ""
    kept: tuple[str, ...] = ()


SAME, KEPT = "same", "kept"
"""Statuses of a row that came without a graph: the bytes are the known ones; the text is one whose graph is kept."""


class RawFile(NamedTuple):
    """A file's bytes, on their way to whoever extracts them; that need not be on this machine."""

    wanted: Wanted
    raw: bytes
    code_hash: str
    mtime_ns: int


def read_one(folder: Path, wanted: Wanted, repo: str) -> tuple[ReadFile, FileGraph | None] | None:
    """A file of the workspace in `folder`, read and extracted.

    Returns:
        None when there is no such file. The graph is None when the file has no nodes (then its row says why), and for
        the statuses SAME and KEPT.
    """
    found = read_raw(folder, wanted, repo)
    return extracted(found, repo) if isinstance(found, RawFile) else found


def read_raw(folder: Path, wanted: Wanted, repo: str) -> RawFile | tuple[ReadFile, FileGraph | None] | None:
    """The bytes of a file, or what `read_one` returns when they say nothing more."""
    path = wanted.path
    try:
        raw, status = read_file(folder / path, skip.rules()["large"]["bytes"])
    except FileNotFoundError:
        return None
    except UserError as error:
        return large_or_failed(folder, path, repo, str(error))
    hashed = code_hash(raw)
    if hashed == wanted.code_hash:
        return ReadFile(FileRow(path, "", hashed, "", SAME, "", status.st_mtime_ns, len(raw), 0), b"", b""), None
    return RawFile(wanted, raw, hashed, status.st_mtime_ns)


def extracted(file: RawFile, repo: str) -> tuple[ReadFile, FileGraph | None]:
    """What a file's bytes say."""
    (path, _, kept), raw, hashed, mtime_ns = file
    stamp = (mtime_ns, len(raw))
    why = skip.by_name(path) or skip.by_content(raw)
    if why:
        return named_only(path, repo, hashed, stamp, why)
    reason = ""
    try:
        text = decode(raw, path)[0]
    except UserError:
        # The graph wants what can be read; a file is edited only as UTF-8.
        text, reason = canonical(raw.decode("latin-1").replace("\r\n", "\n")), "not UTF-8, read as Latin-1"
    if kept and (text_hash := body_hash(text)) in kept:
        return ReadFile(FileRow(path, text_hash, hashed, "", KEPT, reason, *stamp, 0), b"", b""), None
    graph = graph_of(path, text, repo)
    row = FileRow(path, graph.text_hash, hashed, graph.lang, graph.status, graph.reason, *stamp, len(graph.nodes))
    return ReadFile(with_reason(row, reason), pack_brief(graph), pack(graph)), graph


def with_reason(row: FileRow, reason: str) -> FileRow:
    """A row with what the bytes say against the file, when its text says nothing."""
    return row._replace(status="partial", reason=reason) if reason and row.status == "ok" else row


def large_or_failed(folder: Path, path: str, repo: str, error: str) -> tuple[ReadFile, FileGraph | None] | None:
    try:
        status = (folder / path).lstat()
    except OSError:
        return None
    stamp = (status.st_mtime_ns, status.st_size)
    why = skip.by_size(status.st_size)
    if why:
        return named_only(path, repo, "", stamp, why)
    return ReadFile(FileRow(path, "", "", language_name(path), "failed", error, *stamp, 0), b"", b""), None


def named_only(path: str, repo: str, hashed: str, stamp: tuple[int, int], why: str) -> tuple[ReadFile, FileGraph]:
    """A file of which the graph holds the module's node alone."""
    # Not the hash of the empty text: that is another file.
    graph = only_module(path, "", repo, language_of(path), "skipped", why)
    graph = replace(graph, text_hash="skipped", lang=language_name(path))
    row = FileRow(path, graph.text_hash, hashed, graph.lang, "skipped", why, *stamp, len(graph.nodes))
    return ReadFile(row, pack_brief(graph), pack(graph)), graph


def graph_of(path: str, text: str, repo: str) -> FileGraph:
    """The graph of a source file or a manifest."""
    return read_manifest(path, text, repo) if is_manifest(path) else extract(path, text, repo)


def language_name(path: str) -> str:
    language = language_of(path)
    return language.name if language else MANIFEST if is_manifest(path) else ""


@contextmanager
def uncollected() -> Generator[None]:
    """Let the garbage collector rest while millions of tuples are made, in this process and by whoever else asks.

    They form no cycles; looking for some takes as long as all the rest, and finds nothing.
    """
    with _COLLECTING:
        _resting.append(gc.isenabled())
        gc.disable()
    try:
        yield
    finally:
        with _COLLECTING:
            was_enabled = _resting.pop()
            if not _resting and was_enabled:
                gc.enable()


_COLLECTING = threading.Lock()
_resting: list[bool] = []


Chunk = list[Wanted]
"""The files that one task reads."""
