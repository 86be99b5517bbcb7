from .b import work


def run():
    work()
