"""Canonical text: what a file says, apart from how its bytes say it.

Canonical text is UTF-8 with LF line ends, no byte order mark, and a final newline unless it is empty. What was taken
away is a `FileForm`, and `encode` puts it back byte for byte.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Literal

from blake3 import blake3

from remora.errors import UserError


@dataclass(frozen=True)
class FileForm:
    """How a file's bytes say its text; the defaults are those of a new file.

    `eol` is "crlf" only when every line ends in CRLF, as Neovim's `fileformat=dos` has it. In a file that mixes line
    ends the carriage returns are part of the text.
    """

    encoding: str = "utf-8"
    eol: Literal["lf", "crlf"] = "lf"
    bom: bool = False
    final_newline: bool = True


def decode(raw: bytes, name: str) -> tuple[str, FileForm]:
    """Split a file's bytes into canonical text and form, so that `encode(*decode(raw, name)) == raw`.

    Args:
        raw: the whole file.
        name: what the message calls the file.

    Raises:
        UserError: code `encoding`: the bytes are not UTF-8, or hold a NUL byte and so are no text.
    """
    bom = raw.startswith(codecs.BOM_UTF8)
    body = raw[len(codecs.BOM_UTF8) :] if bom else raw
    nul = body.find(b"\0")
    if nul >= 0:
        row = body.count(b"\n", 0, nul) + 1
        raise UserError(f"{name} holds a NUL byte in line {row}, so it is not text. Choose a text file.", "encoding")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        row = body.count(b"\n", 0, error.start) + 1
        message = (
            f"{name} is not UTF-8: byte 0x{body[error.start]:02x} in line {row}. Save it as UTF-8, then ask again."
        )
        raise UserError(message, "encoding") from None
    lines = text.count("\n")
    crlf = lines > 0 and text.count("\r\n") == lines
    if crlf:
        text = text.replace("\r\n", "\n")
    final_newline = not text or text.endswith("\n")
    return canonical(text), FileForm("utf-8", "crlf" if crlf else "lf", bom, final_newline)


def encode(text: str, form: FileForm) -> bytes:
    """The bytes of canonical text in a file of this form.

    Raises:
        UserError: code `encoding`: the text holds characters that UTF-8 cannot express (lone surrogates).
    """
    text = canonical(text)
    if not form.final_newline:
        text = text.removesuffix("\n")
    if form.eol == "crlf":
        text = text.replace("\n", "\r\n")
    try:
        body = text.encode("utf-8")
    except UnicodeEncodeError as error:
        bad = ascii(error.object[error.start])
        message = f"The text holds {bad}, which UTF-8 cannot express. Take it out, then ask again."
        raise UserError(message, "encoding") from None
    return (codecs.BOM_UTF8 if form.bom else b"") + body


def canonical(text: str) -> str:
    """The text with a final newline, unless it is empty."""
    return text if not text or text.endswith("\n") else text + "\n"


def body_hash(text: str) -> str:
    """blake3 of a text, as hex: the identity of a node's or a file's canonical text."""
    return blake3(text.encode("utf-8", "surrogatepass")).hexdigest()


def code_hash(raw: bytes) -> str:
    """blake3 of a file's raw bytes, as hex."""
    return blake3(raw).hexdigest()
