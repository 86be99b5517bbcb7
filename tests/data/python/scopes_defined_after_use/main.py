def first():
    second()


def second():
    third()


def third():
    pass


first()
