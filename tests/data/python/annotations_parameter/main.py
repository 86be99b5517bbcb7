class Cart:
    def total(self):
        pass


class Order:
    def total(self):
        pass


def show(cart: Cart):
    cart.total()


show(Cart())
