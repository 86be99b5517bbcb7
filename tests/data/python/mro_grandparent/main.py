class A:
    def work(self):
        pass


class B(A):
    pass


class C(B):
    pass


class D(C):
    def run(self):
        self.work()


D().run()
