"""The whole way through the real host and server, with prepared answers."""

from lua.driver import CART

ANSWER = """```python
    @property
    def total(self):
        return round(sum(self.prices), 2)
```"""


READY = "return package.loaded['remora.review'] and #require('remora.review').list() > 0"


def ask(remora, words="round the sum"):
    remora.keys("12G").command(f"RemoraEdit {words}")


def test_a_change_is_asked_reviewed_approved_and_undone(real, snapshot):
    remora = real([ANSWER])
    ask(remora)
    remora.wait_for(READY, 30_000)
    snapshot(remora.text())
    remora.command("RemoraApprove")
    remora.wait_for("return vim.fn.execute('messages'):find('applied to')", 30_000)
    wanted = [*CART.splitlines()[:11], "        return round(sum(self.prices), 2)", *CART.splitlines()[15:]]
    assert remora.lines() == wanted
    assert remora.on_disk().splitlines() == wanted
    assert not remora.lua("return vim.bo.modified")
    remora.keys("u")
    assert remora.lines() == CART.splitlines()


def test_a_dismissed_hunk_is_not_applied_and_unsaved_text_is_kept_unsaved(real):
    answer = ANSWER.replace("return round", "import math\n        return round").replace("def total", "def total")
    remora = real([answer])
    remora.keys("GA  # mine<Esc>")
    ask(remora)
    remora.wait_for(READY, 30_000)
    remora.keys("12Gd").command("RemoraApprove")
    remora.wait_for("return vim.fn.execute('messages') ~= ''", 30_000)
    assert remora.on_disk() == CART
    assert remora.lines()[-1].endswith("# mine")


def test_lines_typed_above_while_the_proposal_waits_are_kept(real):
    remora = real([ANSWER])
    ask(remora)
    remora.wait_for(READY, 30_000)
    remora.keys("ggO# typed<Esc>")
    remora.command("RemoraApprove")
    remora.wait_for("return vim.fn.execute('messages'):find('applied to')", 30_000)
    assert remora.lines()[0] == "# typed"
    assert "        return round(sum(self.prices), 2)" in remora.lines()
    assert "not saved" in remora.messages()


def test_text_objects_come_from_the_server_where_neovim_has_no_parser(real):
    remora = real([])
    remora.keys("12Gvif")
    remora.wait_for("return vim.fn.mode() == 'V'", 30_000)
    assert remora.lua("return {vim.fn.line('v'), vim.fn.line('.')}") == [12, 15]
    remora.keys("<Esc>12Gcifpass<Esc>")
    remora.editor.wait_for(lambda editor: "        pass" in editor.screen.lines(), 30_000)


def test_proposals_survive_a_restart_of_neovim(real):
    remora = real([ANSWER])
    ask(remora)
    remora.wait_for(READY, 30_000)
    remora.editor.close()
    again = real([ANSWER])
    again.lua("vim.ui.select = function(items, _, choose) choose(items[1]) end")
    again.command("RemoraProposals")
    again.wait_for(READY, 30_000)
    again.editor.wait_for_text("return round(sum(self.prices), 2)")


def test_the_demo_shows_the_whole_way(real):
    remora = real([])
    remora.command("Remora demo")
    remora.wait_for(READY, 30_000)
    remora.command("RemoraApprove")
    remora.wait_for("return vim.fn.execute('messages'):find('applied to')", 30_000)
    assert "        return round(sum(price for price in self.prices), 2)" in remora.lines()


def test_a_killed_host_is_one_message_and_the_next_request_works(real):
    remora = real([ANSWER, ANSWER])
    ask(remora)
    remora.wait_for(READY, 30_000)
    remora.command("RemoraReject")
    remora.lua("for _, c in ipairs(vim.api.nvim_list_chans()) do if c.argv then vim.fn.jobstop(c.id) end end")
    remora.wait_for("return require('remora.host').state == 'stopped'", 30_000)
    ask(remora)
    remora.wait_for(READY, 30_000)
