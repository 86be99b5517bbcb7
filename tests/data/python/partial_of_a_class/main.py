from functools import partial


class A:
    def __init__(self, n):
        pass

    def work(self):
        pass


make = partial(A, 1)
make().work()
