def work():
    pass


def apply(f, x):
    f(x)


def run(step):
    step()


apply(run, work)
