class A:
    def work(self):
        pass


class B(A):
    def work(self):
        pass


class C(B):
    def work(self):
        super(B, self).work()


C().work()
