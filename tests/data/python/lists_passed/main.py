def one():
    pass


def two():
    pass


def run(steps):
    for step in steps:
        step()


run([one, two])
