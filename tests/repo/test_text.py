"""Canonical text and the form that gives the bytes back."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from remora.errors import UserError
from remora.repo.text import FileForm, body_hash, code_hash, decode, encode

pieces = st.sampled_from(
    ["def f():", "\t", "    ", "x = 1", "é", "\u2028", "\x0c", "\ufeff", "\r", "\n", "\r\n", "\r\r\n"]
)
texts = st.lists(pieces, max_size=12).map("".join)


def raw_files(line_end: str) -> st.SearchStrategy[bytes]:
    lines = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n")), max_size=6)
    return st.builds(
        lambda bom, lines, end: bom + (line_end.join(lines) + end).encode(),
        st.sampled_from([b"", codecs.BOM_UTF8]),
        lines,
        st.sampled_from(["", line_end]),
    )


@given(st.one_of(raw_files("\n"), raw_files("\r\n"), texts.map(str.encode), st.binary()))
@example(b"")
@example(codecs.BOM_UTF8)
@example(b"a\r\nb")
@example(b"a\r\nb\r")
@example(b"a\r\nb\n")
@example(b"\r\r\n")
@example(b"\tif x:\n\t\tpass")
def test_encode_gives_back_every_byte_that_decode_was_given(raw: bytes):
    try:
        text, form = decode(raw, "app.py")
    except UserError:
        return
    assert encode(text, form) == raw


@given(st.one_of(raw_files("\n"), raw_files("\r\n"), texts.map(str.encode)))
def test_canonical_text_ends_in_a_newline_unless_it_is_empty(raw: bytes):
    text, _ = decode(raw, "app.py")
    assert text == "" or text.endswith("\n")


@given(raw_files("\n"))
def test_the_same_text_with_crlf_and_bom_has_the_same_body_hash(raw: bytes):
    text, form = decode(raw, "app.py")
    other = encode(text, FileForm(form.encoding, "crlf", True, form.final_newline))
    assert body_hash(decode(other, "app.py")[0]) == body_hash(text)


@pytest.mark.parametrize(
    ("raw", "text", "form"),
    [
        (b"", "", FileForm()),
        (b"a", "a\n", FileForm(final_newline=False)),
        (b"a\n\n", "a\n\n", FileForm()),
        (b"a\r\nb\r\n", "a\nb\n", FileForm(eol="crlf")),
        (b"a\r\nb", "a\nb\n", FileForm(eol="crlf", final_newline=False)),
        (b"a\r\nb\n", "a\r\nb\n", FileForm()),
        (b"a\rb\n", "a\rb\n", FileForm()),
        (codecs.BOM_UTF8 + b"a\n", "a\n", FileForm(bom=True)),
    ],
)
def test_decode_tells_text_and_form_apart(raw: bytes, text: str, form: FileForm):
    assert decode(raw, "app.py") == (text, form)


def test_a_text_that_lost_its_final_newline_gets_it_back():
    assert encode("a", FileForm()) == b"a\n"


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"ok\nna\xefve\n", "src/app.py is not UTF-8: byte 0xef in line 2. Save it as UTF-8, then ask again."),
        (b"ok\n\0\n", "src/app.py holds a NUL byte in line 2, so it is not text. Choose a text file."),
        ("naïve\n".encode("utf-16"), "src/app.py holds a NUL byte in line 1, so it is not text. Choose a text file."),
    ],
)
def test_what_is_not_utf_8_is_refused_by_name(raw: bytes, told: str):
    with pytest.raises(UserError) as caught:
        decode(raw, "src/app.py")
    assert (str(caught.value), caught.value.code) == (told, "encoding")


def test_a_lone_surrogate_is_refused_before_anything_is_written():
    with pytest.raises(UserError, match=r"'\\ud800', which UTF-8 cannot express"):
        encode("\ud800", FileForm())


def test_code_hash_tells_line_ends_apart_and_body_hash_does_not():
    assert code_hash(b"a\n") != code_hash(b"a\r\n")
    assert body_hash(decode(b"a\n", "f")[0]) == body_hash(decode(b"a\r\n", "f")[0])
