"""Lines in the store, by what they were made from: the same code in another file, branch or commit has the same line.

summaries      body_hash, model_id, prompt_hash, params_hash => the line, where it comes from, why it is no better
summary_nodes  the line that a model made last for a node
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from remora.store.database import Store

Provenance = Literal["rule_based", "llm_assisted", "rule_based_insufficient"]

RULES = "rules"
"""What stands for a model where rules made a line."""
BATCH = 1000


class Source(NamedTuple):
    """What a line was made from.

    Attributes:
        body_hash: of the definition's text.
        model_id: the model's name, or `RULES`.
        prompt_hash: of everything that was said of the definition; for rules, `Subject.hash`.
        params_hash: of how it was asked; for rules, their version.
    """

    body_hash: str
    model_id: str
    prompt_hash: str
    params_hash: str


class Stored(NamedTuple):
    """A line as it is kept.

    `error`: "" when all is well; "refused: …" when no answer of the model's could be used, which another run leaves as
    it is; "engine: …" when the model could not be asked, which another run does.
    """

    summary: str
    provenance: Provenance
    confidence: float
    created_at: float = 0.0
    error: str = ""

    @property
    def is_settled(self) -> bool:
        return not self.error.startswith("engine:")


class SummaryRecords:
    """The lines in one store.

    Args:
        repo: the repository's folder; keys of nodes are its own.
    """

    def __init__(self, store: Store, repo: str) -> None:
        self._store = store
        self._repo = repo

    def get(self, sources: Collection[Source]) -> dict[Source, Stored]:
        """Those that are there."""
        found = {}
        for part in _parts([list(source) for source in sources]):
            for row in self._store.read(GET, {"wanted": part}):
                found[Source(*row[:4])] = _stored(row[4:])
        return found

    def by_prompt(self, pairs: Collection[tuple[str, str]], model: str = "") -> dict[tuple[str, str], Stored]:
        """The best line of any model by (body_hash, prompt_hash): one that was used before one that failed, then the newest.

        Args:
            model: only lines of this one.
        """
        found: dict[tuple[str, str], Stored] = {}
        for part in _parts([list(pair) for pair in pairs]):
            for body, prompt, made_by, *rest in self._store.read(BY_PROMPT, {"wanted": part, "rules": RULES}):
                one = _stored(rest)
                if model and made_by != model:
                    continue
                if (body, prompt) not in found or _worth(one) > _worth(found[body, prompt]):
                    found[body, prompt] = one
        return found

    def put(self, lines: Mapping[Source, Stored]) -> None:
        """Keep these, in place of those of the same sources. A kill loses none of them, a power cut may lose the newest."""
        now = time.time()
        rows = [
            [*source, one.summary, one.provenance, one.confidence, one.created_at or now, one.error or None]
            for source, one in lines.items()
        ]
        for part in _parts(rows):
            self._store.write(PUT, {"rows": part}, durable=False)

    def last_of(self, keys: Collection[str]) -> dict[str, tuple[Source, Stored]]:
        """What a model said last of each node, by key; those of which it never said anything are left out."""
        found = {}
        for part in _parts([[self._repo, key] for key in keys]):
            for key, *row in self._store.read(LAST, {"wanted": part}):
                found[key] = Source(*row[:4]), _stored(row[4:])
        return found

    def set_last(self, sources: Mapping[str, Source]) -> None:
        for part in _parts([[self._repo, key, *source] for key, source in sources.items()]):
            self._store.write(SET_LAST, {"rows": part}, durable=False)


def _stored(row: Sequence) -> Stored:
    summary, provenance, confidence, created_at, error = row
    return Stored(summary, provenance, confidence, created_at, error or "")


def _worth(one: Stored) -> tuple[bool, bool, float]:
    return one.provenance == "llm_assisted", one.is_settled, one.created_at


def _parts(rows: list[list]) -> Iterable[list[list]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


_VALUES = "summary, provenance, confidence, created_at, error"
GET = f"""
wanted[body_hash, model_id, prompt_hash, params_hash] <- $wanted
?[body_hash, model_id, prompt_hash, params_hash, {_VALUES}] :=
    wanted[body_hash, model_id, prompt_hash, params_hash],
    *summaries{{body_hash, model_id, prompt_hash, params_hash, {_VALUES}}}
"""
BY_PROMPT = f"""
wanted[body_hash, prompt_hash] <- $wanted
?[body_hash, prompt_hash, model_id, {_VALUES}] :=
    wanted[body_hash, prompt_hash],
    *summaries{{body_hash, model_id, prompt_hash, params_hash, {_VALUES}}}, model_id != $rules
"""
PUT = f"""
?[body_hash, model_id, prompt_hash, params_hash, {_VALUES}] <- $rows
:put summaries {{body_hash, model_id, prompt_hash, params_hash => {_VALUES}}}
"""
LAST = f"""
wanted[repo, key] <- $wanted
?[key, body_hash, model_id, prompt_hash, params_hash, {_VALUES}] :=
    wanted[repo, key],
    *summary_nodes{{repo, key, body_hash, model_id, prompt_hash, params_hash}},
    *summaries{{body_hash, model_id, prompt_hash, params_hash, {_VALUES}}}
"""
SET_LAST = """
?[repo, key, body_hash, model_id, prompt_hash, params_hash] <- $rows
:put summary_nodes {repo, key => body_hash, model_id, prompt_hash, params_hash}
"""
