class Cart:
    def total(self):
        pass


class Other:
    def total(self):
        pass


def same(thing):
    return thing


same(Cart()).total()
