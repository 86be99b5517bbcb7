from .core import work, rest

__all__ = ["work"]


def other():
    rest()
