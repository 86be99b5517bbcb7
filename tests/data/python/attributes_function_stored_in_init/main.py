def one():
    pass


class A:
    def __init__(self):
        self.step = one

    def run(self):
        self.step()


A().run()
