from . import b


def run():
    b.work()
