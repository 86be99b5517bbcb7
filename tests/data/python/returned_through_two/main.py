def work():
    pass


def one():
    return work


def two():
    return one()


two()()
