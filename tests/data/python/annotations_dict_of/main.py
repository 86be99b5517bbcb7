class Cart:
    def total(self):
        pass


def show(carts: dict[str, Cart]):
    for cart in carts.values():
        cart.total()
    carts["a"].total()


show({"a": Cart()})
