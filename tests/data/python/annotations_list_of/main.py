class Cart:
    def total(self):
        pass


def show(carts: list[Cart]):
    for cart in carts:
        cart.total()


show([Cart()])
