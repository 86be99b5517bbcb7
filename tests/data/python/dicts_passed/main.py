def one():
    pass


def two():
    pass


def run(table):
    table["a"]()


run({"a": one, "b": two})
