class A:
    def work(self):
        pass


class B:
    def work(self):
        pass


class C(A, B):
    pass


C().work()
