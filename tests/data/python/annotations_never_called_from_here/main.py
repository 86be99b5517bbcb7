class Cart:
    def total(self):
        pass


def show(cart: Cart):
    cart.total()
