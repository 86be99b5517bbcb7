class Item:
    def show(self):
        pass


class Box:
    def __init__(self):
        self.items = []

    def add(self):
        self.items.append(Item())

    def show(self):
        for item in self.items:
            item.show()


box = Box()
box.add()
box.show()
