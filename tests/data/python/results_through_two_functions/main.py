class Cart:
    def total(self):
        pass


def one():
    cart = Cart()
    return cart


def two():
    return one()


two().total()
