def one():
    pass


class A:
    def go(self):
        pass


def run(step):
    [step.go() for step in [A()]]
    step()


run(one)
