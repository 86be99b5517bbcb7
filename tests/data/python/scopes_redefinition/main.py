def work():
    pass


work()


def work():
    pass


work()


def later():
    work()


later()
