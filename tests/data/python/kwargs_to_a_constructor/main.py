def work():
    pass


class A:
    def __init__(self, step=None, other=None):
        self.step = step

    def run(self):
        self.step()


A(step=work).run()
