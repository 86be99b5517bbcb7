class Cart:
    def __init__(self):
        self.items = []
        self.total = 0

    def add(self, price):
        self.total += price
        self.items.append(price)

    def show(self):
        return self.total


class Order:
    def __init__(self):
        self.total = 1
