"""A user who types, saves and lets others change the file while proposals are made and approved, at random.

Every line that anybody wrote carries a number of its own, so that a lost one is seen.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from codegraph.conftest import BufferEditor, make_shop
from remora.codegraph import Applied, BufferView
from remora.codegraph.edits import replace_node
from remora.errors import UserError

NAMES = ("f0", "f1", "f2", "f3")
TYPED = re.compile(r"# typed \d+")


def source() -> str:
    return "\n\n".join(
        f"def {name}(a):\n    {name}_b = a\n    {name}_c = {name}_b\n    {name}_d = {name}_c\n    return {name}_d + 0\n"
        for name in NAMES
    )


def result_row(lines: list[str], name: str) -> int:
    return next(i for i, line in enumerate(lines) if line.startswith(f"    return {name}_d"))


def around(text: str, name: str) -> list[str]:
    """The row that proposals for `name` change, and its neighbours."""
    lines = [*text.split("\n"), ""]
    row = result_row(lines, name)
    return lines[row - 1 : row + 2]


class NeovimLike(BufferEditor):
    """Refuses to write over a file that changed under an unmodified buffer, as lua/remora/proposal.lua does."""

    async def apply(self, proposal: str, view: BufferView, rows: list[dict]) -> Applied:
        if view.path not in self.modified and Path(view.path).read_text() != self.texts[view.path]:
            return Applied(False, False, "it changed on disk")
        return await super().apply(proposal, view, rows)


class Interleavings(RuleBasedStateMachine):
    proposals = Bundle("proposals")

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.shop = make_shop(Path(self.folder.name), source())
        self.path = str(self.shop.app)
        self.editor = NeovimLike()
        self.number = 0
        self.typed: dict[str, set[str]] = {"buffer": set(), "disk": set()}
        self.base: dict[str, str] = {}
        self.node: dict[str, str] = {}
        self.open: list[str] = []  # in the order they were made, so that a run can be repeated

    def teardown(self) -> None:
        if hasattr(self, "shop"):
            self.shop.codegraph.ledger._store.close()
            self.folder.cleanup()

    # -- the user and others --------------------------------------------------------------------------------------

    @rule()
    def open_buffer(self) -> None:
        if self.path not in self.editor.texts:
            self.editor.texts[self.path] = self.shop.app.read_text()
            self.typed["buffer"] = set(self.typed["disk"])

    @rule(save=st.booleans())
    def close_buffer(self, save: bool) -> None:
        if save:
            self.save()
        self.editor.texts.pop(self.path, None)
        self.editor.modified.discard(self.path)
        self.typed["buffer"] = set()

    @rule(place=st.floats(0, 1, exclude_max=True), save=st.booleans())
    def type_a_line(self, place: float, save: bool) -> None:
        """Anywhere: between functions, or inside one."""
        if self.path in self.editor.texts:
            self._change("buffer", lambda lines: self._insert(lines, int(place * len(lines)), "buffer"))
            if save:
                self.save()

    @rule(name=st.sampled_from(NAMES), save=st.booleans())
    def type_over_the_result(self, name: str, save: bool) -> None:
        """The very row that proposals change."""
        if self.path in self.editor.texts:
            self._change("buffer", lambda lines: self._overwrite(lines, name))
            if save:
                self.save()

    @rule(place=st.floats(0, 1, exclude_max=True), looks_again=st.booleans())
    def others_write_the_file(self, place: float, looks_again: bool) -> None:
        """A formatter, or git; Neovim notices when it is entered again, and keeps what was typed there."""
        self._change("disk", lambda lines: self._insert(lines, int(place * len(lines)), "disk"))
        if looks_again and self.path in self.editor.texts and self.path not in self.editor.modified:
            self.editor.texts[self.path] = self.shop.app.read_text()
            self.typed["buffer"] = set(self.typed["disk"])

    def save(self) -> None:
        """`:w`; a user who is asked about a file that changed says no."""
        if self.path in self.editor.modified and self.typed["disk"] <= set(TYPED.findall(self._text("buffer"))):
            self.shop.app.write_text(self._text("buffer"))
            self.editor.modified.discard(self.path)
            self.typed["disk"] = set(self.typed["buffer"])

    # -- the write surface ----------------------------------------------------------------------------------------

    @rule(target=proposals, name=st.sampled_from(NAMES))
    def propose(self, name: str) -> str:
        base = self._text("buffer") if self.path in self.editor.texts else self._text("disk")
        found = self.shop.codegraph.graph.refresh("src/app.py", base)
        node = next(n for n in found.nodes if n.qualname == name)
        self.number += 1
        future = re.sub(r"(return \w+) \+ \d+", rf"\1 + {self.number}", node.span.cut(base))
        made = self.shop.codegraph.draft(
            [replace_node(base, node, future, "CODE_IMPLEMENTATION")],
            {"src/app.py": base},
            request="r",
            node=node.key,
            author="me",
            model="",
        )
        self.base[made.id], self.node[made.id] = base, name
        self.open.append(made.id)
        return made.id

    @rule(proposal=proposals)
    def reject(self, proposal: str) -> None:
        if proposal in self.open:
            self.shop.codegraph.reject(proposal)
            self.open.remove(proposal)

    @rule(proposal=proposals)
    def dismiss_and_take_back(self, proposal: str) -> None:
        if proposal in self.open:
            self.shop.codegraph.decide(proposal, "h1", "dismissed", "me")
            self.shop.codegraph.decide(proposal, "h1", None, "me")

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def approve(self, data: st.DataObject) -> None:
        proposal = data.draw(st.sampled_from(self.open))
        is_held, unsaved = self.path in self.editor.texts, self.path in self.editor.modified
        now, disk, base = self._text("buffer" if is_held else "disk"), self._text("disk"), self.base[proposal]
        name = self.node[proposal]
        if is_held and not unsaved and now != disk:
            # A buffer without unsaved text that fell behind is read again first, whatever comes of the approve.
            now, self.typed["buffer"] = disk, set(self.typed["disk"])
        try:
            _, (written,) = self.shop.approve(proposal, self.editor)
        except UserError as error:
            assert self._text("disk") == disk, "a refused approve wrote the file"
            assert not is_held or self._text("buffer") == now, "a refused approve changed the buffer"
            assert error.code == "conflict"
            assert around(now, name) != around(base, name), "a change elsewhere was refused"
            return
        self.open.remove(proposal)
        assert around(now, name)[1] == around(base, name)[1], "the user's own row was overwritten"
        assert (written.where, written.unsaved) == ("buffer" if is_held else "disk", unsaved)
        text = self._text("buffer" if is_held else "disk")
        assert self._future_row(proposal) in text
        if unsaved:
            assert self._text("disk") == disk, "the file changed under unsaved text"
        elif is_held:
            assert self._text("disk") == text

    # -- what always holds ----------------------------------------------------------------------------------------

    @invariant()
    def no_line_that_anybody_wrote_is_lost(self) -> None:
        if not hasattr(self, "shop"):
            return
        assert self.typed["disk"] <= set(TYPED.findall(self._text("disk")))
        if self.path in self.editor.texts:
            assert self.typed["buffer"] <= set(TYPED.findall(self._text("buffer")))
        assert self.shop.codegraph.ledger.intents() == []

    # -- pieces ---------------------------------------------------------------------------------------------------

    def _text(self, side: str) -> str:
        return self.editor.texts[self.path] if side == "buffer" else self.shop.app.read_text()

    def _change(self, side: str, change: Callable[[list[str]], None]) -> None:
        lines = self._text(side).split("\n")
        change(lines)
        if side == "disk":
            self.shop.app.write_text("\n".join(lines))
        else:
            self.editor.texts[self.path] = "\n".join(lines)
            self.editor.modified.add(self.path)
            self.editor.tick += 1

    def _insert(self, lines: list[str], row: int, side: str) -> None:
        self.number += 1
        token = f"# typed {self.number}"
        lines.insert(row, token)
        self.typed[side].add(token)

    def _overwrite(self, lines: list[str], name: str) -> None:
        self.number += 1
        row, token = result_row(lines, name), f"# typed {self.number}"
        gone = set(TYPED.findall(lines[row]))
        lines[row] = f"    return {name}_d + {self.number}  {token}"
        self.typed["buffer"] = (self.typed["buffer"] - gone) | {token}

    def _future_row(self, proposal: str) -> str:
        (change,) = self.shop.codegraph.ledger.get(proposal).files
        return change.hunks[0].lines[0]


TestInterleavings = Interleavings.TestCase
TestInterleavings.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
