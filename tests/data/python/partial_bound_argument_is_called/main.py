from functools import partial


def work():
    pass


def run(step):
    step()


partial(run, work)()
