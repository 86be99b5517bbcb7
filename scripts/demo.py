"""The main job in a real Neovim, on the sample project, with the default model; prints the real screens.

`scripts/demo` runs this after set-up. `--open` hands the same Neovim to you instead.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from pytest_neovim.binary import find_neovim  # noqa: E402
from pytest_neovim.editor import Editor  # noqa: E402
from remora.config import places  # noqa: E402

REQUEST = "apply the discount only from 20 euros on; round to two decimals"
ROWS, COLUMNS = 30, 100
ANSWER_S = 600


class Steps:
    """Says what happens and how long it took."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self.taken: list[tuple[str, float]] = []

    def done(self, what: str) -> None:
        now = time.monotonic()
        self.taken.append((what, now - self._since))
        self._since = now

    def table(self) -> str:
        return "\n".join(f"  {seconds:7.2f} s  {what}" for what, seconds in self.taken)


def main() -> int:
    options = _options()
    project, home = _fresh_project()
    os.environ["REMORA_MODELS"] = str(places().models)
    os.environ["REMORA_HOME"] = str(home)
    try:
        return _open(project) if options.open else _show(project, options)
    finally:
        subprocess.run([sys.executable, "-m", "remora", "serve", "--stop"], capture_output=True, check=False)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/demo", description="Show Remora on a sample project.")
    parser.add_argument(
        "--open", action="store_true", help="open Neovim on the sample project, and leave the rest to you"
    )
    parser.add_argument("--request", default=REQUEST, help="what to ask for")
    parser.add_argument("--engine", help="llama (default), endpoint:URL or scripted:FILE.json")
    return parser.parse_args()


def _fresh_project() -> tuple[Path, Path]:
    folder = places().cache / "demo"
    project = folder / "shop"
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(ROOT / "python" / "remora" / "sample", project, ignore=shutil.ignore_patterns("__pycache__"))
    return project, folder / "home"


def _open(project: Path) -> int:
    card = project.parent / "try-it.txt"
    card.write_text(
        "  vif            selects total(), where the cursor is       (the request below is in register r: Ctrl-R r)\n"
        f"  :RemoraEdit {REQUEST}\n"
        "  a  d  ]h  [h   accept the hunk, dismiss it, go to the next, the previous\n"
        "  :RemoraApprove writes it, u takes it back                 :q closes this card, :qa leaves\n",
        encoding="utf-8",
    )
    command = [
        find_neovim(),
        *("--cmd", f"set rtp^={ROOT} shortmess+=F"),
        *("--cmd", f"let g:remora_python = '{sys.executable}'"),
        *("--cmd", "let g:remora = {'default_keys': v:true}"),
        *("-c", f"let @r = '{REQUEST}'"),
        *(
            "-c",
            f"botright 5split {card} | setlocal readonly nomodifiable buftype=nofile nonumber winfixheight | wincmd p",
        ),
        *("-c", "call search('def total')"),
        str(project / "src/shop/cart.py"),
    ]
    return subprocess.run(command, cwd=project, check=False).returncode


def _show(project: Path, options: argparse.Namespace) -> int:
    steps = Steps()
    print(f"The sample project: {project}\n\nIts tests before:")
    _tests(project)
    steps.done("tests before")
    settings = "{'default_keys': v:true" + (f", 'engine': '{options.engine}'" if options.engine else "") + "}"
    before = (f"cd {project}", f"let g:remora_python = '{sys.executable}'", f"let g:remora = {settings}")
    with Editor((ROOT,), (str(project / "src/shop/cart.py"),), before, rows=ROWS, cols=COLUMNS) as nvim:
        nvim.command("set number scrolloff=5 | syntax on")
        steps.done("Neovim started")
        nvim.keys("/def total<CR>").keys("vif")
        _wait(nvim, lambda: nvim.lua("return vim.fn.line('v') ~= vim.fn.line('.')"))
        _screen(nvim, "1. The cursor is in total(); `vif` selects it")
        nvim.keys(f":RemoraEdit {options.request}")
        _screen(nvim, "2. Say what should change")
        nvim.keys("<CR>")
        steps.done("selected with vif, asked")
        _wait(nvim, lambda: "writing" in nvim.text() or _reviewing(nvim) or _failed(nvim), told=True)
        steps.done("first text (host, server and model started)")
        _wait(nvim, lambda: _streamed(nvim) or _reviewing(nvim) or _failed(nvim))
        if not _reviewing(nvim) and not _failed(nvim):
            _screen(nvim, "3. The answer streams in, below the function; the file is not touched")
        _wait(nvim, lambda: _reviewing(nvim) or _failed(nvim))
        if _failed(nvim):
            _screen(nvim, "The request failed")
            return 1
        steps.done("proposal written and checked")
        _screen(nvim, "4. The proposal is an inline diff, with the cursor on it: a accepts, d dismisses, ]h [h move")
        nvim.keys(":RemoraApprove<CR>")
        _wait(nvim, lambda: not _reviewing(nvim))
        steps.done("approved: one undo step, file written")
        _screen(nvim, "5. :RemoraApprove wrote it; `u` would bring the old text back")
    print("Its tests after:")
    passed = _tests(project)
    steps.done("tests after")
    print(f"\nWhat each step took:\n{steps.table()}")
    print("\nTry it yourself: scripts/demo --open")
    return 0 if passed else 1


def _tests(project: Path) -> bool:
    done = subprocess.run(
        [sys.executable, "-B", "-m", "unittest", "discover", "-s", "tests"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    report = [
        line for line in done.stderr.splitlines() if line.startswith(("FAIL:", "AssertionError", "Ran", "OK", "FAILED"))
    ]
    print("\n".join(f"  {line}" for line in report), flush=True)
    return done.returncode == 0


def _wait(nvim: Editor, ready: Callable[[], bool], told: bool = False) -> None:
    """Wait; `told` passes on what the plugin's statusline says meanwhile."""
    said = ""

    def look(editor: Editor) -> bool:
        nonlocal said
        words = editor.lua("local s = package.loaded['remora.statusline']; return s and s.get() or ''") if told else ""
        if words.split(" ")[:3] != said.split(" ")[:3]:
            print(f"  {words}", flush=True)
            said = words
        return ready()

    nvim.wait_for(look, ANSWER_S * 1000)


def _reviewing(nvim: Editor) -> bool:
    return bool(nvim.lua("local r = package.loaded['remora.review']; return r ~= nil and r.current() ~= nil"))


def _failed(nvim: Editor) -> bool:
    return "remora:" in nvim.messages()


def _streamed(nvim: Editor) -> bool:
    """A good part of the answer is on the screen, beside the line that it was made from."""
    return nvim.text().count("total += line") > 1


def _screen(nvim: Editor, title: str) -> None:
    nvim.sync()
    print(f"\n{title}\n┌{'─' * COLUMNS}┐")
    for line in nvim.screen.lines():
        print(f"│{line:<{COLUMNS}}│")
    print(f"└{'─' * COLUMNS}┘", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
