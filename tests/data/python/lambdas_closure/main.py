def work():
    pass


def make(step):
    return lambda: step()


make(work)()
