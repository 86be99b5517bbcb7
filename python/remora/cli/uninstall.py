"""`remora uninstall`: every path that Remora uses, and their end."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

from remora.config import places
from remora.errors import UserError
from remora.server.client import open_client


def run(arguments: argparse.Namespace) -> int:
    paths = [path for path in used_paths() if path.exists() or path.is_symlink()]
    if arguments.json:
        print(json.dumps([str(path) for path in paths]))
    else:
        for path in paths:
            print(f"{path}  ({_megabytes(path):,.1f} MB)")
    if arguments.dry_run:
        print("Nothing was deleted. The plugin's own folder is your plugin manager's to remove.", file=sys.stderr)
        return 0
    if not arguments.json:
        if not sys.stdin.isatty():
            raise UserError(
                "Deleting asks first, and there is no terminal. Use --dry-run, or delete the paths yourself."
            )
        if input("Delete all of this? [y/N] ").strip().lower() not in ("y", "yes"):
            return 1
    _stop_server()
    for path in paths:
        if path.is_symlink() or path.is_file():
            path.unlink()
        else:
            shutil.rmtree(path)
    return 0


def used_paths() -> list[Path]:
    """Outermost folders first; those inside another one are left out."""
    found = places()
    checkout = Path(__file__).resolve().parents[3]
    every = [
        found.state,
        found.cache,
        found.models,
        found.log,
        found.runtime,
        found.config,
        found.data,
        found.editor_cache,
    ]
    if (checkout / "plugin" / "remora.lua").is_file():
        every.append(checkout / ".venv")
    outer: list[Path] = []
    for path in sorted(set(every), key=lambda p: len(p.parts)):
        if not any(path.is_relative_to(other) for other in outer):
            outer.append(path)
    return outer


def _stop_server() -> None:
    try:
        client = open_client(places(), "cli", start=False)
    except UserError:
        return
    client.call("serve_stop", {})
    client.close()


def _megabytes(path: Path) -> float:
    files = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file() and not p.is_symlink()]
    return sum(file.stat().st_size for file in files) / 1e6
