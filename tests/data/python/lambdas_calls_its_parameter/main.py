def one():
    pass


def two():
    pass


run = lambda step: step()
run(one)
run(two)
