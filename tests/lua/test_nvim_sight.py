"""The status and the preview are in sight wherever the node stands, and no window is scrolled for them."""

import pytest

NODE = "def fetch_all(urls):\n" + "".join(f"    page_{n} = urls[{n}]\n" for n in range(40)) + "    return urls\n"
TEXT = "".join(f"# row {n}\n" for n in range(60)) + NODE + "".join(f"# after {n}\n" for n in range(60))
DEF = 61  # its line, 1-based
SPAN = [60, 0, 101, 15]
VIEW = "local v = vim.fn.winsaveview(); return { v.topline, v.lnum, v.col }"


def asked(start, line, at, **options):
    """A request with the cursor on `line`, which stands at the screen row that `at` brings it to."""
    remora = start(TEXT, name="fetch.py", **options)
    remora.keys(f"{line}G{at}")
    before = remora.lua(VIEW)
    remora.command("RemoraEdit fetch in parallel")
    assert "remora  starting" in remora.text()
    remora.reply("edit", {"request": "r1"})
    remora.event("r1", 1, "phase", phase="starting", node="fetch.py-fetch-fetch_all", path="fetch.py", span=SPAN)
    return remora, before


def stream(remora, rows=16):
    """Let an answer of `rows` lines come, and look after each line."""
    offset = 0
    for n in range(rows):
        line = f"new_{n} = {n}\n"
        remora.event("r1", 2 * n + 2, "phase", phase="writing", done=n + 1)
        remora.event("r1", 2 * n + 3, "text", offset=offset, text=line)
        offset += len(line)
        remora.editor.wait_for_text(f"new_{n} = {n}")
        assert f"writing · {n + 1} tokens" in remora.text()


PLACES = {
    "bottom": (DEF, "zb"),
    "one above the bottom": (DEF, "zb<C-e>"),
    "three above the bottom": (DEF, "zb3<C-e>"),
    "five above the bottom": (DEF, "zb5<C-e>"),
    "middle": (DEF, "zz"),
    "top": (DEF, "zt"),
    "last line of the node at the bottom": (DEF + 41, "zb"),
    "inside, node larger than the screen": (DEF + 20, "zz"),
    "inside, at the bottom": (DEF + 20, "zb"),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("size", "scrolloff"), [((24, 80), 0), ((24, 80), 5), ((12, 40), 0)])
def test_status_and_preview_are_in_sight_and_follow_the_answer(start, place, size, scrolloff):
    line, at = PLACES[place]
    remora, before = asked(start, line, at, rows=size[0], cols=size[1], before=(f"set scrolloff={scrolloff}",))
    stream(remora)
    assert remora.lua(VIEW) == before
    remora.command("RemoraStop")
    assert "remora  " not in remora.text()
    assert remora.lua("return #vim.api.nvim_list_wins()") == 1


@pytest.mark.parametrize("split", ["split", "vsplit"])
def test_in_a_split_the_preview_is_in_the_current_window(start, split):
    remora = start(TEXT, name="fetch.py")
    remora.command(split)
    remora.keys(f"{DEF}Gzb")
    before = remora.lua(VIEW)
    remora.command("RemoraEdit fetch in parallel")
    remora.reply("edit", {"request": "r1"})
    remora.event("r1", 1, "phase", phase="starting", node="fetch.py-fetch-fetch_all", path="fetch.py", span=SPAN)
    stream(remora)
    assert remora.lua(VIEW) == before


def test_the_cursors_own_line_is_never_covered(start):
    remora, _ = asked(start, DEF, "zb")
    stream(remora, 12)
    assert any(line.startswith("def fetch_all(urls):") for line in remora.text().splitlines())
    row, col = remora.editor.screen.cursor
    assert remora.text().splitlines()[row][col] == "d"


def shown(remora, part, wanted=True):
    """Wait until `part` is on the screen, or gone: a window's move is drawn with the next frame."""
    remora.wait_for(lambda editor: (part in "\n".join(editor.screen.lines())) == wanted)


@pytest.mark.parametrize("keys", ["<C-e>", "<C-f>", "gg", "G", "<C-y><C-y>", "H", "L"])
def test_the_preview_stays_in_sight_when_the_window_moves(start, keys):
    remora, _ = asked(start, DEF, "zz")
    stream(remora, 14)
    remora.keys(keys)
    shown(remora, "writing · 14 tokens")
    shown(remora, "new_13 = 13")


def test_the_preview_comes_into_the_window_that_is_entered(start):
    remora, _ = asked(start, DEF, "zz")
    remora.command("split | normal! gg")
    stream(remora, 14)
    first = remora.lua("return vim.api.nvim_get_current_win()")
    remora.keys("<C-w>j")
    assert remora.lua("return vim.api.nvim_get_current_win()") != first
    shown(remora, "new_13 = 13")


def test_a_preview_in_the_corner_goes_when_its_buffer_is_not_shown_and_comes_back_with_it(start):
    remora, _ = asked(start, DEF, "zb", before=("set hidden",))
    stream(remora, 5)
    remora.command("enew")
    shown(remora, "new_4", False)
    remora.command("buffer fetch.py")
    shown(remora, "new_4 = 4")


def test_two_previews_without_room_between_the_lines_do_not_cover_each_other(start):
    remora, _ = asked(start, DEF, "zb")
    remora.command("RemoraEdit again")
    remora.reply("edit", {"request": "r2"})
    remora.event("r2", 1, "phase", phase="reading", done=1, total=2, span=SPAN)
    stream(remora, 3)
    assert "reading prompt 1/2" in remora.text()


def test_a_wrapped_line_and_a_fold_count_as_the_rows_they_take(start):
    text = "x = '" + "y" * 700 + "'\n" + TEXT
    remora = start(text, name="fetch.py")
    remora.command("16,40fold")
    remora.keys("ggzt12G")
    before = remora.lua(VIEW)
    remora.command("RemoraEdit anything")
    remora.reply("edit", {"request": "r1"})
    remora.event("r1", 1, "phase", phase="starting", span=[10, 0, 50, 5])
    stream(remora)
    assert remora.lua(VIEW) == before
