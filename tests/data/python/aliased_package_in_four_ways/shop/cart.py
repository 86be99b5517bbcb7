from . import money


class Cart:
    def clear(self):
        money.refund()


def add():
    money.charge()
