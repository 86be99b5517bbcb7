def one():
    pass


def two():
    pass


def same(f):
    return f


same(one)()
step = same(two)
