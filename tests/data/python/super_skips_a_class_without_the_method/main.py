class A:
    def work(self):
        pass


class B(A):
    pass


class C(B):
    def work(self):
        super().work()


C().work()
