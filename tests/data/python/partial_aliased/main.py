from functools import partial as bind


def work(n):
    pass


bind(work)(1)
