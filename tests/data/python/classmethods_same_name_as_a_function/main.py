def make():
    pass


class A:
    @classmethod
    def make(cls):
        make()


A.make()
