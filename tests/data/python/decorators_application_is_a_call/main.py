def dec(f):
    return f


@dec
def work():
    pass


work()
