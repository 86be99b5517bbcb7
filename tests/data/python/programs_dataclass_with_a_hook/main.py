from dataclasses import dataclass, field


@dataclass
class Line:
    price: int

    def total(self):
        return self.price


@dataclass
class Order:
    lines: list[Line] = field(default_factory=list)
    hook: object = None

    def add(self, price):
        self.lines.append(Line(price))
        if self.hook:
            self.hook(self)

    def total(self):
        return sum(line.total() for line in self.lines)


def announce(order):
    order.total()


order = Order(hook=announce)
order.add(2)
