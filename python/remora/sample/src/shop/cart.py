"""A customer's cart."""

from dataclasses import dataclass, field

from shop.products import Product, find_product


@dataclass(frozen=True)
class Line:
    """So many of one product."""

    product: Product
    quantity: int


@dataclass
class Cart:
    """Products on their way to the till."""

    lines: list[Line] = field(default_factory=list)
    discount_percent: int = 0

    def add(self, name: str, quantity: int = 1) -> None:
        """Put `quantity` pieces of the product called `name` into the cart."""
        self.lines.append(Line(find_product(name), quantity))

    def total(self) -> float:
        """What the customer pays, in euros."""
        total = 0.0
        for line in self.lines:
            total += line.product.price * line.quantity
        return total * (100 - self.discount_percent) / 100


def receipt(cart: Cart) -> str:
    """The cart as a printed receipt."""
    rows = [f"{line.quantity:3d} x {line.product.name:<12}{line.product.price:8.2f}" for line in cart.lines]
    return "\n".join([*rows, f"{'total':<18}{cart.total():8.2f}"])
