__all__ = ["one"]
__all__ += ["two"]
__all__ = __all__ + ["three"]


def one():
    pass


def two():
    pass


def three():
    pass
