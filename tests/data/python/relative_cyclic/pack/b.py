from . import a


def odd(n):
    return n != 0 and a.even(n - 1)
