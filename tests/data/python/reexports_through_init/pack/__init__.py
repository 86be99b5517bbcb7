from .core import work
