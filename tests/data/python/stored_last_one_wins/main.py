def one():
    pass


def two():
    pass


step = one
step = two
step()
