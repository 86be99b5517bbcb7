"""Python."""

from remora.isg.languages.python.reader import PythonReader as READER
from remora.isg.languages.python.rules import RULES

__all__ = ["READER", "RULES"]
