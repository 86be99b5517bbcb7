"""Set-up from inside Neovim, in a plugin folder of the test's own whose scripts/setup is a small shell script."""

import json
import shutil
import subprocess
import sys

import pytest

from lua.driver import ROOT

WORKS = '#!/bin/sh\necho "making it"\nln -s "{prefix}" "$(dirname "$0")/../.venv"\n'
FAILS = '#!/bin/sh\necho "the network is down"\nexit 1\n'

ANSWER = "```python\n    @property\n    def total(self):\n        return round(sum(self.prices), 2)\n```"


@pytest.fixture
def plugin(start, home, tmp_path):
    """Start Neovim with a copy of the plugin whose Python is not set up: `plugin(script)`."""
    folder = tmp_path / "plugin"
    editors = []

    def run(script):
        for part in ("lua", "plugin", "queries", "rplugin"):
            shutil.copytree(ROOT / part, folder / part)
        (folder / "python").symlink_to(ROOT / "python")
        write(script)
        answers = tmp_path / "answers.json"
        answers.write_text(json.dumps({"answers": [ANSWER]}))
        remora = start(transport=False, runtime=(folder,), settings={"engine": f"scripted:{answers}"}, rows=34)
        editors.append(remora.editor)
        remora.lua("vim.ui.select = function(items, _, choose) asked = (asked or 0) + 1; choose(items[1]) end")
        return remora

    def write(script):
        file = folder / "scripts" / "setup"
        file.parent.mkdir(exist_ok=True)
        file.write_text(script.format(prefix=sys.prefix))
        file.chmod(0o755)

    run.write = write
    yield run
    for editor in editors:
        editor.close()
    stop = [sys.executable, "-m", "remora", "serve", "--stop"]
    subprocess.run(stop, env={**home, "PYTHONPATH": str(ROOT / "python")}, capture_output=True, timeout=60, check=False)


READY = "return package.loaded['remora.review'] and #require('remora.review').list() > 0"


def test_after_set_up_the_waiting_request_goes_on_to_its_proposal(plugin):
    remora = plugin(WORKS)
    remora.keys("12G").keys(":RemoraEdit round the sum<CR>")
    remora.wait_for(READY, 30_000)
    assert remora.lua("return asked") == 1
    assert "return round(sum(self.prices), 2)" in remora.text()
    assert remora.lua("return #vim.api.nvim_tabpage_list_wins(0)") == 1


def test_a_set_up_that_fails_shows_why_and_ends_the_request_with_one_message(plugin):
    remora = plugin(FAILS)
    remora.keys("12G").keys(":RemoraEdit round the sum<CR>")
    remora.wait_for("return #require('remora.requests').list() == 0")
    said = " ".join(remora.messages().split())
    assert said == "remora: set-up did not finish; the terminal says why. :Remora setup tries again."
    assert "the network is down" in remora.text()
    assert "remora  starting" not in remora.text()
    assert remora.lua("return vim.fn.expand('%:t')") == "cart.py"


def test_after_a_failed_set_up_the_command_tries_again_and_the_next_request_works(plugin):
    remora = plugin(FAILS)
    remora.keys("12G").keys(":RemoraEdit round the sum<CR>")
    remora.wait_for("return #require('remora.requests').list() == 0")
    plugin.write(WORKS)
    remora.keys(":Remora setup<CR>")
    remora.wait_for("return vim.fn.execute('messages'):find('Python is set up.', 1, true)")
    remora.keys("12G").keys(":RemoraEdit round the sum<CR>")
    remora.wait_for(READY, 30_000)


def test_a_plugin_folder_without_the_script_says_so(plugin, tmp_path):
    remora = plugin(WORKS)
    (tmp_path / "plugin" / "scripts" / "setup").unlink()
    remora.keys(":Remora setup<CR>")
    assert "install the plugin again." in " ".join(remora.messages().split())
