class A:
    @classmethod
    def make(cls):
        return cls()

    def work(self):
        pass


class B(A):
    def work(self):
        pass


B.make().work()
