"""What each method takes, as doc/protocol.md has it: looked at once, before a handler sees it.

A parameter that is None counts as absent. Names that are not listed are left alone, so that a newer client may send more.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, create_model

from remora.codegraph.proposal import Decision, State
from remora.errors import UserError


def _absolute(path: str) -> str:
    if not Path(path).is_absolute():
        raise ValueError("not absolute")
    return path


# A description says in a message what the value must be.
Text = Annotated[str, Field(description="a text")]
Name = Annotated[str, Field(min_length=1, description="a text that is not empty")]
Folder = Annotated[str, AfterValidator(_absolute), Field(description="an absolute path")]
Flag = Annotated[bool, Field(description="true or false")]
Number = Annotated[int, Field(ge=0, description="a number from 0 on")]
Count = Annotated[int, Field(ge=1, description="a number from 1 on")]
Pos = Annotated[list[Number], Field(min_length=2, max_length=2, description="[row, column]")]
Span = Annotated[list[Number], Field(min_length=4, max_length=4, description="[row, column, row, column]")]
Share = Annotated[float, Field(ge=0, le=1, description="a number from 0 to 1")]
Names = Annotated[list[Text], Field(description="a list of texts")]


class Params(BaseModel):
    """What every method takes."""

    model_config = ConfigDict(strict=True, extra="allow")
    root: Folder | None = None
    path: Name | None = None
    author: Name | None = None


class Preload(Params):
    engine: Name | None = None
    model: Name | None = None


class Edit(Preload):
    request: Name
    key: Name | None = None
    pos: Pos | None = None
    span: Span | None = None
    text: Text | None = None
    changedtick: Number | None = None
    refine: Name | None = None


class Pull(Params):
    name: Name
    sha256: Name | None = None


class Stop(Params):
    request: Name | None = None
    all: Flag | None = None


class Resume(Params):
    request: Name
    seq: Number | None = None


class Select(Params):
    text: Text
    pos: Pos
    capture: Name
    lang: Name | None = None
    count: Count | None = None


class Question(Params):
    fresh: Flag | None = None


class Node(Question):
    key: Name | None = None
    pos: Pos | None = None
    text: Text | None = None
    changedtick: Number | None = None


class Neighbours(Node):
    depth: Count | None = None
    certain: Flag | None = None


# `from` is a word of Python's, so this cannot be written as a class.
Way = create_model("Way", __base__=Question, **{"from": (Name, ...), "to": (Name, ...)})


class Search(Question):
    name: Name
    limit: Count | None = None


class Query(Question):
    script: Name | None = None
    view: Name | None = None
    limit: Count | None = None


class Snapshot(Question):
    file: Folder


class Index(Params):
    include: Names | None = None
    exclude: Names | None = None
    jobs: Count | None = None
    large: Flag | None = None
    named: Flag | None = None
    rebuild: Flag | None = None
    snapshot: Folder | None = None
    workers: Literal["ray"] | None = None
    address: Name | None = None
    overlay: Name | None = None


class Overlay(Params):
    text: Text | None = None
    changedtick: Number | None = None


class Summarize(Preload):
    keys: Names | None = None
    all: Flag | None = None
    mode: Literal["rule", "llm", "hybrid"] | None = None
    threshold: Share | None = None
    max_llm: Number | None = None
    batch_size: Count | None = None
    overwrite: Flag | None = None
    dry_run: Flag | None = None
    text: Text | None = None


class SummaryRows(Params):
    request: Name
    after: Number | None = None


class Propose(Params):
    key: Name
    action: Name
    code: Text | None = None
    tdd: Name | None = None
    request: Text | None = None


class Preflight(Params):
    proposal: Name | None = None
    proposals: Names | None = None


class Decide(Params):
    proposal: Name
    hunk: Name
    decision: Decision | None = None


class View(Params):
    proposal: Name
    text: Text


class Approve(Params):
    proposal: Name | None = None
    force: Flag | None = None


class Reject(Params):
    proposal: Name | None = None


class Get(Params):
    key: Name | None = None
    proposal: Name | None = None


class Proposals(Params):
    state: State | None = None


class Journal(Params):
    id: Name | None = None
    forget: Flag | None = None


class Replay(Params):
    id: Name


class ServeStop(Params):
    drain: Flag | None = None


_TAKES: dict[str, type[Params]] = {
    **{"edit": Edit, "pull": Pull, "stop": Stop, "resume": Resume, "preload": Preload, "select": Select, "node": Node},
    **{"callers": Neighbours, "callees": Neighbours, "impact": Neighbours, "path": Way, "search": Search},
    **{
        "query": Query,
        "snapshot": Snapshot,
        "index": Index,
        "graph_counts": Params,
        "overlay": Overlay,
        "lines": Overlay,
    },
    **{"propose": Propose, "preflight": Preflight, "decide": Decide, "view": View, "approve": Approve},
    **{"reject": Reject, "get": Get, "proposals": Proposals, "models": Params, "journal": Journal},
    **{"summarize": Summarize, "summary_rows": SummaryRows, "metrics": Params},
    **{"replay": Replay, "status": Params, "serve_stop": ServeStop},
}
METHODS = tuple(_TAKES)


def checked(method: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters without those that are None.

    Raises:
        UserError: code `usage`: a parameter is missing, or of another kind than the protocol says.
    """
    shape = _TAKES[method]
    given = {name: value for name, value in params.items() if value is not None}
    try:
        return shape.model_validate(given).model_dump(exclude_none=True)
    except ValidationError as error:
        name = str(error.errors(include_url=False)[0]["loc"][0])
    fact = f"is {given[name]!r:.60}" if name in given else "is missing"
    raise UserError(
        f"{method}: {name!r} {fact}; it must be {_words(shape, name)}. doc/protocol.md lists what each method takes.",
        code="usage",
    )


def _words(shape: type[Params], name: str) -> str:
    """What a parameter must be: its type's description, or the words that it may be."""
    field = shape.model_fields[name]
    if field.description:
        return field.description
    for kind in get_args(field.annotation):
        for note in getattr(kind, "__metadata__", ()):
            if getattr(note, "description", None):
                return note.description
        if words := get_args(kind):
            return " or ".join(words)
    return "of another kind"
