from functools import partial


def work(n):
    pass


step = partial(work, 1)
