import sys


def one():
    pass


def two():
    pass


if len(sys.argv) > 100:
    step = one
else:
    step = two

step()
