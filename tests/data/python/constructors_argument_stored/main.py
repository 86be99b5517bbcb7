def one():
    pass


class A:
    def __init__(self, step):
        self.step = step

    def run(self):
        self.step()


A(one).run()
