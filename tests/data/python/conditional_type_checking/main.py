from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shop import Cart


def total(cart: Cart):
    return cart.sum()


def main():
    import shop
    return total(shop.Cart())


main()
