def one():
    pass


def two():
    pass


def run(a, b):
    a()


given = {"a": one, "b": two}
run(**given)
