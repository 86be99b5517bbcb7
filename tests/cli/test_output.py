"""What a model wrote cannot steer a terminal."""

from __future__ import annotations

import sys

import pytest

from remora.cli.output import one_line, put, put_columns, put_diff

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


def test_a_cell_is_one_line_and_moves_nothing():
    assert one_line("a\nb\tc\x1b[2J\u202ed\udc80") == "a\\nb\\tc\\x1b[2J\\u202ed\\udc80"


def test_columns_are_as_wide_as_their_widest_text(capsys: pytest.CaptureFixture[str]):
    put_columns([("a", "long", "x"), ("bcd", "", "y" * 200), ("", "", "")], "  ")
    assert capsys.readouterr().out == f"  a    long  x\n  bcd        {'y' * 200}\n\n"
    put_columns([])
    assert capsys.readouterr().out == ""
