def one():
    pass


def steps():
    yield one


next(steps())()
