def work():
    pass


def helper():
    pass
