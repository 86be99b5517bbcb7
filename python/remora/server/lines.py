"""`lines`: what is said of each definition of one file, at once. No index is needed, and no engine is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from remora.errors import UserError
from remora.isg.extract import extract
from remora.lang import language_of
from remora.repo.read import read_file
from remora.repo.root import Root
from remora.repo.text import canonical, decode
from remora.server.wire import Peer
from remora.server.workspaces import Workspaces
from remora.summary.lines import file_lines
from remora.summary.placed import Said, lines_of
from remora.summary.records import SummaryRecords

Params = dict[str, Any]


class Lines:
    """Args:
    root_of: the workspace that parameters name.
    threshold: what an editor is told of how sure a line must be.
    """

    def __init__(self, root_of: Callable[[Params], Root], workspaces: Workspaces, threshold: float) -> None:
        self._root_of = root_of
        self._workspaces = workspaces
        self._threshold = threshold

    async def lines(self, params: Params, peer: Peer) -> Params:
        root = self._root_of(params)
        if "path" not in params:
            raise UserError("lines needs a path. doc/protocol.md lists what each method takes.", "usage")
        path = root.relative(params["path"])
        if language_of(path) is None:
            return {"lines": [], "unread": f"{path} is in no language that Remora reads; open a source file."}
        kept = await self._workspaces.kept(root, peer)
        records = SummaryRecords(kept.workspace.store, str(kept.workspace.root.path))
        found = await asyncio.to_thread(_read, root, path, params.get("text"), records)
        return found if "unread" in found else found | {"threshold": self._threshold}


def _read(root: Root, path: str, text: str | None, records: SummaryRecords) -> Params:
    if text is None:
        try:
            text = decode(read_file(root.inside(path))[0], path)[0]
        except FileNotFoundError:
            return {"lines": [], "unread": f"{path} is gone; write it, then ask again."}
    graph = extract(path, canonical(text), root.path.name)
    told = file_lines(graph, records)
    said = {one.subject.key: Said(one.text, one.provenance, one.confidence, one.is_stale) for one in told}
    found = [line._asdict() for line in lines_of(graph, said)]
    if len(found) < 2 and graph.reason:
        return {"lines": [], "unread": f"{path} cannot be read: {graph.reason}. Mend it, then ask again."}
    return {"lines": found}
