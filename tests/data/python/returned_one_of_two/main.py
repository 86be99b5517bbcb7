def one():
    pass


def two():
    pass


def pick(n):
    if n:
        return one
    return two


pick(0)()
pick(1)()
