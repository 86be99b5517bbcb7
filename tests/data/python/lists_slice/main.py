def one():
    pass


def two():
    pass


def three():
    pass


steps = [one, two, three]
steps[1:][0]()
