"""What a model wrote cannot steer a terminal."""

from __future__ import annotations

import sys

import pytest

from remora.cli.output import put, put_diff

HOSTILE = "a\x1b]0;title\x07b\x1b[2Jc\x9bd\te"


def test_on_a_terminal_control_characters_are_spelled_out(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    put(HOSTILE)
    put_diff(f"+{HOSTILE}\n same\n")
    plain = "a\\x1b]0;title\\x07b\\x1b[2Jc\\x9bd\te"
    assert capsys.readouterr().out == f"{plain}\n\x1b[32m+{plain}\x1b[0m\n same\n"


def test_colours_can_be_switched_off(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    put_diff("+a\n")
    assert capsys.readouterr().out == "+a\n"


def test_in_a_pipe_the_text_is_the_text(capsys: pytest.CaptureFixture[str]):
    put_diff(f"+{HOSTILE}\n")
    assert capsys.readouterr().out == f"+{HOSTILE}\n"
