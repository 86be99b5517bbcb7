def one():
    pass


def two():
    pass


table = {}
table["a"] = one
table["b"] = two
table["b"]()
