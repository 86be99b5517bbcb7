from places import FIRST


def one():
    pass


def two():
    pass


steps = [one, two]
steps[FIRST]()
