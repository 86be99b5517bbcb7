"""What each method takes, as doc/protocol.md has it: looked at once, before a handler sees it.

A parameter that is None counts as absent. Names that are not listed are left alone, so that a newer client may send more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from remora.codegraph.proposal import Decision, State
from remora.errors import UserError


@dataclass(frozen=True)
class Kind:
    """A kind of value: `words` name it in a message."""

    words: str
    fits: Callable[[Any], bool]
    required: bool = False


def _is_number(value: Any) -> bool:
    return type(value) is int and value >= 0


def _numbers(count: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list | tuple) and len(value) == count and all(map(_is_number, value))


def _one_of(*words: str) -> Kind:
    return Kind(" or ".join(words), lambda value: isinstance(value, str) and value in words)


def _needed(kind: Kind) -> Kind:
    return Kind(kind.words, kind.fits, required=True)


_TEXT = Kind("a text", lambda value: isinstance(value, str))
_NAME = Kind("a text that is not empty", lambda value: isinstance(value, str) and bool(value))
_FOLDER = Kind("an absolute path", lambda value: isinstance(value, str) and Path(value).is_absolute())
_FLAG = Kind("true or false", lambda value: isinstance(value, bool))
_NUMBER = Kind("a number from 0 on", _is_number)
_COUNT = Kind("a number from 1 on", lambda value: _is_number(value) and value > 0)
_POS = Kind("[row, column]", _numbers(2))
_SPAN = Kind("[row, column, row, column]", _numbers(4))
_NAMES = Kind("a list of texts", lambda value: isinstance(value, list) and all(isinstance(v, str) for v in value))

_EVERYWHERE = {"root": _FOLDER, "path": _NAME, "author": _NAME}
_ENGINE = {"engine": _NAME, "model": _NAME}
_TAKES: dict[str, Mapping[str, Kind]] = {
    "edit": {
        **{"request": _needed(_NAME), "key": _NAME, "pos": _POS, "span": _SPAN, "text": _TEXT},
        **{"changedtick": _NUMBER, "refine": _NAME, **_ENGINE},
    },
    "pull": {"name": _needed(_NAME), "sha256": _NAME},
    "stop": {"request": _NAME, "all": _FLAG},
    "resume": {"request": _needed(_NAME), "seq": _NUMBER},
    "preload": _ENGINE,
    "select": {
        **{"text": _needed(_TEXT), "pos": _needed(_POS), "capture": _needed(_NAME)},
        **{"lang": _NAME, "count": _COUNT},
    },
    "node": {"key": _NAME, "pos": _POS, "text": _TEXT},
    "propose": {"key": _needed(_NAME), "action": _needed(_NAME), "code": _TEXT, "tdd": _NAME, "request": _TEXT},
    "preflight": {"proposal": _NAME, "proposals": _NAMES},
    "decide": {"proposal": _needed(_NAME), "hunk": _needed(_NAME), "decision": _one_of(*get_args(Decision))},
    "view": {"proposal": _needed(_NAME), "path": _needed(_NAME), "text": _needed(_TEXT)},
    "approve": {"proposal": _NAME, "force": _FLAG},
    "reject": {"proposal": _NAME},
    "get": {"key": _NAME, "proposal": _NAME},
    "proposals": {"state": _one_of(*get_args(State))},
    "models": {},
    "journal": {"id": _NAME, "forget": _FLAG},
    "replay": {"id": _needed(_NAME)},
    "status": {},
    "serve_stop": {"drain": _FLAG},
}
METHODS = tuple(_TAKES)


def checked(method: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters without those that are None.

    Raises:
        UserError: code `usage`: a parameter is missing, or of another kind than the protocol says.
    """
    given = {name: value for name, value in params.items() if value is not None}
    for name, kind in {**_EVERYWHERE, **_TAKES[method]}.items():
        if name not in given:
            if kind.required:
                raise _usage(method, name, kind, "is missing")
        elif not kind.fits(given[name]):
            raise _usage(method, name, kind, f"is {given[name]!r:.60}")
    return given


def _usage(method: str, name: str, kind: Kind, fact: str) -> UserError:
    return UserError(
        f"{method}: {name!r} {fact}; it must be {kind.words}. doc/protocol.md lists what each method takes.",
        code="usage",
    )
