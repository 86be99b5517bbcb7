from . import work


def run():
    work()
