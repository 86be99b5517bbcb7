def show(cart: "Cart"):
    cart.total()


class Cart:
    def total(self):
        pass


show(Cart())
