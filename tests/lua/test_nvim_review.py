"""Reviewing a proposal: hunks, decisions, keys that fall through, approve and undo."""

from typing import Any

import pytest

from lua.driver import CART

NEW_TOTAL = ["        return round(sum(self.prices), 2)"]
HUNKS: list[dict[str, Any]] = [
    {"id": 1, "start": 2, "count": 0, "lines": ["import decimal"]},
    {"id": 2, "start": 11, "count": 4, "lines": NEW_TOTAL},
    {"id": 3, "start": 21, "count": 1, "lines": ["    # a new one", "    return Cart()"]},
]


def proposal(**fields):
    file = {"path": "cart.py", "base_hash": "h", "exists": True, "hunks": HUNKS}
    return {"id": "p1", "state": "draft", "node": "cart.py-cart-Cart.total", "files": [file], "edits": [], **fields}


def reviewed(start, **options):
    remora = start(**options)
    remora.keys("12G").command("RemoraEdit round the sum")
    remora.reply("edit", {"request": "r1"})
    remora.event("r1", 1, "done", proposal=proposal(root=str(remora.file.parent)))
    return remora


def ours(remora, mode, everything=False):
    """The review's keys; the file type has buffer-local maps of its own. `everything`: the helper keys too."""
    maps = remora.lua(
        """return vim.tbl_map(function(map)
          return { lhs = map.lhs, desc = map.desc }
        end, vim.api.nvim_buf_get_keymap(0, ...))""",
        mode,
    )
    keys = [m["lhs"] for m in maps if "remora" in m.get("desc", "") + m["lhs"]]
    return sorted(key for key in keys if everything or not key.startswith("<Plug>"))


def dismiss(remora, at):
    """Type `d` and wait, since with a further key it would be Neovim's operator."""
    before = len(remora.sent("decide"))
    remora.keys(at + "d")
    remora.wait_for(f"return #vim.tbl_filter(function(call) return call.method == 'decide' end, sent) == {before + 1}")
    return remora


def cursor(remora):
    return remora.lua("return vim.fn.line('.')")


def apply(remora, edits, **fields):
    params = {"proposal": "p1", "path": str(remora.file), "edits": edits, **fields}
    params.setdefault("changedtick", remora.lua("return vim.b.changedtick"))
    answer = remora.lua("return require('remora.host').on_request('apply', ...)", params)
    remora.editor.sync()
    return answer


def edits():
    return [{key: hunk[key] for key in ("start", "count", "lines")} for hunk in HUNKS]


def after():
    lines: list[Any] = list(CART.splitlines())
    for hunk in reversed(HUNKS):
        lines[hunk["start"] : hunk["start"] + hunk["count"]] = hunk["lines"]
    return lines


def test_a_proposal_is_drawn_in_its_buffer_and_changes_nothing(start, snapshot):
    remora = reviewed(start, rows=32)
    snapshot(remora.text())
    assert remora.lines() == CART.splitlines()
    assert not remora.lua("return vim.bo.modified")
    assert "RemoraDelete" in remora.editor.screen.groups_of("sum = 0") or "DiffDelete" in (
        remora.editor.screen.groups_of("sum = 0")
    )


def test_decisions_are_drawn_at_once_and_sent(start, snapshot):
    remora = reviewed(start, rows=32)
    remora.keys("12Ga")
    dismiss(remora, "22G")
    snapshot(remora.text())
    assert [call["params"] for call in remora.sent("decide")] == [
        {"root": str(remora.file.parent), "proposal": "p1", "hunk": 2, "decision": "accepted"},
        {"root": str(remora.file.parent), "proposal": "p1", "hunk": 3, "decision": "dismissed"},
    ]


def test_the_same_key_again_takes_a_decision_back(start):
    remora = reviewed(start, rows=32)
    remora.keys("12Gaa")
    assert "decision" not in remora.sent("decide")[-1]["params"]
    assert "hunk 2/3" in remora.text()


def test_dot_repeats_a_decision_on_another_hunk(start):
    remora = reviewed(start)
    dismiss(remora, "12G").keys("]h.")
    assert [(c["params"]["hunk"], c["params"]["decision"]) for c in remora.sent("decide")] == [
        (2, "dismissed"),
        (3, "dismissed"),
    ]


def test_a_refused_decision_is_taken_back_and_told(start):
    remora = reviewed(start, rows=32)
    remora.keys("12Ga")
    remora.reply("decide", err={"code": "stale", "message": "The proposal is gone. Ask again."})
    assert "accepted" not in remora.text()
    assert "The proposal is gone" in remora.messages()


def test_the_keys_move_between_hunks(start):
    remora = reviewed(start)
    places = []
    for keys in ("gg]h", "]h", "]h", "]h", "[h", "3[h", "gg2]h"):
        remora.keys(keys)
        places.append(cursor(remora))
    assert places == [2, 12, 22, 22, 12, 2, 12]


def test_off_a_hunk_the_keys_are_neovims_own(start):
    remora = reviewed(start)
    remora.keys("8GA!<Esc>0dwax<Esc>")
    assert remora.lines()[7] == "sxelf.prices = []!"
    remora.keys("8Gdd")
    assert remora.lines() == [line for i, line in enumerate(CART.splitlines()) if i != 7]
    assert remora.sent("decide") == []


@pytest.mark.parametrize(
    "mapping",
    [
        "nnoremap a :let hit = 'own'<CR>",
        "nmap a <Plug>(own)",
        "nnoremap <expr> a execute('let hit = \"own\"')",
        "nmap a a<Esc>:let hit = 'own'<CR>",
        "lua vim.keymap.set('n', 'a', function() vim.g.hit = 'own' end)",
        "nnoremap <buffer> a :let hit = 'own'<CR>",
    ],
)
def test_off_a_hunk_the_keys_are_the_users_mappings_and_come_back_after_the_review(start, mapping):
    remora = start()
    remora.command("nnoremap <Plug>(own) :let hit = 'own'<CR>")
    remora.command(mapping)
    before = remora.lua("return vim.fn.maparg('a', 'n')")
    remora.keys("12G").command("RemoraEdit round the sum")
    remora.reply("edit", {"request": "r1"})
    remora.event("r1", 1, "done", proposal=proposal())
    remora.keys("12Ga")
    assert len(remora.sent("decide")) == 1
    assert not remora.lua("return vim.g.hit")
    remora.keys("8Ga<Esc>")
    assert remora.lua("return vim.g.hit") == "own"
    remora.lua("vim.g.hit = nil")
    remora.command("RemoraReject")
    assert remora.lua("return vim.fn.maparg('a', 'n')") == before
    remora.keys("12Ga<Esc>")
    assert remora.lua("return vim.g.hit") == "own"


def test_longer_mappings_that_begin_with_a_key_still_work_off_a_hunk(start):
    remora = start()
    remora.command("nnoremap ds :let hit = 'own'<CR>")
    remora.keys("12G").command("RemoraEdit round the sum")
    remora.reply("edit", {"request": "r1"})
    remora.event("r1", 1, "done", proposal=proposal())
    remora.keys("8Gds")
    assert remora.lua("return vim.g.hit") == "own"


def test_the_keys_vanish_with_the_review(start):
    remora = reviewed(start)
    assert ours(remora, "n") == ["[h", "]h", "a", "d"]
    assert (ours(remora, "x"), ours(remora, "o")) == (["ih"], ["ih"])
    remora.command("RemoraReject")
    assert [ours(remora, mode, everything=True) for mode in "nxo"] == [[], [], []]
    assert remora.sent("reject")[-1]["params"]["proposal"] == "p1"
    assert "import decimal" not in remora.text()


@pytest.mark.parametrize(
    ("keys", "left"), [(False, []), ({"accept": "<C-Y>", "dismiss": False}, ["<C-Y>", "[h", "]h"])]
)
def test_review_keys_can_be_changed_and_switched_off(start, keys, left):
    remora = reviewed(start, settings={"review_keys": keys})
    assert ours(remora, "n") == left
    remora.keys("12Ga<Esc>")
    assert remora.sent("decide") == []
    remora.command("RemoraReject").keys("u")
    assert remora.lines() == CART.splitlines()


def test_ih_takes_the_rows_of_the_hunk(start):
    remora = reviewed(start)
    remora.keys("13Gyih")
    assert remora.lua("return vim.fn.getreg('\"')").splitlines() == CART.splitlines()[11:15]
    remora.keys("13Gvih")
    assert remora.lua("return {vim.fn.mode(), vim.fn.line('v'), vim.fn.line('.')}") == ["V", 12, 15]


def test_the_winbar_shows_keys_and_counts_and_the_own_one_comes_back(start):
    remora = start(rows=32)
    remora.command("setlocal winbar=mine")
    remora.keys("12G").command("RemoraEdit round the sum")
    remora.reply("edit", {"request": "r1"})
    remora.event("r1", 1, "done", proposal=proposal())
    first = remora.text().splitlines()[0]
    assert first.startswith(" remora 0/3  a accept  d dismiss  ]h next  [h prev"), first
    remora.keys("12Ga")
    assert remora.text().startswith(" remora 1/3")
    remora.command("RemoraReject")
    assert remora.text().startswith("mine")


def test_a_buffer_that_changed_meanwhile_has_its_hunks_placed_by_the_server(start):
    remora = start(rows=32)
    remora.keys("12G").command("RemoraEdit round the sum")
    remora.reply("edit", {"request": "r1"})
    remora.keys("ggO# new<Esc>")
    remora.event("r1", 1, "done", proposal=proposal())
    view = remora.sent("view")[-1]["params"]
    assert view["text"] == "# new\n" + CART
    remora.reply("view", {"hunks": [{**HUNKS[1], "start": 12}]})
    remora.keys("gg]h")
    assert cursor(remora) == 13


def test_a_conflict_is_shown_with_its_message(start):
    remora = reviewed(start)
    remora.keys("12GAx<Esc>")
    remora.wait_for("return sent[#sent].method == 'view'")
    remora.reply(
        "view", err={"code": "conflict", "message": "You changed Cart.total meanwhile; :RemoraEdit! asks again."}
    )
    assert "You changed Cart.total meanwhile" in remora.messages()


def test_edit_with_bang_refines_the_proposal_and_the_new_one_takes_its_place(start):
    remora = reviewed(start, rows=32)
    remora.command("RemoraEdit! to three digits")
    params = remora.sent("edit")[-1]["params"]
    assert (params["refine"], params["key"], params["request"]) == ("p1", "cart.py-cart-Cart.total", "to three digits")
    remora.reply("edit", {"request": "r2"})
    remora.event("r2", 1, "done", proposal=proposal(id="p2", refines="p1"))
    assert remora.lua("return vim.tbl_map(function(r) return r.id end, require('remora.review').list())") == ["p2"]


def test_approve_waits_for_decisions_on_their_way_and_ends_the_review_with_one_line(start):
    remora = reviewed(start)
    dismiss(remora, "12G").command("RemoraApprove")
    assert remora.sent("approve") == []
    remora.reply("decide", {"hunk": 2, "decision": "dismissed"})
    assert remora.sent("approve")[-1]["params"] == {"proposal": "p1", "root": str(remora.file.parent)}
    files = [{"path": str(remora.file), "where": "buffer", "unsaved": False, "merged": False}]
    remora.reply("approve", {"proposal": "p1", "state": "approved", "files": files})
    assert remora.messages() == "remora: applied to cart.py"
    assert "import decimal" not in remora.text()


def test_an_approve_that_fails_says_why_and_keeps_the_review(start):
    remora = reviewed(start, rows=32)
    remora.command("RemoraApprove")
    remora.reply("approve", err={"code": "conflict", "message": "cart.py changed. Look again."})
    assert "cart.py changed" in remora.messages()
    assert "import decimal" in remora.text()


def test_without_a_review_approve_and_reject_say_what_to_do(start):
    remora = start()
    remora.command("RemoraApprove")
    assert ":RemoraProposals lists the open ones" in remora.messages()


def test_user_events_carry_their_data(start):
    remora = start()
    remora.lua(
        """heard = {}
        vim.api.nvim_create_autocmd("User", { pattern = "Remora*", callback = function(args)
          heard[#heard + 1] = { args.match, args.data }
        end })"""
    )
    remora.keys("12G").command("RemoraEdit round the sum")
    remora.reply("edit", {"request": "r1"})
    remora.event("r1", 1, "done", proposal=proposal())
    remora.keys("12Ga")
    ready, decided = remora.lua("return heard")
    assert ready == ["RemoraProposalReady", {"proposal": "p1", "node": proposal()["node"], "buf": 1, "request": "r1"}]
    assert decided == ["RemoraHunkDecided", {"proposal": "p1", "hunk": 2, "decision": "accepted", "buf": 1}]


# --- what the server asks before and while it applies ---------------------------------------------------


def test_buffers_answers_for_open_files_only(start, tmp_path):
    remora = start()
    other = tmp_path / "other.py"
    other.write_text("x = 1\n")
    answer = remora.lua(
        "return require('remora.host').on_request('buffers', ...)", {"paths": [str(remora.file), str(other)]}
    )
    assert [(a["path"], a["modified"], a["text"], a["readonly"]) for a in answer] == [
        (str(remora.file), False, CART, False)
    ]


def test_a_file_reached_through_a_symlink_is_the_same_buffer(start, tmp_path):
    remora = start()
    link = tmp_path / "link.py"
    link.symlink_to(remora.file)
    answer = remora.lua("return require('remora.host').on_request('buffers', ...)", {"paths": [str(link)]})
    assert [a["path"] for a in answer] == [str(link)]


def test_apply_is_one_undo_step_and_writes_a_buffer_that_was_saved(start):
    remora = start()
    answer = apply(remora, edits())
    assert answer["ok"] and answer["saved"]
    assert remora.lines() == after()
    assert remora.on_disk().splitlines() == after()
    remora.keys("u")
    assert remora.lines() == CART.splitlines()
    remora.keys("u")
    assert remora.lines() == CART.splitlines()


def test_apply_keeps_the_users_own_edit_a_step_of_its_own_and_leaves_the_buffer_unsaved(start):
    remora = start()
    remora.keys("GA  # typed<Esc>")
    typed = remora.lines()
    answer = apply(remora, edits()[:2])
    assert answer["ok"] and not answer["saved"]
    assert remora.on_disk() == CART
    remora.keys("u")
    assert remora.lines() == typed
    remora.keys("u")
    assert remora.lines() == CART.splitlines()


def test_apply_while_typing_is_a_step_of_its_own_on_both_sides(start):
    remora = start()
    remora.keys("8GA # one")
    apply(remora, edits()[1:2])
    remora.keys(" two<Esc>")
    assert remora.lines()[7] == "        self.prices = [] # one two"
    remora.keys("u")
    assert remora.lines()[7] == "        self.prices = [] # one"
    remora.keys("u")
    assert remora.lines()[11] == "        sum = 0"
    remora.keys("u")
    assert remora.lines() == CART.splitlines()


def test_apply_keeps_cursor_and_view_on_the_same_text(start):
    remora = start(text="# top\n" * 50 + CART, rows=20)
    remora.keys("70Gzz")
    before = remora.lua("return { vim.fn.getline('.'), vim.fn.winline() }")
    apply(remora, [{"start": 3, "count": 1, "lines": ["# a", "# b", "# c"]}])
    assert remora.lua("return { vim.fn.getline('.'), vim.fn.winline() }") == before
    assert cursor(remora) == 72


def test_apply_fills_an_empty_file_without_a_blank_line(start):
    remora = start(text="")
    answer = apply(remora, [{"start": 0, "count": 0, "lines": ["x = 1"]}])
    assert answer["ok"]
    assert remora.on_disk() == "x = 1\n"


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        (b"a = 1\r\nb = 2\r\n", b"a = 1\r\nb = 3\r\n"),
        (b"\xef\xbb\xbfa = 1\nb = 2\n", b"\xef\xbb\xbfa = 1\nb = 3\n"),
        (b"a = 1\nb = 2", b"a = 1\nb = 3"),
        (b"if a:\n\tb = 2\n", b"if a:\nb = 3\n"),
    ],
    ids=["crlf", "bom", "no_final_newline", "tabs"],
)
def test_apply_keeps_line_ends_bom_and_the_missing_last_newline(start, raw, wanted):
    remora = start(text=raw)
    answer = apply(remora, [{"start": 1, "count": 1, "lines": ["b = 3"]}])
    assert answer["ok"] and answer["saved"], answer
    assert remora.file.read_bytes() == wanted


def test_apply_refuses_a_buffer_that_changed(start):
    remora = start()
    answer = apply(remora, edits(), changedtick=1)
    assert not answer["ok"]
    assert answer["error"] == "cart.py changed a moment ago; approve again."
    assert remora.lines() == CART.splitlines()


def test_apply_refuses_a_read_only_buffer(start):
    remora = start()
    remora.command("setlocal readonly")
    answer = apply(remora, edits())
    assert answer["error"] == "cart.py is read-only; :set noreadonly modifiable, then approve again."


def test_apply_refuses_a_file_that_changed_on_disk_below_its_buffer(start):
    remora = start()
    remora.file.write_text("# other\n")
    answer = apply(remora, edits())
    assert answer["error"] == "cart.py changed on disk; read it with :edit, then approve again."
    assert remora.file.read_text() == "# other\n"


def test_checktime_reads_a_file_that_was_written_elsewhere_without_a_question(start):
    remora = start()
    remora.command("set noautoread")
    remora.file.write_text("# written elsewhere, longer than before\n" + CART)
    remora.lua("return require('remora.host').on_request('checktime', ...)", {"path": str(remora.file)})
    assert remora.lines()[0] == "# written elsewhere, longer than before"
