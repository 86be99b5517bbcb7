"""What the editor feels: how long Neovim's own thread is busy with us, and how soon things happen.

    python tests/bench/editor.py [--editors 20]

Every number is measured inside Neovim (`vim.uv.hrtime`) or from /proc, with the scripted engine, a real host and a real server.
Prints a Markdown table for doc/measured.md.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from pytest_neovim.editor import Editor  # noqa: E402

FUNCTION = "def work(items):\n    total = 0\n    for item in items:\n        total += item\n    return total\n"
ANSWER = "```python\n" + FUNCTION.replace("return total", "return total + 1") + "```"
TIMED = """
local run = loadstring(...)
collectgarbage()
local start = vim.uv.hrtime()
run()
return (vim.uv.hrtime() - start) / 1e6
"""


class Place:
    """A project and a Remora home of their own; `end()` stops the server."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="rm-bench-"))
        self.project = self.folder / "project"
        self.project.mkdir()
        (self.project / "pyproject.toml").write_text("[project]\nname = 'bench'\n")
        os.environ["REMORA_HOME"] = str(self.folder / "home")

    def file(self, name: str, text: str) -> Path:
        path = self.project / name
        path.write_text(text)
        return path

    def script(self, answers: list, tokens_per_second: float = 0) -> Path:
        # A name of its own: the server keeps an engine, and with it the script, for as long as it lives.
        path = self.folder / f"script{len(list(self.folder.glob('script*.json')))}.json"
        path.write_text(json.dumps({"answers": answers, "tokens_per_second": tokens_per_second, "loop": True}))
        return path

    def editor(self, file: Path, script: Path) -> Editor:
        settings = json.dumps({"engine": f"scripted:{script}"})
        before = (
            f"let g:remora_python = '{sys.executable}'",
            f"let g:remora = json_decode('{settings}')",
            f"cd {self.project}",
        )
        return Editor((ROOT,), (str(file),), before)

    def end(self) -> None:
        subprocess.run([sys.executable, "-m", "remora", "serve", "--stop"], capture_output=True, check=False)
        shutil.rmtree(self.folder, ignore_errors=True)


def timed(nvim: Editor, code: str) -> float:
    """Milliseconds of Neovim's thread that `code` takes."""
    return nvim.lua(TIMED, code)


def sourcing(place: Place, file: Path, script: Path, editors: int) -> list[float]:
    found = []
    for _ in range(editors):
        with place.editor(file, script) as nvim:
            nvim.command("unlet g:loaded_remora")
            found.append(timed(nvim, f"vim.cmd.source('{ROOT}/plugin/remora.lua')"))
    return found


def first_calls(
    place: Place, file: Path, script: Path, editors: int
) -> tuple[list[float], list[float], list[float], list[float]]:
    """Blocked by the first call, blocked by later calls, ready after the first, warm round trip."""
    first, later, ready, trips = [], [], [], []
    for _ in range(editors):
        with place.editor(file, script) as nvim:
            nvim.lua("_G.host = require('remora.host'); require('remora').wire()")
            nvim.lua("_G.t0 = vim.uv.hrtime()")
            first.append(timed(nvim, "host.request('status', {}, function() _G.t1 = vim.uv.hrtime() end)"))
            nvim.wait_for("return _G.t1")
            ready.append(nvim.lua("return (t1 - t0) / 1e6"))
            for _ in range(5):
                nvim.lua("_G.t1, _G.t0 = nil, vim.uv.hrtime()")
                later.append(timed(nvim, "host.request('status', {}, function() _G.t1 = vim.uv.hrtime() end)"))
                nvim.wait_for("return _G.t1")
                trips.append(nvim.lua("return (t1 - t0) / 1e6"))
    return first, later, ready, trips


def first_command(place: Place, file: Path, script: Path, editors: int) -> list[float]:
    """Blocked by the first `:RemoraEdit` of a session: modules loaded, host started, status drawn, request sent."""
    found = []
    for _ in range(editors):
        with place.editor(file, script) as nvim:
            nvim.keys("/def work<CR>")
            found.append(timed(nvim, "vim.cmd('RemoraEdit go')"))
            nvim.wait_for("return #require('remora.requests').list() == 0", 20_000)
    return found


def streaming(place: Place, tokens: int) -> dict[str, float]:
    """200 tokens a second into a highlighted 3,000-line file."""
    body = "".join(f"    total += {n} * len(items)  # step {n}\n" for n in range(tokens // 8))
    text = FUNCTION.replace("    return total\n", body + "    return total\n")
    file = place.file(
        "stream.py", "import os\n\n\n" + FUNCTION + "".join(f"\n\ndef f{n}():\n    return {n}\n" for n in range(750))
    )
    script = place.script([{"text": f"```python\n{text}```", "prompt_tokens": 128}], tokens_per_second=200)
    with place.editor(file, script) as nvim:
        nvim.command("syntax on").keys("/def work<CR>")
        pid = nvim.lua("return vim.fn.getpid()")
        nvim.lua("require('remora.host')")
        nvim.lua(
            "_G.shown = 0; local stream = require('remora.ui.stream'); local draw = stream.draw;"
            "stream.draw = function(...) shown = shown + 1; draw(...) end"
        )
        nvim.keys(":RemoraEdit go<CR>")
        nvim.wait_for(
            "return require('remora.requests').list()[1] and require('remora.requests').list()[1].view.text ~= ''",
            20_000,
        )
        cpu, wall = _cpu(pid), time.monotonic()
        nvim.wait_for("return #require('remora.requests').list() == 0", 60_000)
        cpu, wall = _cpu(pid) - cpu, time.monotonic() - wall
        return {"frames a second": nvim.lua("return shown") / wall, "load %": 100 * cpu / wall, "seconds": wall}


def accept_thousand(place: Place, script: Path) -> list[float]:
    """The buffer change of a 1,000-line diff, as the editor's thread sees it."""
    found = []
    old = [f"value_{n} = {n}" for n in range(1000)]
    new = [f"value_{n} = {n + 1}" if n % 2 else f"value_{n} = {n}" for n in range(1000)]
    for number in range(5):
        file = place.file(f"big{number}.py", "\n".join(old) + "\n")
        with place.editor(file, script) as nvim:
            nvim.command("syntax on")
            nvim.lua("_G.proposal = require('remora.proposal')")
            edits = [{"start": n, "count": 1, "lines": [new[n]]} for n in range(1000) if old[n] != new[n]]
            nvim.lua(
                "_G.params = { path = ..., edits = select(2, ...), changedtick = vim.api.nvim_buf_get_changedtick(0) }",
                str(file),
                edits,
            )
            found.append(timed(nvim, "_G.answer = proposal.apply(params)"))
            assert nvim.lua("return answer.ok and answer.saved"), nvim.lua("return answer")
            assert file.read_text().split("\n")[:-1] == new
            nvim.keys("u")
            assert nvim.lines() == old, "one undo step brings the old text back"
    return found


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(editors: int, tokens: int) -> list[tuple[str, str, str]]:
    """Rows of (figure, aim, measured)."""
    place = Place()
    try:
        file = place.file("app.py", FUNCTION)
        script = place.script([ANSWER])
        subprocess.run(
            [sys.executable, "-m", "remora", "proposals"], cwd=place.project, capture_output=True, check=False
        )
        source = sourcing(place, file, script, editors)
        first, later, ready, trips = first_calls(place, file, script, editors)
        command = first_command(place, file, script, editors)
        thousand = accept_thousand(place, script)
        stream = streaming(place, tokens)
    finally:
        place.end()

    def ms(values: list[float]) -> str:
        return f"min {min(values):.2f} ms, median {statistics.median(values):.2f} ms (n={len(values)})"

    return [
        ("sourcing plugin/", "< 0.5 ms", ms(source)),
        ("UI blocked by the first call", "< 5 ms", ms(first)),
        ("UI blocked by the first `:RemoraEdit`", "< 5 ms", ms(command)),
        ("UI blocked by later calls", "< 1 ms", ms(later)),
        ("first answer, server running (host ready)", "< 250 ms", ms(ready)),
        ("warm round trip Lua, host, server and back", "", ms(trips)),
        ("UI blocked by a 1,000-line diff, 500 hunks, `:write` included", "< 20 ms", ms(thousand)),
        ("frames a second while 200 tokens/s stream", "~30", f"{stream['frames a second']:.1f}"),
        ("Neovim's CPU load meanwhile (3,000-line file, syntax on)", "", f"{stream['load %']:.1f} %"),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure what the editor feels.")
    parser.add_argument("--editors", type=int, default=20)
    parser.add_argument("--tokens", type=int, default=1200)
    options = parser.parse_args()
    print("| figure | aim | measured |\n|---|---|---|")
    for row in measure(options.editors, options.tokens):
        print("| " + " | ".join(row) + " |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
