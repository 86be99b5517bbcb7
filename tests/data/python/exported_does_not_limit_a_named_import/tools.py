__all__ = []


def work():
    pass
