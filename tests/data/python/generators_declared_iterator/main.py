from collections.abc import Iterator


class Item:
    def show(self):
        pass


class Other:
    def show(self):
        pass


def items() -> Iterator[Item]:
    yield globals()["Item"]()


for item in items():
    item.show()
