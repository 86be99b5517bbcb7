def one():
    pass


def two():
    pass


step = lambda f=one: f()
step()
step(two)
