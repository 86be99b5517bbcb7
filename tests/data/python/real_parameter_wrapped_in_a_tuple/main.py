def one():
    pass


def two():
    pass


def run(steps):
    if not isinstance(steps, (list, tuple)):
        steps = (steps,)
    for step in steps:
        step()


run(one)
run([two])
