import sys


def one():
    pass


def two():
    pass


table = {"a": one, "b": two}
for name in ["a", "b"]:
    table[name]()
