def one():
    pass


def inner():
    yield one


def outer():
    yield from inner()


for step in outer():
    step()
