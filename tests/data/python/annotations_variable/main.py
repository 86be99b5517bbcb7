class Cart:
    def total(self):
        pass


def load():
    return globals()["Cart"]()


cart: Cart = load()
cart.total()
