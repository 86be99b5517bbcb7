class A:
    def __init__(self):
        pass


class B:
    def __init__(self):
        pass


def make(kind):
    return kind()


make(A)
make(B)
