def one():
    pass


def two():
    pass


table = {"a": one}
table.update({"a": two})
table["a"]()
