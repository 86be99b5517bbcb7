class A:
    def __init__(self):
        pass

    def work(self):
        pass


class B:
    def __init__(self):
        pass

    def work(self):
        pass


kind = A
thing = kind()
thing.work()
kind = B
