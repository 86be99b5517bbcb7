def partial(f, n):
    return other


def other():
    pass


def work(n):
    pass


partial(work, 1)()
