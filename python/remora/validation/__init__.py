"""Is a text sound, and what does a change add to what the checkers already said?"""

from remora.validation.diagnostics import Diagnostic, added
from remora.validation.python import check, syntax_error

__all__ = ["Diagnostic", "added", "check", "syntax_error"]
