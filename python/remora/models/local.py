"""The model files on this machine: which are here, whether one can be used, and whether it is the right one."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from remora.errors import UserError
from remora.models.catalogue import Model, size_text
from remora.models.partial import CHUNK


def path_of(model: Model, directory: Path) -> Path | None:
    """Where the model's file is, or None when it has not been pulled. Its content is not looked at."""
    path = directory / model.file
    return path if path.is_file() else None


def require(model: Model, directory: Path) -> Path:
    """The model's file, ready to load.

    Raises:
        UserError: code `no_model` with what a pull would cost, or `bad_model` when the file is cut short.
    """
    path = path_of(model, directory)
    if path is None:
        raise UserError(
            f"The model {model.name} is not on this machine yet. `remora model pull {model.name}` gets it "
            f"({size_text(model.bytes)}).",
            "no_model",
            **cost(model, directory),
        )
    size = path.stat().st_size
    if model.exact and size != model.bytes:
        raise UserError(
            f"{path} has {size} bytes and should have {model.bytes}: the file is damaged. "
            f"`remora model pull {model.name}` gets it again.",
            "bad_model",
            **cost(model, directory),
        )
    return path


def cost(model: Model, directory: Path) -> dict[str, object]:
    """What a user wants to know before a pull: name, bytes, sources, licence, free_bytes, path."""
    return {
        "name": model.name,
        "bytes": model.bytes,
        "sources": [source.label for source in model.sources],
        "licence": model.licence,
        "free_bytes": free_bytes(directory),
        "path": str(directory / model.file),
    }


def verify(model: Model, path: Path) -> None:
    """Read the whole file and compare its sum with the catalogue's.

    Raises:
        UserError: code `bad_model` when it differs, `no_hash` when the catalogue has no sum to compare with.
    """
    if not model.sha256:
        raise UserError(
            f"The catalogue has no sha256 for {model.name}, so {path} cannot be checked. "
            f"Pass the one from {model.hub}'s page with --sha256.",
            "no_hash",
        )
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while data := file.read(CHUNK):
            digest.update(data)
    if digest.hexdigest() != model.sha256:
        raise UserError(
            f"{path} has sha256 {digest.hexdigest()} and should have {model.sha256}. "
            f"`remora model pull {model.name}` replaces it.",
            "bad_model",
        )


def remove(model: Model, directory: Path) -> tuple[Path, ...]:
    """Delete the model's file and what an interrupted pull left of it; the paths that were there."""
    there = [p for p in (directory / model.file, directory / f"{model.file}.part") if p.is_file()]
    for path in there:
        path.unlink()
    shutil.rmtree(directory / f".{model.file}.wheels", ignore_errors=True)
    return tuple(there)


def free_bytes(directory: Path) -> int:
    """Free space of the disk that holds `directory`, which need not exist yet."""
    for place in (directory, *directory.parents):
        if place.exists():
            return shutil.disk_usage(place).free
    return 0
