"""Is a text sound, and what does a change add to what the checkers already said?"""

from remora.validation.diagnostics import Diagnostic, added
from remora.validation.python import Check, check, syntax_error

__all__ = ["Check", "Diagnostic", "added", "check", "syntax_error"]
