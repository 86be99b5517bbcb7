"""Questions to the graph: they wait until it is in line with the files, and see the unsaved buffers of who asks."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from remora.errors import UserError
from remora.isg.answers import IndexReport, Neighbour, NodeRef
from remora.isg.find import path_and_line, unknown
from remora.isg.graph import Graph
from remora.isg.locate import node_at, on_line
from remora.isg.values import Node
from remora.isg.walks import Walks
from remora.lang import language_of
from remora.repo import skip
from remora.repo.named import stray
from remora.repo.root import Root
from remora.server.answers import (
    MOST_NEIGHBOURS,
    neighbour_maps,
    node_map,
    outside,
    ref_map,
    ref_of,
    report_map,
    standing_map,
)
from remora.server.overlays import Overlays
from remora.server.packages import folder_of, node_summary, package_map
from remora.server.requests import Requests
from remora.server.wire import Peer
from remora.server.workspaces import Kept, Workspaces

Params = dict[str, Any]
METHODS = (
    *("index", "graph_counts", "node", "callers", "callees", "impact"),
    *("path", "search", "query", "snapshot", "overlay"),
)


class _Stopped(Exception):
    """Ends an indexing whose request was stopped."""


class Questions:
    """Args:
    root_of: the workspace that parameters name.
    """

    def __init__(self, workspaces: Workspaces, requests: Requests, root_of: Callable[[Params], Root]) -> None:
        self._workspaces = workspaces
        self._requests = requests
        self.root_of = root_of
        self._overlays = Overlays()

    # -- the whole graph ------------------------------------------------------------------------------------------

    async def index(self, params: Params, peer: Peer) -> Params:
        root = self.root_of(params)
        options = {name: params[name] for name in ("jobs", "overlay", "rebuild") if name in params}
        globs = {name: tuple(params[name]) for name in ("include", "exclude") if name in params}
        if "workers" in params:
            options["cluster"] = params.get("address", "")

        async def work(emit: Callable[..., None]) -> Params:
            emit("phase", phase="indexing")
            kept = await self._workspaces.kept(root, peer)
            await self._workspaces.widen(kept, root)
            kept.files.many |= params.get("large", False)
            if params.get("named") or kept.is_stray:
                self._workspaces.keep_name(kept)

            def tell(done: int, total: int) -> None:
                emit("phase", phase="indexing", done=done, total=total)

            report = None
            now = await asyncio.to_thread(kept.workspace.graph.globs)
            if not options and (not globs or globs == now):
                report = await kept.upkeep.joined(tell)
            if report is None:
                report = await _stoppable(kept, tell, many=kept.files.many, **options, **globs)
            if "snapshot" in params:
                await asyncio.to_thread(_write, kept, params["snapshot"])
            return {"report": report_map(report)}

        return {"request": self._requests.start(work, peer)}

    async def graph_counts(self, params: Params, peer: Peer) -> Params:
        """At once: whoever waits for an index asks for one."""
        kept = await self._workspaces.kept(self.root_of(params), peer)
        counts = await asyncio.to_thread(kept.workspace.graph.counts)
        standing = kept.upkeep.standing
        if standing.state == "resting":
            indexed = bool(counts["files"])
        else:
            indexed = standing.state == "current"
        return counts | {"indexed": indexed, "standing": standing_map(standing)}

    async def search(self, params: Params, peer: Peer) -> Params:
        kept = await self.ready(params, peer)
        limit = min(params.get("limit", 20), MOST_NEIGHBOURS)
        found = await asyncio.to_thread(kept.workspace.graph.search, params["name"], limit)
        return {"nodes": [ref_map(ref) for ref in found]}

    async def query(self, params: Params, peer: Peer) -> Params:
        if ("script" in params) == ("view" in params):
            raise UserError("query needs a script or a view. doc/protocol.md lists what each method takes.", "usage")
        kept = await self.ready(params, peer)
        limit = min(params.get("limit", 1000), MOST_NEIGHBOURS)
        graph = kept.workspace.graph
        ask = (
            partial(graph.query, params["script"], limit)
            if "script" in params
            else partial(graph.view, params["view"], limit)
        )
        table = await asyncio.to_thread(ask)
        return {"headers": list(table.headers), "rows": table.rows, "cut": table.cut}

    async def snapshot(self, params: Params, peer: Peer) -> Params:
        kept = await self.ready(params, peer)
        await asyncio.to_thread(_write, kept, params["file"])
        return {"file": params["file"]}

    # -- one node -------------------------------------------------------------------------------------------------

    async def node(self, params: Params, peer: Peer) -> Params:
        root = self.root_of(params)
        _named("node", params)
        kept = await self.ready(params, peer)
        if "key" in params and (folder := folder_of(kept.workspace.graph, params["key"])) is not None:
            return await asyncio.to_thread(package_map, kept.workspace, folder)

        def find() -> Params:
            texts = self.texts(kept.workspace.graph, root, params, peer)
            node, walks = _find(kept, root, params, texts), kept.workspace.graph.unsaved(texts)
            about = node_map(node) if isinstance(node, Node) else _outside_map(node)
            if isinstance(node, Node):
                about |= node_summary(kept.workspace, node, texts.get(node.path))
            return (
                about
                | {
                    "root": str(root.path),
                    "callers": neighbour_maps(walks.callers(node.key)),
                    "callees": neighbour_maps(walks.callees(node.key)),
                    "tests": neighbour_maps(walks.tests_of(node.key)),
                }
                | (_module_maps(walks, node.key) if node.kind == "module" else {})
            )

        return await asyncio.to_thread(find)

    async def callers(self, params: Params, peer: Peer) -> Params:
        return await self._neighbours("callers", params, peer, params.get("depth", 1))

    async def callees(self, params: Params, peer: Peer) -> Params:
        return await self._neighbours("callees", params, peer, params.get("depth", 1))

    async def impact(self, params: Params, peer: Peer) -> Params:
        return await self._neighbours("impact", params, peer, params.get("depth"))

    async def path(self, params: Params, peer: Peer) -> Params:
        root = self.root_of(params)
        kept = await self.ready(params, peer)

        def find() -> Params:
            texts = self.texts(kept.workspace.graph, root, {}, peer)
            start, end = (_find(kept, root, {"key": params[one]}, texts) for one in ("from", "to"))
            steps = kept.workspace.graph.unsaved(texts).path(start.key, end.key)
            return {"from": ref_map(ref_of(start)), "to": ref_map(ref_of(end)), "steps": neighbour_maps(steps)}

        return await asyncio.to_thread(find)

    async def overlay(self, params: Params, peer: Peer) -> Params:
        root = self.root_of(params)
        if "path" not in params:
            raise UserError("overlay needs a path. doc/protocol.md lists what each method takes.", "usage")
        path, text = root.relative(params["path"]), params.get("text")
        if language_of(path) is None:
            return {"wanted": False}
        left_out = skip.by_text(path, text) if text is not None else ""
        self._overlays.set(peer, root.path / path, None if left_out else text)
        return {"wanted": True} | ({"left_out": left_out} if left_out else {})

    # -- inside ---------------------------------------------------------------------------------------------------

    async def _neighbours(self, method: str, params: Params, peer: Peer, depth: int | None) -> Params:
        root = self.root_of(params)
        _named(method, params)
        kept = await self.ready(params, peer)

        def find() -> tuple[NodeRef, list[Neighbour]]:
            texts = self.texts(kept.workspace.graph, root, params, peer)
            node = _find(kept, root, params, texts)
            walks = kept.workspace.graph.unsaved(texts)
            found = getattr(walks, method)(node.key, depth, certain=params.get("certain", False))
            return ref_of(node), found

        node, found = await asyncio.to_thread(find)
        about = {"root": str(root.path), "node": ref_map(node)}
        return about | {"neighbours": neighbour_maps(found), "total": len(found)}

    def texts(self, graph: Graph, root: Root, params: Params, peer: Peer) -> dict[str, str]:
        """Unsaved texts of the client's, by path; the one that came with the question wins.

        Texts of files that a rule leaves out of the graph do not count.
        """
        texts = self._overlays.of(peer, root)
        if "text" in params and "path" in params:
            texts[root.relative(params["path"])] = params["text"]
        return {path: text for path, text in texts.items() if not graph.left_out(path, text)}

    async def ready(self, params: Params, peer: Peer) -> Kept:
        """The workspace, its graph in line with the files; the asked file first, and with `fresh` all others too."""
        root = self.root_of(params)
        kept = await self._workspaces.kept(root, peer)
        graph = kept.workspace.graph
        if "pos" in params and "path" in params:
            await asyncio.to_thread(graph.refresh, root.relative(params["path"]))
        await kept.upkeep.settled()
        if kept.is_stray:
            raise stray(root.path, f"remora index {shlex.quote(str(root.path))}")
        if kept.is_cut or (not kept.is_manual and (params.get("fresh") or not kept.was_looked_at)):
            await _stoppable(kept, lambda done, total: None, many=kept.files.many)
        elif kept.is_manual and not (await asyncio.to_thread(graph.counts))["files"]:
            raise UserError(
                f'{root.path} is not indexed, and codegraph.index is "manual". :RemoraIndex or `remora index` does it.',
                code="not_indexed",
            )
        return kept


async def _stoppable(kept: Kept, tell: Callable[[int, int], None], **options: Any) -> IndexReport:
    """Index in a thread; it ends when this task is cancelled."""
    loop, stopped = asyncio.get_running_loop(), False

    def progress(done: int, total: int) -> None:
        if stopped:
            raise _Stopped
        loop.call_soon_threadsafe(tell, done, total)

    def run() -> IndexReport:
        return kept.workspace.graph.index(progress, **options)

    kept.is_cut |= options.get("rebuild", False)
    indexing = asyncio.create_task(kept.upkeep.alone(run))
    try:
        report = await asyncio.shield(indexing)
    except asyncio.CancelledError:
        stopped = True
        await asyncio.wait([indexing])
        raise
    kept.was_looked_at, kept.is_cut = True, False
    return report


def _find(kept: Kept, root: Root, params: Params, texts: dict[str, str]) -> Node | NodeRef:
    """The node that parameters name, where it stands in these texts."""
    graph = kept.workspace.graph
    if "key" in params:
        key = params["key"]
        if (place := path_and_line(key)) and (place[0] in texts or root.inside(place[0]).is_file()):
            return _on_line(graph, root.relative(place[0]), place[1], texts)
        if (ref := outside(key)) is None:
            node = graph.find(key, texts)
            _refuse_left_out(graph, node.path)
            return node
        if not graph.has(ref.key):
            raise unknown(ref.key, graph.outside_like)
        return ref
    return _at(graph, root.relative(params["path"]), params["pos"], texts)


def _on_line(graph: Graph, path: str, line: int, texts: dict[str, str]) -> Node:
    """The node that a line is in, counted from 1, as it was typed."""
    text = graph.refresh(path, texts.get(path)).text
    count = text.count("\n") + (not text.endswith("\n"))
    if line > count:
        raise UserError(f"{path} has {count:,} lines, and no line {line:,}. Name one that is there.", "no_node")
    return _at(graph, path, (line - 1, 0), texts)


def _at(graph: Graph, path: str, pos: Sequence[int], texts: dict[str, str]) -> Node:
    """The node that a place is in: what stands in no function or class is a constant, or a part of the module."""
    _refuse_left_out(graph, path)
    file = graph.refresh(path, texts.get(path))
    row, col = pos
    try:
        return node_at(file, row, col)
    except UserError as error:
        # A cursor before the first character of a line stands on that character.
        row, col = on_line([line.encode() for line in file.text.split("\n")], row, col)
        holding = [node for node in file.nodes if node.kind == "module" or node.span.holds((row, col), (row, col))]
        if error.code != "no_node" or not holding:
            raise
        return min(holding, key=lambda node: node.span.end_byte - node.span.start_byte)


def _refuse_left_out(graph: Graph, path: str) -> None:
    if why := graph.left_out(path):
        raise UserError(
            f"{path} is not in the code graph ({why}), so nothing is known of what is in it. "
            "`remora index --help` says what is left out.",
            "left_out",
        )


def _module_maps(walks: Walks, key: str) -> Params:
    """What is to be said of a module, which is seldom called: what stands in it, and who imports it."""
    return {
        "members": neighbour_maps(sorted(walks.neighbours(key, "out", ("CONTAINS",)), key=lambda one: one.node.row)),
        "importers": neighbour_maps(walks.neighbours(key, "in", ("DEPENDS",))),
    }


def _write(kept: Kept, file: str) -> None:
    try:
        kept.workspace.graph.snapshot(Path(file))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it names no file"
        raise UserError(f"{file} cannot be written: {why}. Choose another file.", "unwritable") from error


def _named(method: str, params: Params) -> None:
    if "key" not in params and not ("path" in params and "pos" in params):
        message = f"{method} needs a key, or a path and a pos. doc/protocol.md lists what each method takes."
        raise UserError(message, "usage")


def _outside_map(ref: NodeRef) -> Params:
    place = {"span": [0, 0, 0, 0], "name_span": [0, 0, 0, 0], "lang": "", "level": 0, "facets": {}}
    words = {"qualname": ref.name, "visibility": "", "flags": [], "doc": "", "tdd": "", "summary": None}
    return ref_map(ref) | place | words
