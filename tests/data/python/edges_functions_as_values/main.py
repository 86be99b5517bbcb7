def one():
    pass


def two():
    pass


def run(step):
    step()


table = {"a": one}
run(two)
