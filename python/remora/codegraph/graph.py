"""The CodeGraph: the single surface through which code is written. approve stands in approve.py."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from remora.codegraph import edits as make
from remora.codegraph.hunks import apply_hunks, hunks_of, lines_of, row_edits, unified
from remora.codegraph.ledger import Ledger
from remora.codegraph.merge import merge
from remora.codegraph.proposal import (
    Action,
    Decision,
    Edit,
    FileChange,
    Hunk,
    Preflight,
    Proposal,
    State,
    advance,
    subset_name,
)
from remora.config import CodeGraphConfig, TddClass
from remora.errors import UserError
from remora.isg.graph import Graph
from remora.repo.root import Root
from remora.repo.text import body_hash, decode
from remora.validation import Check, added, check


class CodeGraph:
    """Proposals over one workspace's graph. Nothing here touches a file of the workspace; see approve.py."""

    def __init__(self, ledger: Ledger, graph: Graph, root: Root, config: CodeGraphConfig) -> None:
        self.ledger = ledger
        self.graph = graph
        self.root = root
        self.config = config

    def get(self, key: str) -> dict[str, Any]:
        """The CodeGraph row of a node: what it is, what its newest draft would make it, and who approved it last."""
        future = self.ledger.open_edit(key)
        try:
            node = self.graph.find(key)
            key, current = node.key, node.span.cut(self.disk_text(node.path))
            future = future or self.ledger.open_edit(key)
        except UserError:
            if future is None:
                raise
            current = ""
        proposal, edit = future or (None, None)
        approval = self.ledger.last_approval(key)
        diagnostics = proposal.preflight.diagnostics if proposal and proposal.preflight else ()
        return {
            "isgl1_key": key,
            "Current_Code": current,
            "Future_Code": edit.future if edit else "",
            "Future_Action": edit.action if edit else None,
            "TDD_Classification": edit.tdd_class if edit else self.config.tdd_default,
            "current_id": int(bool(current)),
            "future_id": int(edit is not None),
            "last_updated": proposal.updated if proposal else (approval.at if approval else None),
            "author": proposal.author if proposal else (approval.author if approval else None),
            "diagnostics": [d.to_wire() for d in diagnostics],
            "proposal": proposal.id if proposal else None,
            "forced": approval.forced if approval else False,
        }

    def propose(
        self, key: str, action: str, code: str, *, tdd: str | None = None, author: str, request: str = ""
    ) -> Proposal:
        """Draft one node's change from its new text, as a script or another agent would.

        Raises:
            UserError: an action or class that does not exist, an unknown node, a node to create that is there already.
        """
        if action not in get_args(Action):
            raise UserError(f"There is no action {action!r}. Use Create, Edit or Delete.")
        tdd_class = self._tdd(tdd)
        if action == "Create":
            edit, base, exists = self._create(key, code, tdd_class)
        else:
            node = self.graph.find(key)
            base, exists = self.disk_text(node.path), True
            edit = (
                make.delete_node(base, node, tdd_class)
                if action == "Delete"
                else make.replace_node(base, node, self._at_column(base, node, code), tdd_class)
            )
        whole = action == "Delete" and edit.key.endswith("<module>")
        return self.draft(
            [edit],
            {edit.path: base},
            missing=() if exists else (edit.path,),
            deleted=(edit.path,) if whole else (),
            request=request or f"{action} {edit.key}",
            node=edit.key,
            author=author,
            model="",
        )

    def draft(
        self,
        edits: Sequence[Edit],
        bases: Mapping[str, str],
        *,
        request: str,
        node: str,
        author: str,
        model: str,
        missing: Sequence[str] = (),
        deleted: Sequence[str] = (),
        repairs: Sequence[str] = (),
        timings: Mapping[str, float] | None = None,
        refines: str | None = None,
        check: Check = check,
    ) -> Proposal:
        """Store a proposal made of `edits`, with its preflight.

        Args:
            bases: the canonical text of each file that the edits were made from.
            check: the checker of one file's text; a session remembers what it has checked already.
            missing: files that do not exist yet.
            deleted: files that go as a whole.
        """
        files, number = [], 0
        for path, base in bases.items():
            hunks = hunks_of(base, [e for e in edits if e.path == path])
            hunks = tuple(replace(h, id=f"h{number + i + 1}") for i, h in enumerate(hunks))
            number += len(hunks)
            files.append(FileChange(path, body_hash(base), path not in missing, path in deleted, hunks))
        if not number:
            name = node.rpartition("-")[2]
            raise UserError(
                f"The answer leaves {name} as it is. Say more exactly what should change.", code="no_change"
            )
        now = time.time()
        proposal = Proposal(
            id=secrets.token_hex(4),
            state="draft",
            request=request,
            node=node,
            author=author,
            model=model,
            created=now,
            updated=now,
            edits=tuple(edits),
            files=tuple(files),
            repairs=tuple(repairs),
            timings=dict(timings or {}),
            refines=refines,
        )
        proposal = replace(proposal, preflight=self._preflight(proposal, bases, check))
        self.ledger.add(proposal, {body_hash(base): base for base in bases.values()})
        return proposal

    def preflight(self, proposal_id: str) -> Preflight:
        """Check exactly what would be approved now, and store the result."""
        proposal = self.ledger.get(proposal_id)
        checked = self._preflight(proposal, self.bases(proposal))
        self.ledger.save_preflight(replace(proposal, preflight=checked))
        return checked

    def decide(self, proposal_id: str, hunk: str, decision: Decision | None, author: str) -> Proposal:
        """Mark a hunk, or take its mark back. Only a mark: nothing is written."""
        if decision not in (*get_args(Decision), None):
            raise UserError(f"There is no decision {decision!r}. Use accepted or dismissed.")
        proposal = self.ledger.get(proposal_id).with_decision(hunk, decision)
        self.ledger.decide(proposal_id, hunk, decision, author)
        return proposal

    def reject(self, proposal_id: str | None) -> Proposal:
        proposal = self.newest_open(proposal_id)
        state = advance(proposal.state, "reject", proposal.id)
        self.ledger.move(proposal.id, proposal.state, state)
        return replace(proposal, state=state)

    def newest_open(self, proposal_id: str | None = None) -> Proposal:
        """The named proposal, or the newest one that is still open."""
        if proposal_id is not None:
            return self.ledger.get(proposal_id)
        for proposal in self.ledger.proposals():
            if proposal.state in ("draft", "stale"):
                return proposal
        raise UserError(
            "No proposal is open here. Ask for a change with :RemoraEdit or `remora edit`.", code="none_open"
        )

    def proposals(self, state: State | None = None) -> list[Proposal]:
        return self.ledger.proposals(state)

    def view(self, proposal_id: str, path: str, text: str) -> tuple[Hunk, ...]:
        """The proposal's hunks in one file, placed on `text`, which may have changed since.

        Raises:
            UserError: code `conflict`: the rows that it changes were changed in `text` too.
        """
        proposal = self.ledger.get(proposal_id)
        change = next((f for f in proposal.files if f.path == path), None)
        if change is None:
            raise UserError(f"Proposal {proposal_id} does not change {path}.")
        if body_hash(text) == change.base_hash:
            return change.hunks
        base = self.ledger.text(change.base_hash)
        placed = []
        for hunk in change.hunks:
            # One hunk at a time, so that each keeps its name and a conflict names its node.
            merged = merge(text, base, apply_hunks(base, [hunk]))
            if merged is None:
                raise conflict(hunk.node, path)
            rows = row_edits(text, merged)
            if rows:
                first, last = rows[0], rows[-1]
                start, end = first["start"], last["start"] + last["count"]
                count_after = len(lines_of(merged)) - len(lines_of(text)) + (end - start)
                placed.append(
                    replace(
                        hunk, start=start, count=end - start, lines=tuple(lines_of(merged)[start : start + count_after])
                    )
                )
        return tuple(placed)

    def bases(self, proposal: Proposal) -> dict[str, str]:
        """The text that each of the proposal's files was proposed from."""
        return {change.path: self.ledger.text(change.base_hash) for change in proposal.files}

    def future(self, proposal: Proposal, bases: Mapping[str, str]) -> dict[str, str]:
        """Each file's text with every hunk that was not dismissed."""
        kept = {h.id for h in proposal.kept_hunks()}
        return {c.path: apply_hunks(bases[c.path], [h for h in c.hunks if h.id in kept]) for c in proposal.files}

    def diff(self, proposal: Proposal) -> str:
        bases = self.bases(proposal)
        after = self.future(replace(proposal, decisions={}), bases)
        return "".join(unified(path, bases[path], after[path]) for path in bases)

    def to_wire(self, proposal: Proposal) -> dict[str, Any]:
        return proposal.to_wire(self.diff(proposal)) | {"root": str(self.root.path)}

    def disk_text(self, path: str) -> str:
        """The canonical text of a file as it is on disk.

        Raises:
            UserError: it left the workspace, is not there, or is not UTF-8.
        """
        try:
            return decode(self.root.inside(self.root.path / path).read_bytes(), path)[0]
        except OSError as error:
            raise UserError(
                f"{path} cannot be read: {error.strerror}. Check that it is still there.", code="gone"
            ) from error

    def _create(self, key: str, code: str, tdd_class: TddClass) -> tuple[Edit, str, bool]:
        path, separator, qualname = key.partition("::")
        if not separator or not qualname:
            raise UserError("To create a node, name it as path::qualname, for instance src/app.py::Cart.total.")
        target = self.root.inside(self.root.path / path)
        exists = target.is_file()
        base = self.disk_text(path) if exists else ""
        found = self.graph.refresh(path, base)
        if any(n.qualname == qualname for n in found.nodes):
            raise UserError(f"{path} already has {qualname}. Use the action Edit to change it.", code="exists")
        stem = Path(path).stem
        edit = make.create_node(base, found, path, qualname, f"{path}-{stem}-{qualname}", code, tdd_class)
        return edit, base, exists

    def _at_column(self, base: str, node: Any, code: str) -> str:
        """`code` as it stands in the file: its first row from the node's column, the others indented with it."""
        row = lines_of(base)[node.span.start_row] if lines_of(base) else ""
        indent = row.encode()[: node.span.start_col].decode()
        return make.indented(code.strip("\n"), indent).removeprefix(indent)

    def _preflight(self, proposal: Proposal, bases: Mapping[str, str], check: Check = check) -> Preflight:
        found = []
        for path, after in self.future(proposal, bases).items():
            if path.endswith(".py") and after:
                found += added(check(bases[path], path, self.root.path), check(after, path, self.root.path))
        passed = not any(d.severity == "error" for d in found)
        return Preflight(subset_name(proposal.kept_hunks()), passed, tuple(found))

    def _tdd(self, tdd: str | None) -> TddClass:
        if tdd is None:
            return self.config.tdd_default
        for known in get_args(TddClass):
            if tdd == known:
                return known
        raise UserError(f"There is no class {tdd!r}. Use TEST_IMPLEMENTATION or CODE_IMPLEMENTATION.")


def conflict(node: str, path: str) -> UserError:
    name = node.rpartition("-")[2]
    return UserError(
        f"{name} in {path} changed since the proposal was made. :RemoraEdit! asks again from the text as it is now.",
        code="conflict",
        node=node,
        path=path,
    )
