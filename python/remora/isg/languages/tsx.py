"""See `remora.isg.languages.ecmascript`."""

from remora.isg.languages.ecmascript.reader import Reader as READER
from remora.isg.languages.ecmascript.rules import RULES

__all__ = ["READER", "RULES"]
