from . import sub
from .core import work
