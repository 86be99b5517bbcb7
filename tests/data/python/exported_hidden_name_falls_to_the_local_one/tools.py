__all__ = ["run"]


def run():
    pass


def helper():
    pass
