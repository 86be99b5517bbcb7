def dec(f):
    def inner():
        f()
    return inner


def other(f):
    f()
    return f
