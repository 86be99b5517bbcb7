"""Asking an overlay about a workspace: questions from the stored graph, answers into it, file by file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import TYPE_CHECKING

from remora.errors import UserError
from remora.isg.overlay.protocol import Asked, Overlay, Refined
from remora.isg.overlay.questions import questions
from remora.isg.packing import edges_of, unresolved_of
from remora.isg.values import MODULE
from remora.repo.read import read_file
from remora.repo.text import body_hash, decode

if TYPE_CHECKING:
    from remora.isg.pipeline import Pipeline

# Answers of so many files are stored in one go.
BATCH = 50


def refine(
    pipeline: Pipeline,
    overlay: Overlay,
    progress: Callable[[int, int], None] | None,
    writing: AbstractContextManager[object],
) -> None:
    """Ask about every file with something uncertain, and make the links of those that were answered again.

    Args:
        progress: called with (files done, files in all); what it raises ends the run, and answers until then stay.

    Raises:
        UserError: of the overlay; answers until then stay.
    """
    with writing:
        pipeline.link()
        paths = [
            path for path, row in pipeline.world.files.items() if row.nodes and row.lang and overlay.takes(row.lang)
        ]
    view = StoredView(pipeline, writing)
    done = 0

    def asked() -> Iterator[Asked]:
        nonlocal done
        for done, path in enumerate(paths):
            if progress:
                progress(done, len(paths))
            with writing:
                one = asked_of(pipeline, path)
            if one is not None and one.questions:
                yield one

    batch: list[Refined] = []
    try:
        with closing(overlay.refine(view, asked())) as answers:
            for refined in answers:
                if refined.answers or refined.nodes:
                    batch.append(refined)
                if len(batch) >= BATCH:
                    with writing:
                        pipeline.put_refined(overlay.name, batch)
                    batch = []
    finally:
        with writing:
            pipeline.put_refined(overlay.name, batch)
            pipeline.link()
    if progress:
        progress(len(paths), len(paths))


class StoredView:
    """The workspace as an overlay may look at it (`protocol.View`)."""

    def __init__(self, pipeline: Pipeline, writing: AbstractContextManager[object]) -> None:
        self._pipeline = pipeline
        self._writing = writing

    @property
    def root(self) -> Path:
        return self._pipeline.root.path

    def key_at(self, path: str, row: int, col: int) -> str | None:
        with self._writing:
            graph = self._pipeline.world.graph(path)
        if graph is None:
            return None
        here = (row, col)
        return next(
            (one.key for one in graph.nodes if tuple(one.name_span[:2]) == here and one.qualname != MODULE),
            graph.nodes[0].key if here == (0, 0) else None,
        )


def asked_of(pipeline: Pipeline, path: str) -> Asked | None:
    """A file's questions; None when the stored graph is not that of the file on disk."""
    row = pipeline.world.files.get(path)
    if row is None:
        return None
    edges, unresolved = edges_of(pipeline.records.edges(path)), unresolved_of(pipeline.records.unresolved(path))
    if not unresolved and all(edge[3] == "exact" for edge in edges):
        return None
    try:
        text = decode(read_file(pipeline.root.inside(path))[0], path)[0]
    except (OSError, UserError):
        return None
    if body_hash(text) != row.text_hash:
        return None
    return Asked(path, row.lang, row.text_hash, text, questions(text, row.lang, edges, unresolved))
