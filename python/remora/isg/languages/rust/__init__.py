"""Rust: its reader and its rules."""

from remora.isg.languages.rust.reader import RustReader as READER
from remora.isg.languages.rust.rules import RULES

__all__ = ["READER", "RULES"]
