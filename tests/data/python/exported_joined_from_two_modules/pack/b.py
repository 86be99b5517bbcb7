__all__ = ["second"]


def second():
    pass


def hidden():
    pass
