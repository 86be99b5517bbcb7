from functools import partial


def one():
    pass


def two():
    pass


def run(a, b):
    b()


go = partial(run, one)
go(two)
