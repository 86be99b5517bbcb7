def one():
    pass


def two():
    pass


table = {1: one, "1": two}
table[1]()
