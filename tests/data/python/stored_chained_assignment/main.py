def one():
    pass


def two():
    pass


a = b = one
b()
a = b = two
