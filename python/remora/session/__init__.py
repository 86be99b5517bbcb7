"""One question, from the selection to the verdict, and its record."""

from remora.session.edit import EditSession
from remora.session.replay import replay
from remora.session.selection import Selection

__all__ = ["EditSession", "Selection", "replay"]
