def one():
    pass


def two():
    pass


def pairs():
    yield "a", one
    yield "b", two


for name, step in pairs():
    step()
