def hook():
    pass


def fire():
    hook()
