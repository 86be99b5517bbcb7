def one():
    pass


def two():
    pass


[step() for step in (one, two)]
