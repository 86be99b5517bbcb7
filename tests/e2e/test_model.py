"""Real weights: one small model streams, the default model makes an edit that then passes the sample's tests."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from e2e.conftest import ask, remora, writing
from pytest_neovim import Editor

pytestmark = [pytest.mark.model, pytest.mark.timeout(600)]
REQUEST = "apply the discount only from 20 euros on; round to two decimals"


def test_a_real_small_model_streams_into_the_preview_and_stops(project: Path, neovim: Callable[..., Editor]):
    nvim = neovim(project / "app.py", "llama", model="smollm2-135m-instruct")
    nvim.lua("""_G.phases = {}
    local stream = require('remora.ui.stream')
    local draw = stream.draw
    stream.draw = function(buf, view, options) phases[view.phase] = true; draw(buf, view, options) end""")
    writing(ask(nvim, "def total", "add a docstring"))
    nvim.keys(":RemoraStop!<CR>")
    assert nvim.lua("return #require('remora.requests').list()") == 0
    phases = nvim.lua("return phases")
    assert {"starting", "loading", "reading", "writing"} <= set(phases), phases
    assert (project / "app.py").read_text() == "\n".join(nvim.lines()) + "\n"


def test_the_default_model_makes_an_edit_that_passes_the_samples_tests(shop: Path):
    assert _tests(shop) != 0
    done = json.loads(remora("edit", "src/shop/cart.py::Cart.total", REQUEST, "--approve", "--json", cwd=shop).stdout)
    assert set(done) == {"proposal", "state", "node", "files", "diff", "diagnostics", "model", "timings"}
    assert (done["state"], done["model"]) == ("approved", "qwen2.5-coder-1.5b-instruct")
    assert _tests(shop) == 0, done["diff"]


def _tests(shop: Path) -> int:
    return subprocess.run(
        [sys.executable, "-B", "-m", "unittest", "discover", "-s", "tests"], cwd=shop, capture_output=True, check=False
    ).returncode
