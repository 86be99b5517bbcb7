from .core import work


def run():
    work()
