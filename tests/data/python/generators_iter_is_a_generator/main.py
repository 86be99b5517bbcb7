class Item:
    def show(self):
        pass


class Shop:
    def __iter__(self):
        yield Item()


for item in Shop():
    item.show()
