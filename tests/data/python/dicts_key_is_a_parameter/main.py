def one():
    pass


def two():
    pass


def three():
    pass


TABLE = {"a": one, "b": two, "c": three}


def run(name="a"):
    TABLE[name]()


run()
run("b")
