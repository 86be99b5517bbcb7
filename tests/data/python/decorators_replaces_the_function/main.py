def other():
    pass


def dec(f):
    return other


@dec
def work():
    pass


work()
