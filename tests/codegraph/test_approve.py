"""Approve on real files: what is written where, what is merged, what is refused before a byte changes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from codegraph.conftest import SOURCE, Shop, make_shop
from remora.errors import UserError

NEW_TOTAL = "def total(self):\n    x = 2\n    return x"


def test_propose_writes_nothing_and_approve_writes_the_node(shop: Shop):
    made = shop.propose("Cart.total", NEW_TOTAL)
    assert shop.app.read_text() == SOURCE
    proposal, (written,) = shop.approve(made.id)
    assert shop.app.read_text() == SOURCE.replace("x = 1", "x = 2")
    assert (proposal.state, written.where, written.merged) == ("approved", "disk", False)


def test_the_row_follows_the_proposal_and_its_approve(shop: Shop):
    key = "src/app.py-app-Cart.total"
    assert shop.codegraph.get(key)["future_id"] == 0
    shop.propose("Cart.total", NEW_TOTAL)
    row = shop.codegraph.get(key)
    assert (row["Future_Action"], row["current_id"], row["future_id"]) == ("Edit", 1, 1)
    assert "x = 2" in row["Future_Code"]
    assert "x = 1" in row["Current_Code"]
    shop.approve()
    row = shop.codegraph.get(key)
    assert (row["Future_Action"], row["Future_Code"], row["future_id"], row["author"]) == (None, "", 0, "me")
    assert "x = 2" in row["Current_Code"]


def test_create_brings_a_node_to_its_class_and_delete_takes_it_away(shop: Shop):
    shop.propose("Cart.clear", "def clear(self):\n    return None", "Create")
    key = "src/app.py-app-Cart.clear"
    row = shop.codegraph.get(key)
    assert (row["current_id"], row["future_id"], row["Future_Action"]) == (0, 1, "Create")
    shop.approve()
    assert "        return os.name\n\n    def clear(self):\n        return None\n\n\ndef last" in shop.app.read_text()
    assert shop.codegraph.get(key)["current_id"] == 1
    shop.propose("Cart.clear", "", "Delete")
    shop.approve()
    assert shop.app.read_text() == SOURCE
    with pytest.raises(UserError):
        shop.codegraph.get(key)


def test_create_makes_a_file_and_deleting_its_module_removes_it(shop: Shop):
    shop.codegraph.propose("src/new/tool.py::run", "Create", "def run():\n    return 1", author="me")
    shop.approve()
    made = shop.root / "src/new/tool.py"
    assert made.read_text() == "def run():\n    return 1\n"
    shop.codegraph.propose("src/new/tool.py-tool-<module>", "Delete", "", author="me")
    shop.approve()
    assert not made.exists()


def test_a_rejected_create_leaves_no_trace(shop: Shop):
    made = shop.codegraph.propose("src/tool.py::run", "Create", "def run():\n    return 1", author="me")
    shop.codegraph.reject(made.id)
    assert not (shop.root / "src/tool.py").exists()
    assert shop.codegraph.ledger.get(made.id).state == "rejected"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"def f():\r\n    return 1\r\n", b"def f():\r\n    return 2\r\n"),
        (b"\xef\xbb\xbfdef f():\n    return 1\n", b"\xef\xbb\xbfdef f():\n    return 2\n"),
        (b"def f():\n    return 1", b"def f():\n    return 2"),
        (b"def f():\n\treturn 1\n", b"def f():\n\treturn 2\n"),
        (b"\xef\xbb\xbfx = 0\r\ndef f():\r\n\treturn 1", b"\xef\xbb\xbfx = 0\r\ndef f():\r\n\treturn 2"),
    ],
)
def test_line_ends_bom_tabs_and_the_final_newline_come_back_byte_for_byte(tmp_path: Path, raw: bytes, expected: bytes):
    shop = make_shop(tmp_path)
    shop.app.write_bytes(raw)
    tab = "\t" if b"\t" in raw else "    "
    shop.propose("f", f"def f():\n{tab}return 2")
    shop.approve()
    assert shop.app.read_bytes() == expected


def test_permissions_stay(shop: Shop):
    shop.app.chmod(0o750)
    shop.propose("Cart.total", NEW_TOTAL)
    shop.approve()
    assert shop.app.stat().st_mode & 0o777 == 0o750


def test_a_later_change_elsewhere_is_merged(shop: Shop):
    shop.propose("Cart.total", NEW_TOTAL)
    shop.app.write_text(SOURCE.replace("first(3)", "first(4)"))
    _, (written,) = shop.approve()
    assert shop.app.read_text() == SOURCE.replace("x = 1", "x = 2").replace("first(3)", "first(4)")
    assert written.merged


def test_a_later_change_of_the_same_rows_is_refused_by_name_and_the_proposal_is_stale(shop: Shop):
    made = shop.propose("Cart.total", NEW_TOTAL)
    mine = SOURCE.replace("x = 1", "x = 7")
    shop.app.write_text(mine)
    with pytest.raises(UserError, match=r"Cart.total in src/app.py changed .* :RemoraEdit!") as refused:
        shop.approve()
    assert refused.value.code == "conflict"
    assert shop.app.read_text() == mine
    assert shop.codegraph.ledger.get(made.id).state == "stale"


def test_a_stale_proposal_opens_again_when_its_base_is_back(shop: Shop):
    made = shop.propose("Cart.total", NEW_TOTAL)
    shop.app.write_text(SOURCE.replace("x = 1", "x = 7"))
    with pytest.raises(UserError):
        shop.approve()
    shop.app.write_text(SOURCE)
    proposal, _ = shop.approve(made.id)
    assert proposal.state == "approved"


def test_an_open_buffer_is_changed_by_its_editor_and_saved(shop: Shop):
    shop.propose("Cart.total", NEW_TOTAL)
    editor = shop.editor()
    _, (written,) = shop.approve(None, editor)
    assert (written.where, written.unsaved) == ("buffer", False)
    assert editor.texts[str(shop.app)] == shop.app.read_text() == SOURCE.replace("x = 1", "x = 2")


def test_unsaved_text_stays_unsaved_and_the_disk_stays_as_it_was(shop: Shop):
    shop.propose("Cart.total", NEW_TOTAL)
    editor = shop.editor(unsaved=SOURCE + "# typed\n")
    _, (written,) = shop.approve(None, editor)
    assert (written.where, written.unsaved, written.merged) == ("buffer", True, True)
    assert editor.texts[str(shop.app)] == SOURCE.replace("x = 1", "x = 2") + "# typed\n"
    assert shop.app.read_text() == SOURCE


def test_two_editors_one_writes_the_other_looks_again(shop: Shop):
    shop.propose("Cart.total", NEW_TOTAL)
    one, two = shop.editor(name="Neovim 1"), shop.editor(name="Neovim 2")
    shop.approve(None, one, two)
    assert two.checked == [str(shop.app)]
    assert two.texts[str(shop.app)] == shop.app.read_text()


def test_a_buffer_that_fell_behind_the_disk_is_read_again_and_merged(shop: Shop):
    shop.propose("Cart.total", NEW_TOTAL)
    editor = shop.editor()
    shop.app.write_text(SOURCE + "# from elsewhere\n")
    _, (written,) = shop.approve(None, editor)
    assert written.merged
    wanted = SOURCE.replace("x = 1", "x = 2") + "# from elsewhere\n"
    assert shop.app.read_text() == editor.texts[str(shop.app)] == wanted


def test_two_editors_are_refused_when_the_second_holds_unsaved_text(shop: Shop):
    shop.propose("Cart.total", NEW_TOTAL)
    with pytest.raises(UserError, match="unsaved changes in Neovim 2"):
        shop.approve(None, shop.editor(name="Neovim 1"), shop.editor(name="Neovim 2", unsaved=SOURCE + "# x\n"))
    assert shop.app.read_text() == SOURCE


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ({"answers": False}, "did not say what it holds"),
        ({"readonly": True}, "read-only in Neovim"),
        ({"busy": 1}, "Approve again to merge"),
    ],
)
def test_an_editor_that_cannot_is_named_and_nothing_is_written(shop: Shop, kind: dict, message: str):
    made = shop.propose("Cart.total", NEW_TOTAL)
    with pytest.raises(UserError, match=message):
        shop.approve(None, shop.editor(**kind))
    assert shop.app.read_text() == SOURCE
    assert shop.codegraph.ledger.get(made.id).state == "draft"
    assert shop.codegraph.ledger.intents() == []


def test_a_read_only_file_is_refused(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    shop.propose("Cart.total", NEW_TOTAL)
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # as for an ordinary user: these tests may run as root
    with pytest.raises(UserError, match="read-only on disk"):
        shop.approve()
    assert shop.app.read_text() == SOURCE


def test_a_deleted_file_is_refused(shop: Shop):
    shop.propose("Cart.total", NEW_TOTAL)
    shop.app.unlink()
    with pytest.raises(UserError, match="was deleted meanwhile"):
        shop.approve()


def test_a_file_that_appeared_meanwhile_is_not_overwritten(shop: Shop):
    shop.codegraph.propose("src/tool.py::run", "Create", "def run():\n    return 1", author="me")
    (shop.root / "src/tool.py").write_text("mine\n")
    with pytest.raises(UserError, match="exists by now"):
        shop.approve()
    assert (shop.root / "src/tool.py").read_text() == "mine\n"


def test_a_symlink_that_leaves_the_workspace_is_refused(shop: Shop, tmp_path_factory: pytest.TempPathFactory):
    outside = tmp_path_factory.mktemp("outside") / "victim.py"
    outside.write_text(SOURCE)
    shop.propose("Cart.total", NEW_TOTAL)
    shop.app.unlink()
    shop.app.symlink_to(outside)
    with pytest.raises(UserError, match="outside the workspace"):
        shop.approve()
    assert outside.read_text() == SOURCE


def test_a_failing_write_in_the_middle_takes_the_first_file_back(shop: Shop):
    other = shop.root / "src/other.py"
    other.write_text(SOURCE)
    first = shop.propose("Cart.total", NEW_TOTAL)
    second = shop.codegraph.propose("src/other.py::Cart.total", "Edit", NEW_TOTAL, author="me")
    both = shop.codegraph.draft(
        [*first.edits, *second.edits],
        {"src/app.py": SOURCE, "src/other.py": SOURCE},
        request="both",
        node=first.node,
        author="me",
        model="",
    )
    editor = shop.editor(busy=1)
    editor.texts = {str(other): SOURCE}
    with pytest.raises(UserError, match="Approve again"):
        shop.approve(both.id, editor)
    assert (shop.app.read_text(), other.read_text()) == (SOURCE, SOURCE)
    assert shop.codegraph.ledger.get(both.id).state == "draft"
    shop.approve(both.id, editor)
    assert shop.app.read_text() == other.read_text() == SOURCE.replace("x = 1", "x = 2")


def test_new_errors_block_and_a_forced_approve_is_recorded_with_its_author(shop: Shop):
    made = shop.propose("Cart.total", "def total(self):\n    return nope")
    assert made.preflight is not None
    assert not made.preflight.passed
    with pytest.raises(UserError, match=r"src/app.py:12: Undefined name `nope`") as refused:
        shop.approve()
    assert refused.value.code == "preflight"
    assert shop.app.read_text() == SOURCE
    shop.approve(force=True)
    row = shop.codegraph.get("src/app.py-app-Cart.total")
    assert (row["forced"], row["author"]) == (True, "me")


def test_without_required_preflight_errors_are_shown_and_pass(tmp_path: Path):
    shop = make_shop(tmp_path, preflight_required=False)
    shop.propose("Cart.total", "def total(self):\n    return nope")
    shop.approve()
    assert "nope" in shop.app.read_text()


def test_old_errors_do_not_block(tmp_path: Path):
    shop = make_shop(tmp_path, SOURCE + "\n\ndef bad():\n    return nope\n")
    made = shop.propose("Cart.total", NEW_TOTAL)
    assert made.preflight is not None
    assert made.preflight.diagnostics == ()
    shop.approve()


def test_a_dismissed_hunk_is_left_out_and_exactly_the_rest_is_checked(shop: Shop):
    made = shop.propose(
        "Cart",
        SOURCE[SOURCE.index("class Cart") : SOURCE.index("def last")]
        .strip()
        .replace("x = 1", "x = 2")
        .replace("os.name", "nope"),
    )
    assert [h.id for f in made.files for h in f.hunks] == ["h1", "h2"]
    with pytest.raises(UserError, match="nope"):
        shop.approve()
    shop.codegraph.decide(made.id, "h2", "dismissed", "me")
    shop.approve()
    assert shop.app.read_text() == SOURCE.replace("x = 1", "x = 2")


def test_decisions_can_be_reversed_until_the_end(shop: Shop):
    made = shop.propose("Cart.total", NEW_TOTAL)
    shop.codegraph.decide(made.id, "h1", "dismissed", "me")
    with pytest.raises(UserError, match="Every hunk is dismissed"):
        shop.approve()
    shop.codegraph.decide(made.id, "h1", None, "me")
    shop.approve()
    with pytest.raises(UserError, match="its hunks are decided"):
        shop.codegraph.decide(made.id, "h1", "accepted", "me")


@pytest.mark.parametrize(
    ("key", "action", "code", "message"),
    [
        ("src/app.py::Cart.total", "Change", "", "no action 'Change'"),
        ("src/app.py::Cart.total", "Create", "def total(self): pass", "already has Cart.total"),
        ("src/app.py::Shop.total", "Create", "def total(self): pass", "has no class Shop"),
        ("total", "Create", "def total(): pass", "name it as path::qualname"),
        ("src/app.py::Cart.total", "Edit", "def total(self):\n    x = 1\n    return x", "leaves .* as it is"),
        ("../x.py::f", "Create", "def f(): pass", "outside the workspace"),
    ],
)
def test_what_cannot_be_proposed_is_refused_with_the_reason(shop: Shop, key: str, action: str, code: str, message: str):
    with pytest.raises(UserError, match=message):
        shop.codegraph.propose(key, action, code, author="me")


def test_an_unknown_class_of_work_is_refused(shop: Shop):
    with pytest.raises(UserError, match="Use TEST_IMPLEMENTATION or CODE_IMPLEMENTATION"):
        shop.codegraph.propose("src/app.py::first", "Edit", "def first(a): return 1", author="me", tdd="NONE")


def test_a_file_that_is_not_utf8_is_refused_by_name(shop: Shop):
    shop.app.write_bytes(b"# caf\xe9\ndef f():\n    return 1\n")
    with pytest.raises(UserError, match=r"src/app\.py"):
        shop.propose("f", "def f():\n    return 2")


def test_a_view_places_hunks_on_a_text_that_moved_and_refuses_an_overlap(shop: Shop):
    made = shop.propose("Cart.total", NEW_TOTAL)
    (hunk,) = made.files[0].hunks
    (moved,) = shop.codegraph.view(made.id, "src/app.py", "# one\n# two\n" + SOURCE)
    assert (moved.id, moved.start, moved.lines) == (hunk.id, hunk.start + 2, hunk.lines)
    assert shop.codegraph.view(made.id, "src/app.py", SOURCE.replace("x = 1", "x = 2")) == ()
    with pytest.raises(UserError, match="changed since"):
        shop.codegraph.view(made.id, "src/app.py", SOURCE.replace("x = 1", "x = 9"))
