class Cart:
    def total(self):
        pass


def load():
    return Cart()


cart = load()
cart.total()
