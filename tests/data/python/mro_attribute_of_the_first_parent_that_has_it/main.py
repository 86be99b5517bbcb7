def one():
    pass


def two():
    pass


class A:
    step = staticmethod(one)


class B:
    step = staticmethod(two)


class C(A, B):
    def run(self):
        self.step()


C().run()
