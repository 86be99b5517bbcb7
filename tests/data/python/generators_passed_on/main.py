class Item:
    def show(self):
        pass


def items():
    yield Item()


def show_all(things):
    for thing in things:
        thing.show()


show_all(items())
