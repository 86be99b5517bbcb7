def one():
    pass


def two():
    pass


a, b = lambda: one(), lambda: two()
b()
