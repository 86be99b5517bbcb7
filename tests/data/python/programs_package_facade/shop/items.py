__all__ = ["Item"]


class Item:
    def __init__(self, name, price):
        self.price = price

    def cost(self):
        return _round(self.price)


def _round(n):
    return n
