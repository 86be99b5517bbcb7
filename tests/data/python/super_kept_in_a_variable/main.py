class A:
    def work(self):
        pass


class B(A):
    def work(self):
        parent = super()
        parent.work()


B().work()
