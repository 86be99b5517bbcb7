"""Where Remora keeps its files, and what the user may set.

One TOML file, `config.toml` in `places().config`, is read. A repository cannot bring settings: `.remora/config.toml` in a
workspace is inert until its hash is trusted, and this version trusts none.
"""

from __future__ import annotations

import difflib
import hashlib
import os
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from remora.errors import UserError


@dataclass(frozen=True)
class Places:
    """Every folder that Remora uses; nothing is written anywhere else without approval."""

    state: Path
    """Stores, journals: one folder per workspace."""
    cache: Path
    models: Path
    """Model weights."""
    log: Path
    runtime: Path
    """The server's socket and lock; short, since a socket's path is limited to about 100 bytes."""
    config: Path
    editor_cache: Path
    """Neovim's `stdpath('cache')/remora`: the sample of `:Remora demo`."""
    data: Path
    """Neovim's `stdpath('data')/remora`: holds `venv` when the plugin's own folder is read-only."""


def places(environ: Mapping[str, str] | None = None) -> Places:
    """The folders for this user. `REMORA_HOME` moves all of them below itself, `REMORA_MODELS` moves the models alone."""
    env = os.environ if environ is None else environ
    if home := env.get("REMORA_HOME"):
        base = Path(home).absolute()
        run = base / "run"
        found = Places(
            state=base / "state",
            cache=base / "cache",
            models=base / "cache" / "models",
            log=base / "log",
            runtime=run if len(os.fsencode(run)) < _RUNTIME_BYTES else _temporary_runtime(base),
            config=base / "config",
            editor_cache=base / "editor",
            data=base / "data",
        )
    else:
        user_home = Path(env.get("HOME") or Path.home())

        def xdg(name: str, default: str, *inside: str) -> Path:
            value = env.get(name, "")
            return (Path(value) if value.startswith("/") else user_home / default).joinpath(*inside, "remora")

        cache, state = xdg("XDG_CACHE_HOME", ".cache"), xdg("XDG_STATE_HOME", ".local/state")
        runtime = env.get("XDG_RUNTIME_DIR", "")
        found = Places(
            state=state,
            cache=cache,
            models=cache / "models",
            log=state / "log",
            runtime=Path(runtime) / "remora" if runtime.startswith("/") else _temporary_runtime(state),
            config=xdg("XDG_CONFIG_HOME", ".config"),
            editor_cache=xdg("XDG_CACHE_HOME", ".cache", env.get("NVIM_APPNAME") or "nvim"),
            data=xdg("XDG_DATA_HOME", ".local/share", env.get("NVIM_APPNAME") or "nvim"),
        )
    if models := env.get("REMORA_MODELS"):
        return Places(**{**{f.name: getattr(found, f.name) for f in fields(found)}, "models": Path(models).absolute()})
    return found


# A socket's path may have about 100 bytes (104 on macOS); the socket's own name needs the rest.
_RUNTIME_BYTES = 75


def _temporary_runtime(owner: Path) -> Path:
    """A short folder of this user's own; `owner` tells two homes of one user apart."""
    mark = hashlib.blake2b(os.fsencode(owner), digest_size=4).hexdigest()
    return Path(tempfile.gettempdir()) / f"remora-{os.getuid()}-{mark}"


TddClass = Literal["TEST_IMPLEMENTATION", "CODE_IMPLEMENTATION"]


@dataclass(frozen=True)
class EngineConfig:
    engine: str = "llama"
    """`llama` (embedded), `endpoint:URL` (any OpenAI-compatible server) or `scripted:FILE.json`."""
    model: str = "qwen2.5-coder-1.5b-instruct"
    """A name from `remora model list`, or what the endpoint calls its model."""
    threads: int = 0
    """Threads of the embedded engine; 0 takes all cores but one."""
    context_tokens: int = 8192
    key_env: str = "REMORA_API_KEY"
    """The environment variable that holds an endpoint's API key."""


@dataclass(frozen=True)
class EditConfig:
    answer_tokens: int = 2048
    """The longest answer that is waited for."""
    retries: int = 1
    """How often a refused answer goes back to the model."""
    context_tokens: int = 700
    """Tokens of context beside the node itself."""


@dataclass(frozen=True)
class CodeGraphConfig:
    preflight_required: bool = True
    approve_requires_clean_diagnostics: bool = True
    tdd_default: TddClass = "CODE_IMPLEMENTATION"
    """What a proposal is classed as when nobody says."""
    index: Literal["auto", "manual"] = "auto"
    """`auto`: the graph follows the files; `manual`: only when somebody asks for it."""


@dataclass(frozen=True)
class SummaryConfig:
    mode: Literal["rule", "llm", "hybrid"] = "hybrid"
    """`rule`: no model; `hybrid`: a model where rules are not sure; `llm`: a model for everything."""
    threshold: float = 0.75
    """A line by rules of this confidence needs no model."""
    max_llm: int = 200
    """Calls of the model in one run."""
    batch_size: int = 50
    tokens_per_call: int = 1024
    """Prompt and answer."""
    total_tokens: int = 0
    """Of all calls of one run; 0 for any number."""


@dataclass(frozen=True)
class JournalConfig:
    enabled: bool = True
    max_mb: int = 50
    max_days: int = 30


@dataclass(frozen=True)
class ServerConfig:
    idle_minutes: int = 30
    """The server leaves after this long without a client."""


@dataclass(frozen=True)
class Config:
    engine: EngineConfig = field(default_factory=EngineConfig)
    edit: EditConfig = field(default_factory=EditConfig)
    codegraph: CodeGraphConfig = field(default_factory=CodeGraphConfig)
    summary: SummaryConfig = field(default_factory=SummaryConfig)
    journal: JournalConfig = field(default_factory=JournalConfig)
    server: ServerConfig = field(default_factory=ServerConfig)


def load(path: Path) -> Config:
    """Read `path`; a missing file gives the defaults.

    Raises:
        UserError: not TOML, an unknown key (the nearest known one is named), or a value of the wrong type.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Config()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(
            f"{path} is not valid TOML: {error}. Correct it, or move it away to use the defaults."
        ) from error
    return _build(Config, raw, path, "")


def keys() -> tuple[str, ...]:
    """Every settable key as `section.name`, for the manual's test."""
    return tuple(f"{section.name}.{f.name}" for section in fields(Config) for f in fields(_hints(Config)[section.name]))


def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _build(kind: Any, raw: Mapping[str, Any], path: Path, prefix: str) -> Any:
    hints = _hints(kind)
    values: dict[str, Any] = {}
    for key, value in raw.items():
        full = f"{prefix}{key}"
        if key not in hints:
            near = difflib.get_close_matches(key, hints, n=1)
            hint = f"Did you mean {prefix}{near[0]}?" if near else f"Known keys here: {', '.join(sorted(hints))}."
            raise UserError(f"{path}: there is no setting {full!r}. {hint}")
        want = hints[key]
        if is_dataclass(want):
            if not isinstance(value, dict):
                raise UserError(f"{path}: {full} is a section. Write it as [{full}].")
            values[key] = _build(want, value, path, f"{full}.")
        elif get_origin(want) is Literal:
            if value not in get_args(want):
                raise UserError(f"{path}: {full} is {value!r}. Set it to {' or '.join(get_args(want))}.")
            values[key] = value
        elif type(value) is not want:
            raise UserError(f"{path}: {full} is {value!r}. It must be a {want.__name__}.")
        else:
            values[key] = value
    return kind(**values)
