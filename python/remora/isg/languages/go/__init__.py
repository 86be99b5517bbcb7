"""Go: its reader and its rules."""

from remora.isg.languages.go.reader import GoReader as READER
from remora.isg.languages.go.rules import RULES

__all__ = ["READER", "RULES"]
