from functools import partial


def run(step):
    step()


def work(n):
    pass


run(partial(work, 2))
