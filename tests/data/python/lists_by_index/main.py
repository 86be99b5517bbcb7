def one():
    pass


def two():
    pass


steps = [one, two]
steps[1]()
