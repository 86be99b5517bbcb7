def work():
    pass


def more():
    pass
