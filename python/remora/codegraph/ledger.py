"""Proposals, decisions, intents and approvals at rest. The only place that knows the codegraph's relations."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from remora.codegraph.proposal import Decision, Edit, FileChange, Hunk, Preflight, Proposal, State
from remora.errors import StoreError, UserError
from remora.store.database import Store


@dataclass(frozen=True)
class FileIntent:
    """What approving one file will do. `where` says who writes it: `disk` (us), `buffer` (Neovim, then saved), `unsaved` (stays in Neovim).

    `old_code` and `new_code` are hashes of the file's raw bytes, None where the file does not exist. The raw bytes themselves are
    kept under those hashes until the commit, so that recovery can finish or take back.
    """

    path: str
    where: str
    old_code: str | None
    new_code: str | None


@dataclass(frozen=True)
class Intent:
    proposal: str
    author: str
    forced: bool
    subset: str
    files: tuple[FileIntent, ...]


@dataclass(frozen=True)
class Approval:
    proposal: str
    at: float
    author: str
    forced: bool
    action: str


class Ledger:
    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, proposal: Proposal, texts: Mapping[str, str]) -> None:
        """Store a new draft with the base texts it was made from, in one transaction."""
        edits = [[proposal.id, i, e.key, e.path, e.action, json.dumps(asdict(e))] for i, e in enumerate(proposal.edits)]
        self._store.write(
            """
            {?[id, state, created, updated, head] <- $p :insert proposals {id => state, created, updated, head}}
            {?[proposal, ord, key, path, action, body] <- $e :put edits {proposal, ord => key, path, action, body}}
            {?[hash, text] <- $t :put texts {hash => text}}
            """,
            {
                "p": [[proposal.id, proposal.state, proposal.created, proposal.updated, _head(proposal)]],
                "e": edits,
                "t": [[key, text] for key, text in texts.items()],
            },
        )

    def get(self, proposal: str) -> Proposal:
        rows = self._store.read(
            "?[id, state, created, updated, head] := *proposals{id, state, created, updated, head}, id = $id",
            {"id": proposal},
        )
        if not rows:
            raise UserError(
                f"There is no proposal {proposal!r} here. `remora proposals` lists them.", code="unknown_proposal"
            )
        return self._load(rows[0])

    def proposals(self, state: State | None = None) -> list[Proposal]:
        """Newest first."""
        rows = self._store.read(
            "?[id, state, created, updated, head] := *proposals{id, state, created, updated, head}"
            + (", state = $state" if state else ""),
            {"state": state} if state else {},
        )
        return [self._load(row) for row in sorted(rows, key=lambda row: (row[2], row[0]), reverse=True)]

    def text(self, text_hash: str) -> str:
        rows = self._store.read("?[text] := *texts{hash: $hash, text}", {"hash": text_hash})
        if not rows:
            raise StoreError(f"the text {text_hash[:12]} of a proposal is missing")
        return rows[0][0]

    def move(self, proposal: str, before: State, after: State) -> None:
        """Change the state, if it is still `before` (compare and set).

        Raises:
            UserError: somebody else changed it meanwhile.
        """
        try:
            self._store.write(
                """
                {?[id] := *proposals{id, state}, id = $id, state = $before :assert some}
                {?[id, state, updated] <- [[$id, $after, $now]] :update proposals {id => state, updated}}
                """,
                {"id": proposal, "before": before, "after": after, "now": time.time()},
            )
        except StoreError as error:
            if self.get(proposal).state != before:
                raise UserError(
                    f"Proposal {proposal} was just decided elsewhere. `remora proposals` shows it.", code="illegal"
                ) from error
            raise

    def save_preflight(self, proposal: Proposal) -> None:
        self._store.write(
            "?[id, head] <- [[$id, $head]] :update proposals {id => head}", {"id": proposal.id, "head": _head(proposal)}
        )

    def decide(self, proposal: str, hunk: str, decision: Decision | None, author: str) -> None:
        if decision is None:
            self._store.write(
                "?[proposal, hunk] <- [[$p, $h]] :rm decisions {proposal, hunk}", {"p": proposal, "h": hunk}
            )
            return
        self._store.write(
            "?[proposal, hunk, decision, author, at] <- [[$p, $h, $d, $a, $now]] "
            ":put decisions {proposal, hunk => decision, author, at}",
            {"p": proposal, "h": hunk, "d": decision, "a": author, "now": time.time()},
        )

    def begin(self, intent: Intent, raw: Mapping[str, bytes]) -> None:
        """Store what is about to be written, and both sides' bytes, before anything is."""
        self._store.write(
            """
            {?[proposal, at, body] <- [[$p, $now, $body]] :insert intents {proposal => at, body}}
            {?[hash, bytes] <- $raw :put raw_texts {hash => bytes}}
            """,
            {
                "p": intent.proposal,
                "now": time.time(),
                "body": json.dumps(asdict(intent)),
                "raw": [list(i) for i in raw.items()],
            },
        )

    def intents(self) -> list[Intent]:
        rows = self._store.read("?[at, body] := *intents{at, body}")
        found = []
        for _, body in sorted(rows):
            raw = json.loads(body)
            raw["files"] = tuple(FileIntent(**f) for f in raw["files"])
            found.append(Intent(**raw))
        return found

    def raw(self, code_hash: str) -> bytes:
        rows = self._store.read("?[bytes] := *raw_texts{hash: $hash, bytes}", {"hash": code_hash})
        if not rows:
            raise StoreError(f"the bytes {code_hash[:12]} of an approve are missing")
        return bytes(rows[0][0])

    def commit(self, intent: Intent, proposal: Proposal) -> None:
        """The commit row: the approve happened. Intent, state and approvals change together."""
        kept = {h.node for h in proposal.kept_hunks()}
        now = time.time()
        rows = [
            [e.key, now, proposal.id, intent.author, intent.forced, e.action] for e in proposal.edits if e.key in kept
        ]
        self._store.write(
            """
            {?[id] := *proposals{id, state}, id = $id, state = 'draft' :assert some}
            {?[id, state, updated] <- [[$id, 'approved', $now]] :update proposals {id => state, updated}}
            {?[key, at, proposal, author, forced, action] <- $a :put approvals {key, at => proposal, author, forced, action}}
            {?[proposal] <- [[$id]] :rm intents {proposal}}
            {?[hash] <- $raw :rm raw_texts {hash}}
            """,
            {"id": proposal.id, "now": now, "a": rows, "raw": _hashes(intent)},
        )

    def abandon(self, intent: Intent) -> None:
        """The approve did not happen; the proposal stays as it was."""
        self._store.write(
            "{?[proposal] <- [[$id]] :rm intents {proposal}} {?[hash] <- $raw :rm raw_texts {hash}}",
            {"id": intent.proposal, "raw": _hashes(intent)},
        )

    def last_approval(self, key: str) -> Approval | None:
        rows = self._store.read(
            "?[at, proposal, author, forced, action] := *approvals{key: $key, at, proposal, author, forced, action}",
            {"key": key},
        )
        if not rows:
            return None
        at, proposal, author, forced, action = max(rows)
        return Approval(proposal, at, author, forced, action)

    def open_edit(self, key: str) -> tuple[Proposal, Edit] | None:
        """The newest draft that changes `key`, and its edit of it."""
        rows = self._store.read(
            "?[created, id] := *edits:by_key{key: $key, proposal: id}, *proposals{id, state: 'draft', created}",
            {"key": key},
        )
        if not rows:
            return None
        proposal = self.get(max(rows)[1])
        return proposal, next(e for e in proposal.edits if e.key == key)

    def _load(self, row: Sequence[Any]) -> Proposal:
        identity, state, created, updated, head = row
        fields = json.loads(head)
        edits = self._store.read("?[ord, body] := *edits{proposal: $id, ord, body}", {"id": identity})
        decisions = self._store.read("?[hunk, decision] := *decisions{proposal: $id, hunk, decision}", {"id": identity})
        return Proposal(
            id=identity,
            state=state,
            created=created,
            updated=updated,
            edits=tuple(_edit(json.loads(body)) for _, body in sorted(edits)),
            files=tuple(_file(raw) for raw in fields.pop("files")),
            decisions={hunk: decision for hunk, decision in decisions},
            preflight=Preflight.from_wire(raw) if (raw := fields.pop("preflight")) else None,
            repairs=tuple(fields.pop("repairs")),
            **fields,
        )


def _hashes(intent: Intent) -> list[list[str]]:
    return [[h] for f in intent.files for h in (f.old_code, f.new_code) if h]


def _head(p: Proposal) -> str:
    return json.dumps(
        {
            "request": p.request,
            "node": p.node,
            "author": p.author,
            "model": p.model,
            "files": [asdict(f) for f in p.files],
            "preflight": p.preflight.to_wire() if p.preflight else None,
            "repairs": list(p.repairs),
            "timings": p.timings,
            "refines": p.refines,
        }
    )


def _edit(raw: dict[str, Any]) -> Edit:
    raw["span"] = tuple(raw["span"])
    return Edit(**raw)


def _file(raw: dict[str, Any]) -> FileChange:
    raw["hunks"] = tuple(Hunk(h["id"], h["node"], h["start"], h["count"], tuple(h["lines"])) for h in raw["hunks"])
    return FileChange(**raw)
