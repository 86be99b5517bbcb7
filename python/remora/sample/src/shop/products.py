"""What the shop sells."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Product:
    """Something with a name and a price in euros, tax included."""

    name: str
    price: float


PRICE_LIST = {
    product.name: product
    for product in (
        Product("bread", 3.35),
        Product("butter", 2.89),
        Product("cake", 5.00),
        Product("coffee", 8.99),
        Product("tea", 4.45),
    )
}


def find_product(name: str) -> Product:
    """The product called `name`; KeyError when the shop does not sell it."""
    return PRICE_LIST[name.lower()]
