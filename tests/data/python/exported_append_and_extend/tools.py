__all__ = ["one"]
__all__.append("two")
__all__.extend(["three"])


def one():
    pass


def two():
    pass


def three():
    pass
