def first():
    pass


def second():
    pass


def outer():
    step = first

    def change():
        nonlocal step
        step = second

    change()
    step()


outer()
