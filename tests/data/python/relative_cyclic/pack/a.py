from . import b


def even(n):
    return n == 0 or b.odd(n - 1)
