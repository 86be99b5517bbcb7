from functools import partial


def work():
    pass


def run(n, step=None):
    step()


partial(run, step=work)(1)
