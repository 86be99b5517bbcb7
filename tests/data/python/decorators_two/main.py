def outer(f):
    def one():
        f()
    return one


def inner(f):
    def two():
        f()
    return two


@outer
@inner
def work():
    pass


work()
