"""What the server does for each method of doc/protocol.md. Socket and in-process clients come through the same door."""

from __future__ import annotations

import asyncio
import getpass
import os
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from remora import PROTOCOL, __version__
from remora.codegraph import Editor, Proposal, Written, approve
from remora.config import Config, Places
from remora.errors import UserError
from remora.models import catalogue
from remora.models.local import cost, path_of
from remora.models.pull import pull
from remora.repo.named import named_in
from remora.repo.root import Root, find_root
from remora.server.answers import standing_map
from remora.server.editors import AttachedEditor
from remora.server.engines import Engines
from remora.server.lines import Lines
from remora.server.news import News
from remora.server.params import METHODS, checked
from remora.server.questions import METHODS as QUESTIONS
from remora.server.questions import Questions
from remora.server.requests import Requests
from remora.server.summaries import METHODS as SUMMARIES
from remora.server.summaries import Summaries
from remora.server.wire import Peer
from remora.server.workspaces import Workspaces
from remora.session import Selection, replay
from remora.swarm import fixed_prefix

Params = dict[str, Any]


class Service:
    """All state of one server: engines, workspaces, requests, attached peers."""

    def __init__(self, places: Places, config: Config, stop: Callable[[], None], *, indexing: bool) -> None:
        self.places = places
        self.config = config
        self.engines = Engines(places, config.engine)
        self.news = News()
        self.workspaces = Workspaces(
            places.state, config, indexing=indexing, is_busy=self.engines.is_busy, tell=self.news.tell
        )
        self.requests = Requests()
        questions = Questions(self.workspaces, self.requests, self._root)
        self.peers: list[Peer] = []
        self.draining = False
        self._leave = stop
        self._deciding = asyncio.Lock()
        self._writing: set[asyncio.Task[Any]] = set()
        self._methods: dict[str, Callable[[Params, Peer], Awaitable[Any]]] = {
            name: getattr(questions, name) if name in QUESTIONS else getattr(self, f"_{name}")
            for name in METHODS
            if name not in ("lines", *SUMMARIES)
        }
        self._methods["lines"] = Lines(self._root, self.workspaces, config.summary.threshold).lines
        summaries = Summaries(self.workspaces, self.requests, questions, self.engines, config.summary)
        self._methods |= {name: getattr(summaries, name) for name in SUMMARIES}

    async def handle(self, method: str, params: Params, peer: Peer) -> Any:
        """Raises UserError for an unknown method, parameters of the wrong kind, a missing `hello`, a protocol that does not fit."""
        if method == "hello":
            return self._hello(params, peer)
        if not peer.info:
            raise UserError("Say hello first: {protocol, version, client, pid}.", code="no_hello")
        if method not in self._methods:
            raise UserError(
                f"There is no method {method!r}. The client and the server differ in version.", code="unknown_method"
            )
        if self.draining and method in ("edit", "pull", "approve", "index", "summarize"):
            raise UserError("This server is leaving for a newer one. Try again in a moment.", code="draining")
        return await self._methods[method](checked(method, params), peer)

    async def close(self) -> None:
        await self.requests.close()
        await asyncio.gather(*self._writing, return_exceptions=True)
        await self.engines.close()
        await self.workspaces.close()
        await self.news.close()

    def left(self, peer: Peer) -> None:
        """A client is gone."""
        self.peers.remove(peer)
        self.workspaces.left(peer)

    async def close_idle(self) -> None:
        """See `Workspaces.close_idle`; nothing is closed while a request runs."""
        if not self.requests.running():
            await self.workspaces.close_idle()

    # -- the handshake --------------------------------------------------------------------------------------------

    def _hello(self, params: Params, peer: Peer) -> Params:
        mine = {"protocol": PROTOCOL, "version": __version__, "pid": os.getpid()}
        theirs = params.get("protocol")
        if not isinstance(theirs, int) or theirs < PROTOCOL:
            raise UserError(
                f"This client is older than the running server ({__version__}). Restart Neovim, or update the plugin.",
                code="old_client",
                **mine,
            )
        peer.info = dict(params)
        return mine

    # -- requests -------------------------------------------------------------------------------------------------

    async def _edit(self, params: Params, peer: Peer) -> Params:
        root = self._root(params)
        path = root.relative(params["path"]) if "path" in params else None
        if path is None and "key" not in params:
            raise _lacks("edit", "a path or a key")

        async def work(emit: Callable[..., None]) -> Params:
            emit("phase", phase="starting")
            workspace = await self.workspaces.get(root, peer)
            at = path or (await asyncio.to_thread(workspace.graph.find, params["key"])).path
            selection = Selection.from_wire(params, at)
            queue = self.engines.get(params.get("engine"), params.get("model"))
            await self.engines.leave_only(queue)
            session = workspace.session(lambda: queue, emit, params.get("author") or _user())
            try:
                proposal = await session.run(selection)
            except UserError as error:
                session.record.add("failed", code=error.code, message=str(error))
                raise
            return {"proposal": await asyncio.to_thread(workspace.codegraph.to_wire, proposal)}

        return {"request": self.requests.start(work, peer)}

    async def _stop(self, params: Params, peer: Peer) -> Params:
        if not params.get("all") and "request" not in params:
            raise _lacks("stop", "a request, or all: true")
        return {"stopped": self.requests.stop(None if params.get("all") else params["request"])}

    async def _pull(self, params: Params, peer: Peer) -> Params:
        model = catalogue.find(params["name"])
        if params.get("sha256"):
            model = catalogue.with_sha256(model, params["sha256"])
        loop = asyncio.get_running_loop()

        async def work(emit: Callable[..., None]) -> Params:
            stopped = False

            def tell(done: int, total: int, note: str) -> None:
                fields = {"phase": "pulling", "done": done, "total": total, "note": note}
                loop.call_soon_threadsafe(lambda: emit("phase", **fields))

            pulling = asyncio.create_task(asyncio.to_thread(pull, model, self.places.models, tell, lambda: stopped))
            try:
                return {"path": str(await asyncio.shield(pulling))}
            except asyncio.CancelledError:
                stopped = True
                await asyncio.wait([pulling])
                raise

        return {"request": self.requests.start(work, peer)}

    async def _resume(self, params: Params, peer: Peer) -> Params:
        return {"events": self.requests.resume(params["request"], params.get("seq", 0), peer)}

    async def _preload(self, params: Params, peer: Peer) -> Params:
        try:
            queue = self.engines.get(params.get("engine"), params.get("model"))
        except UserError as error:
            if error.code == "no_model":
                return {"ready": False}  # the first request asks; preloading never does
            raise
        if not queue.engine.caps.local:
            return {"ready": False}  # nothing is sent elsewhere before the user asks for something
        await queue.engine.start()
        await queue.warm(fixed_prefix())
        return {"ready": True}

    # -- text objects ---------------------------------------------------------------------------------------------

    async def _select(self, params: Params, peer: Peer) -> Params:
        from remora.isg.select import select

        row, col = params["pos"]
        count = params.get("count", 1)
        span = await asyncio.to_thread(
            select, params["text"], params.get("lang", "python"), params["capture"], row, col, count
        )
        return {"span": [span.start_row, span.start_col, span.end_row, span.end_col] if span else None}

    # -- the write surface ----------------------------------------------------------------------------------------

    async def _propose(self, params: Params, peer: Peer) -> Params:
        workspace = await self.workspaces.get(self._root(params), peer)
        proposal = await asyncio.to_thread(
            lambda: workspace.codegraph.propose(
                params["key"],
                params["action"],
                params.get("code", ""),
                tdd=params.get("tdd"),
                author=params.get("author") or _user(),
                request=params.get("request", ""),
            )
        )
        return await asyncio.to_thread(workspace.codegraph.to_wire, proposal)

    async def _preflight(self, params: Params, peer: Peer) -> Any:
        workspace = await self.workspaces.get(self._root(params), peer)
        if "proposals" in params:
            checks = [await asyncio.to_thread(workspace.codegraph.preflight, name) for name in params["proposals"]]
            return [check.to_wire() for check in checks]
        proposal = workspace.codegraph.newest_open(params.get("proposal"))
        return (await asyncio.to_thread(workspace.codegraph.preflight, proposal.id)).to_wire()

    async def _decide(self, params: Params, peer: Peer) -> Params:
        workspace = await self.workspaces.get(self._root(params), peer)
        hunk, decision = params["hunk"], params.get("decision")
        author = params.get("author") or _user()
        async with self._deciding:
            await asyncio.to_thread(workspace.codegraph.decide, params["proposal"], hunk, decision, author)
        return {"hunk": hunk, "decision": decision}

    async def _view(self, params: Params, peer: Peer) -> Params:
        if "path" not in params:
            raise _lacks("view", "a path")
        root = self._root(params)
        workspace = await self.workspaces.get(root, peer)
        hunks = await asyncio.to_thread(
            workspace.codegraph.view,
            params["proposal"],
            root.relative(params["path"]),
            params["text"],
        )
        decisions = workspace.codegraph.ledger.get(params["proposal"]).decisions
        return {
            "hunks": [
                {"id": h.id, "node": h.node, "start": h.start, "count": h.count, "lines": list(h.lines)}
                | {"decision": decisions.get(h.id)}
                for h in hunks
            ]
        }

    async def _approve(self, params: Params, peer: Peer) -> Params:
        workspace = await self.workspaces.get(self._root(params), peer)
        author, force = params.get("author") or _user(), params.get("force", False)

        async def write() -> tuple[Proposal, tuple[Written, ...]]:
            async with self._deciding:
                name, editors = params.get("proposal"), self._editors(peer)
                return await approve(workspace.codegraph, name, author=author, force=force, editors=editors)

        # A client that leaves now must not leave files half written.
        writing = asyncio.create_task(write())
        self._writing.add(writing)
        writing.add_done_callback(self._writing.discard)
        proposal, written = await asyncio.shield(writing)
        return {
            "proposal": proposal.id,
            "state": proposal.state,
            "node": proposal.node,
            "files": [w.to_wire() for w in written],
        }

    async def _reject(self, params: Params, peer: Peer) -> Params:
        workspace = await self.workspaces.get(self._root(params), peer)
        async with self._deciding:
            proposal = await asyncio.to_thread(workspace.codegraph.reject, params.get("proposal"))
        return {"proposal": proposal.id, "state": proposal.state}

    async def _get(self, params: Params, peer: Peer) -> Params:
        workspace = await self.workspaces.get(self._root(params), peer)
        if "key" in params:
            return await asyncio.to_thread(workspace.codegraph.get, params["key"])
        proposal = workspace.codegraph.newest_open(params.get("proposal"))
        return await asyncio.to_thread(workspace.codegraph.to_wire, proposal)

    async def _proposals(self, params: Params, peer: Peer) -> list[Params]:
        workspace = await self.workspaces.get(self._root(params), peer)
        found = await asyncio.to_thread(workspace.codegraph.proposals, params.get("state"))
        short = ("id", "state", "request", "node", "author", "model", "created")
        more = {"root": str(workspace.root.path)}
        return [{key: getattr(p, key) for key in short} | {"files": [f.path for f in p.files]} | more for p in found]

    # -- models, journal, the server itself -----------------------------------------------------------------------

    async def _models(self, params: Params, peer: Peer) -> list[Params]:
        folder = self.places.models
        return [
            cost(model, folder)
            | {
                "role": model.role,
                "context": model.context,
                "tested": model.tested,
                "present": path_of(model, folder) is not None,
            }
            for model in catalogue.catalogue()
        ]

    async def _journal(self, params: Params, peer: Peer) -> Any:
        journal = (await self.workspaces.get(self._root(params), peer)).journal
        if params.get("forget"):
            return {"forgotten": journal.forget(params.get("id"))}
        if "id" in params:
            return await asyncio.to_thread(journal.read, params["id"])
        return await asyncio.to_thread(journal.sessions)

    async def _replay(self, params: Params, peer: Peer) -> Params:
        workspace = await self.workspaces.get(self._root(params), peer)
        again = await replay(workspace.journal, params["id"], workspace.codegraph, self.config.edit)
        return {"diff": again.diff, "identical": again.identical}

    async def _status(self, params: Params, peer: Peer) -> Params:
        return {
            "pid": os.getpid(),
            "version": __version__,
            "clients": [p.info for p in self.peers],
            "workspaces": [
                {
                    "root": str(kept.workspace.root.path),
                    "notices": list(kept.workspace.notices),
                    "index": standing_map(kept.upkeep.standing),
                }
                for kept in self.workspaces
            ],
            "engines": self.engines.stats(),
            "requests": self.requests.running(),
        }

    async def _serve_stop(self, params: Params, peer: Peer) -> Params:
        self.draining = True
        if params.get("drain"):
            await self.requests.drain()
        asyncio.get_running_loop().call_later(0.05, self._leave)  # after this answer is out
        return {}

    # -- helpers --------------------------------------------------------------------------------------------------

    def _root(self, params: Params) -> Root:
        root, path = params.get("root"), params.get("path")
        try:
            if root:
                return find_root(Path(root), explicit=Path(root))
            if path and Path(path).is_absolute():
                return find_root(Path(path), is_named=named_in(self.places.state))
        except OSError as error:  # a name that is too long, a folder that may not be entered
            where = f"{root or path}"[:60]
            raise UserError(
                f"{where!r} cannot be used: {error.strerror}. Choose another path.", code="outside"
            ) from error
        raise _lacks("A request", "a workspace: a root, or an absolute path")

    def _editors(self, asking: Peer) -> Sequence[Editor]:
        attached = [p for p in self.peers if p.info.get("client") == "nvim" and not p.closed.is_set()]
        attached.sort(key=lambda p: p is not asking)
        return [AttachedEditor(p) for p in attached]


def _lacks(method: str, what: str) -> UserError:
    return UserError(f"{method} needs {what}. doc/protocol.md lists what each method takes.", code="usage")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return str(os.getuid())
