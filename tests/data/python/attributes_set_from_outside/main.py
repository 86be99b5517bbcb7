def one():
    pass


class A:
    def run(self):
        self.step()


a = A()
a.step = one
a.run()
