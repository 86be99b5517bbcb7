from ..base import work


def run():
    work()
