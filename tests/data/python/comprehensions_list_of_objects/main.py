class Item:
    def __init__(self, n):
        pass

    def show(self):
        pass


items = [Item(n) for n in range(2)]
for item in items:
    item.show()
