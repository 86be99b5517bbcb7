__all__ = ["first"]


def first():
    pass


def hidden():
    pass
