from .core import work as _work


def work():
    _work()
