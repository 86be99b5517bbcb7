def work():
    pass


def keep(step):
    return step


keep(work)
