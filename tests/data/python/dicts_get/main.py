def one():
    pass


def default():
    pass


table = {"a": one}
table.get("a", default)()
table.get("b", default)()
