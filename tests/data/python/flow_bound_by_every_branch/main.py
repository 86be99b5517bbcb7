def first():
    pass


def second():
    pass


def third():
    pass


def inside(flag):
    job = first
    job()
    if flag:
        job = second
    elif flag is None:
        raise ValueError
    else:
        job = third
    job()


def perhaps(flag):
    job = first
    if flag:
        job = second
    job()


def below(flag):
    job = first
    if flag:
        job = second
    else:
        job()
        job = third
    return job


inside(True)
perhaps(True)
below(False)()
