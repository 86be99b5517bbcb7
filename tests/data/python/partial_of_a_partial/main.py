from functools import partial


def work(a, b):
    pass


first = partial(work, 1)
second = partial(first, 2)
second()
