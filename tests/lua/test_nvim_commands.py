"""Commands, options, maps, help and health."""

import re

import pytest

from lua.driver import ROOT

HELP = (ROOT / "doc" / "remora.txt").read_text(encoding="utf-8")


def test_nothing_is_loaded_before_it_is_used(start):
    remora = start(transport=False)
    loaded = remora.lua(
        "return vim.tbl_filter(function(name) return vim.startswith(name, 'remora') end, vim.tbl_keys(package.loaded))"
    )
    assert loaded == []


def test_remora_alone_lists_what_there_is(start, snapshot):
    remora = start()
    remora.keys(":Remora<CR>")
    snapshot(remora.text())
    remora.keys("q")
    assert remora.lua("return #vim.api.nvim_list_wins()") == 1


def test_an_unknown_subcommand_names_the_known_ones(start):
    remora = start()
    remora.command("Remora frobnicate")
    said = " ".join(remora.messages().split())
    assert said.startswith(
        "remora: there is no :Remora frobnicate; the subcommands are approve, callees, callers, demo, edit"
    )


def test_subcommands_are_completed(start):
    remora = start()
    complete = "return vim.fn.getcompletion(..., 'cmdline')"
    assert remora.lua(complete, "Remora st") == ["status", "stop"]
    assert "edit" in remora.lua(complete, "Remora ")
    assert remora.lua(complete, "Remora nothing ") == []


def test_remora_edit_is_the_same_as_remora_with_edit(start):
    remora = start()
    remora.keys("12G").command("Remora edit round the sum")
    assert remora.sent("edit")[-1]["params"]["request"] == "round the sum"
    remora.keys("12GV:Remora edit shorter<CR>")
    assert remora.sent("edit")[-1]["params"]["span"] == [11, 8, 11, 15]


def test_options_travel_with_the_request_and_setup_only_merges(start):
    remora = start(settings={"engine": "endpoint:http://localhost:1"})
    remora.lua("require('remora').setup({ model = 'small' })")
    remora.keys("12G").command("RemoraEdit round the sum")
    params = remora.sent("edit")[-1]["params"]
    assert (params["engine"], params["model"]) == ("endpoint:http://localhost:1", "small")


def test_mistakes_in_the_options_are_named_by_their_path_with_the_nearest_key(start):
    remora = start(settings={"previw": "lines", "preview": "popup", "review_keys": {"acept": "y"}, "frame_ms": "33"})
    assert remora.lua("return require('remora.config').problems()") == [
        'remora.frame_ms must be a number, not "33"',
        'remora.preview must be lines or float, not "popup"',
        "remora.previw is not an option; did you mean remora.preview?",
        "remora.review_keys.acept is not an option; did you mean remora.review_keys.accept?",
    ]


def test_mistakes_in_the_options_of_lines_and_outline_are_named_too(start):
    settings = {"summary": {"plac": "eol", "signs": {"rul": "="}}, "outline": {"side": "top"}}
    remora = start(transport=False, settings=settings)
    remora.command("checkhealth remora")
    report = "\n".join(remora.lines())
    assert 'remora.outline.side must be right or left, not "top"' in report
    assert "did you mean remora.summary.place?" in report
    assert "did you mean remora.summary.signs.rule?" in report


def test_checkhealth_reports_mistakes_and_what_is_there(start):
    remora = start(transport=False, settings={"previw": "lines"})
    remora.command("checkhealth remora")
    report = "\n".join(remora.lines())
    assert "did you mean remora.preview?" in report
    assert "pynvim" in report
    assert "not started yet" in report


def test_default_keys_are_there_only_when_asked_for(start):
    assert start().lua("return vim.fn.maparg('if', 'x')") == ""
    assert start(settings={"default_keys": True}).lua("return vim.fn.maparg('if', 'x')") == "<Plug>(remora-if)"


def test_proposals_are_chosen_from_a_list_and_reviewed(start):
    remora = start()
    remora.lua("vim.ui.select = function(items, opts, choose) shown = opts.format_item(items[1]); choose(items[1]) end")
    remora.command("RemoraProposals")
    remora.reply("proposals", [{"id": "p1", "node": "cart.py-cart-Cart.total", "request": "round\nit"}])
    assert remora.lua("return shown") == "Cart.total  cart.py  round it"
    hunks = [{"id": 1, "start": 0, "count": 1, "lines": ['"""Doc."""']}]
    file = {"path": "cart.py", "hunks": hunks}
    remora.reply("get", {"id": "p1", "root": str(remora.file.parent), "state": "draft", "files": [file]})
    remora.reply("view", {"hunks": hunks})
    assert 'hunk 1/1\n"""Doc."""\n' in remora.text()


def test_no_open_proposals_is_said_with_a_next_step(start):
    remora = start()
    remora.command("RemoraProposals")
    remora.reply("proposals", [])
    assert remora.messages() == "remora: there are no open proposals; :RemoraEdit asks for one."


def test_the_demo_works_on_a_copy_in_the_cache_with_a_prepared_answer(start):
    remora = start()
    remora.command("Remora demo")
    params = remora.sent("edit")[-1]["params"]
    assert "/home/cache/" in params["path"]
    assert params["engine"].startswith("scripted:")
    assert remora.file.read_text() == "\n".join(remora.lua("return vim.fn.readfile(...)", str(remora.file))) + "\n"


def test_highlights_are_links_that_a_users_own_setting_wins_over_and_a_colour_scheme_keeps(start):
    remora = start(before=("highlight RemoraAdd guifg=#123456",))
    fg = "return vim.api.nvim_get_hl(0, { name = 'RemoraAdd' }).fg"
    assert remora.lua(fg) == 0x123456
    remora.command("colorscheme habamax")
    assert remora.lua("return vim.api.nvim_get_hl(0, { name = 'RemoraDelete' }).link") == "DiffDelete"


# --- the manual ----------------------------------------------------------------------------------------


def test_every_command_and_map_has_its_tag_in_the_manual(start):
    remora = start()
    commands = [name for name in remora.lua("return vim.tbl_keys(vim.api.nvim_get_commands({}))") if "Remora" in name]
    missing = [name for name in commands if f"*:{name}*" not in HELP]
    subcommands = remora.lua("return vim.tbl_keys(require('remora.command').subcommands)")
    missing += [name for name in subcommands if f"*:Remora-{name}*" not in HELP]
    maps = remora.lua(
        """local found = {}
        for _, mode in ipairs({ "n", "x", "o" }) do
          for _, map in ipairs(vim.api.nvim_get_keymap(mode)) do
            if map.lhs:find("^<Plug>%(remora") then found[map.lhs] = true end
          end
        end
        return vim.tbl_keys(found)"""
    )
    assert len(maps) > 15
    missing += [name for name in maps if f"*{name}*" not in HELP and name != "<Plug>(remora-run-decision)"]
    assert missing == []


def test_every_option_highlight_and_event_is_in_the_manual(start):
    remora = start()
    options = remora.lua(
        """local found = {}
        local function walk(fields, prefix)
          for key, option in pairs(fields) do
            found[#found + 1] = prefix .. key
            if option.fields then walk(option.fields, prefix .. key .. ".") end
          end
        end
        walk(require("remora.config").schema, "remora.")
        return found"""
    )
    missing = [name for name in options if f"*{name}*" not in HELP]
    missing += [
        name for name in remora.lua("return vim.tbl_keys(require('remora.ui.groups').links)") if name not in HELP
    ]
    missing += [
        name for name in ("RemoraProposalReady", "RemoraHunkDecided", "RemoraHostExit") if f"*{name}*" not in HELP
    ]
    assert missing == []


def test_no_tag_of_the_manual_is_given_twice_and_every_link_has_a_tag(start, tmp_path):
    tags = re.findall(r"(?<![^\s])\*(\S+)\*(?=\s|$)", HELP)
    assert sorted(tags) == sorted(set(tags))
    links = {link for link in re.findall(r"\|(\S+?)\|", HELP) if "emora" in link}
    assert links - set(tags) == set()


@pytest.mark.parametrize("file", sorted((ROOT / "lua").rglob("*.lua")), ids=lambda file: file.stem)
def test_no_lua_file_is_longer_than_400_lines(file):
    assert len(file.read_text().splitlines()) <= 400
