class Base:
    def total(self):
        pass


class Cart(Base):
    pass


def show(cart: Cart):
    cart.total()


show(Cart())
