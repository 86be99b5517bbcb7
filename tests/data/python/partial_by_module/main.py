import functools


def work(n):
    pass


functools.partial(work, n=1)()
