class A:
    def work(self):
        pass

    def other(self):
        pass


class B(A):
    def work(self):
        super().other()

    def other(self):
        pass


B().work()
