"""Approve: look, intend, write, commit.

1. Look. Every attached editor says what it holds of the files; each file's new text is merged three ways from what is
   there now. Anything that cannot be merged, written or checked is refused by name before a byte changes.
2. Intend. The old and new bytes of every file are stored.
3. Write. A file that an editor holds is changed by that editor, through its buffer; any other by us (temporary file, fsync, rename).
4. Commit. One transaction marks the proposal approved. Until then, recovery.py decides from the bytes on disk.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from remora.codegraph.editor import BufferView, Editor
from remora.codegraph.graph import CodeGraph, conflict
from remora.codegraph.hunks import row_edits
from remora.codegraph.ledger import FileIntent, Intent
from remora.codegraph.merge import merge
from remora.codegraph.proposal import FileChange, Proposal, advance, subset_name
from remora.codegraph.recovery import recover
from remora.errors import UserError
from remora.repo.text import FileForm, body_hash, code_hash, decode, encode
from remora.repo.write import delete_file, replace_file
from remora.validation import added, check, syntax_error

_NEW_FILE = FileForm(encoding="utf-8", eol="lf", bom=False, final_newline=True)


@dataclass(frozen=True)
class Target:
    """One file of an approve, as it is now and as it will be."""

    change: FileChange
    absolute: Path
    text: str | None
    """Canonical text now: the buffer's where it is open, else the disk's; None where there is no file."""
    future: str | None
    """None deletes the file."""
    raw: bytes | None
    future_raw: bytes | None
    holder: tuple[Editor, BufferView] | None
    watchers: tuple[Editor, ...]
    merged: bool


@dataclass(frozen=True)
class Written:
    path: str
    where: str
    unsaved: bool
    merged: bool
    note: str | None = None

    def to_wire(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "where": self.where,
            "unsaved": self.unsaved,
            "merged": self.merged,
            "note": self.note,
        }


async def approve(
    graph: CodeGraph, proposal_id: str | None, *, author: str, force: bool, editors: Sequence[Editor]
) -> tuple[Proposal, tuple[Written, ...]]:
    """Write everything that was not dismissed.

    Args:
        editors: every attached one; the first that holds a file writes it, so the asking editor stands first.

    Raises:
        UserError: `conflict`, `preflight` (its diagnostics in data), `illegal`, `readonly`, `editor` ... nothing was written.
    """
    if graph.ledger.intents():
        recover(graph)  # an approve was cut off in this very process: its bytes decide first
    proposal = graph.newest_open(proposal_id)
    if proposal.state != "stale":
        advance(proposal.state, "approve", proposal.id)
    hunks = proposal.kept_hunks()
    if not hunks:
        raise UserError("Every hunk is dismissed. :RemoraReject drops the proposal; `a` on a hunk takes it back in.")
    proposal = await _preflight(graph, proposal, force)
    try:
        targets = await _look(graph, proposal, editors)
    except UserError as error:
        if error.code == "conflict" and proposal.state == "draft":
            graph.ledger.move(proposal.id, "draft", advance("draft", "lose_base", proposal.id))
        raise
    if proposal.state == "stale":
        graph.ledger.move(proposal.id, "stale", advance("stale", "find_base", proposal.id))
        proposal = replace(proposal, state="draft")
    if not force:
        await asyncio.to_thread(_check_merged, graph, targets)
    intent = Intent(proposal.id, author, force, subset_name(hunks), tuple(_intent(t) for t in targets))
    raw = {code_hash(r): r for t in targets for r in (t.raw, t.future_raw) if r is not None}
    graph.ledger.begin(intent, raw)
    written: list[Written] = []
    done: list[Target] = []
    try:
        for target in targets:
            written.append(await _write(proposal.id, target))
            done.append(target)
    except (UserError, OSError) as error:
        await _take_back(proposal.id, done)
        graph.ledger.abandon(intent)
        if isinstance(error, OSError):
            raise _write_failed(targets[len(done)].change.path, error) from error
        raise
    graph.ledger.commit(intent, proposal)
    for target in targets:
        for editor in target.watchers:
            await editor.checktime(str(target.absolute))
        await asyncio.to_thread(graph.graph.refresh, target.change.path)
    return replace(proposal, state="approved"), tuple(written)


async def _preflight(graph: CodeGraph, proposal: Proposal, force: bool) -> Proposal:
    """The checks of exactly what is kept. `preflight_required = false` shows what they say and lets it pass."""
    checked = await asyncio.to_thread(graph.preflight, proposal.id)
    proposal = replace(proposal, preflight=checked)
    required = graph.config.preflight_required and graph.config.approve_requires_clean_diagnostics
    if not checked.passed and required and not force:
        first = next(d for d in checked.diagnostics if d.severity == "error")
        raise UserError(
            f"{first.path}:{first.row + 1}: {first.message}. Dismiss that hunk, ask again with :RemoraEdit!, "
            "or approve anyway with :RemoraApprove!.",
            code="preflight",
            diagnostics=[d.to_wire() for d in checked.diagnostics],
        )
    return proposal


async def _look(graph: CodeGraph, proposal: Proposal, editors: Sequence[Editor]) -> list[Target]:
    bases = graph.bases(proposal)
    futures = graph.future(proposal, bases)
    absolute = {c.path: graph.root.inside(graph.root.path / c.path) for c in proposal.files}
    held: dict[str, list[tuple[Editor, BufferView]]] = {}
    for editor in editors:
        try:
            views = await _present(editor, [str(p) for p in absolute.values()])
        except TimeoutError:
            raise UserError(
                f"{editor.name} did not say what it holds of these files, so nothing was written. "
                "Answer its prompt or close it, then approve again.",
                code="editor",
            ) from None
        except ConnectionError:
            continue  # it left: what it held unsaved left with it
        for view in views:
            held.setdefault(view.path, []).append((editor, view))
    return [
        _target(
            change,
            absolute[change.path],
            bases[change.path],
            futures[change.path],
            held.get(str(absolute[change.path]), []),
        )
        for change in proposal.files
        if change.hunks
    ]


async def _present(editor: Editor, paths: list[str]) -> list[BufferView]:
    """What the editor holds; a buffer without unsaved text that fell behind the disk is read again first."""
    views = await editor.buffers(paths)
    behind = [view for view in views if not view.modified and _differs(view)]
    for view in behind:
        await editor.checktime(view.path)
    return await editor.buffers(paths) if behind else views


def _differs(view: BufferView) -> bool:
    try:
        return decode(Path(view.path).read_bytes(), view.path)[0] != view.text
    except (OSError, UserError):
        return False  # gone or unreadable: looked at again, and told, below


def _target(change: FileChange, path: Path, base: str, future: str, held: list[tuple[Editor, BufferView]]) -> Target:
    holder = held[0] if held else None
    for editor, view in held[1:]:
        if view.modified:
            raise UserError(
                f"{change.path} has unsaved changes in {editor.name} too. Save or undo them there, then approve again.",
                code="conflict",
            )
    raw, form = _on_disk(change.path, path)
    disk = decode(raw, change.path)[0] if raw is not None else None
    now = holder[1].text if holder else disk
    if now is None and change.exists:
        raise UserError(
            f"{change.path} was deleted meanwhile. Restore it, or drop the proposal with :RemoraReject.",
            code="conflict",
        )
    if not change.exists and now is not None and now != future:
        raise UserError(f"{change.path} exists by now. Ask again, so that the new code joins it.", code="conflict")
    if holder and holder[1].readonly:
        raise UserError(
            f"{change.path} is read-only in {holder[0].name}. `:set noreadonly` there, then approve again.",
            code="readonly",
        )
    if raw is not None and not os.access(path, os.W_OK):
        raise UserError(f"{change.path} is read-only on disk. `chmod u+w` it, then approve again.", code="readonly")
    merged_text = future if now is None else merge(now, base, future)
    if merged_text is None:
        raise conflict(change.hunks[0].node, change.path)
    deletes = change.deletes and merged_text == ""
    after = None if deletes else merged_text
    return Target(
        change=change,
        absolute=path,
        text=now,
        future=after,
        raw=raw,
        future_raw=None if after is None else encode(after, form),
        holder=None if deletes else holder,
        watchers=tuple(e for e, _ in (held if deletes else held[1:])),
        merged=now is not None and body_hash(now) != body_hash(base),
    )


def _on_disk(name: str, path: Path) -> tuple[bytes | None, FileForm]:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return None, _NEW_FILE
    except OSError as error:
        raise UserError(f"{name} cannot be read: {error.strerror}. Check its permissions.", code="gone") from error
    return raw, decode(raw, name)[1]


def _check_merged(graph: CodeGraph, targets: Sequence[Target]) -> None:
    """A merge may join two sound texts into a broken one: what will be written is looked at once more."""
    for target in targets:
        if not target.merged or not target.change.path.endswith(".py") or not target.future:
            continue
        if syntax_error(target.text or "", target.change.path):
            continue  # it was broken before; that is the user's own state
        path = target.change.path
        fresh = added(check(target.text or "", path, graph.root.path), check(target.future, path, graph.root.path))
        if any(d.severity == "error" for d in fresh):
            raise conflict(target.change.hunks[0].node, path)


def _intent(target: Target) -> FileIntent:
    old = code_hash(target.raw) if target.raw is not None else None
    new = code_hash(target.future_raw) if target.future_raw is not None else None
    if target.holder is None:
        where = "disk"
    else:
        where = "unsaved" if target.holder[1].modified else "buffer"
    return FileIntent(target.change.path, where, old, new)


async def _write(proposal: str, target: Target) -> Written:
    if target.holder is None:
        await asyncio.to_thread(_write_disk, target)
        return Written(target.change.path, "disk", False, target.merged)
    editor, view = target.holder
    rows = row_edits(view.text, target.future or "")
    if not rows and not view.modified:
        return Written(target.change.path, "buffer", False, target.merged)
    try:
        applied = await editor.apply(proposal, view, rows)
    except (TimeoutError, ConnectionError):
        raise UserError(
            f"{editor.name} left while {target.change.path} was being changed. Look at the file, then approve again.",
            code="editor",
        ) from None
    if not applied.ok:
        reason = (applied.error or "it was changed at the same moment").rstrip(".")
        again = "" if "again" in reason else ". Approve again to merge"
        raise UserError(f"{target.change.path} was left alone: {reason}{again}.", code="busy")
    return Written(target.change.path, "buffer", not applied.saved, target.merged, applied.error)


def _write_disk(target: Target) -> None:
    now, _ = _on_disk(target.change.path, target.absolute)
    if now != target.raw:
        raise UserError(f"{target.change.path} changed on disk at this moment. Approve again to merge.", code="busy")
    if target.future_raw is None:
        delete_file(target.absolute)
    else:
        target.absolute.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target.absolute, target.future_raw)


async def _take_back(proposal: str, done: Sequence[Target]) -> None:
    """Undo the files that were already written, where nobody touched them since."""
    for target in reversed(done):
        if target.holder is None:
            now, _ = _on_disk(target.change.path, target.absolute)
            if now != target.future_raw:
                continue
            if target.raw is None:
                delete_file(target.absolute)
            else:
                replace_file(target.absolute, target.raw)
            continue
        editor, _ = target.holder
        try:
            views = await editor.buffers([str(target.absolute)])
            if views and views[0].text == target.future:
                await editor.apply(proposal, views[0], row_edits(target.future or "", target.text or ""))
        except (TimeoutError, ConnectionError):
            continue


def _write_failed(path: str, error: OSError) -> UserError:
    return UserError(
        f"{path} could not be written: {error.strerror}. The file is as it was; free space or fix it, then approve again.",
        code="write",
    )
