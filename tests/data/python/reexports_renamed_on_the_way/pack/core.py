def work():
    pass


def do():
    pass
