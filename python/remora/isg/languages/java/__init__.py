"""Java."""

from remora.isg.languages.java.reader import Reader as READER
from remora.isg.languages.java.rules import RULES

__all__ = ["READER", "RULES"]
