from collections import defaultdict


class Cart:
    def add(self):
        pass


carts = defaultdict(lambda: Cart())
carts["a"].add()
