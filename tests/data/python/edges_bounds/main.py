from typing import TypeVar


class Cart:
    def total(self):
        return 1


T = TypeVar("T", bound=Cart)


def first(carts: list[T]):
    return carts[0].total()


def second[U: Cart](cart: U):
    return cart.total()
