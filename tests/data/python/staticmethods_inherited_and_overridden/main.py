class A:
    @staticmethod
    def work():
        pass


class B(A):
    @staticmethod
    def work():
        pass


class C(A):
    pass


B.work()
C.work()
