class Cart:
    def total(self):
        pass


class Other:
    def total(self):
        pass


def load() -> Cart:
    return globals()["Cart"]()


load().total()
