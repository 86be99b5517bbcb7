def outside():
    pass


class A:
    work = staticmethod(outside)


A.work()
A().work()
