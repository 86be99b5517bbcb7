def one():
    pass


def two():
    pass


def run(*, step=one):
    step()


run(step=two)
