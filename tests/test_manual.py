"""The manual names everything there is: a command, option or setting without a line in doc/remora.txt fails."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from remora.cli.parser import parser
from remora.config import keys

MANUAL = (Path(__file__).parent.parent / "doc" / "remora.txt").read_text(encoding="utf-8")


def commands(of: argparse.ArgumentParser, name: str = "remora") -> Iterator[str]:
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, inner in action.choices.items():
                yield f"{name} {word}"
                yield from commands(inner, f"{name} {word}")


def test_every_setting_of_the_server_has_a_line():
    assert [key for key in keys() if f"*{key}*" not in MANUAL] == []


def test_every_command_of_the_command_line_has_a_line():
    found = []
    for command in commands(parser()):
        group, _, word = command.removeprefix("remora ").rpartition(" ")
        line = rf"remora {group} [\w|]*\b{word}\b" if group else rf"remora {word}\b"
        if not re.search(line, MANUAL):
            found.append(command)
    assert found == []


def test_every_command_explains_itself():
    for command in commands(parser()):
        words = command.split()[1:]
        inner = parser()
        for word in words:
            choices = next(a for a in inner._actions if isinstance(a, argparse._SubParsersAction)).choices
            inner = choices[word]
        assert inner.description, command
