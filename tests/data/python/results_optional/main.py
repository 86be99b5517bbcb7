from typing import Optional


class Cart:
    def total(self):
        pass


def find(n) -> Optional[Cart]:
    return {1: Cart()}.get(n)


cart = find(1)
if cart is not None:
    cart.total()
