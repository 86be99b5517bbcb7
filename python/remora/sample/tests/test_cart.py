import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from shop.cart import Cart, receipt


class CartTest(unittest.TestCase):
    def test_an_empty_cart_costs_nothing(self):
        self.assertEqual(Cart().total(), 0)

    def test_prices_add_up(self):
        cart = Cart()
        cart.add("tea", 2)
        self.assertEqual(cart.total(), 8.90)

    def test_a_small_cart_gets_no_discount(self):
        cart = Cart(discount_percent=10)
        cart.add("tea", 2)
        self.assertEqual(cart.total(), 8.90)

    def test_the_discount_starts_at_twenty_euros(self):
        cart = Cart(discount_percent=10)
        cart.add("cake", 4)
        self.assertEqual(cart.total(), 18.00)

    def test_a_total_is_rounded_to_cents(self):
        cart = Cart(discount_percent=10)
        cart.add("bread", 3)
        cart.add("coffee", 3)
        self.assertEqual(cart.total(), 33.32)

    def test_a_receipt_ends_with_the_total(self):
        cart = Cart(discount_percent=10)
        cart.add("Butter")
        self.assertEqual(receipt(cart).splitlines()[-1], "total                 2.89")


if __name__ == "__main__":
    unittest.main()
