def work():
    pass


def only():
    pass
