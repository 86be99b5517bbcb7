"""Three texts become one, or a refusal: `git merge-file` decides, as it does for the user's own merges."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path


def merge(current: str, base: str, proposed: str) -> str | None:
    """What `current` becomes when the change from `base` to `proposed` is made in it.

    Returns:
        The merged text, or None when both sides changed the same rows.
    """
    if current in (base, proposed):
        return proposed
    if base == proposed:
        return current
    with tempfile.TemporaryDirectory(prefix="remora-merge-") as folder:
        names = []
        for name, text in (("current", current), ("base", base), ("proposed", proposed)):
            path = Path(folder) / name
            path.write_bytes(text.encode())
            names.append(str(path))
        done = subprocess.run(
            ["git", "merge-file", "-p", "--quiet", *names],
            capture_output=True,
            cwd=folder,
            timeout=60,
            check=False,
        )
    return done.stdout.decode() if done.returncode == 0 else None
