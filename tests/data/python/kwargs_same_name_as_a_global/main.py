def step():
    pass


def other():
    pass


def run(step):
    step()


run(step=other)
