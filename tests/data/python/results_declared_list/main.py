class Cart:
    def total(self):
        pass


def load() -> list[Cart]:
    return [Cart()]


for cart in load():
    cart.total()
load()[0].total()
