import b


def start():
    b.finish()


def helper():
    pass
