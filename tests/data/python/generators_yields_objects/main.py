class Item:
    def show(self):
        pass


def items():
    for n in range(2):
        yield Item()


for item in items():
    item.show()
