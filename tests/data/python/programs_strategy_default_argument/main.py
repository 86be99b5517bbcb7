class Sorter:
    def __init__(self, key=None, strategy=None):
        self.key = key or self.identity
        self.strategy = strategy if strategy is not None else Quick()

    @staticmethod
    def identity(x):
        return x

    def sort(self, items):
        return self.strategy.sort([self.key(item) for item in items])


class Quick:
    def sort(self, items):
        return items


class Bubble:
    def sort(self, items):
        return self.swap(items)

    def swap(self, items):
        return items


def length(x):
    return len(x)


Sorter().sort(["a"])
Sorter(length, Bubble()).sort(["a"])
