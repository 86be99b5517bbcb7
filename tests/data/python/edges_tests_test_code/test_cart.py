import unittest

from cart import Cart, rate


def test_rate():
    assert rate() == 1


class CartTest(unittest.TestCase):
    def test_total(self):
        self.assertEqual(Cart().total(), 1)


def helper():
    return rate()
