def one():
    pass


def two():
    pass


table = {"a": {"x": one}, "b": {"x": two}}
table["b"]["x"]()
