"""`remora doctor`: each part that must work, whether it does, and the next step where it does not."""

from __future__ import annotations

import argparse
import importlib.util
import json
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass

from remora import __version__
from remora.config import load, places
from remora.errors import RemoraError
from remora.lang import languages
from remora.models import catalogue
from remora.models.local import free_bytes, path_of
from remora.server.client import open_client
from remora.server.door import make_runtime


@dataclass(frozen=True)
class Finding:
    """`level`: ok, note or problem. `advice` is the next step, empty when there is none."""

    part: str
    level: str
    fact: str
    advice: str = ""


def run(arguments: argparse.Namespace) -> int:
    findings = [look() for look in (_python, _packages, _git, _neovim, _config, _socket, _server, _model, _disk)]
    if arguments.json:
        print(json.dumps([asdict(f) for f in findings]))
    else:
        for f in findings:
            print(f"{f.level:<8} {f.part:<9} {f.fact}" + (f"\n{'':<19}{f.advice}" if f.advice else ""))
    return 1 if any(f.level == "problem" for f in findings) else 0


def _guarded(part: str, look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except (RemoraError, OSError) as error:
        return Finding(part, "problem", str(error))


def _python() -> Finding:
    fact = f"{platform.python_version()} at {sys.executable}, remora {__version__}, {platform.system()} {platform.machine()}"
    return Finding("python", "ok", fact)


def _packages() -> Finding:
    parts = (
        "pynvim",
        "msgpack",
        "mnestic",
        "tree_sitter",
        "xllamacpp",
        "blake3",
        "httpx",
        "ruff",
        "numpy",
        "watchfiles",
    )
    names = (*parts, *sorted({language.grammar for language in languages().values()}))
    missing = [name for name in names if importlib.util.find_spec(name) is None]
    if missing:
        return Finding("packages", "problem", f"missing: {', '.join(missing)}", "Run scripts/setup.")
    return Finding("packages", "ok", f"{len(names)} of {len(names)} found")


def _git() -> Finding:
    git = shutil.which("git")
    if git is None:
        return Finding("git", "problem", "not on PATH", "Install git: merging with your later changes needs it.")
    return Finding("git", "ok", git)


def _neovim() -> Finding:
    nvim = shutil.which("nvim")
    if nvim is None:
        return Finding(
            "neovim", "note", "not on PATH", "The command line works without it; scripts/demo brings its own."
        )
    done = subprocess.run([nvim, "--version"], capture_output=True, text=True, check=False, timeout=10)
    version = done.stdout.split("\n", 1)[0]
    numbers = tuple(int(n) for n in version.removeprefix("NVIM v").split("-")[0].split(".") if n.isdigit())
    if numbers < (0, 11):
        return Finding("neovim", "problem", version, "Remora needs Neovim 0.11 or newer.")
    return Finding("neovim", "ok", f"{version} at {nvim}")


def _config() -> Finding:
    def look() -> Finding:
        path = places().config / "config.toml"
        config = load(path)
        return Finding("config", "ok", f"{path if path.exists() else 'defaults'}; engine {config.engine.engine}")

    return _guarded("config", look)


def _socket() -> Finding:
    def look() -> Finding:
        make_runtime(places())
        return Finding("socket", "ok", str(places().runtime))

    return _guarded("socket", look)


def _server() -> Finding:
    def look() -> Finding:
        client = open_client(places(), "cli", start=False)
        status = client.call("status", {}, 5.0)
        client.close()
        notices = [n for w in status["workspaces"] for n in w["notices"]]
        fact = f"pid {status['pid']}; workspaces: {len(status['workspaces'])}, requests: {len(status['requests'])}"
        return Finding("server", "note" if notices else "ok", fact, " ".join(notices))

    found = _guarded("server", look)
    return (
        Finding("server", "ok", "not running; it starts when needed") if "No server is running" in found.fact else found
    )


def _model() -> Finding:
    def look() -> Finding:
        config = load(places().config / "config.toml")
        if config.engine.engine != "llama":
            return Finding("model", "ok", f"served by {config.engine.engine}")
        model = catalogue.find(config.engine.model)
        path = path_of(model, places().models)
        if path is None:
            advice = f"`remora model pull {model.name}` gets it ({catalogue.size_text(model.bytes)})."
            return Finding("model", "note", f"{model.name} is not here yet", advice)
        if model.exact and path.stat().st_size != model.bytes:
            return Finding("model", "problem", f"{path} is damaged", f"`remora model pull {model.name}` gets it again.")
        return Finding("model", "ok", f"{model.name} at {path}")

    return _guarded("model", look)


def _disk() -> Finding:
    free = free_bytes(places().models)
    level = "ok" if free > 3e9 else "note"
    return Finding(
        "disk", level, f"{free / 1e9:,.1f} GB free", "" if level == "ok" else "The default model needs 1.2 GB."
    )
