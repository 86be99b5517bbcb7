class A:
    def __init__(self, n):
        pass

    def work(self):
        pass


class B(A):
    def __init__(self):
        A.__init__(self, 1)

    def work(self):
        A.work(self)


B().work()
