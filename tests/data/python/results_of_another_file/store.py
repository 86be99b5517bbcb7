from shop import Cart


def load():
    return Cart()
