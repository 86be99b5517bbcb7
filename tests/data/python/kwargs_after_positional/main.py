def one():
    pass


def two():
    pass


def three():
    pass


def run(a, b, c):
    a()
    c()


run(one, c=two, b=three)
