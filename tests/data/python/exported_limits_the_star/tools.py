__all__ = ["more"]


def work():
    pass


def more():
    pass
