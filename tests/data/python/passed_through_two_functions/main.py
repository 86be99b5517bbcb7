def work():
    pass


def outer(step):
    inner(step)


def inner(step):
    step()


outer(work)
