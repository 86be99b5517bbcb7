def work():
    pass


def other():
    pass


def outer(work):
    work()


outer(other)
