"""A hunk under review is seen whole before it is decided about, in windows of all sizes."""

import pytest

BODY = [f"    step_{n} = {n}" for n in range(1, 9)]
TEXT = "".join(f"# above {n}\n" for n in range(1, 41)) + "\n".join(["def steps():", *BODY, "", ""])
TEXT += "".join(f"# below {n}\n" for n in range(1, 41))
DEF = 40  # its row
ADDED = [f"    new_{n} = {n}" for n in range(1, 5)]
HUNK = {"id": 1, "start": DEF + 7, "count": 2, "lines": ADDED}
SIZES = pytest.mark.parametrize(("rows", "cols"), [(24, 80), (12, 40)])


def proposal(hunks=(HUNK,), **fields):
    edit = {"key": "k", "path": "long.py", "span": [DEF, 0, DEF + len(BODY), 14]}
    file = {"path": "long.py", "exists": True, "hunks": list(hunks)}
    return {"id": "p1", "state": "draft", "node": "long.py-long-steps", "files": [file], "edits": [edit], **fields}


def asked(start, keys=f"{DEF + 1}G", **options):
    options.setdefault("rows", 24)
    remora = start(text=TEXT, name="long.py", **options)
    remora.keys(keys).command("RemoraEdit number the steps")
    remora.reply("edit", {"request": "r1"})
    return remora


def answered(remora, **fields):
    remora.event("r1", 1, "done", proposal=proposal(root=str(remora.file.parent), **fields))
    return remora


def cursor(remora):
    return remora.lua("return vim.fn.line('.')")


def assert_whole(remora, lines=ADDED):
    shown = remora.text()
    for line in (BODY[6], BODY[7], *lines):
        assert line.strip() in shown, shown


# --- when the answer arrives ---------------------------------------------------------------------------


@SIZES
@pytest.mark.parametrize("line", [DEF + 1, DEF + 2, DEF + 9])
def test_an_answer_takes_the_cursor_to_the_hunk_of_the_node_it_stands_in(start, line, rows, cols):
    remora = answered(asked(start, f"{line}G", rows=rows, cols=cols))
    assert cursor(remora) == DEF + 8
    assert_whole(remora)
    assert "a accept  d dismiss" in remora.text()
    remora.keys("a")
    assert remora.lua("return vim.fn.mode()") == "n"
    assert [call["params"]["decision"] for call in remora.sent("decide")] == ["accepted"]
    remora.keys("<C-o>")
    assert cursor(remora) == line


@pytest.mark.parametrize("keys", ["gg", "G"])
def test_a_cursor_that_went_elsewhere_stays_and_the_winbar_says_how_to_get_to_the_hunk(start, keys):
    remora = asked(start)
    remora.keys(keys)
    line = cursor(remora)
    answered(remora)
    assert cursor(remora) == line
    bar = remora.text().splitlines()[0]
    assert bar.startswith(" remora 0/1  ]h next hunk" if keys == "gg" else " remora 0/1  [h previous hunk"), bar
    assert "accept" not in bar


def test_an_answer_does_not_move_the_cursor_of_who_types(start):
    remora = asked(start)
    remora.keys("i")
    answered(remora)
    assert cursor(remora) == DEF + 1


def test_an_answer_for_a_text_that_changed_meanwhile_is_gone_to_where_it_was_placed(start):
    remora = asked(start)
    remora.keys(f"ggO# typed<Esc>{DEF + 3}G")
    answered(remora)
    remora.reply("view", {"hunks": [{**HUNK, "start": HUNK["start"] + 1}]})
    assert cursor(remora) == DEF + 9
    assert_whole(remora)


def test_the_winbar_names_the_decisions_only_on_a_hunk(start):
    remora = answered(asked(start))
    for keys, shown in (("k", False), ("j", True), ("jj", False)):
        remora.keys(keys)
        assert ("a accept" in remora.text().splitlines()[0]) is shown, keys


@pytest.mark.parametrize(
    ("cols", "bar"),
    [
        (80, " remora 0/1  a accept  d dismiss  :RemoraApprove :RemoraReject"),
        (40, " remora 0/1  a accept  d dismiss"),
    ],
)
def test_the_winbar_of_a_narrow_window_leaves_out_whole_parts(start, cols, bar):
    assert answered(asked(start, cols=cols)).text().splitlines()[0] == bar


# --- the whole hunk in sight ---------------------------------------------------------------------------


@SIZES
@pytest.mark.parametrize("scrolloff", [0, 5, 999])
@pytest.mark.parametrize("keys", ["gg]h", "G[h", f"{DEF - 5}Gzb]h", f"{DEF + 7}Gzbj"])
def test_a_hunk_is_in_sight_whole_when_the_cursor_comes_to_it(start, keys, scrolloff, rows, cols):
    remora = asked(start, rows=rows, cols=cols, before=(f"set scrolloff={scrolloff}",))
    remora.keys("gg")
    answered(remora)
    remora.keys(keys)
    assert cursor(remora) == DEF + 8
    assert_whole(remora)
    remora.keys("gg")
    assert remora.lua("return vim.wo.scrolloff") == scrolloff


def test_in_a_split_a_hunk_is_in_sight_whole(start):
    remora = asked(start)
    remora.keys("gg")
    answered(remora)
    remora.command("split")
    remora.keys("gg]h")
    shown = "\n".join(remora.text().splitlines()[: remora.lua("return vim.fn.winheight(0)") + 1])
    assert all(line.strip() in shown for line in (*BODY[6:], *ADDED)), shown


def test_of_a_hunk_higher_than_the_window_the_start_is_shown(start):
    many = [f"    new_{n} = {n}" for n in range(1, 31)]
    remora = asked(start, rows=12)
    remora.keys("gg")
    answered(remora, hunks=[{**HUNK, "lines": many}])
    remora.keys("]h")
    assert_whole(remora, many[:5])
    remora.keys("a")
    assert len(remora.sent("decide")) == 1


def test_lines_above_the_first_row_are_in_sight(start):
    remora = asked(start, rows=12)
    answered(remora, hunks=[{"id": 1, "start": 0, "count": 0, "lines": ADDED}])
    remora.keys("G[h")
    assert all(line.strip() in remora.text() for line in ADDED)


def test_accepting_a_hunk_out_of_sight_shows_it_first(start):
    remora = answered(asked(start))
    remora.keys("zb")
    assert "new_4" not in remora.text()
    remora.keys("a")
    assert_whole(remora)
    assert remora.sent("decide") == []
    remora.keys("a")
    assert len(remora.sent("decide")) == 1


# --- rows that come, in narrow windows -------------------------------------------------------------------

LONG = "    for line in self.lines[:]:    # a copy, since the loop removes some of them"
WIDE = [LONG, "\tvalue = '日本語日本語日本語日本語日本語日本語'  # the end"]


@pytest.mark.parametrize("wrap", ["wrap", "nowrap"])
@pytest.mark.parametrize("number", ["number", "nonumber"])
def test_added_rows_longer_than_the_window_go_on_in_further_rows(start, wrap, number):
    remora = asked(start, rows=24, cols=40, before=(f"set {wrap} {number} tabstop=4",))
    answered(remora, hunks=[{**HUNK, "lines": WIDE}])
    rows = remora.text().splitlines()
    joined = "".join(row[4:] if number == "number" else row for row in rows).replace("↪ ", "")
    assert "".join(LONG.split()) in "".join(joined.split())
    assert "'日本語日本語日本語日本語日本語日本語'#theend" in "".join(joined.split())
    assert sum("↪" in row for row in rows) >= 3


def test_added_rows_are_folded_anew_when_the_window_becomes_narrower(start):
    remora = answered(asked(start), hunks=[{**HUNK, "lines": [LONG]}])
    assert "↪" not in remora.text()
    remora.command("vsplit | wincmd w")
    assert "↪" in remora.text()
    assert "removes some" in remora.text()
    remora.command("only")
    assert "↪" not in remora.text()
    remora.command("set number foldcolumn=4")
    remora.keys("k")
    assert "↪" in remora.text()


@pytest.mark.parametrize("lines", [[LONG], [], ["    x = 1"]])
def test_the_label_is_whole_in_a_narrow_window(start, lines):
    remora = answered(asked(start, rows=12, cols=24), hunks=[{**HUNK, "lines": lines}])
    assert any(row.strip() == "hunk 1/1" for row in remora.text().splitlines()), remora.text()
    remora.keys("a")
    assert any(row.strip() == "accepted" for row in remora.text().splitlines()), remora.text()


# --- colours ---------------------------------------------------------------------------------------------


def test_added_rows_have_no_syntax_colours_without_true_colours(start):
    remora = answered(asked(start, before=("set notermguicolors",)), hunks=[{**HUNK, "lines": ["    return None"]}])
    assert remora.editor.screen.groups_of("return None") == ["DiffAdd"]
    remora.command("RemoraReject").command("set termguicolors")
    remora.command("RemoraEdit again")
    remora.reply("edit", {"request": "r2"})
    again = proposal(hunks=[{**HUNK, "lines": ["    return None"]}], root=str(remora.file.parent))
    remora.event("r2", 1, "done", proposal=again)
    assert len(remora.editor.screen.groups_of("return None")) > 1


# --- several proposals -----------------------------------------------------------------------------------


def second(remora, node="long.py-long-Other.after"):
    remora.keys("G").command("RemoraEdit another")
    remora.reply("edit", {"request": "r2"})
    hunk = {"id": 1, "start": DEF + 30, "count": 1, "lines": ["# another"]}
    remora.event("r2", 1, "done", proposal=proposal([hunk], id="p2", node=node, root=str(remora.file.parent)))
    return remora


def test_of_several_proposals_each_hunk_says_whose_it_is_and_the_winbar_which_one_an_approve_takes(start):
    remora = answered(asked(start, rows=100))
    assert "·" not in remora.text()
    second(remora)
    remora.keys("gg]h")
    assert "steps · hunk 1/1" in remora.text()
    assert "after · hunk 1/1" in remora.text()
    assert ":RemoraApprove takes steps" in remora.text().splitlines()[0]
    remora.keys("]h")
    assert ":RemoraApprove takes after" in remora.text().splitlines()[0]
    remora.command("RemoraApprove")
    assert remora.sent("approve")[-1]["params"]["proposal"] == "p2"
    remora.reply("approve", {"proposal": "p2", "state": "approved", "files": []})
    assert "·" not in remora.text()
    assert "takes" not in remora.text()


def test_two_methods_of_one_name_are_told_apart_by_their_classes(start):
    remora = second(answered(asked(start, rows=100)), "long.py-long-Other.steps")
    remora.keys("gg]h]h")
    assert "Other.steps · hunk 1/1" in remora.text()
    assert ":RemoraApprove takes Other.steps" in remora.text()


# --- `d` is an operator ----------------------------------------------------------------------------------

DECIDED = "return vim.iter(sent):any(function(call) return call.method == 'decide' end)"


def test_d_alone_dismisses_and_leaves_the_text(start):
    remora = answered(asked(start))
    before = remora.lines()
    remora.keys("d").wait_for(DECIDED)
    assert [call["params"]["decision"] for call in remora.sent("decide")] == ["dismissed"]
    assert "dismissed" in remora.text()
    assert (remora.lines(), remora.lua("return vim.fn.mode(1)")) == (before, "n")


@pytest.mark.parametrize(
    ("keys", "row", "left"),
    [
        ("dd", 0, BODY[7]),
        ("diw", 0, "     = 7"),
        ("dw", 0, "    = 7"),
        ("d$", 0, "    "),
        ("dih", 0, ""),
        ("d2d", 0, ""),
    ],
)
@pytest.mark.parametrize("slowly", [False, True])
def test_d_with_a_motion_or_text_object_is_neovims_own(start, keys, row, left, slowly):
    remora = answered(asked(start))
    if slowly:
        for key in keys:
            remora.editor.api.input(key)
            remora.lua("vim.wait(30)") if key == keys[0] else None
    else:
        remora.keys(keys)
    remora.editor.sync()
    assert remora.lines()[DEF + 7 + row] == left
    remora.lua("vim.wait(400)")
    assert remora.sent("decide") == []
    assert remora.lua("return vim.fn.mode(1)") == "n"


def test_d_left_with_escape_decides_nothing(start):
    remora = answered(asked(start))
    remora.keys("d<Esc>")
    remora.lua("vim.wait(400)")
    assert remora.sent("decide") == []


# --- chosen from the list --------------------------------------------------------------------------------


@SIZES
@pytest.mark.parametrize("keys", ["gg", "G"])
def test_a_proposal_chosen_from_the_list_is_gone_to_once_it_is_placed(start, keys, rows, cols):
    remora = start(text=TEXT, name="long.py", rows=rows, cols=cols)
    remora.keys(keys)
    remora.lua("vim.ui.select = function(items, opts, choose) choose(items[1]) end")
    remora.command("RemoraProposals")
    remora.reply("proposals", [{"id": "p1", "node": "long.py-long-steps", "request": "number"}])
    remora.reply("get", proposal(root=str(remora.file.parent)))
    remora.reply("view", {"hunks": [HUNK]})
    assert cursor(remora) == DEF + 8
    assert_whole(remora)


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("src/app.py-app-Cart.total", ["src/app.py", "Cart.total"]),
        ("my-shop/app-two.py-app-two-<module>", ["my-shop/app-two.py", "<module>"]),
        ("app.py-app-total~2", ["app.py", "total~2"]),
    ],
)
def test_a_key_is_split_into_file_and_name(start, key, parts):
    assert start().lua("return { require('remora.placing').parts(...) }", key) == parts


# --- after an approve ------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", [DEF + 3, DEF + 8, DEF + 9, DEF + 12])
@pytest.mark.parametrize("lines", [ADDED, ["    new_1 = 1"], []])
def test_an_approve_leaves_the_cursor_on_its_text_or_on_the_first_row_of_the_new_one(start, line, lines):
    remora = start(text=TEXT, name="long.py")
    remora.keys(f"{line}G")
    text = remora.lines()[line - 1]
    edit = {"start": DEF + 7, "count": 2, "lines": lines}
    tick = remora.lua("return vim.b.changedtick")
    params = {"proposal": "p1", "path": str(remora.file), "edits": [edit], "changedtick": tick}
    remora.lua("return require('remora.host').on_request('apply', ...)", params)
    if line in (DEF + 8, DEF + 9):
        at = line if line - DEF - 7 <= len(lines) else DEF + 8
        assert cursor(remora) == at
    else:
        assert remora.lua("return vim.fn.getline('.')") == text
