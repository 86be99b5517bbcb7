"""Lua tests: a real Neovim with the plugin. What leaves for Python is kept in `sent`, and the test answers it."""

import json
import os
import platform
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from leftovers import wait_until_gone
from lua.driver import CART, ROOT, TRANSPORT, Remora
from pytest_neovim import Editor
from pytest_neovim.fixtures import editor, open_editor, snapshot  # noqa: F401


@pytest.fixture
def home(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An environment whose home, state and cache are the test's own. A process that stays behind fails the test."""
    folder = tmp_path / "home"
    folder.mkdir()
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "REMORA_", "NVIM"))}
    xdg = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    yield {**kept, **xdg, "HOME": str(folder), "REMORA_HOME": str(folder / "remora")}
    left = wait_until_gone(folder / "remora")
    assert not left, f"processes of this test still live: {left}"


@pytest.fixture
def start(home: dict[str, str], open_editor: Callable[..., Editor], tmp_path: Path) -> Callable[..., Remora]:  # noqa: F811
    """Start Neovim with the plugin on a file: `start(text, settings={...}, parsers=[...], transport=True)`."""

    def run(
        text: str | bytes = CART,
        settings: dict[str, Any] | None = None,
        runtime: tuple[Path, ...] = (),
        transport: bool = True,
        before: tuple[str, ...] = (),
        name: str = "cart.py",
        **options: Any,
    ) -> Remora:
        file = tmp_path / "project" / name
        file.parent.mkdir(exist_ok=True)
        (file.parent / "pyproject.toml").write_text('[project]\nname = "cart"\nversion = "0"\n')
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        packed = json.dumps(json.dumps(settings or {}))
        started = open_editor(
            runtime=(*runtime, ROOT),
            before=(
                "let g:loaded_python3_provider = 0",
                "set noruler shortmess+=F",
                f"lua vim.g.remora = vim.json.decode({packed})",
                *before,
            ),
            env=home,
            **options,
        )
        started.command(f"cd {file.parent} | edit {name}")
        if transport:
            started.lua(TRANSPORT)
        started.sync()
        return Remora(started, file)

    return run


@pytest.fixture
def real(start, home):
    """Start Neovim with the real host on `text`; the server it brings up is stopped afterwards."""
    python = ROOT / ".venv" / "bin" / "python"
    if "VIRTUAL_ENV" in os.environ and not python.exists():
        python = Path(os.environ["VIRTUAL_ENV"]) / "bin" / "python"

    editors = []

    def run(answers, text=CART, **settings):
        script = Path(home["HOME"]) / "answers.json"
        script.write_text(json.dumps({"answers": answers}))
        remora = start(
            text=text,
            transport=False,
            settings={"engine": f"scripted:{script}", "default_keys": True, **settings},
            before=(f"let g:remora_python = '{python}'",),
            rows=34,
        )
        editors.append(remora.editor)
        return remora

    yield run
    # Neovim goes first: its host would start the server again. Closing an editor twice is no error.
    for each in editors:
        each.close()
    stop = [str(python), "-m", "remora", "serve", "--stop"]
    stopped = subprocess.run(stop, env={**home, "PYTHONPATH": str(ROOT / "python")}, capture_output=True, timeout=60)
    assert stopped.returncode == 0, stopped.stderr.decode()


PARSER = ("tree-sitter-python", "0.25.0")


def _platform() -> str:
    system = {"Linux": "linux", "Darwin": "darwin", "Windows": "win32"}[platform.system()]
    return f"{system}-{'arm64' if platform.machine() in ('arm64', 'aarch64') else 'x64'}"


@pytest.fixture(scope="session")
def python_parser() -> Path:
    """A 'runtimepath' folder with Neovim's parser for Python, fetched once with npm into the user's cache."""
    name, version = PARSER
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "remora-tests" / f"{name}-{version}"
    library = folder / "parser" / "python.so"
    if not library.exists():
        npm = shutil.which("npm")
        if not npm:
            print(f"not run: tests with Neovim's own parser (npm is missing, so {name} {version} cannot be fetched)")
            pytest.skip("npm is missing: Neovim's parser for Python was not tested")
        folder.mkdir(parents=True, exist_ok=True)
        fetched = subprocess.run(
            [npm, "pack", "--silent", f"{name}@{version}"], cwd=folder, capture_output=True, text=True, timeout=100
        )
        archive = folder / f"{name}-{version}.tgz"
        if fetched.returncode != 0 or not archive.exists():
            print(f"not run: tests with Neovim's own parser (npm could not fetch {name} {version})")
            pytest.skip(f"npm could not fetch {name} {version}: Neovim's parser for Python was not tested")
        with tarfile.open(archive) as tar:
            member = tar.extractfile(f"package/prebuilds/{_platform()}/{name}.node")
            assert member is not None
            library.parent.mkdir(exist_ok=True)
            part = library.with_suffix(".part")
            part.write_bytes(member.read())
            part.rename(library)
        archive.unlink()
    return folder
