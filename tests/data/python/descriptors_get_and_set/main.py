class Typed:
    def __init__(self, check):
        self.check = check

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner):
        return instance.__dict__[self.name]

    def __set__(self, instance, value):
        self.check(value)
        instance.__dict__[self.name] = value


def positive(value):
    return value > 0


class Item:
    price = Typed(positive)

    def __init__(self, price):
        self.price = price


Item(3)
