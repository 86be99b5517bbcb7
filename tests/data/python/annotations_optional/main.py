from typing import Optional


class Cart:
    def total(self):
        pass


def show(cart: Optional[Cart], other: "Cart | None" = None):
    if cart:
        cart.total()
    if other:
        other.total()


show(Cart())
