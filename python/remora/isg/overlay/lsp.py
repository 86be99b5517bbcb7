"""The overlay that asks a language server where a name is defined."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Generator, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from remora.errors import UserError
from remora.isg.overlay.outside import outside_key
from remora.isg.overlay.protocol import Answer, Asked, Question, Refined, View
from remora.isg.overlay.rpc import Gone, Server, TookTooLong

# Starting may mean reading a whole project; an answer does not.
START_S = 120.0
ANSWER_S = 60.0
AT_ONCE = 64
EVERY = "*"


class LanguageServers:
    """Args:
    commands: how to start the server, by language; EVERY stands for all languages.
    answer_s: how long a server may take for a file's questions, AT_ONCE of them at a time.
    """

    def __init__(self, commands: Mapping[str, tuple[str, ...]], name: str = "lsp", answer_s: float = ANSWER_S) -> None:
        self.name = name
        self._commands = commands
        self._answer_s = answer_s

    def takes(self, lang: str) -> bool:
        return lang in self._commands or EVERY in self._commands

    def refine(self, view: View, asked: Iterable[Asked]) -> Generator[Refined]:
        """As `Overlay.refine`; a server is started for the first file that needs it."""
        sessions: dict[tuple[str, ...], Session] = {}
        try:
            for one in asked:
                command = self._commands.get(one.lang) or self._commands[EVERY]
                if command not in sessions:
                    sessions[command] = Session(command, view, self._answer_s)
                yield sessions[command].refine(one)
        finally:
            for session in sessions.values():
                session.end()


class Session:
    """One server, started for one workspace."""

    def __init__(self, command: tuple[str, ...], view: View, answer_s: float) -> None:
        self._view = view
        self._answer_s = answer_s
        self._named = " ".join(command)
        program = found_program(command[0])
        if program is None:
            message = (
                f"The language server {command[0]} is not installed here. "
                "Install it so that it is on PATH, or name another: --overlay lsp:COMMAND."
            )
            raise UserError(message, "no_server")
        try:
            self._server = Server([program, *command[1:]], view.root)
        except OSError as error:
            message = f"{program} cannot be started: {error.strerror}. Name another server: --overlay lsp:COMMAND."
            raise UserError(message, "no_server") from error
        self.bytes_ = self._initialize()

    def _initialize(self) -> bool:
        """Greet; returns whether the server counts columns in bytes."""
        root = self._view.root.as_uri()
        capabilities = {
            "general": {"positionEncodings": ["utf-8", "utf-16"]},
            "textDocument": {"definition": {"linkSupport": True}},
        }
        params = {
            "processId": os.getpid(),
            "rootUri": root,
            "workspaceFolders": [{"uri": root, "name": self._view.root.name}],
            "capabilities": capabilities,
        }
        (result,) = self._answers([self._server.ask("initialize", params)], START_S)
        self._server.tell("initialized", {})
        can = result.get("capabilities") if isinstance(result, dict) else None
        return isinstance(can, dict) and can.get("positionEncoding") == "utf-8"

    def refine(self, asked: Asked) -> Refined:
        uri = (self._view.root / asked.path).as_uri()
        document = {"uri": uri, "languageId": asked.lang, "version": 1, "text": asked.text}
        self._server.tell("textDocument/didOpen", {"textDocument": document})
        lines = asked.text.split("\n")
        answers: list[Answer] = []
        for first in range(0, len(asked.questions), AT_ONCE):
            some = asked.questions[first : first + AT_ONCE]
            numbers = [
                self._server.ask(
                    "textDocument/definition", {"textDocument": {"uri": uri}, "position": self._position(one, lines)}
                )
                for one in some
            ]
            for question, result in zip(some, self._answers(numbers, self._answer_s), strict=True):
                meant = {found for place in places_of(result) if (found := self._key(*place)) is not None}
                if len(meant) == 1:  # of several nobody can say which it is
                    answers.append(Answer(question.src, question.role, question.place, *meant.pop()))
        self._server.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        return Refined(asked.path, asked.text_hash, tuple(answers))

    def end(self) -> None:
        self._server.end()

    def _answers(self, numbers: list[int], deadline_s: float) -> list[Any]:
        try:
            found = self._server.answers(numbers, deadline_s)
        except TookTooLong:
            self._server.kill()
            self._server.end()
            message = f"{self._named} did not answer within {deadline_s:g} s and was ended. Try again, or leave --overlay out."
            raise UserError(message, "no_server") from None
        except Gone:
            self._server.end()
            message = f"{self._named} ended while it was asked. Run it by hand to see why, or leave --overlay out."
            raise UserError(message, "no_server") from None
        return [found[number] for number in numbers]

    def _position(self, question: Question, lines: list[str]) -> dict[str, int]:
        row, col = question.at
        if not self.bytes_ and row < len(lines):
            before = lines[row].encode("utf-8", "surrogatepass")[:col].decode("utf-8", "replace")
            col = len(before.encode("utf-16-le", "surrogatepass")) // 2
        return {"line": row, "character": col}

    def _key(self, uri: str, row: int, col: int) -> tuple[str, str] | None:
        """(key, path) of what is defined at a place."""
        try:
            parts = urlsplit(uri)
            file = Path(unquote(parts.path))
            if parts.scheme != "file" or "\0" in parts.path:
                return None
            inside = file.relative_to(self._view.root).as_posix() if file.is_relative_to(self._view.root) else None
        except ValueError:
            return None
        if not self.bytes_:
            col = bytes_before(file, row, col)
        if inside is not None and (key := self._view.key_at(inside, row, col)) is not None:
            return key, inside
        outside = outside_key(file, row, col)
        return (outside, "") if outside is not None else None


def places_of(result: Any) -> Iterator[tuple[str, int, int]]:
    """(uri, row, column) of an answer, which has one of three shapes; whatever has none of them is left out."""
    for one in result if isinstance(result, list) else [result]:
        if not isinstance(one, dict):
            continue
        uri = one.get("targetUri", one.get("uri"))
        span = one.get("targetSelectionRange", one.get("range"))
        start = span.get("start") if isinstance(span, dict) else None
        if isinstance(uri, str) and isinstance(start, dict):
            row, col = start.get("line"), start.get("character")
            if isinstance(row, int) and isinstance(col, int) and min(row, col) >= 0:
                yield uri, row, col


def bytes_before(file: Path, row: int, col: int) -> int:
    """A column in UTF-16 units as UTF-8 bytes."""
    lines = lines_of(file)
    if row >= len(lines):
        return col
    return len(lines[row].encode("utf-16-le", "surrogatepass")[: 2 * col].decode("utf-16-le", "replace").encode())


@lru_cache(maxsize=32)
def lines_of(file: Path) -> tuple[str, ...]:
    try:
        return tuple(file.read_text("utf-8", "replace").split("\n"))
    except (OSError, ValueError):
        return ()


def found_program(name: str) -> str | None:
    """A program on PATH, or beside the Python that runs this: that is where a development environment has them."""
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), str(Path(sys.executable).parent)])
    return shutil.which(name, path=path)
