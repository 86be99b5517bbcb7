def one():
    pass


def two():
    pass


def steps():
    yield one
    yield two


for step in steps():
    step()
