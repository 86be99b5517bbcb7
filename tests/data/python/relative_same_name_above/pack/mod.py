from .other import work


def run():
    work()
