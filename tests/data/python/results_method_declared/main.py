from __future__ import annotations


class Shop:
    def cart(self) -> Cart:
        return Cart()


class Cart:
    def total(self):
        pass


Shop().cart().total()
