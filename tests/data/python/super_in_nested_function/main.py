class A:
    def work(self):
        pass


class B(A):
    def work(self):
        def later():
            return super(B, self).work()
        later()


B().work()
